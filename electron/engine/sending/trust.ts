/**
 * Whom an endpoint's TLS connections trust: Node's roots, the operating system's store, and the endpoint's own
 * CA or pinned certificate, which no other endpoint trusts. There is no way to ignore certificate errors.
 */
import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { Sentence } from '../../../shared/domain.ts';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { CertificateFacts } from '../evidence/evidence.ts';
import { certificateFacts } from './certificate-facts.ts';

const pemCertificate =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** An endpoint's own trust, checked. */
export interface OwnTrust {
  /** The certificates alone, without whatever else the file held. */
  readonly pem: string;
  /** Of the first certificate. */
  readonly facts: CertificateFacts;
}

/**
 * Reads the CA file or pinned certificate of an endpoint.
 * @param text PEM; text around the certificates is left out
 * @throws {RelayError} `bad_input`, member `caPem`: no certificate, a private key, or one that cannot be read
 */
export function parseOwnTrust(text: string): OwnTrust {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    throw refused(sentence('problem.ca_private_key'));
  }
  const blocks = text.match(pemCertificate) ?? [];
  const [first] = blocks;
  if (first === undefined) {
    throw refused(sentence('problem.ca_none'));
  }
  const certificates = blocks.map((block, index) => {
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
  const [certificate] = certificates;
  if (certificate === undefined) throw refused(sentence('problem.ca_none'));
  return { pem: `${blocks.join('\n')}\n`, facts: certificateFacts(certificate) };
}

const refused = (says: Sentence, detail?: string) =>
  new RelayError('bad_input', says, { member: 'caPem', ...(detail === undefined ? {} : { detail }) });

/** Gives the TLS context that an endpoint's connections are made with. */
export interface Trust {
  /** @param ownPem the endpoint's own CA or certificate; null where it has none */
  contextFor(ownPem: string | null): SecureContext;
}

/**
 * The stores are read at the first connection (about 15 ms, measured), and then kept: certificates that the
 * operating system gets later are known after a restart. Endpoints without an own CA share one context.
 * @param stores roots in PEM; the real ones unless a test gives others
 */
export function createTrust(stores: () => readonly string[] = systemRoots): Trust {
  let roots: readonly string[] | null = null;
  let shared: SecureContext | null = null;
  const rootsOnce = () => {
    roots ??= stores();
    return roots;
  };
  return {
    contextFor: (ownPem) => {
      if (ownPem === null) {
        shared ??= createSecureContext({ ca: [...rootsOnce()] });
        return shared;
      }
      // A pinned certificate that no authority of ours signed is trusted as it stands.
      return createSecureContext({ ca: [...rootsOnce(), ownPem], allowPartialTrustChain: true });
    },
  };
}

function systemRoots(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}
