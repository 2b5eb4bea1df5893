/**
 * What goes before its event does: the data of events that have arrived, receivers' answers, refused requests, and files
 * of the data folder. Each by its own days (`settings.keep`); what waits or needs a person keeps all of it.
 */
import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Settings } from '../../../shared/schemas.ts';
import { backupsIn } from '../files/backup-files.ts';
import { impersonal } from '../privacy/forget/blank.ts';
import type { WriteHandle } from '../store/connection.ts';
import { createMetaTable, metaKey } from '../store/meta.ts';

const pageRows = 100;
const dayMs = 86_400_000;

/** Nothing of it may be sent any more: neither as it is nor at a person's word. */
const settled = `d.state = 'delivered'
  OR (d.state = 'cancelled' AND coalesce(d.reason, '') NOT IN ('endpoint_removed', 'past_stopped', 'bench'))`;

/** Conditions by which a preview counts as well. `:before` is a moment. */
export const contentStatements = {
  payloads: `SELECT e.seq, e.received_at < :before AND NOT EXISTS (
      SELECT 1 FROM deliveries d INDEXED BY deliveries_by_event WHERE d.event_seq = e.seq
      AND NOT ((${settled}) AND coalesce(d.ended_at, 0) < :before AND coalesce(d.last_attempt_at, 0) < :before)) AS goes
    FROM events e INDEXED BY events_whole WHERE e.gone IS NULL AND e.seq > :after ORDER BY e.seq LIMIT ${pageRows}`,
  payload: 'SELECT data, summary FROM events WHERE seq = ?',
  blank: `UPDATE events SET data = '{}', data_hash = ?, summary = ?, guest = NULL, rooms = NULL, hints = NULL, gone = 'old'
    WHERE seq = ?`,
  bodies: `UPDATE attempts SET sent_body = NULL, test_body = NULL, response_headers = NULL, response_body = NULL, detail = NULL
    WHERE seq IN (SELECT a.seq FROM deliveries d INDEXED BY deliveries_by_event
      CROSS JOIN attempts a INDEXED BY attempts_by_delivery ON a.delivery_seq = d.seq WHERE d.event_seq = ?)`,
  answers: `SELECT a.seq, a.started_at AS at, a.response_body IS NOT NULL OR a.response_headers IS NOT NULL AS full,
      EXISTS (SELECT 1 FROM deliveries d WHERE d.seq = a.delivery_seq AND d.state IN ('waiting', 'needs_attention')) AS open
    FROM attempts a WHERE a.seq > ? ORDER BY a.seq LIMIT ${pageRows}`,
  answer: 'UPDATE attempts SET response_body = NULL, response_headers = NULL WHERE seq = ?',
  forgettings: `DELETE FROM forgettings WHERE seq IN (SELECT seq FROM (SELECT seq, ended_at FROM forgettings
    WHERE seq > 0 AND ended_at IS NOT NULL ORDER BY seq LIMIT ${pageRows}) WHERE ended_at < ?)`,
} as const;

/** One transaction's worth: how far it came; null where there is nothing more. */
export type Step = (after: number, until: () => boolean) => number | null;

export interface ContentSteps {
  /** Data of events of before that moment. */
  payloads(beforeMs: number): Step;
  /** Where answers begin that were not looked at yet. */
  answersFrom(): number;
  answers(beforeMs: number): Step;
  /** All up to this attempt have been looked at, and none of them is to be looked at again. */
  answersDone(seq: number): void;
}

export function createContentSteps(writer: WriteHandle): ContentSteps {
  const page = writer.prepare<[{ before: number; after: number }], { seq: number; goes: number }>(
    contentStatements.payloads,
  );
  const payload = writer.prepare<[number], { data: string; summary: string }>(contentStatements.payload);
  const blank = writer.prepare(contentStatements.blank);
  const bodies = writer.prepare(contentStatements.bodies);
  const answerPage = writer.prepare<[number], { seq: number; at: number; full: number; open: number }>(
    contentStatements.answers,
  );
  const answer = writer.prepare(contentStatements.answer);
  const meta = createMetaTable(writer);
  /** The first attempt that keeps its answer since its delivery is open: the next night begins there. */
  let firstOpen: number | null = null;
  return {
    payloads: (before) => (after, until) => {
      const rows = page.all({ before, after });
      let reached = after;
      for (const { seq, goes } of rows) {
        reached = seq;
        const whole = goes === 1 ? payload.get(seq) : undefined;
        if (whole !== undefined) {
          const hash = createHash('sha256').update(whole.data, 'utf8').digest();
          bodies.run(seq);
          blank.run(hash, JSON.stringify(impersonal(whole.summary)), seq);
        }
        if (until()) break;
      }
      return rows.length === 0 ? null : reached;
    },
    answersFrom() {
      firstOpen = null;
      return Number(meta.get(metaKey.answersGone) ?? 0);
    },
    answers: (before) => (after, until) => {
      const rows = answerPage.all(after);
      let reached = after;
      for (const { seq, at, full, open } of rows) {
        if (at >= before) return null;
        reached = seq;
        if (open === 1) firstOpen ??= seq;
        else if (full === 1) answer.run(seq);
        if (until()) break;
      }
      return rows.length === 0 ? null : reached;
    },
    answersDone: (seq) => meta.put(metaKey.answersGone, String(firstOpen === null ? seq : firstOpen - 1)),
  };
}

/** Files of scheduled exports, which go by their schedule's own days. */
export const scheduledFiles = 'SELECT path FROM exported_files WHERE schedule_id IN (SELECT id FROM export_schedules)';

/**
 * Files whose days are over: exports of the data folder, and backups that a person asked for; the others go by themselves.
 * @param scheduled paths of scheduled exports
 */
export async function oldFiles(
  dataFolder: string,
  { exportDays, backupDays }: Settings['keep'],
  wallMs: number,
  scheduled: readonly string[],
): Promise<{ readonly exports: readonly string[]; readonly backups: readonly string[] }> {
  const exportsOld: string[] = [];
  if (exportDays !== null) {
    const folder = join(dataFolder, 'exports');
    const others = new Set(scheduled.map((path) => basename(path)));
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(noneIfGone)) {
      if (!entry.isFile() || others.has(entry.name)) continue;
      const file = join(folder, entry.name);
      const { mtimeMs } = await stat(file);
      if (mtimeMs < wallMs - exportDays * dayMs) exportsOld.push(file);
    }
  }
  const backups =
    backupDays === null
      ? []
      : backupsIn(dataFolder)
          .filter(({ kind, at }) => kind === 'asked_for' && at < wallMs - backupDays * dayMs)
          .map(({ file }) => file);
  return { exports: exportsOld, backups };
}

/** Whose folder is not there are none; what cannot be looked at is not known to be gone. */
function noneIfGone(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** @throws what kept one of them from going; the others are gone then */
export async function removeOldFiles(...of: Parameters<typeof oldFiles>): Promise<number> {
  const { exports: exportsOld, backups } = await oldFiles(...of);
  const files = [...exportsOld, ...backups];
  const refused: unknown[] = [];
  for (const file of files) await rm(file, { force: true }).catch((error: unknown) => refused.push(error));
  if (refused.length > 0) throw refused[0];
  return files.length;
}
