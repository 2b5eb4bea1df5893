/** What the IT helper and the outcome want to know of a certificate. */
import type { X509Certificate } from 'node:crypto';
import { utcMs } from '../../../shared/domain.ts';
import { interceptorNamed } from '../../../shared/interceptors.ts';
import type { CertificateFacts } from '../evidence/evidence.ts';

/** Reads a certificate's names, issuer and dates. */
export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  const names = alternativeNames(certificate.subjectAltName);
  const commonName = attribute(certificate.subject, 'CN');
  return {
    names: names.length > 0 || commonName === null ? names : [commonName],
    subject: oneLine(certificate.subject),
    issuer: attribute(certificate.issuer, 'O') ?? attribute(certificate.issuer, 'CN') ?? oneLine(certificate.issuer),
    interceptor: interceptorNamed(oneLine(certificate.issuer)),
    validFrom: utcMs(Date.parse(certificate.validFrom)),
    validTo: utcMs(Date.parse(certificate.validTo)),
    fingerprint: certificate.fingerprint256,
    selfSigned: certificate.subject === certificate.issuer,
  };
}

/** `DNS:a.example, IP Address:192.0.2.1` as a list of names and addresses. */
function alternativeNames(text: string | undefined): string[] {
  if (!text) return [];
  return text
    .split(/, (?=(?:DNS|IP Address|URI|email):)/)
    .filter((entry) => entry.startsWith('DNS:') || entry.startsWith('IP Address:'))
    .map((entry) => entry.slice(entry.indexOf(':') + 1).replace(/^"|"$/g, ''));
}

/** Node writes a distinguished name as one attribute a line. */
function attribute(distinguishedName: string, name: string): string | null {
  const line = distinguishedName?.split('\n').find((entry) => entry.startsWith(`${name}=`));
  return line === undefined ? null : line.slice(name.length + 1);
}

const oneLine = (distinguishedName: string) => (distinguishedName ?? '').split('\n').join(', ');
