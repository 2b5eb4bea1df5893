/**
 * Names that stand in two members: a PMS that has `firstName` and `lastName` says "Lena Albrecht" nowhere as one text, and
 * that is what a guest is asked for by. Pure.
 */
import { literally } from '../../../../shared/literally.ts';
import { foldName } from '../../store/fold.ts';
import { foldedWithPlaces } from '../folded.ts';
import { type WholeName, wholeNames } from '../walk.ts';
import { readings } from './readings.ts';
import { isUnspaced } from './short-names.ts';

/** What stands between two neighbours: of XML, of its attributes, of JSON that was cut or quoted, of CSV, of a form. */
const between = [
  '\\s*(?:<[^<>]{1,200}>\\s*){1,6}',
  '["\']\\s+[\\w:.-]{1,60}\\s*=\\s*["\']',
  '\\\\{0,3}["\']{1,2}\\s*,\\s*\\\\{0,3}["\']{1,2}[^"\'\\\\]{1,60}\\\\{0,3}["\']{1,2}\\s*:\\s*\\\\{0,3}["\']{1,2}',
  '["\']{0,2}\\s*[;|\\t,]\\s*["\']{0,2}',
  '&[^&=\\s]{1,60}=',
].join('|');
/** Of a longer name nobody says where the family's begins. */
const mostWords = 8;
const deepest = 100;

export interface SplitNames {
  /** @param value of the text where it is JSON; undefined: it is none */
  areIn(text: string, value: () => unknown): boolean;
}

const noSplitNames: SplitNames = { areIn: () => false };

/**
 * @param names of two words and more, or in a script that writes no spaces
 * @param isNamed whether a text that is a name is one of them
 */
export function splitNames(names: readonly string[], isNamed: (name: string) => boolean): SplitNames {
  const spaced = names
    .filter((name) => !isUnspaced(name))
    .map((name) => foldName(name).split(' '))
    .filter(({ length }) => length > 1 && length <= mostWords);
  const solid = names.filter(isUnspaced).map(foldName);
  if (spaced.length + solid.length === 0) return noSplitNames;
  const patterns = spaced.map((words) => new RegExp(neighbours(words), 'iu'));
  const mayHold = (text: string): boolean =>
    readings(text).some((one) => {
      const small = foldName(one);
      const holds = (word: string) => small.includes(word);
      return spaced.some((words) => words.every(holds)) || solid.some((name) => [...name].every(holds));
    });
  const isIn = (value: unknown, depth: number): boolean => {
    if (typeof value === 'string') return patterns.some((pattern) => pattern.test(foldedWithPlaces(value).folded));
    if (typeof value !== 'object' || value === null || depth > deepest) return false;
    if (Array.isArray(value)) return value.some((one) => isIn(one, depth + 1));
    const object = value as Readonly<Record<string, unknown>>;
    const isOne = wholeNames(object).some((name) => spellings(name).some(isNamed));
    return isOne || Object.values(object).some((one) => isIn(one, depth + 1));
  };
  return {
    areIn(text, value) {
      if (!mayHold(text)) return false;
      const parsed = value();
      return parsed === undefined ? readings(text).some((one) => isIn(one, 0)) : isIn(parsed, 0);
    },
  };
}

/** With and without what not everybody writes, either one first; names in scripts without spaces as one word. */
const spellings = ({ first, middle, last, second }: WholeName): string[] => [
  ...[`${first} ${last}`, `${last} ${first}`, `${first}${last}`, `${last}${first}`],
  ...(middle === undefined ? [] : [`${first} ${middle} ${last}`, `${last} ${first} ${middle}`]),
  ...(second === undefined ? [] : [`${first} ${last} ${second}`, `${last} ${second} ${first}`]),
];

/** The name in two pieces that stand beside each other, either one first. */
function neighbours(words: readonly string[]): string {
  const piece = (some: readonly string[]) => some.map(literally).join('[\\s,_+-]+');
  const ways = words.slice(1).flatMap((_, i) => {
    const [one, other] = [piece(words.slice(0, i + 1)), piece(words.slice(i + 1))];
    return [`${one}(?:${between})${other}`, `${other}(?:${between})${one}`];
  });
  return `(?<![\\p{L}\\p{N}])(?:${ways.join('|')})(?![\\p{L}\\p{N}])`;
}
