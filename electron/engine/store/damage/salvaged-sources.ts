/**
 * What sources that are read have shown up to now, and how far they were read: with what the backup knows of it, rows and
 * files of after it would be new, and their events go out once more.
 */
import type { Database } from 'better-sqlite3';
import { commonColumns, rowsAtOnce, unlessDamaged } from './wreck.ts';

/** More than a property's tables have; of a source with more of them, what the backup knows stays. */
const mostRows = 500_000;

/** Ids of the sources that there are, by their numbers. */
export const sourcesIn = (of: Database): ReadonlyMap<number, string> =>
  new Map(of.prepare<[], [number, string]>('SELECT no, id FROM sources').raw().all());

export interface SourceStateParts {
  /** All that came of them is carried over: what they have shown is taken or waits for a person. */
  readonly isWhole: boolean;
  /** The sources of before anything was carried over. */
  readonly before: ReadonlyMap<number, string>;
}

/** Of each source all of it or nothing; inside a transaction of the caller's. */
export function carrySourceState(wreck: Database, into: Database, { isWhole, before }: SourceStateParts): void {
  for (const [no, id] of sourcesIn(into)) {
    const isCarried = isWhole && unlessDamaged(() => into.transaction(() => carryOne(wreck, into, no, id))()) === true;
    if (!isCarried && before.get(no) !== id) beginAnew(into, no);
  }
}

/** @returns false, with nothing written, where it is not known there */
function carryOne(wreck: Database, into: Database, no: number, id: string): boolean {
  const found = wreck
    .prepare<[number, string], { cursor: string | null }>(
      'SELECT cursor FROM sources NOT INDEXED WHERE no = ? AND id = ?',
    )
    .get(no, id);
  if (found === undefined || (found.cursor !== null && !isJson(found.cursor))) return false;
  // By the rows' own trees, in their order: an index may be damaged where the table is not.
  copyRows(wreck, into, 'source_files', 'no', no, 0);
  copyRows(wreck, into, 'source_rows', 'key', no, '');
  into.prepare('UPDATE sources SET cursor = ? WHERE no = ?').run(found.cursor, no);
  return true;
}

/** @throws SqliteError where one of them cannot be read, RangeError where there are too many */
function copyRows(
  wreck: Database,
  into: Database,
  table: 'source_files' | 'source_rows',
  by: 'no' | 'key',
  sourceNo: number,
  first: number | string,
): void {
  const columns = commonColumns(wreck, into, table).join(', ');
  const page = wreck.prepare<[number, number | string, number], Record<string, unknown>>(
    `SELECT ${columns} FROM ${table} ${by === 'no' ? 'NOT INDEXED' : ''} WHERE source_no = ? AND ${by} > ? ORDER BY ${by} LIMIT ?`,
  );
  into.prepare(`DELETE FROM ${table} WHERE source_no = ?`).run(sourceNo);
  const add = into.prepare(
    `INSERT OR REPLACE INTO ${table} (${columns}) VALUES (${columns.replaceAll(/\w+/g, (name) => `@${name}`)})`,
  );
  for (let after = first, read = 0; ; ) {
    const rows = page.all(sourceNo, after, rowsAtOnce);
    for (const row of rows) add.run(row);
    read += rows.length;
    if (read > mostRows) throw new RangeError(`more than ${mostRows} rows of ${table}`);
    if (rows.length < rowsAtOnce) return;
    after = rows.at(-1)?.[by] as typeof after;
  }
}

/** It was set up since, and what it has shown is not known: it is gone through as when it was set up. */
function beginAnew(into: Database, no: number): void {
  // Of an outbox the numbers that were read are enough, and what is read twice is known by its key.
  into
    .prepare(
      `UPDATE sources SET cursor = NULL WHERE no = ?
       AND CASE WHEN json_valid(cursor) THEN json_type(cursor, '$.round') IS NOT NULL ELSE cursor IS NOT NULL END`,
    )
    .run(no);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
