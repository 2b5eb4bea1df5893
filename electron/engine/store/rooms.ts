/**
 * How rooms are kept in `events.rooms` for searching, and how what a person types is made comparable: "Room 204" is
 * "204 - Sea View", "rm_204" and the number 204, and is not 2045.
 */
import { foldName } from './fold.ts';

/** What says "room" and not which one. */
const roomWords = new Set(['room', 'rooms', 'rm', 'rms', 'no', 'nr', 'number', 'silid', 'kuwarto', 'kwarto']);
const longestKept = 400;

/** The words of a room's name, each between blanks: ` 204 sea view `. */
function words(name: string): string[] {
  if (/^\d+$/.test(name)) return [name];
  return foldName(name)
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/^(?:room|rm|r)(?=\d)/, ''))
    .filter((word) => word !== '' && !roomWords.has(word));
}

/** @returns what is kept of an event's rooms; null where it names none */
export function foldRooms(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const phrases = new Set(names.map((name) => words(name).join(' ')).filter((phrase) => phrase !== ''));
  const kept = [...phrases].map((phrase) => ` ${phrase} `).join('|');
  return kept === '' ? null : kept.slice(0, longestKept);
}

/**
 * What `events.rooms` has to hold for a text to find it; null where the text can name no room. A word may still be
 * being typed, a number is whole.
 */
export function wantedRoom(text: string): string | null {
  const wanted = words(text);
  const last = wanted.at(-1);
  if (last === undefined) return null;
  return ` ${wanted.join(' ')}${/\d/.test(last) ? ' ' : ''}`;
}
