/** Jobs: long work that a person asked for. What a resend has done survives a restart. */
import type { EndpointId, Sentence, UtcMs } from '../../../shared/domain.ts';
import type { Job } from '../../../shared/schemas.ts';
import type { WriteHandle } from './connection.ts';

export interface JobRow extends Omit<Job, 'problem' | 'endpointId'> {
  readonly seq: number;
  /** What was asked for, as JSON. */
  readonly request: string;
  /** How far it has come, as its kind sees it. */
  readonly position: string | null;
  /** A sentence, as JSON. */
  readonly problem: string | null;
}

const columns = `seq, id, kind, state, request, position, total, done, delivered, failed, started_at AS startedAt,
  ended_at AS endedAt, file, size_bytes AS sizeBytes, problem`;

export type JobStore = ReturnType<typeof createJobStore>;

/** Whether what a job made holds guests' data as it is: a backup, and an export that somebody gave a reason for. */
export const leavesWhole = (job: Pick<JobRow, 'kind' | 'request'> | undefined): boolean =>
  job?.kind === 'backup' ||
  (job?.kind === 'export' && (JSON.parse(job.request) as { readonly full?: object }).full !== undefined);

/** A job as the API shows it. */
export function jobView({ seq: _seq, request, position: _position, problem, ...job }: JobRow): Job {
  return {
    ...job,
    endpointId: job.kind === 'past' ? ((JSON.parse(request) as { endpointId?: EndpointId }).endpointId ?? null) : null,
    problem: problem === null ? null : (JSON.parse(problem) as Sentence),
  };
}

export function createJobStore(writer: WriteHandle) {
  const insert = writer.prepare(
    `INSERT INTO jobs (id, kind, state, request, total, started_at, file) VALUES (?, ?, 'running', ?, ?, ?, ?)`,
  );
  // The unique index of `id`; the others walk the newest rows by primary key.
  const byId = writer.prepare<[string], JobRow>(`SELECT ${columns} FROM jobs WHERE id = ?`);
  const newest = writer.prepare<[number], JobRow>(`SELECT ${columns} FROM jobs ORDER BY seq DESC LIMIT ?`);
  const open = writer.prepare<[string], JobRow>(
    `SELECT ${columns} FROM jobs WHERE kind = ? AND state IN ('running', 'paused') ORDER BY seq LIMIT 100`,
  );
  const progress = writer.prepare(
    'UPDATE jobs SET position = ?, total = ?, done = ?, delivered = ?, failed = ? WHERE id = ?',
  );
  const state = writer.prepare('UPDATE jobs SET state = ?, ended_at = ?, problem = ? WHERE id = ?');
  const problem = writer.prepare('UPDATE jobs SET problem = ? WHERE id = ?');
  const written = writer.prepare('UPDATE jobs SET file = ?, size_bytes = ? WHERE id = ?');
  return {
    insert(job: Pick<JobRow, 'id' | 'kind' | 'request' | 'total' | 'startedAt' | 'file'>): void {
      insert.run(job.id, job.kind, job.request, job.total, job.startedAt, job.file);
    },
    get: (id: string) => byId.get(id),
    newest: (limit: number) => newest.all(limit),
    /** Those of a kind that are not over. */
    open: (kind: Job['kind']) => open.all(kind),
    setProgress(id: string, now: Pick<JobRow, 'position' | 'total' | 'done' | 'delivered' | 'failed'>): void {
      progress.run(now.position, now.total, now.done, now.delivered, now.failed, id);
    },
    setState(id: string, next: Job['state'], endedAt: UtcMs | null, problem: Sentence | null): void {
      state.run(next, endedAt, problem && JSON.stringify(problem), id);
    },
    /** Why some of it failed, while the rest goes on. */
    setProblem: (id: string, why: Sentence) => void problem.run(JSON.stringify(why), id),
    setFile: (id: string, file: string | null, sizeBytes: number | null) => void written.run(file, sizeBytes, id),
  };
}
