/** An endpoint's address: what is taken, and what of it may be shown. */
import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { isLocalAddress, isLoopbackAddress } from '../locality.ts';

export interface Address {
  readonly url: string;
  readonly host: string;
  /** With the path masked: it can hold a secret. */
  readonly masked: string;
  readonly local: boolean;
}

const mask = '••••';

/**
 * Checks an address.
 * @param allowPlainLoopback benchmarks and tests only: `http:` on loopback
 * @throws {RelayError} `bad_input`, member `url`; the message never repeats the path
 */
export function checkAddress(text: string, allowPlainLoopback = false): Address {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) {
    throw refused(sentence('problem.address_invalid'));
  }
  const url = new URL(trimmed);
  const plain = url.protocol === 'http:' && allowPlainLoopback && isLoopbackAddress(url.hostname);
  if (url.protocol === 'http:' && !plain) {
    throw refused(sentence('problem.address_http'));
  }
  if (url.protocol !== 'https:' && !plain) throw refused(sentence('problem.address_not_https'));
  if (url.username !== '' || url.password !== '') {
    throw refused(sentence('problem.address_password'));
  }
  url.hash = '';
  return { url: url.href, host: url.host, masked: maskAddress(url), local: isLocalAddress(url.hostname) };
}

/**
 * Two addresses with the same key lead to the same place: whatever the case of the host, a dot at its end, the usual
 * port, a fragment, and percent signs that need not be (RFC 3986, 6.2.2).
 */
export function addressKey(address: string): string {
  const { protocol, hostname, port, pathname, search } = new URL(address);
  return `${protocol}//${hostname.replace(/\.$/, '')}:${port}${plainEscapes(pathname)}${plainEscapes(search)}`;
}

const plainEscapes = (text: string): string =>
  text.replace(/%[0-9a-f]{2}/gi, (code) => {
    const char = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[\w.~-]/.test(char) ? char : code.toUpperCase();
  });

const refused = (says: Sentence) => new RelayError('bad_input', says, { member: 'url' });

function maskAddress(url: URL): string {
  return url.pathname === '/' && url.search === '' ? `${url.origin}/` : `${url.origin}/${mask}`;
}

/** A header's value as lists show it. */
export const maskValue = (value: string): string => (value.length >= 12 ? `${mask}${value.slice(-4)}` : mask);
/** A secret's end, by which people tell two secrets apart. */
export const secretTail = (secret: string): string => secret.slice(-4);
