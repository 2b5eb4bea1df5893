/**
 * Whom an endpoint's TLS connections trust: Node's roots, the operating system's store, the authorities of the settings,
 * and the endpoint's own CA or pinned certificate, which no other endpoint trusts. There is no way to ignore
 * certificate errors.
 */
import { createSecureContext, type SecureContext } from 'node:tls';
import { RelayError } from '../../../shared/errors.ts';
import type { TrustedCertificate } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { knownAuthorities, namedCertificates } from '../authorities.ts';
import type { CertificateFacts } from '../evidence/evidence.ts';
import { certificateFacts } from './certificate-facts.ts';

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
  const { pem, certificates } = namedCertificates(text, 'caPem');
  return { pem, facts: certificateFacts(certificates[0]) };
}

/**
 * Reads the authorities that every endpoint is to be trusted by.
 * @param text PEM; text around the certificates is left out
 * @throws {RelayError} `bad_input`, member `caPem`: as {@link parseOwnTrust}, or one that is no authority's
 */
export function parseCommonTrust(text: string): OwnTrust {
  const { pem, certificates } = namedCertificates(text, 'caPem');
  for (const certificate of certificates) {
    const { subject } = certificateFacts(certificate);
    if (!certificate.ca) {
      throw new RelayError('bad_input', sentence('problem.ca_no_authority', { name: subject }), { member: 'caPem' });
    }
  }
  return { pem, facts: certificateFacts(certificates[0]) };
}

/** The authorities in what {@link parseCommonTrust} gave, as a person tells them apart. */
export const trustedCertificates = (pem: string | null): TrustedCertificate[] =>
  (pem === null ? [] : namedCertificates(pem, 'caPem').certificates).map((certificate) => {
    const { subject, issuer, validTo, fingerprint } = certificateFacts(certificate);
    return { name: commonName(subject), issuer, expiresAt: validTo, fingerprint };
  });

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
export function createTrust(stores: () => readonly string[] = knownAuthorities): Trust {
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
