/** The last refused requests, whole, for the sources' pages and to be tried again (decision 40). */
import type { Sentence, SourceId, UtcMs } from '../../../shared/domain.ts';
import type { WriteHandle } from './connection.ts';

/** What is kept of a request but its body: nothing in it is a secret. */
export interface RefusedRequest {
  readonly method: string;
  readonly path: string;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How its lines are to be read when it is tried again. */
  readonly lines: boolean;
}

export interface NewRefusal {
  readonly sourceNo: number | null;
  /** Of a source, or of this PC's own; others have a small ring of their own, and keep no body. */
  readonly known: boolean;
  readonly at: UtcMs;
  readonly status: number;
  readonly code: string;
  readonly file: string | null;
  readonly member: string | null;
  readonly says: Sentence;
  readonly sizeBytes: number;
  readonly request: RefusedRequest | null;
  /** Masked; null where there was none, or none is kept. */
  readonly body: string | null;
  /** By which the same request is known when it comes again. */
  readonly bodyHash: Uint8Array | null;
}

export interface RefusalRow {
  readonly id: number;
  readonly at: UtcMs;
  readonly sourceId: SourceId | null;
  readonly status: number;
  readonly file: string | null;
  readonly member: string | null;
  readonly says: Sentence;
  readonly times: number;
  readonly takenAt: UtcMs | null;
  readonly hasBody: boolean;
}

export interface WholeRefusal extends RefusalRow {
  readonly sourceNo: number | null;
  readonly sizeBytes: number;
  readonly request: RefusedRequest | null;
  readonly body: string | null;
}

/** Most that are kept of all sources together, and of senders that nobody knows. */
export const keptRefusals = 1000;
export const keptOfUnknown = 100;

export interface RefusalTable {
  /** Inside a transaction; drops what is older than the last 1,000. */
  add(refusals: readonly NewRefusal[]): void;
  /** Newest first. */
  list(sourceNo: number | null): RefusalRow[];
  lastOf(sourceNo: number): RefusalRow | undefined;
  get(id: number): WholeRefusal | undefined;
  /** Its events were taken in after all. */
  taken(id: number, at: UtcMs): void;
}

/** As SQLite has it. */
interface StoredRefusal {
  readonly says: string;
  readonly hasBody: number;
}
type ListedRow = Omit<RefusalRow, 'says' | 'hasBody'> & StoredRefusal;
type StoredWhole = ListedRow &
  Pick<WholeRefusal, 'sourceNo' | 'sizeBytes' | 'body'> & { readonly request: string | null };

const read = (row: ListedRow): RefusalRow => ({
  ...row,
  says: JSON.parse(row.says) as Sentence,
  hasBody: row.hasBody === 1,
});

const columns = `r.seq AS id, r.at, s.id AS sourceId, r.status, r.file, r.member, r.says, r.times, r.taken_at AS takenAt,
  r.body IS NOT NULL AS hasBody`;

export function createRefusalTable(writer: WriteHandle): RefusalTable {
  const add = writer.prepare(
    `INSERT INTO refusals (source_no, known, at, status, code, file, member, says, size_bytes, request, body, body_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  // By refusals_by_body. The same body refused for another reason, by what its headers say, is another refusal.
  const again = writer.prepare(
    `UPDATE refusals SET times = times + 1, at = ?, says = ?, request = ? WHERE seq = (
       SELECT seq FROM refusals WHERE body_hash = ? AND source_no IS ? AND status = ? AND code = ? AND member IS ?
         AND says ->> '$.key' = ? AND taken_at IS NULL LIMIT 1)`,
  );
  // By refusals_by_ring; `add` keeps the table short, so that few go at a time.
  const dropOld = writer.prepare(
    `DELETE FROM refusals WHERE known = ? AND seq <= (
       SELECT seq FROM refusals WHERE known = ? ORDER BY seq DESC LIMIT 1 OFFSET ?)`,
  );
  // A scan of the table, which is short; the newest of one that came again is its last time.
  const all = writer.prepare<[number], ListedRow>(
    `SELECT ${columns} FROM refusals r LEFT JOIN sources s ON s.no = r.source_no ORDER BY r.at DESC, r.seq DESC LIMIT ?`,
  );
  // By refusals_by_source.
  const ofSource = writer.prepare<[number, number], ListedRow>(
    `SELECT ${columns} FROM refusals r LEFT JOIN sources s ON s.no = r.source_no
     WHERE r.source_no = ? ORDER BY r.at DESC, r.seq DESC LIMIT ?`,
  );
  // By the primary key.
  const one = writer.prepare<[number], StoredWhole>(
    `SELECT ${columns}, r.source_no AS sourceNo, r.size_bytes AS sizeBytes, r.request, r.body
     FROM refusals r LEFT JOIN sources s ON s.no = r.source_no WHERE r.seq = ?`,
  );
  const taken = writer.prepare('UPDATE refusals SET taken_at = ? WHERE seq = ?');
  return {
    add(refusals) {
      for (const one of refusals) {
        const says = JSON.stringify(one.says);
        const request = one.request === null ? null : JSON.stringify(one.request);
        const isAgain =
          one.bodyHash !== null &&
          again.run(
            ...[one.at, says, request, one.bodyHash, one.sourceNo, one.status, one.code, one.member],
            one.says.key,
          ).changes > 0;
        if (isAgain) continue;
        add.run(
          one.sourceNo,
          one.known ? 1 : 0,
          one.at,
          one.status,
          one.code,
          one.file,
          one.member,
          says,
          one.sizeBytes,
          request,
          one.body,
          one.bodyHash,
        );
      }
      dropOld.run(1, 1, keptRefusals);
      dropOld.run(0, 0, keptOfUnknown);
    },
    list: (sourceNo) => (sourceNo === null ? all.all(keptRefusals) : ofSource.all(sourceNo, keptRefusals)).map(read),
    lastOf(sourceNo) {
      const row = ofSource.get(sourceNo, 1);
      return row && read(row);
    },
    get(id) {
      const row = one.get(id);
      if (!row) return undefined;
      const { sourceNo, sizeBytes, body, request } = row;
      return { ...read(row), sourceNo, sizeBytes, body, request: request === null ? null : JSON.parse(request) };
    },
    taken: (id, at) => void taken.run(at, id),
  };
}
