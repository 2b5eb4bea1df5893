/** Exports that are made by the clock, a few at the most, and the files that were written for them. */
import type { WriteHandle } from './connection.ts';

export interface ScheduleRow {
  readonly id: string;
  /** JSON: what a person set up. */
  readonly request: string;
  /** The first day of the next period that is to be written: `2024-03-14`. */
  readonly next: string;
  /** JSON: what became of it. */
  readonly state: string;
}

export interface ExportedFile {
  readonly seq: number;
  readonly scheduleId: string;
  readonly path: string;
  readonly madeAt: number;
  /** SHA-256 of the whole file; null while it is written. */
  readonly hash: Buffer | null;
  readonly sizeBytes: number | null;
}

const fileColumns = 'seq, schedule_id AS scheduleId, path, made_at AS madeAt, hash, size_bytes AS sizeBytes';

/** Whole files, for whoever looks through all of them: in another thread, with another connection. */
export const wholeFiles = `SELECT ${fileColumns} FROM exported_files WHERE hash IS NOT NULL ORDER BY seq`;

/** Statements that write belong inside a transaction. */
export function createScheduleStore(writer: WriteHandle) {
  const columns = 'id, request, next, state';
  const all = writer.prepare<[], ScheduleRow>(`SELECT ${columns} FROM export_schedules ORDER BY seq LIMIT 100`);
  // By the unique index of `id`.
  const byId = writer.prepare<[string], ScheduleRow>(`SELECT ${columns} FROM export_schedules WHERE id = ?`);
  const insert = writer.prepare('INSERT INTO export_schedules (id, request, next, state) VALUES (?, ?, ?, ?)');
  const update = writer.prepare('UPDATE export_schedules SET request = ?, next = ?, state = ? WHERE id = ?');
  const remove = writer.prepare('DELETE FROM export_schedules WHERE id = ?');
  // By exported_files_of.
  const count = writer
    .prepare<[string], number>('SELECT COUNT(*) FROM exported_files WHERE schedule_id = ? AND hash IS NOT NULL')
    .pluck();
  const madeBefore = writer.prepare<[string, number], ExportedFile>(
    `SELECT ${fileColumns} FROM exported_files INDEXED BY exported_files_of
     WHERE schedule_id = ? AND made_at < ? AND hash IS NOT NULL ORDER BY seq LIMIT 500`,
  );
  // By exported_files_by_path.
  const atPath = writer.prepare<[string], ExportedFile>(
    `SELECT ${fileColumns} FROM exported_files WHERE path = ? ORDER BY seq`,
  );
  const begin = writer.prepare('INSERT INTO exported_files (schedule_id, path, made_at) VALUES (?, ?, ?)');
  const whole = writer.prepare('UPDATE exported_files SET hash = ?, size_bytes = ? WHERE seq = ?');
  const drop = writer.prepare('DELETE FROM exported_files WHERE seq = ?');
  const dropOthers = writer.prepare('DELETE FROM exported_files WHERE path = ? AND seq <> ?');
  return {
    all: () => all.all(),
    get: (id: string) => byId.get(id),
    insert: (row: ScheduleRow) => void insert.run(row.id, row.request, row.next, row.state),
    update: (row: ScheduleRow) => void update.run(row.request, row.next, row.state, row.id),
    remove: (id: string) => void remove.run(id),
    fileCount: (id: string) => count.get(id) ?? 0,
    filesMadeBefore: (id: string, atMs: number) => madeBefore.all(id, Math.round(atMs)),
    /** All that were written under this name; one that was begun and cut off among them. */
    filesAt: (path: string) => atPath.all(path),
    /** @returns its number */
    beginFile: (scheduleId: string, path: string, atMs: number) =>
      Number(begin.run(scheduleId, path, Math.round(atMs)).lastInsertRowid),
    wholeFile: (seq: number, hash: Buffer, sizeBytes: number) => void whole.run(hash, sizeBytes, seq),
    dropFile: (seq: number) => void drop.run(seq),
    /** What had that name before was replaced. */
    dropOthersAt: (path: string, seq: number) => void dropOthers.run(path, seq),
  };
}
