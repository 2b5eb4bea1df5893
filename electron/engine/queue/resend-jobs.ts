/**
 * Many deliveries resent at once: which ones is fixed at the start and kept, so that a restart goes on where it
 * was; oldest first; at each endpoint's pace; to be paused and cancelled.
 */

import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { resendProblem } from '../../../shared/resend-problem.ts';
import type { DeliveryFilter, DeliveryRow, Job } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type EngineHandlers, wallTime } from '../context.ts';
import type { JobControl } from '../jobs.ts';
import { targetName } from '../sending/target.ts';
import type { JobItemStore } from '../store/job-items.ts';
import { type JobStore, jobView } from '../store/jobs.ts';
import { createGoneEvents } from './gone-events.ts';
import type { ResendEnd } from './lane.ts';
import type { QueueDesk } from './scheduler.ts';

/** One page of what a filter shows, newest first. */
export type FindDeliveries = (page: {
  readonly filter: DeliveryFilter;
  readonly cursor?: string;
  readonly limit: number;
}) => Promise<{ readonly rows: readonly Pick<DeliveryRow, 'id'>[]; readonly next: string | null }>;

export interface ResendJobs {
  readonly handlers: Pick<EngineHandlers, 'deliveries.resendAll'>;
  readonly control: JobControl;
  /** Goes on with what was under way when the engine stopped. */
  start(): void;
  stop(): void;
}

/** Deliveries of one job that are handed to the scheduler at once. */
const handedOut = 100;
const pageRows = 500;
/** Shortest time between two tellings of progress, in milliseconds. */
const progressMs = 250;

/** What a job's state means for the deliveries of it that are lined up already. */
const wishes = { running: 'now', paused: 'later', cancelled: 'never' } as const;

interface Run {
  readonly id: string;
  position: number;
  total: number;
  done: number;
  delivered: number;
  failed: number;
  out: number;
  /** Ended since progress was written. */
  ended: number[];
  /** Those of them that could not be delivered. */
  notDelivered: number[];
  state: 'running' | 'paused' | 'cancelled';
  /** Why some could not be sent at all. */
  problem: Sentence | null;
  cancelTimer: (() => void) | null;
}

export function createResendJobs(
  desk: QueueDesk,
  jobs: JobStore,
  items: JobItemStore,
  find: FindDeliveries,
): ResendJobs {
  const { context, deliveries, targets, scheduler } = desk;
  const { commit, clock, ids, push, recordAct, logger, mishaps, changes } = context;
  const runs = new Map<string, Run>();
  const goneOf = createGoneEvents(context.writer);
  let stopped = false;

  const view = (id: string): Job => {
    const row = jobs.get(id);
    if (!row) throw new RelayError('not_found', sentence('problem.no_such_job'), { detail: id });
    return jobView(row);
  };
  const tell = (id: string) => push({ name: 'job', payload: view(id) });

  /** Everything that the filter shows now, as deliveries' `seq`. */
  async function collect(id: string, filter: DeliveryFilter): Promise<number> {
    let total = 0;
    let cursor: string | undefined;
    do {
      const page = await find({ filter, limit: pageRows, ...(cursor === undefined ? {} : { cursor }) });
      total += await commit.transact(() => {
        const found = page.rows.map((row) => deliveries.byId(row.id)).filter((row) => row !== undefined);
        return found.filter(({ seq }) => items.insert(id, seq)).length;
      });
      cursor = page.next ?? undefined;
    } while (cursor !== undefined && !stopped && runs.has(id));
    return total;
  }

  async function dropItems(id: string): Promise<void> {
    while ((await commit.transact(() => items.dropSome(id, pageRows))) > 0);
  }

  /** Of one that has not begun, nothing is kept to be sent. */
  async function giveUp(id: string, problem: Sentence): Promise<void> {
    await dropItems(id);
    await commit.transact(() => jobs.setState(id, 'failed', wallTime(clock), problem));
    tell(id);
  }

  function run(job: Pick<Run, 'id' | 'total' | 'done' | 'delivered' | 'failed' | 'state' | 'problem'>): Run {
    const made: Run = { ...job, position: 0, out: 0, ended: [], notDelivered: [], cancelTimer: null };
    runs.set(job.id, made);
    return made;
  }

  /** Hands out as much as there is room for. */
  function feed(job: Run): void {
    if (job.state !== 'running' || stopped || job.out >= handedOut / 2) return;
    const next = items.after(job.id, job.position, handedOut - job.out);
    for (const seq of next) {
      job.position = seq;
      job.out += 1;
      hand(job, seq);
    }
    if (job.out === 0 && next.length === 0) finish(job, 'done').catch(notEnded(job.id));
  }

  function hand(job: Run, seq: number): void {
    const delivery = deliveries.get(seq);
    const target = delivery && targets.get(delivery.endpointNo);
    const problem = target && (resendProblem(target.switch, targetName(target)) ?? goneOf(delivery.eventSeq));
    if (!delivery || !target || problem) {
      if (problem) job.problem = problem;
      ended(job, seq, 'failed');
      return;
    }
    scheduler.resend(delivery.endpointNo, {
      deliverySeq: seq,
      orderKey: delivery.orderKey,
      was: delivery.state,
      ended: (end) => ended(job, seq, end),
      wanted: () => wishes[job.state],
    });
  }

  function ended(job: Run, seq: number, end: ResendEnd): void {
    if (end === 'held_back') {
      // It waits on for its receiver; what the stop itself cut off is left for the next start.
      if (!stopped && runs.has(job.id)) hand(job, seq);
      return;
    }
    job.out -= 1;
    job.done += 1;
    if (end === 'delivered') job.delivered += 1;
    else if (end === 'failed') {
      job.failed += 1;
      job.notDelivered.push(seq);
    } else job.problem ??= sentence('problem.resend_in_turn');
    job.ended.push(seq);
    job.cancelTimer ??= clock.after(progressMs, () => {
      job.cancelTimer = null;
      mishaps.own(
        'the progress of a resend',
        write(job).then(() => feed(job)),
      );
    });
  }

  async function write(job: Run): Promise<void> {
    const { id, total, done, delivered, failed, problem, ended: gone, notDelivered } = job;
    job.ended = [];
    job.notDelivered = [];
    try {
      await commit.transact(() => {
        for (const seq of gone) items.drop(id, seq);
        for (const seq of notDelivered) if (deliveries.get(seq)) items.fail(id, seq);
        jobs.setProgress(id, { position: null, total, done, delivered, failed });
        if (problem !== null) jobs.setProblem(id, problem);
      });
      tell(id);
    } catch (error) {
      job.ended = [...gone, ...job.ended];
      job.notDelivered = [...notDelivered, ...job.notDelivered];
      logger.error({ err: error, job: id }, 'the progress of a resend could not be written');
    }
  }

  const notEnded = (id: string) => (error: unknown) =>
    logger.error({ err: error, job: id }, 'the end of a resend could not be written; the next start looks again');

  async function finish(job: Run, state: 'done' | 'cancelled'): Promise<void> {
    if (!runs.delete(job.id)) return;
    job.cancelTimer?.();
    await write(job);
    await dropItems(job.id);
    await commit.transact(() => jobs.setState(job.id, state, wallTime(clock), job.problem));
    changes.touch('deliveries');
    tell(job.id);
  }

  async function setState(id: string, state: 'running' | 'paused'): Promise<Run | undefined> {
    const job = runs.get(id);
    if (!job) return undefined;
    job.state = state;
    await commit.transact(() => jobs.setState(id, state, null, job.problem));
    tell(id);
    return job;
  }

  return {
    handlers: {
      async 'deliveries.resendAll'({ filter }, actor) {
        const id = ids.job(Math.round(clock.wallMs()));
        await commit.transact(() => {
          const startedAt = wallTime(clock);
          jobs.insert({ id, kind: 'resend', request: JSON.stringify(filter), total: null, startedAt, file: null });
          recordAct(actor, 'deliveries.resendAll', id, { filter });
        });
        const job = run({ id, total: 0, done: 0, delivered: 0, failed: 0, state: 'running', problem: null });
        // What a stop cuts off here has no total yet: the next start gives it up.
        collect(id, filter)
          .then(async (total) => {
            // Cancelled while it was still looking.
            if (!runs.has(id)) return dropItems(id);
            if (stopped) return;
            job.total = total;
            await write(job);
            feed(job);
          })
          .catch(async (error) => {
            if (stopped) return;
            logger.error({ err: error, job: id }, 'a resend could not be prepared');
            runs.delete(id);
            await giveUp(id, sentence('problem.resend_not_found'));
          })
          .catch(notEnded(id));
        return view(id);
      },
    },
    control: {
      async pause(id) {
        await setState(id, 'paused');
      },
      async resume(id) {
        const job = await setState(id, 'running');
        if (!job) return;
        feed(job);
        scheduler.wake();
      },
      async cancel(id) {
        const job = runs.get(id);
        if (!job) return;
        job.state = 'cancelled';
        await finish(job, 'cancelled');
      },
    },
    start() {
      for (const row of jobs.open('resend')) {
        const state = row.state === 'paused' ? 'paused' : 'running';
        if (row.total === null) {
          // It was cut off before it knew what to send: nothing was sent, and a person may ask again.
          giveUp(row.id, sentence('problem.resend_not_begun')).catch(notEnded(row.id));
          continue;
        }
        feed(run({ ...jobView(row), total: row.total, state }));
      }
    },
    stop() {
      stopped = true;
      for (const job of runs.values()) job.cancelTimer?.();
    },
  };
}
