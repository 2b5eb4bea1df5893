/** What retention would remove now, were it to go by other days: counted in a thread of its own, before they are saved. */
import type { Database } from 'better-sqlite3';
import type { RetentionLook, Settings } from '../../../shared/schemas.ts';
import { retentionStatements } from './retention.ts';
import { contentStatements, oldFiles, scheduledFiles } from './retention-content.ts';

const dayMs = 86_400_000;

/** @param wallMs what counts as now */
export async function lookAtRetention(
  database: Database,
  dataFolder: string,
  { retentionDays, keep }: Pick<Settings, 'retentionDays' | 'keep'>,
  wallMs: number,
): Promise<RetentionLook> {
  const before = (days: number) => wallMs - days * dayMs;
  const count = (sql: string, ...values: readonly (number | object)[]): number =>
    database
      .prepare<(number | object)[], number>(sql)
      .pluck()
      .get(...values) ?? 0;
  const inPages = (sql: string, bounds: (after: number) => object): number => {
    const page = database.prepare<[object], { seq: number; goes: number }>(sql);
    let goes = 0;
    for (let after = 0; ; ) {
      const rows = page.all(bounds(after));
      goes += rows.filter((row) => row.goes === 1).length;
      const last = rows.at(-1);
      if (last === undefined) return goes;
      after = last.seq;
    }
  };
  const last = count('SELECT MAX(seq) FROM events');
  const events = inPages(retentionStatements.page, (after) => ({ before: before(retentionDays), after, last }));
  const payloads = inPages(contentStatements.payloads, (after) => ({ before: before(keep.payloadDays), after }));
  const scheduled = database.prepare<[], string>(scheduledFiles).pluck().all();
  const files = await oldFiles(dataFolder, keep, wallMs, scheduled);
  return {
    events,
    // Whole events go anyway.
    payloads: Math.max(0, payloads - (keep.payloadDays <= retentionDays ? events : 0)),
    answers: count(
      `SELECT COUNT(*) FROM attempts a WHERE started_at < ? AND (response_body IS NOT NULL OR response_headers IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.seq = a.delivery_seq AND d.state IN ('waiting', 'needs_attention'))`,
      before(Math.min(keep.answerDays, retentionDays)),
    ),
    refused:
      count('SELECT COUNT(*) FROM refusals WHERE at < ?', before(keep.refusedDays)) +
      count("SELECT COUNT(*) FROM messages WHERE state <> 'kept' AND at < ?", before(keep.refusedDays)),
    acts: count('SELECT COUNT(*) FROM audit WHERE at < ?', before(keep.auditDays)),
    files: files.exports.length + files.backups.length,
  };
}
