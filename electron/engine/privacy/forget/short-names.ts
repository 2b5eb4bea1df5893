/**
 * Names of two letters: "Ng" is a guest, and a word of Filipino in any sentence. They count as a whole word where a member
 * holds names, and as a whole cell of what is no JSON. Names in scripts that write no spaces are found wherever they stand.
 */
import { literally } from '../../../../shared/literally.ts';
import { foldName } from '../../store/fold.ts';
import { membersBy } from '../members.ts';
import { memberOf, topOf, visitAll } from '../walk.ts';

const onlyUnspaced =
  /^(?=.*\p{L})[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{M}\u30fc\s·]+$/u;
export const isUnspaced = (name: string): boolean => onlyUnspaced.test(name);

export const isShort = (name: string): boolean => [...foldName(name)].length < 3 && !isUnspaced(name);

/** A property's own rules say what leaves, and not what holds names. Of no type of event there are rules for names alone. */
const members = membersBy();
const top = topOf('booking.created');
const holdsNames = (member: string): boolean => memberOf(top, member, members).treatment === 'name';

export interface ShortNames {
  /** Whether one stands in a name as a word. */
  isIn(name: string): boolean;
  /** Whether JSON has one in a member for names, or another text as a cell. @param value of the JSON; undefined: none */
  areIn(text: string, value: unknown): boolean;
  /** The same of one text that stands under that name. */
  isLeaf(leaf: string, member: string): boolean;
}

/** For most guests: hundreds of thousands of texts are looked at, and none is folded for it. */
const noShortNames: ShortNames = { isIn: () => false, areIn: () => false, isLeaf: () => false };

export function shortNames(names: readonly string[]): ShortNames {
  // What is no name, of signs that nobody sees say, is in everything.
  const folded = names.map(foldName).filter((name) => /\p{L}.*\p{L}/u.test(name));
  if (folded.length === 0) return noShortNames;
  const any = folded.map(literally).join('|');
  const word = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'u');
  const cell = new RegExp(`(?:^|["',;\\t|>=])[ ]*(?:${any})[ ]*(?:$|["',;\\t|<&])`, 'mu');
  const isIn = (name: string) => word.test(foldName(name));
  const isCell = (text: string) => text.split('\n').some((line) => cell.test(foldName(line)));
  return {
    isIn,
    areIn(text, value) {
      if (!isIn(text)) return false;
      if (value === undefined) return isCell(text);
      let found = false;
      visitAll(value, top, members, (leaf, { treatment }) => {
        found ||= treatment === 'name' && isIn(leaf);
      });
      return found;
    },
    isLeaf: (leaf, member) => (member === '' ? isCell(leaf) : holdsNames(member) && isIn(leaf)),
  };
}
