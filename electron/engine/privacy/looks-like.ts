/** What looks personal wherever it stands: a mail address, a phone, a card, an account, a document, an address of the net. */
import type { Treatment } from '../../../shared/schemas.ts';

interface Look {
  readonly treatment: Treatment;
  readonly pattern: RegExp;
  /** A further look at what the pattern found. */
  readonly is?: (found: string) => boolean;
  /** A quicker look at a whole text: without it none of it is there. */
  readonly mayHold?: (text: string) => boolean;
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

/** As programs count time, from 2001 to 2033, in milliseconds: no card of thirteen digits begins so. */
const isMoment = /^1\d{12}$/;

/** Each linear in the text: no pattern has two ways to match the same characters. */
const looks: readonly Look[] = [
  {
    treatment: 'mail',
    pattern: /[\p{L}\p{N}._%+'-]{1,64}\s{0,2}[([{]\s?(?:at|arroba|@)\s?[)\]}]\s{0,2}[\p{L}\p{N}.-]{1,190}/giu,
    inIds: true,
    mayHold: (text) => /[([{]/.test(text),
  },
  {
    treatment: 'mail',
    pattern: /[\p{L}\p{N}._%+'-]{1,64}(?:@|%40)[\p{L}\p{N}.-]{1,190}/giu,
    inIds: true,
    mayHold: (text) => /@|%40/.test(text),
  },
  { treatment: 'card', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g, inIds: true },
  {
    treatment: 'card',
    pattern: /(?<![\p{L}\d])\d(?:[ _./-]?\d){12,18}(?![\p{L}\d])/gu,
    is: (found) => passesLuhn(digitsOf(found)) && !startsAsDate.test(found) && !isMoment.test(found),
    inIds: true,
  },
  // A number of social security.
  { treatment: 'document', pattern: /(?<![\p{L}\d_-])\d{3}-\d{2}-\d{4}(?![\p{L}\d_-])/gu, inIds: true },
  {
    treatment: 'phone',
    // As addresses write `+` and what stands between.
    pattern: /%2B(?:%20|%28)?\d(?:\d|%20|%28|%29|%2D|%2E|[ ().+-](?=\d)){5,24}/giu,
    is: (found) => between(found.replaceAll(/%[\dA-F]{2}/gi, ''), 7, 17),
    inIds: true,
    mayHold: (text) => text.includes('%2'),
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
  { treatment: 'document', pattern: /(?<![\p{L}\d_-])[A-Z]{1,2} ?\d{6,9}[A-Z]?(?![\p{L}\d_-])/gu, inIds: false },
  { treatment: 'document', pattern: /(?<![\p{L}\d_.-])\d{7,8}[A-Z](?![\p{L}\d_-])/gu, inIds: false },
];

const mayHold = /[@\d([{]|%40|[^ -~\s]|\u00a0/;
const oddSigns = /[^ -~\s]|\u00a0/;

/** Digits and blanks of any script as ASCII writes them, sign for sign, so that what is found can be cut out of the text. */
const asciiDigits = (text: string): string =>
  text
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replaceAll(/[\u2010-\u2015\uff0d]/g, '-')
    .replaceAll('\uff0b', '+');

/** As `replace`, where the pattern is looked for in a text of the same length, which is changed alike. */
function cutOut(
  { rest, read }: { readonly rest: string; readonly read: string },
  { pattern, is, treatment }: Look,
  out: (treatment: Treatment, was: string) => string,
) {
  let at = 0;
  let shown = '';
  let shownRead = '';
  for (const { 0: found, index } of read.matchAll(pattern)) {
    if (is !== undefined && !is(found)) continue;
    const end = index + found.length;
    const instead = out(treatment, rest.slice(index, end));
    shown += rest.slice(at, index) + instead;
    shownRead += read.slice(at, index) + instead;
    at = end;
  }
  return at === 0 ? { rest, read } : { rest: shown + rest.slice(at), read: shownRead + read.slice(at) };
}

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
  // What is looked for without a sign of its own has digits.
  const hasDigit = /[\d\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/.test(text);
  const isAsked = ({ inIds, mayHold: may }: Look) => (inIds || !isId) && (may === undefined ? hasDigit : may(text));
  if (oddSigns.test(text)) {
    let cut = { rest: text, read: asciiDigits(text) };
    if (cut.read !== text) {
      for (const look of looks) if (isAsked(look)) cut = cutOut(cut, look, out);
      return cut.rest;
    }
  }
  let rest = text;
  for (const look of looks) {
    if (!isAsked(look)) continue;
    const { treatment, pattern, is } = look;
    rest = rest.replace(pattern, (found: string) => (is === undefined || is(found) ? out(treatment, found) : found));
  }
  return rest;
}

/** A document's number that stands alone: `P1234567A`, `12345678Z`. */
export const isDocumentNumber = (text: string): boolean => /^(?:[A-Z]{1,2} ?\d{6,9}[A-Z]?|\d{7,8}[A-Z])$/.test(text);

const base64 = /^(?=.*[a-z])(?=.*[A-Z\d])[A-Za-z\d+/]{12,}={0,2}$/;
const printable = /^[\t\n\r -~\p{L}\p{M}\p{P}\p{S}\p{N}\p{Zs}]+$/u;
/** A file in a text, or a text that somebody wrote in base64: what is in it nobody looks through. */
export function isBlob(text: string): boolean {
  if (/^data:[^,]{0,200},/i.test(text)) return true;
  if (text.length < 12 || !base64.test(text)) return false;
  if (text.length >= 100) return true;
  // Of twelve random bytes one in some thousand is a text.
  if (text.replace(/=+$/, '').length % 4 === 1) return false;
  const inside = Buffer.from(text, 'base64').toString('utf8');
  return printable.test(inside) && !inside.includes('\ufffd') && /\p{L}{3}/u.test(inside);
}

/** A number that a system gave: `HRR-2024-00017`, `CUST-00917`, `INV/2026/00012`; no document has its dashes. */
export const isSerialNumber = (text: string): boolean =>
  /^(?:[A-Z]{2,8}-(?:\d{2,4}-)?\d{3,8}|[A-Z]{2,8}\d?(?:\/\d{2,4}){0,2}\/\d{3,8})$/.test(text);

const aDay = /^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:,? \d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)?$/i;
/** Of the last century, with two digits too: somebody's birthday; in Thailand years of before 2543. */
const isLongAgo = (day: string): boolean =>
  /(?<!\d)(?:19\d\d|24\d\d|25[0-3]\d|254[0-2])(?!\d)/.test(day) ||
  /^(?:\d{1,2}[./-]){2}(?:3[6-9]|[4-9]\d)(?!\d)|^(?:3[6-9]|[4-9]\d)[./-]/.test(day);
const months =
  'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|dez|okt|mai|mär|maer|enero|mayo|hulyo|agosto|setyembre|oktubre|nobyembre|disyembre|pebrero|marso|abril|hunyo';
/** `1 May 2026`, `Fri, May 1, 2026`, `1. Mai 2026 14:00`, `1 de mayo de 2026`. */
const writtenDay = new RegExp(
  `^(?:\\p{L}{2,10}[,.]? )?(?:\\d{1,2}\\.? (?:de )?(?:${months})\\p{L}{0,7}\\.?,? (?:de )?|(?:${months})\\p{L}{0,7}\\.? \\d{1,2},? )\\d{4}(?:,? \\d{1,2}:\\d{2}(?::\\d{2})?(?: ?[ap]m)?)?$`,
  'iu',
);

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
    (aDay.test(text) && !isLongAgo(text)) ||
    (writtenDay.test(text) && /(?<!\d)20\d\d(?!\d)/.test(text)) ||
    /^\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?$/i.test(text) ||
    /^-?\d{1,8}(?:\.\d{1,8})?$/.test(text) ||
    // An amount, with its currency before or behind it.
    (/^(?:[A-Z]{3} ?|[₱$€£¥] ?)?-?\d[\d., ]{0,14}(?: ?[A-Z]{3}| ?[₱$€£¥%])?$/.test(text) &&
      digitsOf(text).length <= 8 &&
      !aDay.test(text)) ||
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
