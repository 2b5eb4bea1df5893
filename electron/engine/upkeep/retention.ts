/**
 * What is old goes, at night, each kind of data by its own days, in small transactions between which deliveries go on. An
 * event goes with its deliveries and attempts once all of them are delivered or cancelled and lie far enough back; what
 * waits, needs a person or is being sent again right now stays, however old. The keys of events stay as stubs: they outlive
 * the events (decision 15).
 */
import type { EngineContext } from '../context.ts';
import { hourOf } from '../store/hours.ts';
import { shrinkStep } from '../store/shrinking.ts';
import {
  contentStatements,
  createContentSteps,
  removeOldFiles,
  type Step,
  scheduledFiles,
} from './retention-content.ts';

/** For how long this may hold up the delivering thread at a time, and how long it leaves it alone then. */
const batchMs = 4;
const betweenBatchesMs = 20;
const pageRows = 100;
/** Pages of 4 kB that are given back in one step, at first and at most: each may move another page to its place. */
const firstShrinkPages = 32;
const mostShrinkPages = 512;
const dayMs = 86_400_000;
/** Outages and the counters that a usual day is read from are kept longer than events may be. */
const outageDays = 365;
const counterDays = 30;
const keptJobs = 200;

export const retentionStatements = {
  page: `SELECT e.seq AS seq, e.received_at < :before AND NOT EXISTS (
      SELECT 1 FROM deliveries d INDEXED BY deliveries_by_event WHERE d.event_seq = e.seq
      AND (d.state NOT IN ('delivered', 'cancelled') OR d.ended_at >= :before OR d.last_attempt_at >= :before
        OR EXISTS (SELECT 1 FROM leases l WHERE l.delivery_seq = d.seq))) AS goes
    FROM events e WHERE e.seq > :after AND e.seq <= :last ORDER BY e.seq LIMIT ${pageRows}`,
  lastOld: 'SELECT MAX(last_seq) FROM event_hours WHERE hour <= ?',
  attemptsOf: `DELETE FROM attempts WHERE seq IN (SELECT a.seq FROM deliveries d INDEXED BY deliveries_by_event
    CROSS JOIN attempts a INDEXED BY attempts_by_delivery ON a.delivery_seq = d.seq WHERE d.event_seq = ?)`,
  deliveriesOf: 'DELETE FROM deliveries WHERE event_seq = ?',
  event: 'DELETE FROM events WHERE seq = ?',
  // Of these the oldest are looked at, and where none of them is old enough nothing is.
  tests: `DELETE FROM attempts WHERE seq IN (SELECT seq FROM (
    SELECT seq, started_at FROM attempts INDEXED BY attempts_of_tests
    WHERE endpoint_no = ? AND delivery_seq IS NULL ORDER BY seq LIMIT ${pageRows}) WHERE started_at < ?)`,
  refusals: `DELETE FROM refusals WHERE seq IN (SELECT seq FROM (
    SELECT seq, at FROM refusals WHERE seq > 0 ORDER BY seq LIMIT ${pageRows})
    WHERE at < ?)`,
  // What is kept for a person stays, however old.
  messages: `DELETE FROM messages WHERE seq IN (SELECT seq FROM messages INDEXED BY messages_by_state
    WHERE source_no IN (SELECT no FROM sources) AND state IN ('taken', 'ignored', 'dropped') AND at < ? LIMIT ${pageRows})`,
  audit: `DELETE FROM audit WHERE seq IN (SELECT seq FROM (
    SELECT seq, at FROM audit WHERE seq > 0 ORDER BY seq LIMIT ${pageRows}) WHERE at < ?)`,
  recoveries: `DELETE FROM recoveries WHERE seq IN (SELECT seq FROM (
    SELECT seq, until FROM recoveries WHERE seq > 0 ORDER BY seq LIMIT ${pageRows}) WHERE until < ?)`,
  // Whose events are still here stays: what became of them is not known yet.
  outages: `DELETE FROM outages WHERE seq IN (SELECT seq FROM (
    SELECT seq, until, settled FROM outages WHERE seq > 0 ORDER BY seq LIMIT ${pageRows}) WHERE settled = 1 AND until < ?)`,
  jobs: `DELETE FROM jobs WHERE seq IN (SELECT seq FROM jobs WHERE state NOT IN ('running', 'paused')
    AND seq <= (SELECT MAX(seq) FROM jobs) - ${keptJobs} ORDER BY seq LIMIT ${pageRows})`,
  attemptHours: 'DELETE FROM attempt_hours WHERE hour < ?',
  eventHours: `DELETE FROM event_hours WHERE hour < ? AND last_seq < (SELECT MIN(seq) FROM events)`,
  deliveryHours: `DELETE FROM delivery_hours WHERE hour < ? AND last_seq < (SELECT MIN(seq) FROM deliveries)`,
} as const;

export interface Retention {
  /**
   * Removes what is old. Resolves with how many events went; ends early once stopped.
   *
   * @param wallMs what counts as now; the clock's own unless given
   */
  run(wallMs?: number): Promise<number>;
  stop(): void;
}

type Parts = Pick<EngineContext, 'writer' | 'commit' | 'clock' | 'settings' | 'changes' | 'logger' | 'dataFolder'>;

/** @param nowMs measures how long a batch takes */
export function createRetention(parts: Parts, nowMs: () => number = () => performance.now()): Retention {
  const { writer, commit, clock, settings, changes, logger, dataFolder } = parts;
  const page = writer.prepare<
    [{ before: number; after: number; last: number }],
    { readonly seq: number; readonly goes: number }
  >(retentionStatements.page);
  const lastOld = writer.prepare<[number], number | null>(retentionStatements.lastOld).pluck();
  const attemptsOf = writer.prepare(retentionStatements.attemptsOf);
  const deliveriesOf = writer.prepare(retentionStatements.deliveriesOf);
  const event = writer.prepare(retentionStatements.event);
  const tests = writer.prepare(retentionStatements.tests);
  const endpointNos = writer.prepare<[], number>('SELECT no FROM endpoints').pluck();
  const content = createContentSteps(writer);
  const scheduled = writer.prepare<[], string>(scheduledFiles).pluck();
  const refused = [retentionStatements.refusals, retentionStatements.messages].map((sql) => writer.prepare(sql));
  const acts = [retentionStatements.audit, contentStatements.forgettings].map((sql) => writer.prepare(sql));
  const recoveries = writer.prepare(retentionStatements.recoveries);
  const outages = writer.prepare(retentionStatements.outages);
  const jobs = writer.prepare(retentionStatements.jobs);
  const counters = [
    writer.prepare(retentionStatements.attemptHours),
    writer.prepare(retentionStatements.eventHours),
    writer.prepare(retentionStatements.deliveryHours),
  ];
  let stopped = false;

  let wake = (): void => {};

  const rest = () =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(betweenBatchesMs, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });

  /** One transaction's worth, from `after` on; null where there is nothing more. */
  function removeEvents(before: number, after: number, last: number): { after: number; removed: number } | null {
    const until = nowMs() + batchMs;
    const rows = page.all({ before, after, last });
    let removed = 0;
    let reached = after;
    for (const { seq, goes } of rows) {
      reached = seq;
      if (goes === 1) {
        attemptsOf.run(seq);
        deliveriesOf.run(seq);
        event.run(seq);
        removed += 1;
      }
      if (nowMs() > until) break;
    }
    return rows.length === 0 ? null : { after: reached, removed };
  }

  /** The file ends where its data does: as many pages a step as take no longer than a batch. */
  async function shrink(): Promise<void> {
    let pages = firstShrinkPages;
    for (let left = Number.POSITIVE_INFINITY; !stopped && left > 0; ) {
      const before = left;
      const tookMs = await commit.transact(() => {
        const beganMs = nowMs();
        left = shrinkStep(writer, pages);
        return nowMs() - beganMs;
      });
      // What holds nothing now may be needed again at once: then there is nothing to give back.
      if (left >= before) return;
      pages = Math.max(1, Math.min(mostShrinkPages, tookMs > batchMs ? pages / 2 : pages * 1.5));
      if (left > 0) await rest();
    }
  }

  /** Repeats a bounded removal until it finds nothing. */
  async function repeat(remove: () => number): Promise<void> {
    while (!stopped && (await commit.transact(remove)) > 0) await rest();
  }

  /** Steps of a few milliseconds, until there is nothing more. @returns how far it came */
  async function walk(from: number, step: Step): Promise<number> {
    for (let after = from; ; ) {
      if (stopped) return after;
      const reached = await commit.transact(() => {
        const until = nowMs() + batchMs;
        return step(after, () => nowMs() > until);
      });
      if (reached === null) return after;
      after = reached;
      await rest();
    }
  }

  return {
    async run(wallMs = clock.wallMs()) {
      const { retentionDays, keep } = settings.current();
      const beforeDays = (days: number) => wallMs - days * dayMs;
      const before = wallMs - retentionDays * dayMs;
      const last = lastOld.get(hourOf(before)) ?? 0;
      let events = 0;
      for (let after = 0; !stopped; ) {
        const batch = await commit.transact(() => removeEvents(before, after, last));
        if (!batch) break;
        after = batch.after;
        events += batch.removed;
        await rest();
      }
      for (const no of endpointNos.all()) await repeat(() => tests.run(no, before).changes);
      // An event whose facts go sooner takes all of it along.
      await walk(0, content.payloads(beforeDays(keep.payloadDays)));
      const answers = await walk(content.answersFrom(), content.answers(beforeDays(keep.answerDays)));
      if (!stopped) await commit.transact(() => content.answersDone(answers));
      for (const one of refused) await repeat(() => one.run(beforeDays(keep.refusedDays)).changes);
      for (const one of acts) await repeat(() => one.run(beforeDays(keep.auditDays)).changes);
      await repeat(() => recoveries.run(before).changes);
      await repeat(() => outages.run(Math.min(before, beforeDays(outageDays))).changes);
      await repeat(() => jobs.run().changes);
      const oldestHour = hourOf(Math.min(before, wallMs - counterDays * dayMs));
      if (!stopped) await commit.transact(() => counters.forEach((remove) => void remove.run(oldestHour)));
      await shrink();
      if (events > 0) {
        changes.touch('deliveries');
        changes.touch('events');
      }
      logger.info({ events, retentionDays }, 'what was older than is kept was removed');
      // Last: a file that somebody holds keeps nothing else from going.
      if (!stopped) await removeOldFiles(dataFolder, keep, wallMs, scheduled.all());
      return events;
    },
    stop() {
      stopped = true;
      wake();
    },
  };
}
