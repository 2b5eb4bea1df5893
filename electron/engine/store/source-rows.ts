/** The rows that a source showed last, masked, where each look shows all there is: what differs becomes events. */
import type { WriteHandle } from './connection.ts';

export interface SourceRow {
  readonly key: string;
  /** JSON of an object. */
  readonly raw: string;
}

/** Statements that write belong inside a transaction. */
export interface SourceRowTable {
  find(sourceNo: number, key: string): string | undefined;
  hasAny(sourceNo: number): boolean;
  /** @param seen number of the look that showed it */
  keep(sourceNo: number, row: SourceRow, seen: number): void;
  /** Rows that this look did not show, by their keys. */
  unseen(sourceNo: number, seen: number, limit: number): readonly SourceRow[];
  count(sourceNo: number): number;
  /** By their keys, behind the given one. */
  after(sourceNo: number, key: string, limit: number): readonly SourceRow[];
  forget(sourceNo: number, key: string): void;
}

export function createSourceRowTable(writer: WriteHandle): SourceRowTable {
  // All by the primary key, but what was not seen: by the index source_rows_by_seen.
  const find = writer.prepare<[number, string], { raw: string }>(
    'SELECT raw FROM source_rows WHERE source_no = ? AND key = ?',
  );
  const any = writer.prepare<[number], unknown>('SELECT 1 FROM source_rows WHERE source_no = ? LIMIT 1');
  const keep = writer.prepare(
    `INSERT INTO source_rows (source_no, key, raw, seen) VALUES (?, ?, ?, ?)
     ON CONFLICT (source_no, key) DO UPDATE SET raw = excluded.raw, seen = excluded.seen`,
  );
  const unseen = writer.prepare<[number, number, number], SourceRow>(
    'SELECT key, raw FROM source_rows WHERE source_no = ? AND seen < ? ORDER BY seen, key LIMIT ?',
  );
  const count = writer.prepare<[number], { rows: number }>(
    'SELECT COUNT(*) AS rows FROM source_rows WHERE source_no = ?',
  );
  const after = writer.prepare<[number, string, number], SourceRow>(
    'SELECT key, raw FROM source_rows WHERE source_no = ? AND key > ? ORDER BY key LIMIT ?',
  );
  const forget = writer.prepare('DELETE FROM source_rows WHERE source_no = ? AND key = ?');
  return {
    find: (sourceNo, key) => find.get(sourceNo, key)?.raw,
    hasAny: (sourceNo) => any.get(sourceNo) !== undefined,
    keep: (sourceNo, { key, raw }, seen) => void keep.run(sourceNo, key, raw, seen),
    unseen: (sourceNo, seen, limit) => unseen.all(sourceNo, seen, limit),
    count: (sourceNo) => count.get(sourceNo)?.rows ?? 0,
    after: (sourceNo, key, limit) => after.all(sourceNo, key, limit),
    forget: (sourceNo, key) => void forget.run(sourceNo, key),
  };
}
