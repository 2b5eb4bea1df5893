/** What looks personal wherever it stands: a mail address, a phone, a card, an account, a document, an address of the net. */
import type { Treatment } from '../../../shared/schemas.ts';

interface Look {
  readonly treatment: Treatment;
  readonly pattern: RegExp;
  /** A further look at what the pattern found. */
  readonly is?: (found: string) => boolean;
  /** In an id too, where digits in a row are what one expects. */
  readonly inIds: boolean;
}

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, twice = false; i >= 0; i -= 1, twice = !twice) {
    const digit = Number(digits[i]) * (twice ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

const between = (text: string, least: number, most: number): boolean => {
  const { length } = digitsOf(text);
  return length >= least && length <= most;
};

/** A day, with or without a time: digits and dashes, but no phone. */
const startsAsDate = /^(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.]/;

/** Each linear in the text: no pattern has two ways to match the same characters. */
const looks: readonly Look[] = [
  { treatment: 'mail', pattern: /[\p{L}\p{N}._%+'-]{1,64}(?:@|%40)[\p{L}\p{N}.-]{1,190}/giu, inIds: true },
  { treatment: 'card', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g, inIds: true },
  {
    treatment: 'card',
    pattern: /(?<![\p{L}\d])\d(?:[ -]?\d){12,18}(?![\p{L}\d])/gu,
    is: (found) => passesLuhn(digitsOf(found)),
    inIds: true,
  },
  {
    treatment: 'phone',
    pattern: /(?<![\p{L}\d])(?:\+|00)[ ]?\(?\d[\d ()./-]{5,20}\d/gu,
    is: (found) => between(found, 7, 17) && !startsAsDate.test(found),
    inIds: true,
  },
  {
    treatment: 'phone',
    pattern: /(?<![\p{L}\d.,:/_-])\(?0\d[\d ()./-]{6,14}\d(?![\p{L}\d])/gu,
    is: (found) => between(found, 9, 12) && !/^\d\d[./-]\d\d[./-](?:19|20)?\d\d/.test(found),
    inIds: true,
  },
  {
    treatment: 'phone',
    pattern: /(?<![\p{L}\d.,:/_-])\(?[1-9]\d{1,3}\)?[ .-]\d[\d ().-]{5,14}\d(?![\p{L}\d])/gu,
    is: (found) => between(found, 9, 15) && !startsAsDate.test(found),
    inIds: false,
  },
  {
    treatment: 'phone',
    pattern: /(?<![\p{L}\d.,:/_-])[1-9]\d{8,14}(?![\p{L}\d])/gu,
    inIds: false,
  },
  { treatment: 'document', pattern: /(?<![\p{L}\d_-])[A-Z]{1,2}\d{6,9}[A-Z]?(?![\p{L}\d_-])/gu, inIds: false },
];

const mayHold = /[@\d]|%40/;

/**
 * The text without what looks personal in it.
 *
 * @param isId only what is plainly something else than an id is taken out
 * @param out makes what stands in its place
 */
export function withoutLookalikes(
  text: string,
  isId: boolean,
  out: (treatment: Treatment, was: string) => string,
): string {
  if (!mayHold.test(text)) return text;
  let rest = text;
  for (const { treatment, pattern, is, inIds } of looks) {
    if (isId && !inIds) continue;
    rest = rest.replace(pattern, (found: string) => (is === undefined || is(found) ? out(treatment, found) : found));
  }
  return rest;
}

/** A number that a system gave: `HRR-2024-00017`, `CUST-00917`; no document has its dashes. */
export const isSerialNumber = (text: string): boolean => /^[A-Z]{2,8}-(?:\d{2,4}-)?\d{3,8}$/.test(text);

/** What stands alone in a member that no rule names, and says nothing of anybody: a day, a time, a number, a yes. */
export function isPlainValue(text: string): boolean {
  if (text.length > 40) return false;
  return (
    /^\s*$/.test(text) ||
    /^(?:true|false|yes|no|null|none)$/i.test(text) ||
    // A day, a time or both, as ISO 8601 or as forms write it. A day of the last century is somebody's birthday.
    /^20\d{2}-?\d{2}-?\d{2}(?:[T ]\d{1,2}:?\d{2}(?::?\d{2}(?:[.,]\d{1,9})?)?)?\s?(?:Z|UTC|[+-]\d{2}:?\d{2})?$/.test(
      text,
    ) ||
    /^(?!.*19\d\d)\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:,? \d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)?$/i.test(text) ||
    /^\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?$/i.test(text) ||
    /^-?\d{1,8}(?:\.\d{1,8})?$/.test(text) ||
    // An amount, with its currency before or behind it.
    (/^(?:[A-Z]{3} ?|[₱$€£¥] ?)?-?\d[\d., ]{0,14}(?: ?[A-Z]{3}| ?[₱$€£¥%])?$/.test(text) &&
      digitsOf(text).length <= 8) ||
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
  );
}

/** Addresses of the net with all that may be secret or personal in them: a query, a path, who logs in. */
const addresses = /\b([a-z][a-z0-9+.-]{1,15}):\/\/([^\s"'<>\\^`{|}]{1,2000})/giu;

/** `https://hooks.example.com/T0/B0/x?token=1` is `https://hooks.example.com/…`. */
export const withoutPaths = (text: string): string =>
  text.includes('://')
    ? text.replace(addresses, (_whole, scheme: string, rest: string) => {
        const [authority = '', ...path] = rest.split(/[/?#]/);
        const host = authority.slice(authority.lastIndexOf('@') + 1);
        return `${scheme}://${host}${path.join('') === '' ? '' : '/…'}`;
      })
    : text;

const tokenLike = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_~.-]{16,}$/;
const secretParameter = /(?:token|key|secret|sig|signature|password|passwd|pwd|auth|code|hash|session|access)/i;

/** The same, but what is plainly no secret stays: for whoever chose a full export. */
export const withoutTokens = (text: string): string =>
  text.includes('://')
    ? text.replace(addresses, (_whole, scheme: string, rest: string) => {
        const at = rest.search(/[/?#]/);
        const authority = at === -1 ? rest : rest.slice(0, at);
        const host = authority.slice(authority.lastIndexOf('@') + 1);
        const behind = at === -1 ? '' : rest.slice(at);
        const [path = '', query] = behind.split('?', 2);
        const cleanPath = path
          .split('/')
          .map((part) => (tokenLike.test(part) ? '…' : part))
          .join('/');
        const cleanQuery = query
          ?.split('&')
          .map((pair) => {
            const [name = '', value = ''] = pair.split('=', 2);
            return secretParameter.test(name) || tokenLike.test(value) ? `${name}=…` : pair;
          })
          .join('&');
        return `${scheme}://${host}${cleanPath}${cleanQuery === undefined ? '' : `?${cleanQuery}`}`;
      })
    : text;
