/** What is kept of a refused request: all that a person needs to mend it, and no secret (decision 40). */
import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { charsetOf, decodeBody } from './charset.ts';
import { maskCards, maskPlainText } from './masking/masking.ts';

/** So many characters of a body are kept. */
export const keptCharacters = 65_536;
const longestValue = 300;

/** Headers that tell what was sent; of others the name is kept, their values may be secrets. */
const tellingHeaders = [
  ...['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'user-agent', 'host', 'expect'],
  ...['idempotency-key', 'x-roostsync-event', 'x-roostsync-event-id', 'x-roostsync-test'],
];

export function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of tellingHeaders) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value.slice(0, longestValue);
  }
  const others = Object.keys(headers).filter((name) => !tellingHeaders.includes(name));
  if (others.length > 0) kept['(others)'] = others.join(', ').slice(0, longestValue);
  return kept;
}

/** An address without its query and without a secret path: `/v1/in/…/extra`. */
export const keptPath = (url: string): string =>
  (url.split('?', 1)[0] ?? '').replace(/^(\/+v1\/+in\/+)[^/]+/i, '$1…').slice(0, longestValue);

export interface KeptBody {
  readonly body: string | null;
  readonly bodyHash: Buffer | null;
}

/** The body as text, masked and cut; bytes that are no text of the declared kind are read one by one. */
export function keptBody(bytes: Uint8Array, contentType: string): KeptBody {
  if (bytes.length === 0) return { body: null, bodyHash: null };
  // Somewhat more than is kept, so that a card's number at the cut is whole when it is looked for.
  const text = textOf(bytes, contentType).slice(0, keptCharacters + 64);
  const masked = (isJson(text) ? maskCards(text) : maskPlainText(text)).text;
  const body = masked
    .replaceAll(/\brrt_[\w-]{20,}/g, 'rrt_…')
    .slice(0, keptCharacters)
    .toWellFormed();
  return { body, bodyHash: hash('sha256', bytes, 'buffer') };
}

function textOf(bytes: Uint8Array, contentType: string): string {
  // Four bytes at most are one character.
  const part = bytes.subarray(0, (keptCharacters + 64) * 4);
  try {
    return decodeBody(part, charsetOf(contentType) ?? null);
  } catch {
    const utf8 = Buffer.from(part).toString('utf8');
    // The last character may have been cut; elsewhere it is an older character set.
    const whole = part.length < bytes.length ? utf8.slice(0, -4) : utf8;
    return whole.includes('\ufffd') ? Buffer.from(part).toString('latin1') : whole;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
