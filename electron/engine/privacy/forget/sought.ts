/**
 * What a guest is looked for by, and whether a text speaks of it: names without case and accents and as whole words, mail
 * addresses without case, telephone numbers by their digits whatever stands between them. Pure.
 */
import { literally } from '../../../../shared/literally.ts';
import type { Sought } from '../../../../shared/schemas.ts';
import { foldName } from '../../store/fold.ts';
import { foldedWithPlaces } from '../folded.ts';
import { answerMember } from '../quoted-words.ts';
import { readings, withoutUmlauts } from './readings.ts';
import { isShort, isUnspaced, shortNames } from './short-names.ts';
import { splitNames } from './split-names.ts';
import { wordsOfGuest } from './words.ts';

/** Letters of a name or address that a person searches by, and the members of filters in which that was typed. */
const leastPart = 4;
const typedIn: ReadonlySet<string> = new Set(['text', 'entity', 'about', 'account']);
/** Fewer digits may be a room, a year or a sum. */
export const leastPhoneDigits = 7;
const longestText = 4_000_000;

/** Words of one guest that are looked for in any text. */
export interface Identifiers {
  readonly names: readonly string[];
  readonly mails: readonly string[];
  readonly phones: readonly string[];
  /** Bookings by which the guest was asked for. */
  readonly bookings: readonly string[];
}

export const noIdentifiers: Identifiers = { names: [], mails: [], phones: [], bookings: [] };

export const identifiersOf = ({ booking, name, mail, phone }: Sought): Identifiers => ({
  names: listed(name),
  mails: listed(mail),
  phones: listed(phone),
  bookings: listed(booking),
});

const listed = (text: string | undefined): string[] => (text === undefined || text === '' ? [] : [text]);

export const together = (...all: readonly Identifiers[]): Identifiers => ({
  names: distinct(
    all.flatMap(({ names }) => names),
    foldName,
  ),
  mails: distinct(
    all.flatMap(({ mails }) => mails),
    (mail) => mail.toLowerCase(),
  ),
  phones: distinct(
    all.flatMap(({ phones }) => phones),
    significant,
  ),
  bookings: distinct(
    all.flatMap(({ bookings }) => bookings),
    (id) => id.toLowerCase(),
  ),
});

const distinct = (values: readonly string[], as: (value: string) => string): string[] => [
  ...new Map(values.filter((value) => as(value) !== '').map((value) => [as(value), value] as const)).values(),
];

/** Without what is dialled before it from elsewhere: `0063 917…`, `+63 917…` and `0917…` are one. */
const significant = (phone: string): string => phone.replaceAll(/\D/g, '').replace(/^0+/, '');

export interface Matcher {
  /** Whether a text speaks of the guest. */
  mentions(text: string): boolean;
  /** The same of a text that is a name. */
  isNamed(name: string): boolean;
  /** Whether a whole value is the guest's: a mail address or number that stands alone. */
  isWholly(value: string): boolean;
  /**
   * The text with what speaks of the guest taken out, and where a filter holds a part of the name and no more: what was
   * searched for may be. JSON stays JSON. The same text where nothing does.
   */
  without(text: string): string;
  /** The same of a text in which somebody else's words stand: each that speaks of the guest goes whole. */
  withoutQuotes(text: string): string;
  /** The same of what is kept of an endpoint, whose receiver's words go where they may only be of the guest: `words.ts`. */
  withoutWords(text: string): string;
}

export const takenOut = '[forgotten]';

/** @param said by receivers in answer to the guest's events */
export function matcherOf(given: Identifiers, said: readonly string[] = []): Matcher {
  const identifiers = {
    ...given,
    names: [...new Set(given.names.flatMap((name) => [name, withoutUmlauts(name)]))],
  };
  const long = { ...identifiers, names: identifiers.names.filter((name) => !isShort(name)) };
  const short = shortNames(identifiers.names.filter(isShort));
  const patterns = patternsOf(long);
  const quickOfLong = quickOf(long);
  const quick = (text: string) => quickOfLong(text) || short.isIn(text);
  const mentionsAtLength = (text: string): boolean => {
    if (patterns.length === 0 || !quickOfLong(text)) return false;
    const plain = text.length > longestText ? text.slice(0, longestText) : text;
    return readings(plain).some((one) => {
      const { folded } = foldedWithPlaces(one);
      // Never test(): that leaves a place in the pattern, from which the next look would begin.
      return patterns.some((pattern) => folded.search(pattern) >= 0);
    });
  };
  const isNamed = (name: string): boolean => mentionsAtLength(name) || short.isIn(name);
  const split = splitNames(long.names, isNamed);
  const mentions = (text: string): boolean =>
    mentionsAtLength(text) ||
    (short.isIn(text) && short.areIn(text, parsedJson(text))) ||
    split.areIn(text, () => parsedJson(text));
  const plainWithout = (text: string): string => {
    let result = text;
    for (const pattern of patterns) {
      const { folded, placeOf } = foldedWithPlaces(result);
      const found = [...folded.matchAll(pattern)].reverse();
      for (const { index, 0: match } of found) {
        result = result.slice(0, placeOf(index)) + takenOut + result.slice(placeOf(index + match.length));
      }
    }
    return result;
  };
  const whole = [...long.names, ...identifiers.mails].map(foldName);
  const mayHoldPart = anyOf(whole.flatMap(pieces));
  // Elsewhere a short text is a word of ours: the "mail" of "x@gmail.example", the "night" of "Ana Nightingale".
  const isPart = (leaf: string, member: string): boolean => {
    if (!typedIn.has(member)) return false;
    const folded = foldName(leaf);
    return folded.length >= leastPart && whole.some((one) => one.includes(folded));
  };
  const changed = (leaf: string, member: string): string => {
    if (isPart(leaf, member) || short.isLeaf(leaf, member)) return takenOut;
    if (!mentions(leaf)) return leaf;
    const rest = plainWithout(leaf);
    // Written in a way that can be read and not cut: escaped, say.
    return mentions(rest) ? takenOut : rest;
  };
  const unquotedBy = (goes: (leaf: string, member: string) => boolean) => {
    const unquoted = (leaf: string, member: string): string => {
      // What was kept of an endpoint holds its trouble as the text that it is.
      if (parsedJson(leaf) !== undefined) return inside(leaf, unquoted);
      return goes(leaf, member) ? takenOut : leaf;
    };
    return unquoted;
  };
  const unquoted = unquotedBy(mentions);
  const isOfGuest = wordsOfGuest(identifiers.names, said);
  const unworded = unquotedBy((leaf, member) => mentions(leaf) || (member === answerMember && isOfGuest(leaf)));
  return {
    mentions,
    isNamed,
    isWholly(value) {
      const digits = significant(value);
      return (
        readings(value).some((one) => identifiers.mails.some((mail) => foldName(mail) === foldName(one))) ||
        (digits.length >= leastPhoneDigits &&
          identifiers.phones.map(significant).some((one) => one.endsWith(digits) || digits.endsWith(one)))
      );
    },
    without(text) {
      // Of the hundreds of thousands of texts that are looked at hardly one is parsed.
      if (!quick(text) && !mayHoldPart(text)) return text;
      return parsedJson(text) === undefined && !mentions(text) ? text : inside(text, changed);
    },
    withoutQuotes: (text) => (quick(text) ? unquoted(text, '') : text),
    withoutWords: (text) => unworded(text, ''),
  };
}

/** Undefined where it is none, or a value alone. */
function parsedJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a text becomes; `member` is the name under which it stands, empty where there is none. */
type Change = (leaf: string, member: string) => string;

/** A text, or each of those in its JSON, as `change` makes it; as it is written where that changes none. */
function inside(text: string, change: Change): string {
  const value = parsedJson(text);
  if (value === undefined) return change(text, '');
  const after = JSON.stringify(walked(value, change, ''));
  return after === JSON.stringify(value) ? text : after;
}

/** Every text in it; a number that is one of them is none any more. */
function walked(value: unknown, change: Change, member: string): unknown {
  if (typeof value === 'string') return change(value, member);
  if (typeof value === 'number') return change(String(value), member) === String(value) ? value : null;
  if (Array.isArray(value)) return value.map((one) => walked(one, change, member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walked(one, change, name)]));
}

/** No letter or digit directly beside it. */
const alone = (inner: string): string => `(?<![\\p{L}\\p{N}])${inner}(?![\\p{L}\\p{N}])`;

function patternsOf({ names, mails, phones, bookings }: Identifiers): RegExp[] {
  const words = (name: string) => foldName(name).split(' ').map(literally).join('[\\s,_+-]+');
  const reversed = (name: string): (string | null)[] => {
    // "Santos, Maria" is "Maria Santos"; of three words or more a comma says which is the family's.
    const parts = foldName(name).split(' ');
    if (parts.length === 2) return [words(`${parts[1]} ${parts[0]}`)];
    const piece = (some: readonly string[]) => words(some.join(' '));
    return parts.slice(1).map((_, i) => `${piece(parts.slice(i + 1))}\\s*,\\s*${piece(parts.slice(0, i + 1))}`);
  };
  const spaced = names.filter((name) => !isUnspaced(name));
  return (
    [
      ...spaced.flatMap((name) => [words(name), ...reversed(name)]).filter((one) => one !== null && one !== ''),
      ...mails.map((mail) => literally(foldName(mail))),
      ...bookings.map((id) => literally(foldName(id))),
    ]
      .map((inner) => alone(inner as string))
      // Where no spaces part words, letters stand beside a name.
      .concat(names.filter(isUnspaced).map(words))
      .map((inner) => new RegExp(inner, 'giu'))
      .concat(phones.map(phonePattern))
  );
}

/** The last digits decide, so that it is found with and without its country's. */
function phonePattern(phone: string): RegExp {
  const digits = significant(phone).slice(-10);
  return new RegExp(`(?:\\+?\\d[\\s().\\/-]{0,3}){0,5}${[...digits].join('[\\s().\\/-]{0,3}')}(?!\\d)`, 'gu');
}

/** What is cheap to look for first, in hundreds of thousands of texts. */
function quickOf({ names, mails, phones, bookings }: Identifiers): (text: string) => boolean {
  const parts = [
    ...names.map((name) => longest(foldName(name).split(' '))),
    ...mails.map(foldName),
    ...bookings.map((id) => longest(foldName(id).split(' '))),
  ];
  const tails = phones.map((phone) => significant(phone).slice(-4));
  return (text) =>
    readings(text).some((one) => {
      const small = foldName(one);
      if (parts.some((part) => small.includes(part))) return true;
      return tails.length > 0 && tails.some((tail) => small.replaceAll(/\D/g, '').includes(tail));
    });
}

/** All that is as long as the shortest part of a name that counts. */
const pieces = (name: string): string[] =>
  Array.from({ length: Math.max(0, name.length - leastPart + 1) }, (_, at) => name.slice(at, at + leastPart));

function anyOf(parts: readonly string[]): (text: string) => boolean {
  const each = [...new Set(parts)];
  return (text) =>
    readings(text).some((one) => {
      const small = foldName(one);
      return each.some((part) => small.includes(part));
    });
}

const longest = (words: readonly string[]): string =>
  words.reduce((one, other) => (other.length > one.length ? other : one), '');
