/** An endpoint's address: what is taken, and what of it may be shown. */
import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import {
  type AddressForm,
  isMailAddress,
  lacksScheme,
  webAddress,
  wrongPort,
} from '../../../shared/endpoint-kinds/kind.ts';
import { isPlainLoopback } from '../../../shared/plain-loopback.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { isLocalAddress } from '../locality.ts';

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
 * @param form what those of its kind look like
 * @param mayBePlain whether it may be a program on this very PC over plain HTTP
 * @throws {RelayError} `bad_input`, member `url`; the message never repeats the path
 */
export function checkAddress(text: string, form: AddressForm = webAddress, mayBePlain = false): Address {
  const trimmed = text.trim();
  if (isMailAddress(trimmed)) throw refused(sentence('problem.address_mail'));
  if (form.server === null && lacksScheme(trimmed)) throw refused(sentence('problem.address_no_scheme'));
  const port = wrongPort(trimmed);
  if (port !== null) throw refused(sentence('problem.address_port', { port }));
  if (!URL.canParse(trimmed)) throw refused(sentence(form.isNone));
  const url = new URL(trimmed);
  if (form.server !== null) return checkServer(url, form, form.server);
  const isPlain = isPlainLoopback(url);
  const plain = isPlain && mayBePlain;
  if (url.protocol === 'http:' && !plain) {
    throw refused(sentence(isPlain ? 'problem.address_plain_off' : 'problem.address_http'));
  }
  if (!form.schemes.includes(url.protocol) && !plain) throw refused(sentence(form.isOther));
  if (url.username !== '' || url.password !== '') {
    throw refused(sentence('problem.address_password'));
  }
  url.hash = '';
  return { url: url.href, host: url.host, masked: maskAddress(url), local: isLocalAddress(url.hostname) };
}

/** Of a server there is a host and a port, and nothing that could be a secret. */
function checkServer(
  url: URL,
  { schemes, isNone, isOther }: AddressForm,
  ports: Readonly<Record<string, number>>,
): Address {
  const { protocol, username, password, pathname, search } = url;
  if (!schemes.includes(protocol)) throw refused(sentence(isOther));
  if (username !== '' || password !== '') throw refused(sentence('problem.address_login'));
  if (!['', '/'].includes(pathname) || search !== '') throw refused(sentence(isNone));
  // Only of addresses of the web the host is written as names are looked up (WHATWG URL, 3.5).
  const host = URL.canParse(`https://${url.hostname}/`) ? new URL(`https://${url.hostname}/`).hostname : '';
  if (host === '') throw refused(sentence(isNone));
  const at = `${host}:${url.port || ports[protocol]}`;
  return { url: `${protocol}//${at}`, host: at, masked: `${protocol}//${at}`, local: isLocalAddress(host) };
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
