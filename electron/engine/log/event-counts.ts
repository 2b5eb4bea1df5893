/**
 * Events as a manager counts them: what became of each that came today, and how many wait or need a person in all.
 *
 * What is settled is not read: the events that are not yet with everybody are found by the states of their
 * deliveries (deliveries_by_state), and all others of the day have been delivered.
 */
import type { ReadHandle } from '../store/connection.ts';
import { statusDigits } from '../store/deliveries.ts';
import { hourOf, hourStart } from '../store/hours.ts';

/** So many deliveries of one endpoint and state are looked at; beyond, one endpoint's number stands for all. */
const mostRead = 20_000;

export const eventCountStatements = {
  events: `SELECT event_seq FROM deliveries INDEXED BY deliveries_by_state
    WHERE endpoint_no = ? AND state = ? AND status_class = ? AND seq >= ? ORDER BY seq LIMIT ${mostRead}`,
  cancelled: `SELECT event_seq AS eventSeq, reason FROM deliveries INDEXED BY deliveries_by_state
    WHERE endpoint_no = ? AND state = 'cancelled' AND status_class = ? AND seq >= ? ORDER BY seq LIMIT ${mostRead}`,
  unwanted: 'SELECT COUNT(*) FROM events INDEXED BY events_unwanted WHERE unwanted = 1 AND seq >= ?',
  firstEventOfHour: 'SELECT MIN(first_seq) AS first, MAX(last_seq) AS last FROM event_hours WHERE hour = ?',
  firstEventSince: 'SELECT MIN(first_seq) FROM event_hours WHERE hour >= ?',
  firstOfPart: 'SELECT seq FROM events WHERE seq BETWEEN ? AND ? AND received_at >= ? ORDER BY seq LIMIT 1',
  firstDeliverySince: 'SELECT MIN(first_seq) FROM delivery_hours WHERE hour >= ?',
} as const;

export interface EventCounts {
  readonly waitingEvents: { readonly events: number; readonly endpoints: number };
  readonly attentionEvents: number;
  readonly today: {
    readonly since: number;
    readonly taken: number;
    readonly needsAttention: number;
    readonly waiting: number;
    readonly bench: number;
    readonly skipped: number;
    readonly toNobody: number;
    readonly delivered: number;
  };
}

/** An endpoint as far as its deliveries are counted. */
interface Counted {
  readonly no: number;
  readonly switch: string;
  readonly waiting: number;
  readonly needsAttention: number;
}

export function createEventCounts(reader: ReadHandle) {
  const events = reader.prepare<[number, string, number, number], number>(eventCountStatements.events).pluck();
  const cancelled = reader.prepare<[number, number, number], { eventSeq: number; reason: string | null }>(
    eventCountStatements.cancelled,
  );
  const number = (sql: string) => reader.prepare<number[], number | null>(sql).pluck();
  const unwanted = number(eventCountStatements.unwanted);
  const hourRange = reader.prepare<[number], { first: number | null; last: number | null }>(
    eventCountStatements.firstEventOfHour,
  );
  const firstEventSince = number(eventCountStatements.firstEventSince);
  const firstOfPart = number(eventCountStatements.firstOfPart);
  const firstDeliverySince = number(eventCountStatements.firstDeliverySince);

  /** The first event of the day; null where none has come. A day may begin within an hour of UTC. */
  function firstEventOf(dayMs: number): number | null {
    const hour = hourOf(dayMs);
    const whole = firstEventSince.get(Math.ceil(dayMs / 3_600_000)) ?? null;
    if (hourStart(hour) === dayMs) return whole;
    const { first, last } = hourRange.get(hour) ?? { first: null, last: null };
    const part = first === null || last === null ? null : (firstOfPart.get(first, last, dayMs) ?? null);
    return part ?? whole;
  }

  /** Events with a delivery in this state, each once. */
  function distinct(endpoints: readonly number[], state: string, fromSeq: number): Set<number> {
    const found = new Set<number>();
    for (const no of endpoints) {
      for (const digit of statusDigits) for (const seq of events.all(no, state, digit, fromSeq)) found.add(seq);
    }
    return found;
  }

  /** How many events a state has over all days: one endpoint's are counted already, several share events. */
  function distinctEvents(all: readonly Counted[], state: string, countOf: (one: Counted) => number): number {
    const some = all.filter((one) => countOf(one) > 0);
    const most = Math.max(0, ...some.map(countOf));
    if (some.length < 2 || most > mostRead) return most;
    return distinct(
      some.map(({ no }) => no),
      state,
      0,
    ).size;
  }

  return (all: readonly Counted[], dayMs: number, taken: number): EventCounts => {
    const present = all.filter((one) => one.switch !== 'removed');
    const on = all.filter((one) => one.switch === 'on');
    return {
      waitingEvents: {
        events: distinctEvents(on, 'waiting', ({ waiting }) => waiting),
        endpoints: on.filter(({ waiting }) => waiting > 0).length,
      },
      attentionEvents: distinctEvents(present, 'needs_attention', ({ needsAttention }) => needsAttention),
      today: { since: dayMs, taken, ...today(all, dayMs, taken) },
    };
  };

  function today(all: readonly Counted[], dayMs: number, taken: number): Omit<EventCounts['today'], 'since' | 'taken'> {
    const first = firstEventOf(dayMs);
    const fromSeq = firstDeliverySince.get(hourOf(dayMs)) ?? null;
    const toNobody = first === null ? 0 : (unwanted.get(first) ?? 0);
    const none = { needsAttention: 0, waiting: 0, bench: 0, skipped: 0 };
    if (first === null || fromSeq === null) return { ...none, toNobody, delivered: Math.max(0, taken - toNobody) };
    const counted = new Set<number>();
    /** Each event counts where it is found first. */
    const take = (found: Iterable<number>): number => {
      const before = counted.size;
      for (const seq of found) if (seq >= first) counted.add(seq);
      return counted.size - before;
    };
    const nos = (which: (one: Counted) => boolean) => all.filter(which).map(({ no }) => no);
    const needsAttention = take(
      distinct(
        nos((one) => one.switch !== 'removed' && one.needsAttention > 0),
        'needs_attention',
        fromSeq,
      ),
    );
    const waiting = take(
      distinct(
        nos((one) => one.switch !== 'removed' && one.waiting > 0),
        'waiting',
        fromSeq,
      ),
    );
    const gone = all.flatMap(({ no }) => statusDigits.flatMap((digit) => cancelled.all(no, digit, fromSeq)));
    const bench = take(gone.filter(({ reason }) => reason === 'bench').map(({ eventSeq }) => eventSeq));
    // What a removed endpoint has left is nobody's turn any more, and is delivered to nobody.
    const left = nos((one) => one.switch === 'removed');
    const skipped =
      take(gone.map(({ eventSeq }) => eventSeq)) +
      take(distinct(left, 'needs_attention', fromSeq)) +
      take(distinct(left, 'waiting', fromSeq));
    const delivered = Math.max(0, taken - toNobody - counted.size);
    return { needsAttention, waiting, bench, skipped, toNobody, delivered };
  }
}
