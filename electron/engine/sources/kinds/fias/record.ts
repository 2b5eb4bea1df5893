/** A record: two letters that say what it is, and fields of two letters each with their value, in any order. */

export interface FiasRecord {
  readonly type: string;
  /** Without card tracks: those are gone before anything is done with a record. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Tracks of a card's magnetic stripe. */
const cardTracks: ReadonlySet<string> = new Set(['$1', '$2', '$3']);

/** @returns null for what is no record */
export function readRecord(text: string): FiasRecord | null {
  const [type = '', ...parts] = text.split('|');
  if (!/^[A-Z][A-Z0-9]$/.test(type)) return null;
  const fields = new Map<string, string>();
  for (const part of parts) {
    const code = part.slice(0, 2);
    if (code.length === 2 && !cardTracks.has(code)) fields.set(code, part.slice(2).trim());
  }
  return { type, fields };
}

/** As it is sent: `LA|DA261129|TI014500|`. */
export const written = (type: string, fields: readonly (readonly [code: string, value: string])[]): string =>
  `${[type, ...fields.map(([code, value]) => `${code}${value}`)].join('|')}|`;
