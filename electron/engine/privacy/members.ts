/** Which rule a member of an event's data falls under, by its name and where it lies. */
import { RelayError } from '../../../shared/errors.ts';
import type { EventType } from '../../../shared/events.ts';
import type { OwnPrivacyRule, Treatment } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { rules as builtIn, persons, type Rule } from './rules.ts';

/** Names as words with underscores: `GuestName`, `guest-name` and `guest_name` are one. Digits at the end go. */
export function memberWords(name: string): string {
  const before = known.get(name);
  if (before !== undefined) return before;
  const plain = /^[ -~]*$/.test(name) ? name : name.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const words = plain
    .slice(0, longestName)
    .replaceAll(/(\p{Ll})(\p{Lu})|(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1$3_$2$4')
    .toLowerCase()
    .replaceAll(/[^\p{L}]+/gu, '_');
  // `_id`, as document databases call it, is an id like any other.
  const trimmed = words.replaceAll(/^_+|_+$/g, '');
  return remembered(known, name, trimmed);
}

const longestName = 100;
/** So many are remembered: the day's bodies are alike. */
const mostKnown = 4000;
const known = new Map<string, string>();

export function remembered<Value>(map: Map<string, Value>, key: string, value: Value): Value {
  if (map.size >= mostKnown) map.clear();
  if (key.length <= 500) map.set(key, value);
  return value;
}

/** The same with its digits, which a property's own rules may name: `custom_field_3` and `customField3` are one. */
export function countedWords(name: string): string {
  if (!/\p{N}/u.test(name)) return memberWords(name);
  return name
    .slice(0, longestName)
    .split(/(\p{N}+)/u)
    .map((piece, i) => (i % 2 === 1 ? piece : memberWords(piece)))
    .filter((words) => words !== '')
    .join('_');
}

/** A path of member names, as words, with dots. */
export type MemberPath = string;

/** Where a member is, once without digits and once with them. */
export interface MemberPaths {
  readonly path: MemberPath;
  readonly counted: MemberPath;
}

/** What a rule says of a member. `rank` is the place of a property's own rule among these; null of a built-in one. */
export interface Ruling {
  readonly treatment: Treatment;
  readonly rank: number | null;
}

export interface Members {
  /** The first rule that names what lies there; null where none does. */
  of(paths: MemberPaths, event: EventType): Ruling | null;
}

/**
 * A pattern's members are read as names are, `*` aside.
 * @param ofWords `*` stands for whole words: `*rate*` is no part of `corporate`
 */
function patternOf(member: string, ofWords: boolean): RegExp {
  const parts = member.split('.').map((part) => {
    const pattern = part
      .split('*')
      .map((piece, i, pieces) => {
        // As `memberWords` reads names: without accents, and letters in their own pieces.
        const words = (/^[ -~]*$/.test(piece) ? piece : piece.normalize('NFKD').replaceAll(/\p{M}/gu, ''))
          .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
          .replaceAll(/\p{N}+/gu, '_$&_')
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}]+/gu, '_');
        // An underscore at a name's end or beginning is none.
        const left = i === 0 ? words.replace(/^_+/, '') : words;
        return i === pieces.length - 1 ? left.replace(/_+$/, '') : left;
      })
      .join('[^.]*');
    if (!ofWords) return pattern;
    return pattern.replace(/^\[\^\.\]\*(?=\p{L})/u, '(?:[^.]*_)?').replace(/(?<=\p{L})\[\^\.\]\*$/u, 's?(?:_[^.]*)?');
  });
  return new RegExp(`(?:^|\\.)${parts.join('\\.')}$`, 'u');
}

interface Compiled {
  readonly pattern: RegExp;
  /** It names digits, and holds for the member with just these. */
  readonly isCounted: boolean;
  readonly treatment: Treatment;
  readonly event: EventType | null;
}

const compiled = ({ member, treatment, event = undefined }: Rule, ofWords: boolean): Compiled => ({
  pattern: patternOf(member, ofWords),
  isCounted: /\p{N}/u.test(member),
  treatment,
  event: event ?? null,
});
const compiledBuiltIn: readonly Compiled[] = builtIn.map((rule) => compiled(rule, rule.treatment === 'keep'));
/** What is secret stays so, whatever a property says of it. */
const secrets = compiledBuiltIn.filter(({ treatment }) => treatment === 'secret');

/** @param own a property's own rules, which come before the built-in ones */
export function membersBy(own: readonly OwnPrivacyRule[] = []): Members {
  // One that was set before such were refused turns nothing off.
  const ownOnes = own.filter((rule) => !keepsEverybody(rule)).map((rule) => compiled(rule, false));
  const found = new Map<string, Ruling | null>();
  const first = (rules: readonly Compiled[], { path, counted }: MemberPaths, event: EventType): number =>
    rules.findIndex(
      (one) => (one.event === null || one.event === event) && one.pattern.test(one.isCounted ? counted : path),
    );
  const builtInOf = (rules: readonly Compiled[], paths: MemberPaths, event: EventType): Ruling | null => {
    const treatment = rules[first(rules, paths, event)]?.treatment;
    if (treatment === 'keep' ? namesPerson(paths.path) : treatment === undefined && namesOnlyPerson(paths.path)) {
      return { treatment: 'name', rank: null };
    }
    return treatment === undefined ? null : { treatment, rank: null };
  };
  return {
    of(paths, event) {
      const key = `${event} ${paths.counted}`;
      const before = found.get(key);
      if (before !== undefined) return before;
      const rank = first(ownOnes, paths, event);
      const treatment = ownOnes[rank]?.treatment;
      const ruling =
        builtInOf(secrets, paths, event) ??
        (treatment === undefined ? builtInOf(compiledBuiltIn, paths, event) : { treatment, rank });
      return remembered(found, key, ruling);
    },
  };
}

/**
 * Whether a rule names nothing but what is secret, so that it could have no effect: `door_pin`, `*_token`, `pin.*`. What
 * its `*` may stand for beside that is for the rule.
 */
function namesSecretsAlone(member: string): boolean {
  const parts = member.split('.').map((part) => memberWords(part.replaceAll('*', 'x')));
  return parts.some((_, i) => {
    const path = parts.slice(0, i + 1).join('.');
    return secrets.some(({ pattern }) => pattern.test(path));
  });
}

/**
 * @param before rules that are there already: whoever changes another is not held up by them
 * @throws RelayError `bad_input` for a rule that could have no effect, since what it names is secret
 */
export function refuseIdleRules(rules: readonly OwnPrivacyRule[], before: readonly OwnPrivacyRule[]): void {
  const known = new Set(before.map(({ member }) => member));
  const idle = rules.find(({ member }) => !known.has(member) && namesSecretsAlone(member));
  if (idle === undefined) return;
  throw new RelayError('bad_input', sentence('problem.privacy_secret', { member: idle.member }), {
    member: 'privacyRules',
  });
}

/** Members that say who somebody is, by what is said of them. */
const tellingMembers: readonly (readonly string[])[] = [
  ['name', 'guest_name', 'last_name', 'guest.name', 'guest.last_name'],
  ['email', 'guest_email', 'contact_email', 'guest.email'],
  ['phone', 'guest_phone', 'mobile_no', 'guest.phone'],
  ['passport_number', 'guest_passport', 'id_number', 'guest.passport'],
  ['address', 'guest_address', 'home_address', 'guest.address'],
  ['birth_date', 'guest_birth_date', 'guest.birth_date'],
];
const fewestLetters = 3;
const mostTold = 2;

/** Whether a rule that keeps names no member: `*`, `*.*`, `*e*`, or what guests' names, mails and phones share, as `guest*`. */
function keepsEverybody({ member, treatment }: OwnPrivacyRule): boolean {
  if (treatment !== 'keep' || !member.includes('*')) return false;
  const parts = member.split('.');
  const isNamed = parts.some((part) => !part.includes('*') || part.replaceAll(/\P{L}/gu, '').length >= fewestLetters);
  if (!isNamed) return true;
  // `special.*` is what lies in one member.
  if (parts.at(-1) === '*') return false;
  const pattern = patternOf(member, false);
  return tellingMembers.filter((paths) => paths.some((path) => pattern.test(path))).length > mostTold;
}

/**
 * @param before rules that are there already: whoever changes another is not held up by them
 * @throws RelayError `bad_input` for a rule that would keep everything of everybody; `--full` is for that
 */
export function refuseBroadRules(rules: readonly OwnPrivacyRule[], before: readonly OwnPrivacyRule[]): void {
  const isThere = (rule: OwnPrivacyRule) =>
    before.some(({ member, treatment }) => member === rule.member && treatment === rule.treatment);
  const broad = rules.find((rule) => !isThere(rule) && keepsEverybody(rule));
  if (broad === undefined) return;
  throw new RelayError('bad_input', sentence('problem.privacy_broad', { member: broad.member }), {
    member: 'privacyRules',
  });
}

/** Members whose keys may be people: `guests: {"Maria": …}`, `shares: {"Santos": 50}`. */
const peopleByKey =
  /(?:^|[._])(?:guests|shares|companions|occupants|attendees|passengers|travell?ers|people|persons|contacts|customers|splits|payers|guest_names|names)$/u;
export const hasPeopleAsKeys = (path: MemberPath): boolean => peopleByKey.test(path);

/** Last words of members that are somebody, whatever stands before: a `unit_owner` is no unit. */
const somebody =
  'guests?|owners?|contacts?|(?:room_?)?mates?|attendants?|planners?|organi[sz]ers?|companions?|occupants?|visitors?';
/** The same, which alone or behind other words may be a program's or a company's as well. */
const perhapsSomebody =
  'members?|managers?|agents?|hosts?|hostess|holders?|by|for|with|supervisors?|persons?|people|staff|cleaners?|housekeepers?|attendees?|senders?|receivers?|recipients?|coordinators?|directors?|leaders?|guides?|tenants?|renters?|bookers?|payers?|customers?|clients?|waiters?|representatives?|assistants?|clerks?|receptionists?|assignees?|requesters?|creators?|authors?|sponsors?|seller|family|party';
const lastSomebody = new RegExp(`(?:^|_)(?:${somebody}|${perhapsSomebody})$`, 'u');
const lastOnlySomebody = new RegExp(`_(?:${somebody})$`, 'u');
const lastWordsOf = (path: MemberPath): string => path.slice(path.lastIndexOf('.') + 1);
/** `room_to` is as often a room: then its text says so. A status goes from one to another. */
const wayOfThings = /^(?!status|state|type|kind).*_(?:from|to)$/u;

const namesPerson = (path: MemberPath): boolean => {
  const last = lastWordsOf(path);
  return lastSomebody.test(last) || wayOfThings.test(last);
};
const namesOnlyPerson = (path: MemberPath): boolean => {
  const last = lastWordsOf(path);
  // Of how many, and of what for each of them.
  return lastOnlySomebody.test(last) && !/(?:^|_)(?:per|of|max|min|num|number|no|total|extra|count)_/u.test(last);
};

const roomLike = /^(?:[\p{L}]+[ #-]+){0,3}[#]?[A-Z]?\d{1,5}[A-Z]?$/u;
/** In `room_to` or `rate_from`: "Room 12", "Deluxe", and not whom it is for. */
export function isThingOnItsWay(path: MemberPath, text: string): boolean {
  if (!wayOfThings.test(lastWordsOf(path))) return false;
  const words = text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
  return (
    words.every((word) => thingWords.has(word)) &&
    (roomLike.test(text) || words.some((word) => !nameVocabulary.has(word)))
  );
}

/** Whether a name alone, without where it lies, speaks of a person. */
const ofPersons = new RegExp(`(?:^|[._])(?:${persons.join('|')})(?:[._]|$)`, 'u');
export const isOfPerson = (path: MemberPath): boolean => ofPersons.test(path);

/** Words that a member's name may be made of: a key of other words may be a person's name. */
export const nameVocabulary: ReadonlySet<string> = new Set(
  [
    ...builtIn.flatMap(({ member }) => member.split(/[._*]+/)),
    ...[
      'in',
      'out',
      'of',
      'the',
      'and',
      'per',
      'is',
      'has',
      'by',
      'for',
      'with',
      'new',
      'old',
      'all',
      'other',
      'extra',
    ],
    ...['date', 'time', 'day', 'days', 'night', 'nights', 'total', 'amount', 'price', 'balance', 'paid', 'due', 'net'],
    ...[
      'gross',
      'deposit',
      'discount',
      'check',
      'arrival',
      'departure',
      'arrive',
      'depart',
      'quantity',
      'qty',
      'count',
    ],
    ...['number', 'num', 'no', 'data', 'info', 'details', 'list', 'type', 'booking', 'reservation', 'order', 'payment'],
    ...[
      'infants',
      'infant',
      'babies',
      'pets',
      'seniors',
      'teens',
      'pax',
      'male',
      'female',
      'vip',
      'ages',
      'ratio',
      'percent',
    ],
    ...['full', 'short', 'long', 'main', 'primary', 'secondary', 'stay', 'breakfast', 'adults', 'children', 'value'],
    // Words of data that people are called as well: `price` in Bill Price's booking is no name.
    ...[
      'bill',
      'bills',
      'page',
      'pages',
      'mark',
      'grace',
      'base',
      'case',
      'day',
      'cash',
      'penny',
      'rich',
      'miles',
      'gold',
    ],
    ...['silver', 'king', 'queen', 'twin', 'single', 'double', 'young', 'park', 'parking', 'lane', 'hall', 'garden'],
    ...[
      'april',
      'may',
      'june',
      'august',
      'summer',
      'winter',
      'sunday',
      'morning',
      'noon',
      'evening',
      'holiday',
      'bond',
    ],
    ...['field', 'house', 'bar', 'spa', 'view', 'sea', 'pool', 'cook', 'porter', 'butler', 'driver', 'wood', 'stone'],
    ...['black', 'white', 'brown', 'green', 'gray', 'grey', 'rose', 'north', 'south', 'east', 'west', 'best', 'art'],
    ...['will', 'hope', 'joy', 'love', 'power', 'close', 'church', 'major', 'minor', 'small', 'large', 'free', 'star'],
  ].filter((word) => word !== ''),
);

const ofVocabulary = new Map<string, boolean>();
/** @param words of a member's name, with underscores: whether it is made of nothing else */
export const isOfVocabulary = (words: string): boolean =>
  ofVocabulary.get(words) ??
  remembered(
    ofVocabulary,
    words,
    words.split('_').every((word) => word === '' || nameVocabulary.has(word)),
  );

/** Words that rooms, rates and goods are called by, whoever is called alike: of "Villa" the guest, "Villa 3" says nothing. */
export const thingWords: ReadonlySet<string> = new Set([
  ...nameVocabulary,
  ...[
    'villa',
    'villas',
    'suite',
    'suites',
    'deluxe',
    'cottage',
    'bungalow',
    'cabin',
    'casita',
    'studio',
    'loft',
    'tent',
  ],
  ...[
    'superior',
    'standard',
    'executive',
    'presidential',
    'royal',
    'premier',
    'premium',
    'junior',
    'classic',
    'economy',
  ],
  ...['ocean', 'beach', 'bay', 'lake', 'river', 'mountain', 'hill', 'island', 'palm', 'coral', 'sunset', 'sunrise'],
  ...['terrace', 'balcony', 'corner', 'penthouse', 'dorm', 'budget', 'monday', 'tuesday', 'wednesday', 'thursday'],
  ...['friday', 'saturday', 'week', 'weekend'],
]);

/** A member of what is sold: whoever is called like a dish, the dish is no guest. */
const ofGoods = /(?:^|[._])(?:items?|products?|lines?|order_lines|menu|dish|article|sku)(?:$|[._])/u;
export const isOfGoods = (path: MemberPath): boolean => ofGoods.test(path);

/** A member that is money: its digits, however many, are nobody's number. */
const ofMoney =
  /(?:^|[._])(?:amount|total|subtotal|price|balance|paid|due|net|gross|deposit|discount|tax|fee|cost|charge|revenue|sum|tip|rate|payment)s?$/u;
export const isMoney = (path: MemberPath): boolean => ofMoney.test(path);
