/** Files that were taken from a source's folder: known again by their content, and how far each was taken. */
import type { Sentence, UtcMs } from '../../../shared/domain.ts';
import type { WriteHandle } from './connection.ts';

/** Begins the hash of what was handed in by hand: known again by its rows, and no file of the folder. */
export const byHandPrefix = 'hand:';

/** What is wrong with a row that is kept, or with a file that was rejected. */
export interface FileReason {
  readonly origin: string;
  readonly says: Sentence;
}

export interface SourceFile {
  readonly no: number;
  readonly hash: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly state: 'reading' | 'done' | 'rejected';
  /** So many of its rows were taken. */
  readonly position: number;
  /** It is only remembered: nothing in it is new. */
  readonly learns: boolean;
  readonly taken: number;
  readonly kept: number;
  readonly reasons: readonly FileReason[];
  readonly beganAt: UtcMs;
  readonly endedAt: UtcMs | null;
  /** Null until it was moved out of the way. */
  readonly movedTo: string | null;
}

export type NewSourceFile = Pick<SourceFile, 'hash' | 'name' | 'sizeBytes' | 'learns'>;

/** Statements that write belong inside a transaction. */
export interface SourceFileTable {
  find(sourceNo: number, hash: string): SourceFile | undefined;
  /** Those of its folder, newest first. */
  list(sourceNo: number, limit: number): readonly SourceFile[];
  hasAny(sourceNo: number): boolean;
  /** Begins it under a number of its own, also where its content came before. */
  begin(sourceNo: number, file: NewSourceFile, at: UtcMs): void;
  advance(no: number, by: { position: number; taken: number; kept: number; reasons: readonly FileReason[] }): void;
  end(no: number, state: 'done' | 'rejected', reasons: readonly FileReason[], at: UtcMs): void;
  moved(no: number, to: string): void;
}

/** Of so many files of a source it is known that they came before. */
const mostRemembered = 20_000;
const forgottenAtOnce = 100;

const columns = `no, hash, name, size AS sizeBytes, state, position, learns, taken, kept, reasons,
  began_at AS beganAt, ended_at AS endedAt, moved_to AS movedTo`;

type Row = Omit<SourceFile, 'learns' | 'reasons'> & { readonly learns: number; readonly reasons: string };

const fileOf = (row: Row): SourceFile => ({
  ...row,
  learns: row.learns === 1,
  reasons: JSON.parse(row.reasons) as readonly FileReason[],
});

export function createSourceFileTable(writer: WriteHandle): SourceFileTable {
  // By the unique index on source_no and hash.
  const find = writer.prepare<[number, string], Row>(
    `SELECT ${columns} FROM source_files WHERE source_no = ? AND hash = ?`,
  );
  // Backwards by the primary key: a property has a handful of sources.
  const list = writer.prepare<[number, number], Row>(
    `SELECT ${columns} FROM source_files WHERE source_no = ? AND hash NOT LIKE '${byHandPrefix}%' ORDER BY no DESC LIMIT ?`,
  );
  const any = writer.prepare<[number], unknown>('SELECT 1 FROM source_files WHERE source_no = ? LIMIT 1');
  const drop = writer.prepare('DELETE FROM source_files WHERE source_no = ? AND hash = ?');
  const begin = writer.prepare(
    `INSERT INTO source_files (source_no, hash, name, size, state, learns, began_at)
     VALUES (?, ?, ?, ?, 'reading', ?, ?)`,
  );
  const forget = writer.prepare(
    `DELETE FROM source_files WHERE no IN (
       SELECT no FROM source_files WHERE source_no = ? AND no <= (SELECT MAX(no) FROM source_files) - ? AND state <> 'reading'
       ORDER BY no LIMIT ?)`,
  );
  const advance = writer.prepare(
    'UPDATE source_files SET position = ?, taken = taken + ?, kept = kept + ?, reasons = ? WHERE no = ?',
  );
  const end = writer.prepare('UPDATE source_files SET state = ?, reasons = ?, ended_at = ? WHERE no = ?');
  const moved = writer.prepare('UPDATE source_files SET moved_to = ? WHERE no = ?');
  return {
    find(sourceNo, hash) {
      const row = find.get(sourceNo, hash);
      return row && fileOf(row);
    },
    list: (sourceNo, limit) => list.all(sourceNo, limit).map(fileOf),
    hasAny: (sourceNo) => any.get(sourceNo) !== undefined,
    begin(sourceNo, { hash, name, sizeBytes, learns }, at) {
      drop.run(sourceNo, hash);
      begin.run(sourceNo, hash, name, sizeBytes, learns ? 1 : 0, at);
      forget.run(sourceNo, mostRemembered, forgottenAtOnce);
    },
    advance: (no, { position, taken, kept, reasons }) =>
      void advance.run(position, taken, kept, JSON.stringify(reasons), no),
    end: (no, state, reasons, at) => void end.run(state, JSON.stringify(reasons), at, no),
    moved: (no, to) => void moved.run(to, no),
  };
}
