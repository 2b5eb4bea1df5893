/** What a certificate that was not accepted means: the receiver's fault, this PC's clock, or interception. */
import { interceptorNamed } from '../../../shared/interceptors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { isClockWrong } from './clock-skew.ts';
import type { CertificateFacts, Evidence, TransportFailure } from './evidence.ts';
import { counted, type Judgement, uncounted } from './judgement.ts';
import { receiverName } from './receiver-name.ts';

// OpenSSL's verification results as Node names them (node:tls, "Certificate verification errors").
const unknownIssuer = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
]);
const wrongHost = new Set(['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH']);
const otherCertificateErrors = new Set([
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'CERT_SIGNATURE_FAILURE',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'INVALID_CA',
  'PATH_LENGTH_EXCEEDED',
  'INVALID_PURPOSE',
  'CERT_REJECTED',
  'EE_KEY_TOO_SMALL',
  'CA_KEY_TOO_SMALL',
  'CA_MD_TOO_WEAK',
  'UNSPECIFIED',
]);

/** Whether a connection failed because its certificate was not accepted. */
export function isCertificateError(error: TransportFailure): boolean {
  const { code } = error;
  return (
    error.phase === 'tls' &&
    (isTimeError(code) || unknownIssuer.has(code) || wrongHost.has(code) || otherCertificateErrors.has(code))
  );
}

export const isUnknownIssuer = (code: string): boolean => unknownIssuer.has(code);
export const isWrongHost = (code: string): boolean => wrongHost.has(code);

/**
 * The product, known for intercepting, that made a certificate. A firewall's own page shows what it signed itself, and who
 * is called as such a product is has an authority of that name.
 */
export const interceptorOf = ({ interceptor, selfSigned }: CertificateFacts, host: string): string | null =>
  selfSigned || interceptorNamed(host) !== null ? null : interceptor;

const isTimeError = (code: string) => code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID';

/**
 * @param elsewhere trouble on this side of the receiver, which explains any strange certificate
 */
export function certificateOutcome(
  evidence: Evidence,
  error: TransportFailure,
  elsewhere: Judgement | null,
): Judgement {
  if (isTimeError(error.code) && isClockWrong(evidence.skewMs)) {
    return uncounted('clock', sentence('outcome.clock', { skewMs: evidence.skewMs ?? 0 }));
  }
  if (elsewhere) return elsewhere;
  if (unknownIssuer.has(error.code) && isIntercepted(evidence)) {
    const product = evidence.certificate && interceptorOf(evidence.certificate, evidence.host);
    const said = product ? sentence('outcome.tls_interception_by', { product }) : sentence('outcome.tls_interception');
    return uncounted('tls_interception', said);
  }
  return counted('certificate', certificateSentence(evidence, error.code));
}

/**
 * Unrelated hosts show unknown issuers too, or this host was verified before under another issuer. On the
 * property's own network a certificate may well be made anew under another name.
 */
function isIntercepted(evidence: Evidence): boolean {
  if (evidence.local) return false;
  if (evidence.connectivity === 'tls_interception') return true;
  return (
    evidence.verifiedIssuer !== null &&
    evidence.certificate !== null &&
    evidence.certificate.issuer !== evidence.verifiedIssuer
  );
}

function certificateSentence(evidence: Evidence, code: string) {
  const name = receiverName(evidence);
  const { certificate, host } = evidence;
  if (code === 'CERT_HAS_EXPIRED' && certificate && Number.isFinite(certificate.validTo)) {
    return sentence('outcome.certificate_expired', { name, validToOn: certificate.validTo });
  }
  if (code === 'CERT_NOT_YET_VALID' && certificate && Number.isFinite(certificate.validFrom)) {
    return sentence('outcome.certificate_not_yet_valid', { name, validFromOn: certificate.validFrom });
  }
  if (wrongHost.has(code) && certificate && certificate.names.length > 0) {
    return sentence('outcome.certificate_wrong_host', { host, names: certificate.names.slice(0, 3).join(', ') });
  }
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT') return sentence('outcome.certificate_self_signed', { name });
  if (unknownIssuer.has(code)) {
    return certificate?.issuer
      ? sentence('outcome.certificate_unknown_issuer', { name, issuer: certificate.issuer })
      : sentence('outcome.certificate_unknown_issuer_unnamed', { name });
  }
  return sentence('outcome.certificate_bad', { name });
}
