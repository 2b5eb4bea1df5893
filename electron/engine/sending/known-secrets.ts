/**
 * What is known to be secret of an endpoint, taken out of what its receiver says before anything of it is kept, shown
 * or logged (principle 10): the address's path and query, header values, signing secrets, those of its kind, the
 * proxy's password,
 * whole or in parts, in every form in which pages, JSON, addresses and headers repeat what they were given.
 */
import { literally } from '../../../shared/literally.ts';
import { maskedValue } from '../masked-value.ts';
import type { SigningRoute } from './signed-sender.ts';

/** Shorter parts of a secret are words like any other. */
const shortestPart = 8;
const shortestWhole = 5;
/** A line of parts longer than this would be no secret of a person. */
const mostParts = 200;

export interface KnownSecrets {
  /** Whether anything of them stands in a text. */
  standIn(text: string): boolean;
  /** The text with a mask for each of them. */
  takenOutOf(text: string): string;
  /** Of a text that was cut off by us: the same, where the cut fell inside of one of them. */
  takenOffTheEndOf(text: string): string;
}

export type SecretRoute = Pick<SigningRoute, 'url' | 'custom' | 'keys' | 'proxy' | 'ofKind'>;

/** Made once for a route, and asked for each of its answers. */
export function knownSecrets(route: SecretRoute): KnownSecrets {
  const secrets = [...new Set(secretsOf(route))].sort((one, other) => other.length - one.length).slice(0, mostParts);
  if (secrets.length === 0) {
    return { standIn: () => false, takenOutOf: (text) => text, takenOffTheEndOf: (text) => text };
  }
  const pattern = secrets.map(inAnyForm).join('|');
  const one = new RegExp(pattern, 'i');
  const all = new RegExp(pattern, 'gi');
  return {
    standIn: (text) => one.test(text),
    takenOutOf: (text) => text.replace(all, maskedValue),
    takenOffTheEndOf(text) {
      const begun = Math.max(...secrets.map((secret) => begunAtTheEnd(text, secret)));
      return begun === 0 ? text : text.slice(0, -begun) + maskedValue;
    },
  };
}

/** So many of the text's last characters are the beginning of a secret; 0 where they are not, or are too few to tell. */
function begunAtTheEnd(text: string, secret: string): number {
  const end = text.slice(-secret.length).toLowerCase();
  const begins = secret.toLowerCase();
  for (let length = end.length; length >= shortestWhole; length -= 1) {
    if (begins.startsWith(end.slice(-length))) return length;
  }
  return 0;
}

function secretsOf({ url, custom, keys, proxy, ofKind }: SecretRoute): string[] {
  const found: string[] = [];
  const whole = (text: string) => {
    if (text.length >= shortestWhole) found.push(text);
  };
  const withParts = (text: string, between: RegExp) => {
    whole(text);
    for (const piece of text.split(between)) if (piece.length >= shortestPart) found.push(piece);
  };
  const part = (text: string) => {
    if (text.length >= shortestPart) found.push(text);
  };
  const address = new URL(url);
  // One segment, one value: base64 holds the very signs that part an address.
  for (const text of [...address.pathname.split('/'), ...address.search.slice(1).split('&').map(behindItsName)]) {
    part(text);
    part(decoded(text));
  }
  for (const text of [`${address.pathname}${address.search}`, address.pathname, address.search.slice(1)]) {
    withParts(text, /[/?&=;]/);
    withParts(decoded(text), /[/?&=;]/);
  }
  for (const { value } of custom) {
    withParts(value, /[\s,;=]+/);
    const basic = /^basic\s+(\S+)$/i.exec(value)?.[1];
    if (basic !== undefined) for (const one of passwordsIn(Buffer.from(basic, 'base64').toString())) whole(one);
    whole(base64Of(value));
  }
  for (const key of [keys.current, keys.next]) {
    const secret = key?.text.export().toString('utf8');
    if (secret === undefined) continue;
    whole(secret);
    whole(secret.replace(/^whsec_/, ''));
    whole(base64Of(secret));
  }
  for (const secret of ofKind?.secrets ?? []) {
    whole(secret);
    whole(base64Of(secret));
  }
  if (proxy !== null && URL.canParse(proxy)) {
    const { username, password } = new URL(proxy);
    whole(decoded(password));
    if (password !== '') whole(base64Of(`${decoded(username)}:${decoded(password)}`));
  }
  return found;
}

/** Of `name=value`. */
const behindItsName = (pair: string): string => pair.slice(pair.indexOf('=') + 1);

/** Of `name:password` both together and the password alone. */
function passwordsIn(credentials: string): string[] {
  const at = credentials.indexOf(':');
  return at < 0 ? [] : [credentials, credentials.slice(at + 1)];
}

const base64Of = (text: string) => Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A pattern of the text as it is, percent-encoded, with HTML's entities or JSON's escapes, or of these mixed. */
const inAnyForm = (text: string): string => [...text].map(characterInAnyForm).join('');

const entityNames: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
  '/': 'sol',
  '=': 'equals',
  '+': 'plus',
  ':': 'colon',
  '?': 'quest',
  _: 'lowbar',
  '.': 'period',
};

function characterInAnyForm(character: string): string {
  if (/^[a-z0-9]$/i.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const percent = [...Buffer.from(character)].map((byte) => `%(?:25)?${byte.toString(16).padStart(2, '0')}`).join('');
  const forms = [
    `\\\\?${literally(character)}`,
    percent,
    `&#0*${code};`,
    `&#x0*${hex};`,
    `\\\\u${hex.padStart(4, '0')}`,
    ...(entityNames[character] === undefined ? [] : [`&${entityNames[character]};`]),
    ...(character === ' ' ? ['\\+'] : []),
  ];
  return `(?:${forms.join('|')})`;
}
