/**
 * Which of the events that are still kept an endpoint has not had: looked through by their numbers, oldest first, in slices
 * of time. What is left out is counted by its reason, so that a person reads why.
 */
import type { EndpointRules } from '../../../shared/endpoint-kinds/rules.ts';
import type { EventType } from '../../../shared/events.ts';
import type { PastCount } from '../../../shared/schemas.ts';
import { compileRules } from '../shaping/rules.ts';
import type { ReadHandle } from '../store/connection.ts';
import { orderKeyOf } from '../store/events.ts';
import { hourOf } from '../store/hours.ts';
import type { PastRequest } from '../store/past-deliveries.ts';

export interface PastSlice {
  /** Events to be sent, oldest first. */
  readonly send: readonly number[];
  /** All up to this one have been looked at. */
  readonly reached: number;
  readonly done: boolean;
}

type LeftOut = keyof PastCount['left'];

interface Looked {
  readonly seq: number;
  readonly id: string;
  readonly type: EventType;
  readonly at: number;
  readonly propertyId: string;
  readonly entityMember: string | null;
  readonly entityId: string | null;
  readonly occurredAt: string;
  readonly gone: string | null;
  /** Endpoints that a person keeps it from: a JSON list of their `no`. */
  readonly keptFrom: string | null;
}

/** `event` is null where a stretch held none that was asked for. */
interface Step {
  readonly event: Looked | null;
  /** Why it is left out; null where it is to be sent. */
  readonly why: LeftOut | null;
  readonly reached: number;
}

const isKeptFrom = ({ keptFrom }: Looked, endpointNo: number): boolean =>
  keptFrom !== null && (JSON.parse(keptFrom) as number[]).includes(endpointNo);

const sliceMs = 15;
const chunkRows = 200;
const columns = `seq, id, type, received_at AS at, property_id AS propertyId, entity_member AS entityMember,
  entity_id AS entityId, occurred_at AS occurredAt, gone, kept_from AS keptFrom`;

export const pastStatements = {
  events: `SELECT ${columns} FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ${chunkRows}`,
  atBench: `SELECT MIN(event_seq) FROM deliveries INDEXED BY deliveries_at_bench
    WHERE endpoint_no = ? AND reason = 'bench'`,
  data: 'SELECT data FROM events WHERE seq = ?',
  byId: 'SELECT seq FROM events WHERE id = ?',
  bounds: 'SELECT MIN(first_seq) AS first, MAX(last_seq) AS last FROM event_hours WHERE hour BETWEEN ? AND ?',
  delivery: `SELECT state, reason FROM deliveries INDEXED BY deliveries_by_event
    WHERE event_seq = ? AND endpoint_no = ?`,
  newer: `SELECT 1 FROM events e INDEXED BY events_by_entity
    JOIN deliveries d INDEXED BY deliveries_by_event ON d.event_seq = e.seq
    WHERE e.entity_id = ? AND e.seq > ? AND d.endpoint_no = ? AND d.order_key = ?
      AND d.state IN ('delivered', 'waiting') LIMIT 1`,
} as const;

export function createPastEvents(reader: ReadHandle, nowMs: () => number = () => performance.now()) {
  const events = reader.prepare<[number, number], Looked>(pastStatements.events);
  const atBench = reader.prepare<[number], number | null>(pastStatements.atBench).pluck();
  const seqOf = reader.prepare<[string], number>(pastStatements.byId).pluck();
  const dataOf = reader.prepare<[number], string>(pastStatements.data).pluck();
  const bounds = reader.prepare<[number, number], { first: number | null; last: number | null }>(pastStatements.bounds);
  const delivery = reader.prepare<[number, number], { state: string; reason: string | null }>(pastStatements.delivery);
  const newer = reader.prepare<[string, number, number, string], number>(pastStatements.newer).pluck();

  /** Between which events those that are asked for lie: more than `after`, up to `to`. */
  function rangeOf({ endpointNo, fromMs, toMs, bench, eventIds, toSeq }: PastRequest) {
    let after = 0;
    let to = toSeq;
    if (fromMs !== null || toMs !== null) {
      const { first, last } = bounds.get(hourOf(fromMs ?? 0), hourOf(toMs ?? Number.MAX_SAFE_INTEGER)) ?? {};
      after = (first ?? to + 1) - 1;
      to = Math.min(to, last ?? 0);
    }
    if (bench) after = Math.max(after, (atBench.get(endpointNo) ?? to + 1) - 1);
    if (eventIds) {
      const seqs = eventIds.flatMap((id) => seqOf.get(id) ?? []);
      after = Math.max(after, Math.min(to + 1, ...seqs) - 1);
      to = Math.min(to, Math.max(0, ...seqs));
    }
    return { after, to };
  }

  const isAsked = (request: PastRequest, chosen: ReadonlySet<string> | null, { id, type, at }: Looked): boolean =>
    (chosen === null ? request.types.includes(type) : chosen.has(id)) &&
    (request.fromMs === null || at >= request.fromMs) &&
    (request.toMs === null || at < request.toMs);

  const compiled = new WeakMap<EndpointRules, ReturnType<typeof compileRules>>();

  function passesRules({ rules = null }: PastRequest, { seq, type, occurredAt, propertyId }: Looked): boolean {
    if (rules === null) return true;
    const passes = compiled.get(rules) ?? compileRules(rules);
    compiled.set(rules, passes);
    return passes({ event: type, timestamp: occurredAt, dataText: dataOf.get(seq) ?? '{}', propertyId });
  }

  /** Why it is left out; null where it is to be sent, `nothing` where it was not asked for at all. */
  function whyNot(request: PastRequest, event: Looked, to: number): LeftOut | 'nothing' | null {
    if (event.gone !== null) return 'gone';
    const { endpointNo, again, bench } = request;
    const present = delivery.get(event.seq, endpointNo);
    const byBench = present?.state === 'cancelled' && present.reason === 'bench';
    if (bench && !byBench) return 'nothing';
    if (present?.state === 'waiting') return 'waiting';
    if (!again && present?.state === 'delivered') return 'delivered';
    if (!again && present?.state === 'needs_attention') return 'needsAttention';
    if (!again && present?.state === 'cancelled' && !byBench && present.reason !== 'past_stopped') return 'skipped';
    if (request.eventIds === null && isKeptFrom(event, endpointNo)) return 'keptFrom';
    if (!passesRules(request, event)) return 'rules';
    const key = orderKeyOf(event.propertyId, event.entityMember, event.entityId);
    if (request.overtaken || key === null || event.entityId === null) return null;
    // What is newer and sent again as well, comes after it again.
    return newer.get(event.entityId, again ? to : event.seq, endpointNo, key) === undefined ? null : 'overtaken';
  }

  function* look(request: PastRequest, afterSeq: number): Generator<Step> {
    const chosen = request.eventIds === null ? null : new Set(request.eventIds);
    const { after, to } = rangeOf(request);
    for (let from = Math.max(after, afterSeq); from < to; ) {
      const chunk = events.all(from, to);
      for (const event of chunk) {
        if (!isAsked(request, chosen, event)) continue;
        const why = whyNot(request, event, to);
        if (why !== 'nothing') yield { event, why, reached: event.seq };
      }
      from = chunk.at(-1)?.seq ?? to;
      // So that the time is looked at where none of many was asked for.
      yield { event: null, why: null, reached: from };
      if (chunk.length < chunkRows) return;
    }
  }

  return {
    /** The next few to be sent, after `afterSeq`. */
    slice(request: PastRequest, afterSeq: number, limit: number): PastSlice {
      const until = nowMs() + sliceMs;
      const send: number[] = [];
      let reached = afterSeq;
      for (const step of look(request, afterSeq)) {
        if (send.length === limit) return { send, reached, done: false };
        reached = step.reached;
        if (step.event && step.why === null) send.push(step.event.seq);
        // After the step: each slice comes further, however slow the PC is.
        if (nowMs() > until) return { send, reached, done: false };
      }
      return { send, reached: request.toSeq, done: true };
    },

    /** @param pause lets others have their turn, after each slice of time */
    async count(request: PastRequest, pause: () => Promise<void>): Promise<PastCount> {
      const byType = new Map<EventType, number>();
      const left: PastCount['left'] = {
        delivered: 0,
        waiting: 0,
        needsAttention: 0,
        skipped: 0,
        overtaken: 0,
        keptFrom: 0,
        rules: 0,
        gone: 0,
      };
      let oldestAt: number | null = null;
      let newestAt: number | null = null;
      let total = 0;
      let until = nowMs() + sliceMs;
      for (const { event, why } of look(request, 0)) {
        if (event && why === null) {
          total += 1;
          byType.set(event.type, (byType.get(event.type) ?? 0) + 1);
          oldestAt ??= event.at;
          newestAt = event.at;
        } else if (why !== null) {
          left[why] += 1;
        }
        if (nowMs() < until) continue;
        await pause();
        until = nowMs() + sliceMs;
      }
      return {
        total,
        byType: [...byType].map(([event, count]) => ({ event, count })),
        oldestAt: oldestAt as PastCount['oldestAt'],
        newestAt: newestAt as PastCount['newestAt'],
        left,
      };
    },
  };
}
