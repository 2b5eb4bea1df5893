/** What the IT helper reads of an attempt beside the sentence: codes, names, dates. Never a secret. */

import { maskedValue } from '../masked-value.ts';
import type { CertificateFacts, Evidence } from './evidence.ts';
import { headerValue } from './evidence.ts';

/** One line; null where there is nothing that the sentence does not say. */
export function detailOf(evidence: Evidence): string | null {
  const parts: string[] = [];
  const { error, status } = evidence;
  if (error) {
    parts.push(`${error.phase}: ${error.code}${error.message === error.code ? '' : ` (${error.message})`}`);
    if (error.proxyStatus !== null) parts.push(`the proxy answered ${error.proxyStatus}`);
    if (error.phase === 'tls' && evidence.certificate) parts.push(certificateLine(evidence.certificate));
    if (error.phase === 'tls' && evidence.verifiedIssuer !== null) {
      parts.push(`verified before under issuer "${evidence.verifiedIssuer}"`);
    }
    if (evidence.connectivity !== 'unknown') parts.push(`connectivity: ${evidence.connectivity}`);
  }
  if (status !== null && status >= 300 && status <= 399) parts.push(`redirect to ${redirectAddress(evidence)}`);
  const retryAfter = headerValue(evidence.responseHeaders, 'retry-after');
  if (retryAfter !== null) parts.push(`Retry-After: ${retryAfter}`);
  if (evidence.skewMs !== null && (error || (status !== null && status >= 400)) && Math.abs(evidence.skewMs) > 60_000) {
    parts.push(`this PC's clock is ${Math.round(evidence.skewMs / 1000)} s from the servers'`);
  }
  return parts.length === 0 ? null : parts.join('; ');
}

function certificateLine(certificate: CertificateFacts): string {
  const { subject, names, issuer, validFrom, validTo, fingerprint } = certificate;
  const dates = `valid ${dayOf(validFrom)} to ${dayOf(validTo)}`;
  return `certificate of "${subject}" for ${names.join(', ')} by "${issuer}", ${dates}, SHA-256 ${fingerprint}`;
}

/** A certificate may name a time that no calendar has. */
function dayOf(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? 'a day that cannot be read' : date.toISOString().slice(0, 10);
}

/** Origin and path, or the path alone where the origin stays; without the query: that is where tokens travel. */
function redirectAddress(evidence: Evidence): string {
  const location = headerValue(evidence.responseHeaders, 'location');
  const base = `https://${evidence.host}/`;
  if (location === null) return 'nowhere: no Location header';
  if (!URL.canParse(location, base)) return 'an address that cannot be read';
  const target = new URL(location, base);
  // The evidence knows no port.
  if (!URL.canParse(location) && !/^[/\\]{2}/.test(location.trim())) return readable(target.pathname);
  return target.origin === 'null' ? target.protocol : `${target.origin}${readable(target.pathname)}`;
}

/** The mask of what is secret in it is written as a mask. */
function readable(path: string): string {
  return path.replaceAll(encodeURIComponent(maskedValue), maskedValue);
}
