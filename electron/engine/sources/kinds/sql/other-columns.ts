/** A table of which columns were added, dropped, renamed or put in another order: no value of a row changed by that. */
import { memberSpans } from '../../../json-spans.ts';

export interface OtherColumns {
  readonly added: readonly string[];
  readonly dropped: readonly string[];
}

/**
 * @param before a row as JSON of an object, as it was remembered
 * @param now the same row
 * @returns null where a value of a column that both have is another: then the row was changed
 */
export function otherColumns(before: string, now: string): OtherColumns | null {
  const [old, fresh] = [valuesOf(before), valuesOf(now)];
  const both = [...fresh.keys()].filter((name) => old.has(name));
  if (both.some((name) => old.get(name) !== fresh.get(name))) return null;
  return {
    added: [...fresh.keys()].filter((name) => !old.has(name)),
    dropped: [...old.keys()].filter((name) => !fresh.has(name)),
  };
}

const valuesOf = (row: string): ReadonlyMap<string, string> =>
  new Map(memberSpans(row, row.indexOf('{')).map(({ name, start, end }) => [name, row.slice(start, end)]));
