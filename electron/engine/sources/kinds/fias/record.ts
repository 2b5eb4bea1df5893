/** A record: two letters that say what it is, and fields of two letters each with their value, in any order. */

export interface FiasRecord {
  readonly type: string;
  /** Without card tracks: those are gone before anything is done with a record. */
  readonly fields: ReadonlyMap<string, string>;
  /** A field that stands there twice, and says two things; null: there is none. */
  readonly twice: string | null;
}

/** Tracks of a card's magnetic stripe. */
const cardTracks: ReadonlySet<string> = new Set(['$1', '$2', '$3']);
const isCardTrack = (part: string): boolean => cardTracks.has(part.trimStart().slice(0, 2));

/** @returns null for what is no record */
export function readRecord(text: string): FiasRecord | null {
  const [type = '', ...parts] = text.split('|');
  if (!/^[A-Z][A-Z0-9]$/.test(type)) return null;
  const fields = new Map<string, string>();
  let twice: string | null = null;
  for (const part of parts) {
    const code = part.slice(0, 2);
    if (code.length < 2 || isCardTrack(part)) continue;
    const value = part.slice(2).trim();
    if ((fields.get(code) ?? value) !== value) twice ??= code;
    fields.set(code, value);
  }
  return { type, fields, twice };
}

/** The same text without the tracks of a card, whatever else is wrong with it. */
export const withoutTracks = (text: string): string =>
  text
    .split('|')
    .filter((part) => !isCardTrack(part))
    .join('|');

/** As it is sent: `LA|DA261129|TI014500|`. */
export const written = (type: string, fields: readonly (readonly [code: string, value: string])[]): string =>
  `${[type, ...fields.map(([code, value]) => `${code}${value}`)].join('|')}|`;
