/**
 * Events from before sent to an endpoint at a person's word (decision 43): each becomes a normal delivery, oldest first,
 * a few at a time, so that what comes meanwhile is held up by few and a stop leaves the others as they are.
 */

import { RelayError } from '../../../shared/api.ts';
import type { DeliveryId, EndpointId } from '../../../shared/domain.ts';
import { endpointName } from '../../../shared/endpoint-face.ts';
import { type EventType, isEventType } from '../../../shared/events.ts';
import type { DeliveryRow, Job, PastCount, PastFilter } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type EngineHandlers, wallTime } from '../context.ts';
import type { JobControl } from '../jobs.ts';
import type { JobItemStore } from '../store/job-items.ts';
import { type JobRow, type JobStore, jobView } from '../store/jobs.ts';
import type { PastDeliveryStore, PastEvent, PastRequest } from '../store/past-deliveries.ts';
import { createGoneEvents, refuseGone } from './gone-events.ts';
import { freeNext } from './recording.ts';
import type { QueueDesk } from './scheduler.ts';

/** Where events are looked through: in a thread that only reads. */
export interface FindPast {
  count(request: PastRequest): Promise<PastCount>;
  slice(
    request: PastRequest,
    afterSeq: number,
    limit: number,
  ): Promise<{ readonly send: readonly number[]; readonly reached: number; readonly done: boolean }>;
}

export interface PastSends {
  readonly handlers: Pick<EngineHandlers, 'endpoints.countPast' | 'endpoints.sendPast' | 'events.send'>;
  readonly control: JobControl;
  /** Goes on with what was under way when the engine stopped. */
  start(): void;
  stop(): void;
}

/** Deliveries of one job that wait for their first attempt at once. */
const mostOut = 100;
/** Time between two looks of a job after its deliveries, in milliseconds. */
const lookMs = 250;

interface Run {
  readonly id: string;
  readonly request: PastRequest;
  position: number;
  total: number | null;
  done: number;
  delivered: number;
  failed: number;
  exhausted: boolean;
  state: 'running' | 'paused' | 'over';
  /** Of a paused one: some were on their way when it was last looked after, and are still to be counted. */
  isEnding: boolean;
  cancelTimer: (() => void) | null;
}

export interface PastSendParts {
  readonly jobs: JobStore;
  readonly items: JobItemStore;
  readonly past: PastDeliveryStore;
  readonly find: FindPast;
  readonly rowOf: (id: DeliveryId) => DeliveryRow | Promise<DeliveryRow>;
}

export function createPastSends(desk: QueueDesk, { jobs, items, past, find, rowOf }: PastSendParts): PastSends {
  const { context, deliveries, endpoints, scheduler } = desk;
  const { commit, clock, time, ids, push, recordAct, logger, changes } = context;
  const runs = new Map<string, Run>();
  const goneOf = createGoneEvents(context.writer);
  let stopped = false;

  const view = (id: string): Job => {
    const row = jobs.get(id);
    if (!row) throw new RelayError('not_found', sentence('problem.no_such_job'), { detail: id });
    return jobView(row);
  };
  const tell = (id: string) => push({ name: 'job', payload: view(id) });

  /** @throws RelayError `conflict` where nothing may be sent to it */
  function findTaking(id: EndpointId) {
    const row = desk.findPresent(id);
    if (row.switch !== 'draft') return row;
    throw new RelayError('conflict', sentence('problem.endpoint_draft', { name: endpointName(row) }));
  }

  function requestOf(id: EndpointId, filter: PastFilter): PastRequest {
    const row = desk.findPresent(id);
    const subscribed = JSON.parse(row.events) as EventType[];
    const { from, to, eventTypes, eventIds, bench, again, overtaken } = filter;
    return {
      endpointNo: row.no,
      // What Roost Relay said of itself is no event of before, unless it is asked for by name.
      types: subscribed.filter((type) => (eventTypes === undefined ? isEventType(type) : eventTypes.includes(type))),
      fromMs: from ?? null,
      toMs: to ?? null,
      eventIds: eventIds ?? null,
      bench,
      again,
      overtaken,
      // Picked one by one, or of the test bench, which had passed them already: a person's word.
      rules: eventIds === undefined && !bench ? (desk.targets.get(row.no)?.options.rules ?? null) : null,
      toSeq: past.newestEvent(),
    };
  }

  /** Inside a transaction. @returns the delivery's `seq`; null where it waits already, or is not to be sent */
  function send(event: PastEvent, endpointNo: number, again: boolean): number | null {
    const present = past.ofEvent(event.seq, endpointNo);
    const now = time.now();
    if (goneOf(event.seq) !== null) return null;
    if (!present) {
      return past.insert(ids.delivery(Math.round(clock.wallMs())), event, endpointNo, now, wallTime(clock));
    }
    if (!again && present.state !== 'cancelled') return null;
    return past.sendAfresh(present.seq, now) ? present.seq : null;
  }

  function touch(endpointNo: number): void {
    scheduler.refresh(endpointNo);
    changes.touch('deliveries');
    changes.touch('events');
    changes.touch('situation');
  }

  // — One job —

  function run(row: Pick<JobRow, 'id' | 'request' | 'position' | 'total' | 'done' | 'delivered' | 'failed' | 'state'>) {
    const { id, request, position, total, done, delivered, failed, state } = row;
    const made: Run = {
      id,
      total,
      done,
      delivered,
      failed,
      request: JSON.parse(request) as PastRequest,
      position: Number(position ?? 0),
      exhausted: false,
      isEnding: false,
      state: state === 'paused' ? 'paused' : 'running',
      cancelTimer: null,
    };
    runs.set(id, made);
    return made;
  }

  function later(job: Run): void {
    if (stopped || job.state === 'over' || (job.state === 'paused' && !job.isEnding)) return;
    job.cancelTimer?.();
    job.cancelTimer = clock.after(lookMs, () => {
      job.cancelTimer = null;
      goOn(job);
    });
  }

  function goOn(job: Run): void {
    (job.state === 'paused' ? lookAfterPaused(job) : step(job))
      .catch((error) => logger.error({ err: error, job: job.id }, 'sending past events goes on in a moment'))
      .finally(() => later(job));
  }

  async function step(job: Run): Promise<void> {
    if (stopped || job.state !== 'running') return;
    if (endpoints.byNo(job.request.endpointNo)?.switch === 'removed') return finish(job, 'cancelled');
    job.total ??= (await find.count(job.request)).total;
    const out = await lookAfter(job);
    if (job.exhausted && out === 0) return finish(job, 'done');
    if (job.exhausted || out > mostOut / 2) return;
    const { send: found, reached, done } = await find.slice(job.request, job.position, mostOut - out);
    if (stopped || job.state !== 'running') return;
    await commit.transact(() => {
      for (const eventSeq of found) {
        const event = past.event(eventSeq);
        const seq = event && send(event, job.request.endpointNo, job.request.again);
        if (typeof seq === 'number') items.insert(job.id, seq);
      }
      write(job, reached);
    });
    job.position = reached;
    job.exhausted = done;
    if (found.length > 0) touch(job.request.endpointNo);
    tell(job.id);
  }

  /** What was on its way when it was paused is counted too. */
  async function lookAfterPaused(job: Run): Promise<void> {
    job.isEnding = items.after(job.id, 0, mostOut * 2).some(scheduler.isInFlight);
    await lookAfter(job);
  }

  /** Its turn comes when the one ahead of it is settled, which may take hours: it waits as that one does. */
  function isBehindFailed(seq: number): boolean {
    const delivery = deliveries.get(seq);
    if (!delivery || delivery.orderKey === null) return false;
    const isOrdered = desk.targets.get(delivery.endpointNo)?.options.ordered ?? false;
    return isOrdered && deliveries.isBehindFailed(delivery.endpointNo, delivery.orderKey, seq);
  }

  /** How many of its deliveries still wait for their first answer. */
  async function lookAfter(job: Run): Promise<number> {
    const all = items.after(job.id, 0, mostOut * 2);
    const over = all.flatMap((seq) => {
      const now = past.get(seq);
      const isUntried = now?.state === 'waiting' && now.failures === 0 && !isBehindFailed(seq);
      const isHeldBack = job.state === 'paused' && now?.state === 'cancelled' && now.reason === reasonOf(job);
      return isUntried || isHeldBack ? [] : [{ seq, arrived: now?.state === 'delivered' }];
    });
    if (over.length === 0) return all.length;
    const delivered = over.filter(({ arrived }) => arrived).length;
    const next = { done: job.done + over.length, delivered: job.delivered + delivered };
    const failed = job.failed + over.length - delivered;
    await commit.transact(() => {
      for (const { seq } of over) items.drop(job.id, seq);
      write({ ...job, ...next, failed }, job.position);
    });
    Object.assign(job, next, { failed });
    tell(job.id);
    return all.length - over.length;
  }

  function write({ id, total, done, delivered, failed }: Run, position: number): void {
    jobs.setProgress(id, {
      position: String(position),
      total: Math.max(total ?? 0, done),
      done,
      delivered,
      failed,
    });
  }

  /** @param last inside the transaction that ends it */
  async function finish(job: Run, state: 'done' | 'cancelled', last: () => void = () => {}): Promise<void> {
    const was = job.state;
    job.state = 'over';
    job.cancelTimer?.();
    await commit
      .transact(() => {
        last();
        jobs.setState(job.id, state, wallTime(clock), null);
      })
      .catch((error: unknown) => {
        job.state = was;
        later(job);
        throw error;
      });
    runs.delete(job.id);
    touch(job.request.endpointNo);
    tell(job.id);
  }

  const reasonOf = ({ request }: Run) => (request.bench ? 'bench' : 'past_stopped');

  /**
   * What has not been tried yet is as it was before; inside the transaction that keeps what the job is now, so that no
   * crash lets go what a person has stopped.
   * @param forGood false where the job may go on: it remembers which they are
   */
  function takeBack(job: Run, forGood: boolean): void {
    for (const seq of items.after(job.id, 0, mostOut * 2)) {
      const now = deliveries.get(seq);
      if (now?.state === 'waiting' && now.failures === 0 && !scheduler.isInFlight(seq)) {
        deliveries.setState(seq, 'cancelled', reasonOf(job), time.now(), desk.now());
        freeNext(deliveries, now, time.now());
      }
      if (forGood) items.drop(job.id, seq);
    }
  }

  /** What was taken back for a while waits again, but for what a person has decided of meanwhile; inside a transaction. */
  function takeUpAgain(job: Run): void {
    for (const seq of items.after(job.id, 0, mostOut * 2)) {
      const now = past.get(seq);
      if (now?.state === 'cancelled' && now.reason === reasonOf(job)) past.sendAfresh(seq, time.now());
    }
  }

  /** @param also in the same transaction */
  async function setState(id: string, state: 'running' | 'paused', also: (job: Run) => void): Promise<void> {
    const job = runs.get(id);
    if (!job) return;
    const was = job.state;
    // What it reads of its events meanwhile is not lined up any more.
    job.state = state;
    await commit
      .transact(() => {
        jobs.setState(id, state, null, null);
        also(job);
      })
      .catch((error: unknown) => {
        job.state = was;
        later(job);
        throw error;
      });
    tell(id);
    touch(job.request.endpointNo);
    goOn(job);
  }

  return {
    handlers: {
      'endpoints.countPast': ({ id, filter }) => find.count(requestOf(id, filter)),

      async 'endpoints.sendPast'({ id, filter }, actor) {
        const endpoint = findTaking(id);
        const jobId = ids.job(Math.round(clock.wallMs()));
        // With its id, so that a surface can say where a job of an earlier run sends to.
        const request = JSON.stringify({ ...requestOf(id, filter), endpointId: endpoint.id });
        await commit.transact(() => {
          jobs.insert({ id: jobId, kind: 'past', request, total: null, startedAt: wallTime(clock), file: null });
          recordAct(actor, 'endpoints.sendPast', endpoint.id, { job: jobId, ...filter });
        });
        const row = jobs.get(jobId);
        if (row) goOn(run(row));
        return view(jobId);
      },

      async 'events.send'({ id, endpointId, confirmed }, actor) {
        const endpoint = findTaking(endpointId);
        const name = endpointName(endpoint);
        const event = past.eventById(id);
        if (!event) throw new RelayError('not_found', sentence('problem.event_gone'), { detail: id });
        const seq = await commit.transact(() => {
          refuseGone(goneOf(event.seq));
          const present = past.ofEvent(event.seq, endpoint.no);
          if (present?.state === 'waiting') throw new RelayError('conflict', sentence('problem.send_waits', { name }));
          if (!confirmed && present?.state === 'delivered') {
            throw new RelayError('not_confirmed', sentence('problem.send_again', { name }));
          }
          const { seq: eventSeq, orderKey } = event;
          const newer =
            orderKey !== null && deliveries.hasLaterDelivered({ orderKey, eventSeq, endpointNo: endpoint.no });
          if (!confirmed && newer) throw new RelayError('not_confirmed', sentence('problem.send_overtaken', { name }));
          const made = send(event, endpoint.no, true);
          recordAct(actor, 'events.send', id, { endpoint: endpointId });
          return made ?? present?.seq ?? 0;
        });
        touch(endpoint.no);
        const delivery = past.get(seq);
        if (!delivery) throw new RelayError('not_found', sentence('problem.delivery_gone'));
        return rowOf(delivery.id);
      },
    },
    control: {
      pause: (id) => setState(id, 'paused', (job) => takeBack(job, false)),
      resume: (id) => setState(id, 'running', takeUpAgain),
      async cancel(id) {
        const job = runs.get(id);
        if (job) await finish(job, 'cancelled', () => takeBack(job, true));
      },
    },
    start() {
      for (const row of jobs.open('past')) {
        goOn(run(row));
      }
    },
    stop() {
      stopped = true;
      for (const job of runs.values()) job.cancelTimer?.();
    },
  };
}
