/** Incidents that a person was told of: a row each, as many as there are conditions, a few dozen at the most. */
import type { WriteHandle } from './connection.ts';

export interface NoticeRow {
  /** Of the incident: its kind, what it is about, since when. */
  readonly id: string;
  /** JSON: the condition as it was looked at last. */
  readonly condition: string;
  readonly toldAt: number;
  /** 1: announced; 0: only seen in the window. */
  readonly announced: number;
  readonly amount: number;
}

/** Statements that write belong inside a transaction. */
export interface NoticeTable {
  all(): NoticeRow[];
  put(row: NoticeRow): void;
  remove(id: string): void;
}

export function createNoticeTable(writer: WriteHandle): NoticeTable {
  // A full scan, once at the start.
  const all = writer.prepare<[], NoticeRow>(
    'SELECT id, condition, told_at AS toldAt, announced, amount FROM notices ORDER BY told_at, id',
  );
  // By the primary key.
  const put = writer.prepare(
    'INSERT OR REPLACE INTO notices (id, condition, told_at, announced, amount) VALUES (?, ?, ?, ?, ?)',
  );
  const remove = writer.prepare('DELETE FROM notices WHERE id = ?');
  return {
    all: () => all.all(),
    put: (row) => void put.run(row.id, row.condition, row.toldAt, row.announced, row.amount),
    remove: (id) => void remove.run(id),
  };
}
