/** A source's token, wherever a PMS can put it: Bearer, the password of Basic, or `X-Api-Key` (decision 40). */
import type { IncomingHttpHeaders } from 'node:http';

/** All that may be one, in the order in which they are tried. */
export function tokensOf({ authorization, ...headers }: IncomingHttpHeaders): readonly string[] {
  const [scheme = '', value = ''] = (authorization ?? '').trim().split(/\s+/, 2);
  const apiKey = headers['x-api-key'];
  const fromHeader =
    scheme.toLowerCase() === 'basic' ? basicParts(value) : scheme.toLowerCase() === 'bearer' ? [value] : [];
  return [...fromHeader, ...(typeof apiKey === 'string' ? [apiKey.trim()] : [])].filter((token) => token !== '');
}

/** The password; else the user, as programs send it that know of one secret alone. */
function basicParts(value: string): string[] {
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? [text] : [text.slice(colon + 1), text.slice(0, colon)];
}
