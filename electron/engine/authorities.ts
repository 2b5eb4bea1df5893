/** Certificates that a person named as trusted, and the authorities that this PC trusts by itself. */
import { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import type { Sentence } from '../../shared/domain.ts';
import { RelayError } from '../../shared/errors.ts';
import { sentence } from '../../shared/sentences/sentence.ts';

const pemCertificate =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** What a person's file holds: one certificate or more. */
export interface NamedCertificates {
  /** The certificates alone, without whatever else the file held. */
  readonly pem: string;
  readonly certificates: readonly [X509Certificate, ...X509Certificate[]];
}

/**
 * Reads a CA file or a pinned certificate.
 * @param text PEM; text around the certificates is left out
 * @param member what the person calls it
 * @throws {RelayError} `bad_input`: no certificate, a private key, or one that cannot be read
 */
export function namedCertificates(text: string, member: string): NamedCertificates {
  const refused = (says: Sentence, detail?: string) =>
    new RelayError('bad_input', says, { member, ...(detail === undefined ? {} : { detail }) });
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) throw refused(sentence('problem.ca_private_key'));
  const blocks = text.match(pemCertificate) ?? [];
  const [first, ...others] = blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch (error) {
      const says =
        blocks.length === 1
          ? sentence('problem.ca_unreadable')
          : sentence('problem.ca_one_unreadable', { number: index + 1, total: blocks.length });
      throw refused(says, String(error));
    }
  });
  if (first === undefined) throw refused(sentence('problem.ca_none'));
  return { pem: `${blocks.join('\n')}\n`, certificates: [first, ...others] };
}

/** Node's roots and the operating system's, in PEM, as this process found them when it began; about 15 ms, measured. */
export function knownAuthorities(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}
