/** Incidents that an outlet told of: a row each, as many as there are conditions, a few dozen at the most. */
import type { WriteHandle } from './connection.ts';

/** `carried`: announced before a restore, and not looked at since. */
export const noticeWas = { seen: 0, announced: 1, carried: 2 } as const;

export interface NoticeRow {
  /** Of the incident: its kind, what it is about, since when. */
  readonly id: string;
  /** JSON: the condition as it was looked at last. */
  readonly condition: string;
  readonly toldAt: number;
  /** One of {@link noticeWas}. */
  readonly announced: number;
  readonly amount: number;
}

/** Of one outlet. Statements that write belong inside a transaction. */
export interface NoticeTable {
  all(): NoticeRow[];
  put(row: NoticeRow): void;
  remove(id: string): void;
}

export function createNoticeTable(writer: WriteHandle, outlet: string): NoticeTable {
  // By the primary key, as all of them.
  const all = writer.prepare<[string], NoticeRow>(
    'SELECT id, condition, told_at AS toldAt, announced, amount FROM notices WHERE outlet = ? ORDER BY told_at, id',
  );
  const put = writer.prepare(
    'INSERT OR REPLACE INTO notices (outlet, id, condition, told_at, announced, amount) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const remove = writer.prepare('DELETE FROM notices WHERE outlet = ? AND id = ?');
  return {
    all: () => all.all(outlet),
    put: (row) => void put.run(outlet, row.id, row.condition, row.toldAt, row.announced, row.amount),
    remove: (id) => void remove.run(outlet, id),
  };
}
