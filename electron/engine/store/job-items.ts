/** Which deliveries a resend still has before it: fixed when it was asked for, so that a restart goes on with it. */
import type { WriteHandle } from './connection.ts';

/** Stands for the job where deliveries were asked for one by one: those have none. */
export const oneByOne = 'one_by_one';

export type JobItemStore = ReturnType<typeof createJobItemStore>;

export function createJobItemStore(writer: WriteHandle) {
  // All by the primary key.
  const insert = writer.prepare(
    'INSERT INTO job_items (job_id, delivery_seq) VALUES (?, ?) ON CONFLICT (job_id, delivery_seq) DO NOTHING',
  );
  const after = writer.prepare<[string, number, number], { seq: number }>(
    'SELECT delivery_seq AS seq FROM job_items WHERE job_id = ? AND delivery_seq > ? ORDER BY delivery_seq LIMIT ?',
  );
  const drop = writer.prepare('DELETE FROM job_items WHERE job_id = ? AND delivery_seq = ?');
  const dropSome = writer.prepare(
    `DELETE FROM job_items WHERE job_id = ? AND delivery_seq IN
       (SELECT delivery_seq FROM job_items WHERE job_id = ? LIMIT ?)`,
  );
  const fail = writer.prepare(
    'INSERT INTO job_failures (job_id, delivery_seq) VALUES (?, ?) ON CONFLICT (job_id, delivery_seq) DO NOTHING',
  );
  return {
    insert: (jobId: string, deliverySeq: number) => insert.run(jobId, deliverySeq).changes > 0,
    /** Oldest first. */
    after: (jobId: string, seq: number, limit: number): number[] => after.all(jobId, seq, limit).map((row) => row.seq),
    drop: (jobId: string, deliverySeq: number) => void drop.run(jobId, deliverySeq),
    /** Keeps what could not be delivered, for as long as the delivery is kept. */
    fail: (jobId: string, deliverySeq: number) => void fail.run(jobId, deliverySeq),
    /** @returns how many were there to drop */
    dropSome: (jobId: string, limit: number): number => dropSome.run(jobId, jobId, limit).changes,
  };
}
