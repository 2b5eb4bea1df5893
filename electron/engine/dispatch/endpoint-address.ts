/** An endpoint's address: what is taken, and what of it may be shown. */
import { RelayError } from '../../../shared/api.ts';
import { isLocalAddress, isLoopbackAddress } from './locality.ts';

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
    throw refused('This is not an address. It should look like https://hooks.example.com/…');
  }
  const url = new URL(trimmed);
  const plain = url.protocol === 'http:' && allowPlainLoopback && isLoopbackAddress(url.hostname);
  if (url.protocol === 'http:' && !plain) {
    throw refused(`Events carry guests' data, so the address must begin with https:// (this one begins with http://).`);
  }
  if (url.protocol !== 'https:' && !plain) throw refused('The address must begin with https://.');
  if (url.username !== '' || url.password !== '') {
    throw refused('A name and password in the address are not sent. Put them into a header named Authorization.');
  }
  url.hash = '';
  return { url: url.href, host: url.host, masked: maskAddress(url), local: isLocalAddress(url.hostname) };
}

const refused = (message: string) => new RelayError('bad_input', message, { member: 'url' });

function maskAddress(url: URL): string {
  return url.pathname === '/' && url.search === '' ? `${url.origin}/` : `${url.origin}/${mask}`;
}

/** A header's value as lists show it. */
export const maskValue = (value: string): string => (value.length >= 12 ? `${mask}${value.slice(-4)}` : mask);
/** A secret's end, by which people tell two secrets apart. */
export const secretTail = (secret: string): string => secret.slice(-4);
