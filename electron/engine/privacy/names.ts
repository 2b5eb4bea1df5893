/** Names of people: how they become pseudonyms within one export, and how they are found again in other texts. */
import { createHash, randomBytes } from 'node:crypto';
import { foldName } from '../store/fold.ts';
import { foldedWithPlaces } from './folded.ts';

/** Parts of a name that many names have, and titles: no text is taken out for their sake. */
const common = new Set(
  [
    'de',
    'la',
    'dela',
    'del',
    'los',
    'las',
    'van',
    'von',
    'der',
    'den',
    'the',
    'and',
    'bin',
    'binti',
    'san',
    'santa',
  ].concat(
    [
      'mr',
      'mrs',
      'ms',
      'miss',
      'sir',
      'madam',
      'maam',
      'dr',
      'prof',
      'atty',
      'engr',
      'herr',
      'frau',
      'sr',
      'sra',
      'jr',
    ],
    [
      'srta',
      'iii',
      'mme',
      'don',
      'dona',
      'guest',
      'guests',
      'family',
      'room',
      'group',
      'party',
      'none',
      'null',
      'test',
    ],
    ['with', 'for', 'not', 'walk', 'cash', 'hotel'],
  ),
);

/** Letters in a row or digits in a row; `%20` is neither. */
const aWord = /%\p{N}{2}|[\p{L}\p{M}]+|\p{N}+/gu;
const wordsIn = (folded: string): RegExpExecArray[] =>
  [...folded.matchAll(aWord)].filter(({ 0: word }) => !word.startsWith('%'));

/** The words of a name, folded: without case, accents, or what stands between them. "Juan2" is "Juan 2". */
export const nameWords = (name: string): string[] => wordsIn(foldName(name)).map(({ 0: word }) => word);

const isNumber = (word: string): boolean => /^\p{N}/u.test(word);
const lettersOf = (words: readonly string[]): string => sorted(words.filter((word) => !isNumber(word)));
const numbersOf = (words: readonly string[]): string => words.filter(isNumber).join(' ');
const sorted = (words: readonly string[]): string => [...words].sort().join(' ');

/** What tells a father from his son; "Sr." before a name is a title. */
const isGeneration = (word: string, place: number): boolean =>
  word === 'jr' || word === 'iii' || (word === 'sr' && place > 0);

/** By which a person is told from others: words in any order, and numbers in the order in which they stand. */
function identity(words: readonly string[]): string {
  const letters = words.filter((word) => !isNumber(word));
  const own = letters.filter((word) => !common.has(word));
  const rest = own.length === 0 ? letters : letters.filter((word, i) => !common.has(word) || isGeneration(word, i));
  return `${sorted(rest)} ${numbersOf(words)}`;
}

/** So many names are numbered in the order in which they come; what comes later is told apart by a code. */
const mostNumbered = 100_000;
const mostLately = 1000;

export interface Pseudonyms {
  /** The same for the same words in any order: "dela Cruz, Juan" is "Mr. Juan dela Cruz", and "Guest 02" not "Guest 01". */
  of(words: readonly string[]): string;
}

/** What a guest is called; the first of these that none of the property's own labels is made of. */
const pseudonymWords = ['Guest', 'Visitor', 'Person', 'Somebody'] as const;

/**
 * For one export: whoever has two of them cannot tell from the numbers who is who.
 * @param labels of the property's own: beside an endpoint "Guest 01" a guest is not "Guest 1"
 */
export function createPseudonyms(labels: readonly string[] = []): Pseudonyms {
  const looksLike = (word: string) => new RegExp(`(?<!\\p{L})${word}\\P{L}*\\p{N}`, 'iu');
  const word = pseudonymWords.find((one) => !labels.some((label) => looksLike(one).test(label))) ?? pseudonymWords[0];
  const salt = randomBytes(16);
  const numbers = new Map<number, number>();
  /** Of the last people: a guest is named in one event after the other. */
  const lately = new Map<string, string>();
  return {
    of(words) {
      const person = identity(words);
      const before = lately.get(person);
      if (before !== undefined) return before;
      const pseudonym = numbered(person);
      if (lately.size >= mostLately) lately.clear();
      lately.set(person, pseudonym);
      return pseudonym;
    },
  };

  function numbered(person: string): string {
    const hash = createHash('sha256').update(salt).update(person).digest();
    const key = hash.readUIntBE(0, 6);
    const number = numbers.get(key);
    if (number !== undefined) return `${word} ${number}`;
    if (numbers.size >= mostNumbered) return `${word} ${hash.toString('hex', 0, 5)}`;
    numbers.set(key, numbers.size + 1);
    return `${word} ${numbers.size}`;
  }
}

/** Names that are known of one event. */
export interface KnownNames {
  readonly isEmpty: boolean;
  /** The pseudonym of a name that stands in a member of its own; of a part of a known name that one's. */
  of(name: string): string;
  /** Whether a text is one of the names, letter for letter. */
  isSpelt(text: string): boolean;
  /** Whether a text is nothing but words of the names. */
  isOnlyNames(text: string): boolean;
  /**
   * The text with each known name, and each telling part of one, replaced.
   * @param staysAlone of one word of a name, folded: whether it is left where no other word of the name is beside it
   */
  takenOutOf(text: string, out: (pseudonym: string) => string, staysAlone?: (word: string) => boolean): string;
}

const shortestPart = 3;
/** Scripts that write no spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
/** Of one event: a list of names longer than this is a group's, and its later ones are known by their own members alone. */
const mostNames = 200;

export interface NamesOptions {
  /** How many are looked at. */
  readonly most?: number;
  /** Names of two words and more alone, and no parts of them: of many guests each word may be one of any sentence. */
  readonly wholeOnly?: boolean;
}

/** The same, put together once something asks: what is learnt of a booking in between is in it too. */
export function knownOnceAsked(put: () => KnownNames): KnownNames {
  let made: KnownNames | null = null;
  const known = (): KnownNames => {
    made ??= put();
    return made;
  };
  return {
    get isEmpty() {
      return known().isEmpty;
    },
    of: (name) => known().of(name),
    isSpelt: (text) => known().isSpelt(text),
    isOnlyNames: (text) => known().isOnlyNames(text),
    takenOutOf: (text, out, staysAlone) => known().takenOutOf(text, out, staysAlone),
  };
}

/** The words of somebody's whole name, folded. */
type Person = readonly string[];

/** @param names as they stand in members for names, whole ones before their parts where both are there */
export function knownNames(
  names: readonly string[],
  pseudonyms: Pseudonyms,
  { most = mostNames, wholeOnly = false }: NamesOptions = {},
): KnownNames {
  const people = names
    .slice(0, most)
    .map(nameWords)
    .filter((words) => words.length > 0)
    // The longest first: "Juan" is then a part of "Juan dela Cruz".
    .sort((one, other) => other.length - one.length);
  // A pseudonym is numbered once it is written: as people appear in what leaves, however much was read at once.
  const byWords = new Map<string, Person>();
  const whole: Person[] = [];
  for (const words of people) {
    const owner = wholeOnly ? undefined : whole.find((longer) => isPartOf(words, longer));
    if (owner !== undefined) {
      byWords.set(words.join(' '), owner);
      continue;
    }
    byWords.set(words.join(' '), words);
    whole.push(words);
  }
  const of = (name: string): string => {
    const words = nameWords(name);
    if (words.length === 0) return name;
    return pseudonyms.of(byWords.get(words.join(' ')) ?? words);
  };
  const spelt = new Set(names.map((name) => name.trim()));
  const allWords = new Set(people.flat());
  const none: KnownNames = {
    isEmpty: true,
    of,
    isSpelt: (text) => spelt.has(text.trim()),
    isOnlyNames: (text) => nameWords(text).every((word) => allWords.has(word)),
    takenOutOf: (text) => text,
  };
  if (whole.length === 0) return none;

  const parts = new Map<string, Person>();
  let mostWords = 1;
  const add = (words: readonly string[], person: Person, isWhole = false) => {
    const joined = words.join('');
    if (parts.has(joined) || words.every(isNumber)) return;
    if (words.length === 1 && (wholeOnly || !(isTelling(joined) || isShortName(joined, isWhole)))) return;
    parts.set(joined, person);
    mostWords = Math.max(mostWords, words.length);
  };
  // "Guest 01" and "Room 4" alone are nobody's in a text.
  for (const words of whole) {
    const isCounted = numbersOf(words) !== '' && words.every((word) => isNumber(word) || common.has(word));
    if (!isCounted) add(words, words, true);
  }
  for (const words of wholeOnly ? [] : whole) {
    // "delacruz" is how a login is made of "dela Cruz".
    if (words.length > 2) for (const tail of [words.slice(1), words.slice(0, 2), words.slice(-2)]) add(tail, words);
    for (const word of words) add([word], words);
  }
  if (parts.size === 0) return none;
  const solid = [...parts].filter(([part]) => unspaced.test(part));
  return {
    ...none,
    isEmpty: false,
    takenOutOf(text, out, staysAlone = () => false) {
      const { folded, placeOf } = foldedWithPlaces(text);
      let rest = '';
      let from = 0;
      const replace = (start: number, end: number, person: Person) => {
        rest += text.slice(from, placeOf(start)) + out(pseudonyms.of(person));
        from = placeOf(end);
      };
      const found = wordsIn(folded);
      for (let first = 0; first < found.length; first += 1) {
        const run = longestRun(found, first, mostWords, parts);
        const { index, 0: word } = found[first] as RegExpExecArray;
        if (run !== null && run.last === first && staysAlone(word)) continue;
        if (run !== null) {
          replace(index, run.end, run.person);
          first = run.last;
        } else {
          // Where no spaces part words, a name stands inside of one.
          for (const [part, person] of solid) {
            const at = word.indexOf(part);
            if (at !== -1 && placeOf(index + at) >= from) replace(index + at, index + at + part.length, person);
          }
        }
      }
      return from === 0 ? text : rest + text.slice(from);
    },
  };
}

/** "Juan" of "Juan dela Cruz", but not of "Juan 2": who differs in numbers alone is another. */
const isPartOf = (words: readonly string[], longer: readonly string[]): boolean =>
  words.every((word) => longer.includes(word)) &&
  (lettersOf(words) !== lettersOf(longer) || numbersOf(words) === numbersOf(longer));

/** So much may stand between two words of a name: `. `, `%20`. */
const widestGap = 3;

/** From one word on, the longest run of words that is a name or a part of one. */
function longestRun(
  found: readonly RegExpExecArray[],
  first: number,
  mostWords: number,
  parts: ReadonlyMap<string, Person>,
): { readonly last: number; readonly end: number; readonly person: Person } | null {
  let joined = '';
  let end = 0;
  let best: ReturnType<typeof longestRun> = null;
  for (let last = first; last < found.length && last < first + mostWords; last += 1) {
    const { index, 0: word } = found[last] as RegExpExecArray;
    if (last > first && index - end > widestGap) break;
    joined += word;
    end = index + word.length;
    const person = parts.get(joined);
    if (person !== undefined) best = { last, end, person };
  }
  return best;
}

/** The words of a name, folded, each of which says of whom a text speaks. */
export const tellingWords = (name: string): string[] =>
  nameWords(name).filter((word) => !isNumber(word) && isTelling(word));

const isTelling = (word: string): boolean =>
  !common.has(word) && (word.length >= shortestPart || (word.length >= 2 && unspaced.test(word)));

/** Short words that stand between names, or in any text: nobody is known by them. */
const particles = new Set(
  [
    'al',
    'el',
    'le',
    'da',
    'do',
    'di',
    'du',
    'dos',
    'te',
    'ter',
    'ten',
    'zu',
    'of',
    'in',
    'on',
    'at',
    'by',
    'to',
    'no',
  ].concat(
    [
      'or',
      'an',
      'as',
      'is',
      'it',
      'so',
      'go',
      'be',
      'we',
      'us',
      'me',
      'my',
      'he',
      'up',
      'if',
      'ok',
      'am',
      'pm',
      'pc',
      'tv',
    ],
    ['sa', 'na', 'si'],
  ),
);

/** "Ng" of "Ng Wei", and "X" of whoever is called just that. */
const isShortName = (word: string, isWhole: boolean): boolean =>
  word.length < shortestPart &&
  !common.has(word) &&
  /^\p{L}+$/u.test(word) &&
  (isWhole || (word.length === 2 && !particles.has(word)));

/** Too short to say of an id that somebody's name is in it. */
export const isShortWord = (word: string): boolean => word.length < shortestPart && !unspaced.test(word);

const titles =
  'mrs?|ms|miss|mx|dr|prof|atty|engr|herrn?|frau|fr|señora?|senora?|sra?|srta|don|doña|dona|mme|mlle|monsieur|madame|sir|madam|ginoong|gng|bb';
const leads = 'walk-?in|c/o|attn|attention|booked (?:by|for)|in the name of|on behalf of|reserved for';
const capital = "\\p{Lu}[\\p{L}\\p{M}'’-]*\\.?";
const behind = (lead: string, leastMore: number): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${eitherCase(lead)})[.:]?[ ]{1,3}(${capital}(?: ${capital}){${leastMore},4})`,
    'gu',
  );
const titled = behind(titles, 0);
/** Of two words at least: "Walk-in Closet" is a room. */
const ledTo = behind(leads, 1);

/** Of what leads to a name, "mrs", "Mrs" and "MRS"; the name behind it has capitals of its own. */
function eitherCase(words: string): string {
  return words.replaceAll(/\p{Ll}/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** What a form writes before a name: "Guest: Lena Albrecht". */
export const nameHeads =
  'guest|guest name|customer|client|passenger|pax|booker|booked by|name|huésped|cliente|gast|bisita|panauhin|pangalan';
const headed = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${eitherCase(nameHeads)})\\s?:\\s{0,3}(${capital}(?: ${capital}){0,4})`,
  'gu',
);
const did = new RegExp(
  `(?<![\\p{L}\\p{N}])(${capital}(?: ${capital}){0,4}) (?:has |have |was )?(?:checked[ -](?:in|out)|arrived|departed|requested|complained|paid)(?![\\p{L}\\p{N}])`,
  'gu',
);

/**
 * Names that a text itself tells, wherever it stands: behind "Mrs", "Herr", "Walk-in", "c/o", "Guest:", and of whom it says that
 * they checked in.
 * @param isThing a word that things are called by
 */
export const namesTold = (text: string, isThing: (word: string) => boolean): string[] => {
  if (!/\p{L}[. :]/u.test(text)) return [];
  const active = allOf(did, text).filter((name) => isSomebody(name, isThing));
  return [...allOf(titled, text), ...allOf(ledTo, text), ...namesHeaded(text, isThing), ...active];
};

/** The same of a line of an order, in which things are called like people: those alone that it says are the guest's. */
export const namesHeaded = (text: string, isThing: (word: string) => boolean): string[] =>
  text.includes(':') ? allOf(headed, text).filter((name) => isSomebody(name, isThing)) : [];

const allOf = (pattern: RegExp, text: string): string[] =>
  [...text.matchAll(pattern)].map(([, name = '']) => name.trim());
const isSomebody = (name: string, isThing: (word: string) => boolean): boolean =>
  nameWords(name).some((word) => !common.has(word) && !isThing(word));
