/** The last refused requests, for the sources' pages. */
import type { Sentence, SourceId, UtcMs } from '../../../shared/domain.ts';
import type { WriteHandle } from './connection.ts';

export interface NewRefusal {
  readonly sourceNo: number | null;
  readonly at: UtcMs;
  readonly status: number;
  readonly member: string | null;
  readonly says: Sentence;
}

export interface RefusalRow {
  readonly at: UtcMs;
  readonly sourceId: SourceId | null;
  readonly status: number;
  readonly member: string | null;
  readonly says: Sentence;
}

/** So many are kept, of all sources together. */
export const keptRefusals = 1000;

export interface RefusalTable {
  /** Inside a transaction; drops what is older than the last 1,000. */
  add(refusals: readonly NewRefusal[]): void;
  /** Newest first. */
  list(sourceNo: number | null): RefusalRow[];
  lastOf(sourceNo: number): RefusalRow | undefined;
}

/** With its sentence as JSON. */
type StoredRefusal = Omit<RefusalRow, 'says'> & { readonly says: string };

const read = (row: StoredRefusal): RefusalRow => ({ ...row, says: JSON.parse(row.says) as Sentence });

const columns = 'r.at, s.id AS sourceId, r.status, r.member, r.says';

export function createRefusalTable(writer: WriteHandle): RefusalTable {
  const add = writer.prepare('INSERT INTO refusals (source_no, at, status, member, says) VALUES (?, ?, ?, ?, ?)');
  // By the primary key; `add` keeps the table short, so that few go at a time.
  const dropOld = writer.prepare('DELETE FROM refusals WHERE seq <= (SELECT max(seq) FROM refusals) - ?');
  // By the primary key, from its end.
  const all = writer.prepare<[number], StoredRefusal>(
    `SELECT ${columns} FROM refusals r LEFT JOIN sources s ON s.no = r.source_no ORDER BY r.seq DESC LIMIT ?`,
  );
  // By refusals_by_source.
  const ofSource = writer.prepare<[number, number], StoredRefusal>(
    `SELECT ${columns} FROM refusals r LEFT JOIN sources s ON s.no = r.source_no
     WHERE r.source_no = ? ORDER BY r.seq DESC LIMIT ?`,
  );
  return {
    add(refusals) {
      for (const { sourceNo, at, status, member, says } of refusals) {
        add.run(sourceNo, at, status, member, JSON.stringify(says));
      }
      dropOld.run(keptRefusals);
    },
    list: (sourceNo) => (sourceNo === null ? all.all(keptRefusals) : ofSource.all(sourceNo, keptRefusals)).map(read),
    lastOf(sourceNo) {
      const row = ofSource.get(sourceNo, 1);
      return row && read(row);
    },
  };
}
