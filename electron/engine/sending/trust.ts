/**
 * Whom an endpoint's TLS connections trust: Node's roots, the operating system's store, the authorities of the settings,
 * and the endpoint's own CA or pinned certificate, which no other endpoint trusts. There is no way to ignore
 * certificate errors.
 */
import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { Sentence } from '../../../shared/domain.ts';
import { RelayError } from '../../../shared/errors.ts';
import type { TrustedCertificate } from '../../../shared/schemas.ts';
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

/**
 * Reads the authorities that every endpoint is to be trusted by.
 * @param text PEM; text around the certificates is left out
 * @throws {RelayError} `bad_input`, member `caPem`: as {@link parseOwnTrust}, or one that is no authority's
 */
export function parseCommonTrust(text: string): OwnTrust {
  const trust = parseOwnTrust(text);
  for (const certificate of certificatesIn(trust.pem)) {
    const { subject } = certificateFacts(certificate);
    if (!certificate.ca) throw refused(sentence('problem.ca_no_authority', { name: subject }));
  }
  return trust;
}

/** The authorities in what {@link parseCommonTrust} gave, as a person tells them apart. */
export const trustedCertificates = (pem: string | null): TrustedCertificate[] =>
  certificatesIn(pem ?? '').map((certificate) => {
    const { subject, issuer, validTo, fingerprint } = certificateFacts(certificate);
    return { name: commonName(subject), issuer, expiresAt: validTo, fingerprint };
  });

const certificatesIn = (pem: string): X509Certificate[] =>
  (pem.match(pemCertificate) ?? []).map((block) => new X509Certificate(block));

/** Of `O=Office, CN=Office Inspection`; the whole where there is none. */
const commonName = (subject: string): string => /(?:^|, )CN=(.+?)(?:, [A-Z]+=|$)/.exec(subject)?.[1] ?? subject;

/** Gives the TLS context that an endpoint's connections are made with. */
export interface Trust {
  /**
   * @param ownPem the endpoint's own CA or certificate; null where it has none
   * @param commonPem further authorities that every endpoint is trusted by; null where there are none
   */
  contextFor(ownPem: string | null, commonPem: string | null): SecureContext;
}

/**
 * The stores are read at the first connection (about 15 ms, measured), and then kept; what the operating system's gets
 * later comes as `commonPem` (`common-trust.ts`). Endpoints without an own CA share one context.
 * @param stores roots in PEM; the real ones unless a test gives others
 */
export function createTrust(stores: () => readonly string[] = systemRoots): Trust {
  let roots: readonly string[] | null = null;
  let shared: { readonly commonPem: string | null; readonly context: SecureContext } | null = null;
  const rootsOnce = () => {
    roots ??= stores();
    return roots;
  };
  const context = (more: readonly string[]): SecureContext =>
    more.length === 0
      ? createSecureContext({ ca: [...rootsOnce()] })
      : // What a person named is trusted as it stands, whoever signed it: a pinned certificate, an authority below another.
        createSecureContext({ ca: [...rootsOnce(), ...more], allowPartialTrustChain: true });
  return {
    contextFor: (ownPem, commonPem) => {
      const common = commonPem === null ? [] : [commonPem];
      if (ownPem !== null) return context([...common, ownPem]);
      if (shared?.commonPem !== commonPem) shared = { commonPem, context: context(common) };
      return shared.context;
    },
  };
}

function systemRoots(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}
