/** An event's data, member by member, each with its treatment: what redaction, searching and forgetting go by. */
import type { EventType } from '../../../shared/events.ts';
import type { Treatment } from '../../../shared/schemas.ts';
import {
  countedWords,
  isOfGoods,
  isOfVocabulary,
  type MemberPath,
  type MemberPaths,
  type Members,
  memberWords,
  type Ruling,
  remembered,
} from './members.ts';

/** Treatments that hold for everything inside: a phone's object is a phone, whatever its members are called. */
const whole: ReadonlySet<Treatment> = new Set<Treatment>([
  'secret',
  'card',
  'mail',
  'phone',
  'birth',
  'document',
  'plate',
  'address',
  'note',
  'remove',
]);
export const isTakenOut = (treatment: Treatment | null): treatment is Treatment =>
  treatment !== null && (whole.has(treatment) || treatment === 'text' || treatment === 'number');

/** Who somebody is: stays what it is inside of an object that a property keeps. */
const identifying: ReadonlySet<Treatment> = new Set<Treatment>([
  ...['secret', 'card', 'mail', 'phone', 'birth', 'document', 'plate', 'address', 'name'],
] as Treatment[]);

/** Where one is in an event's data. */
export interface Place extends MemberPaths {
  readonly event: EventType;
  /** Null where no rule says anything of it. */
  readonly treatment: Treatment | null;
  /** Of the property's own rule that said so, here or further out; null of none. */
  readonly rank: number | null;
}

const tops = new Map<string, Place>();
export const topOf = (event: EventType): Place =>
  tops.get(event) ?? remembered(tops, event, { event, path: '', counted: '', treatment: null, rank: null });

/** The places that were found of one property's rules: the day's bodies are alike. So many are remembered. */
const foundBy = new WeakMap<Members, { inside: WeakMap<Place, Map<string, Place>>; count: number }>();
const mostPlaces = 5000;
const longestRemembered = 100;

/** The place of a member of an object. */
export function memberOf(place: Place, name: string, members: Members): Place {
  let found = foundBy.get(members);
  if (found === undefined || found.count >= mostPlaces) {
    found = { inside: new WeakMap(), count: 0 };
    foundBy.set(members, found);
  }
  let inside = found.inside.get(place);
  const before = inside?.get(name);
  if (before !== undefined) return before;
  const made = placeIn(place, name, members);
  if (name.length > longestRemembered) return made;
  if (inside === undefined) {
    inside = new Map();
    found.inside.set(place, inside);
  }
  inside.set(name, made);
  found.count += 1;
  return made;
}

function placeIn(place: Place, name: string, members: Members): Place {
  const paths = {
    path: within(place.path, memberWords(name)),
    counted: within(place.counted, countedWords(name)),
  };
  const inside = { ...place, ...paths };
  const own = members.of(paths, place.event);
  if (place.treatment === 'secret' || own?.treatment === 'secret') return { ...inside, treatment: 'secret' };
  if (own !== null && own.rank !== null) return comesBefore(own, place) ? { ...inside, ...own } : inside;
  if (place.treatment !== null && whole.has(place.treatment)) return inside;
  if (place.rank !== null && place.treatment === 'keep' && !(own !== null && identifying.has(own.treatment))) {
    return inside;
  }
  const treatment = own?.treatment ?? (place.treatment === 'name' ? 'name' : null);
  return { ...inside, treatment, rank: null };
}

/** What a list of pairs calls a pair's name and its value: `{"key": "passport", "value": "NCR 1234"}`. */
const pairNames = new Set([
  'key',
  'name',
  'label',
  'field',
  'type',
  'question',
  'attribute',
  'property',
  'code',
  'title',
]);
const pairValues = new Set(['value', 'val', 'answer', 'content', 'text_value', 'field_value']);
/** A pair has little beside its name and its value. */
const mostInPair = 6;

/** The place of each member of an object; of a pair's value that which the pair's name says, where that is personal. */
export function placesIn(
  object: Readonly<Record<string, unknown>>,
  place: Place,
  members: Members,
): (name: string) => Place {
  const named = pairName(object);
  // A line of an order that says "Visa fee" is no visa.
  if (named === null || isOfGoods(place.path)) return (name) => memberOf(place, name, members);
  const said = memberOf(place, named, members);
  const isPersonal = said.treatment === 'name' || isTakenOut(said.treatment);
  const isWord = isPersonal && isKindWord(named, place.event, members);
  return (name) => {
    const own = memberOf(place, name, members);
    if (isWord && own.treatment === 'name' && own.rank === null && object[name] === named) return kept(own);
    if (!isPersonal || !pairValues.has(memberWords(name)) || own.rank !== null) return own;
    return { ...own, treatment: said.treatment };
  };
}

/** What no guest is called, with a capital too. */
const capitalised: ReadonlySet<Treatment> = new Set<Treatment>(['phone', 'mail', 'document', 'birth']);

/** "phone" itself is nobody, where all its words are a program's. "Rose Street" may be a guest, and so may "Street". */
function isKindWord(text: string, event: EventType, members: Members): boolean {
  const words = memberWords(text);
  const { treatment } = memberOf(topOf(event), text, members);
  if (!(treatment === 'name' || isTakenOut(treatment)) || !isOfVocabulary(words)) return false;
  return /^\p{Ll}/u.test(text) || (capitalised.has(treatment) && !words.includes('_'));
}

const kept = (place: Place): Place => ({ ...place, treatment: 'keep' });

function pairName(object: Readonly<Record<string, unknown>>): string | null {
  const names = Object.keys(object);
  if (names.length < 2 || names.length > mostInPair || !names.some((name) => pairValues.has(memberWords(name))))
    return null;
  const named = names.find((name) => typeof object[name] === 'string' && pairNames.has(memberWords(name)));
  const text = named === undefined ? '' : (object[named] as string);
  return text !== '' && text.length <= 60 ? text : null;
}

const within = (path: MemberPath, words: string): MemberPath => (path === '' ? words : `${path}.${words}`);

/** A property's rules count in their order, also where one is for what lies inside of another's. */
const comesBefore = ({ rank }: Ruling, outer: Place): boolean =>
  outer.rank === null || (rank as number) <= outer.rank || outer.treatment === null || !whole.has(outer.treatment);

/** Deeper than intake takes anything. */
const deepest = 100;

/** A JSON number with its own digits (`6000.00`, an id of twenty). */
export interface OwnNumber {
  readonly rawJSON: string;
}
export const isOwnNumber = (value: unknown): value is OwnNumber =>
  typeof value === 'object' && value !== null && isRawJson(value);

// Node 22 and later; TypeScript's library does not know them yet.
const { rawJSON, isRawJSON: isRawJson } = JSON as unknown as {
  readonly rawJSON: (text: string) => OwnNumber;
  readonly isRawJSON: (value: unknown) => boolean;
};

/** Where none of these stands, each number is printed as it was written: 16 digits, `.50`, `1e3`, `-0`, `0.0000001`. */
const losesDigits = /\d[\d.]{15}|\.\d*0(?!\d)|\.000000|\d[eE]|-0/;

/** JSON whose numbers keep their digits. @throws SyntaxError where it is none */
export const parsedWithDigits = (text: string): unknown =>
  losesDigits.test(text) ? parsedSlowly(text) : JSON.parse(text);

const parsedSlowly = (text: string): unknown =>
  JSON.parse(text, function keep(this: unknown, _name: string, value: unknown, context?: { readonly source?: string }) {
    if (typeof value !== 'number') return value;
    const source = context?.source;
    return source === undefined || source === String(value) ? value : rawJSON(source);
  } as (this: unknown, name: string, value: unknown) => unknown);

/**
 * Calls `visit` with each text and number of an event's data.
 * @param value of `place`; what lies too deep is not visited
 */
export function visitAll(
  value: unknown,
  place: Place,
  members: Members,
  visit: (text: string, place: Place) => void,
  depth = 0,
): void {
  if (typeof value === 'string') visit(value, place);
  else if (typeof value === 'number') visit(String(value), place);
  else if (isOwnNumber(value)) visit(value.rawJSON, place);
  else if (typeof value !== 'object' || value === null || depth > deepest) return;
  else if (Array.isArray(value)) {
    for (const element of value) visitAll(element, place, members, visit, depth + 1);
  } else {
    const isKept = (name: string) => memberOf(place, name, members).treatment === 'keep';
    for (const { first, last } of wholeNames(value as Readonly<Record<string, unknown>>, isKept))
      visit(`${first} ${last}`, { ...place, treatment: 'name' });
    const placeOf = placesIn(value as Readonly<Record<string, unknown>>, place, members);
    for (const [name, member] of Object.entries(value)) {
      visitAll(member, placeOf(name), members, visit, depth + 1);
    }
  }
}

/** What the parts of a name are called, whatever stands before: `guest_first_name`, `GivenName`. */
const called = (...words: readonly string[]): RegExp =>
  new RegExp(`^(?:(.*)_)?(?:guest|customer|client)?(?:${words.join('|')})$`, 'u');
const given = called(
  ...['first_?name', 'given_?name', 'fore_?name', 'vorname', 'prenom', 'voornaam', 'fornavn', 'fornamn', 'etunimi'],
  ...['nombres?', 'nome', 'pangalan', 'first', 'given', 'fname', 'имя', '名'],
);
const family = called(
  ...['last_?name', 'family_?name', 'surname', 'nachname', 'nom', 'achternaam', 'etternavn', 'efternamn', 'sukunimi'],
  ...['apellidos?', 'sobrenome', 'cognome', 'apelyido', 'last', 'family', 'lname', 'фамилия', '姓'],
);
const middle = called('middle_?name', 'middle', 'mname');
const second = called('second_last_?name', 'second_surname', 'segundo_apellido', 'apellido_materno');
const parts = { second, middle, last: family, first: given } as const;
type PartOfName = keyof typeof parts;

export interface WholeName extends Readonly<Partial<Record<PartOfName, string>>> {
  readonly first: string;
  readonly last: string;
}

/**
 * The whole names of an object that has a given and a family name: one person, and not two. None of what a property keeps:
 * it is no name to be taken out then.
 */
export function wholeNames(
  object: Readonly<Record<string, unknown>>,
  isKept: (name: string) => boolean = () => false,
): readonly WholeName[] {
  const people = new Map<string, Partial<Record<PartOfName, string>>>();
  for (const [name, value] of Object.entries(object)) {
    const text = textIn(value);
    if (text === '') continue;
    const words = memberWords(name);
    const found = partIn(words);
    if (found === null || isKept(name)) continue;
    const person = people.get(found.before) ?? {};
    person[found.part] ??= text;
    people.set(found.before, person);
  }
  return [...people.values()].filter((one): one is WholeName => one.first !== undefined && one.last !== undefined);
}

interface NamedPart {
  readonly part: PartOfName;
  /** What stands before it, by which two people of one object are told apart. */
  readonly before: string;
}
const partsFound = new Map<string, NamedPart | null>();

/** Which part of a name a member's words say; null where none. */
function partIn(words: string): NamedPart | null {
  const known = partsFound.get(words);
  if (known !== undefined) return known;
  for (const [part, pattern] of Object.entries(parts) as [PartOfName, RegExp][]) {
    const found = pattern.exec(words);
    if (found !== null) return remembered(partsFound, words, { part, before: found[1] ?? '' });
  }
  return remembered(partsFound, words, null);
}

/** A text, or the text of an element of XML as programs write that in JSON. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const { '#text': text = '', _: content = '', $t: token = '' } = value as Readonly<Record<string, unknown>>;
  return [text, content, token].find((one): one is string => typeof one === 'string' && one !== '') ?? '';
}

export interface PersonalText {
  /** Of names with dots, as words: `guest.name`. Empty for a whole name that was put together. */
  readonly path: MemberPath;
  readonly treatment: Treatment;
  readonly text: string;
}

/**
 * What an event's data says of people: names, mail addresses, phones and the like, each with where it stands. By the members'
 * names alone; what merely looks like one is not in it.
 */
export function personalTexts(event: EventType, data: unknown, members: Members): PersonalText[] {
  const found: PersonalText[] = [];
  visitAll(data, topOf(event), members, (text, { path, treatment }) => {
    if (treatment === 'name' || isTakenOut(treatment)) found.push({ path, treatment, text });
  });
  return found;
}
