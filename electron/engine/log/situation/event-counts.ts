/**
 * Events as a manager counts them: what became of each that came today, and how many wait or need a person in all.
 *
 * What is settled is not read: the events that are not yet with everybody are found by the states of their
 * deliveries (deliveries_open), and all others of the day have been delivered. What Roost Relay says of itself is no event
 * of the property's: it is told by the hours in which such came.
 */
import type { ReadHandle } from '../../store/connection.ts';
import { noticesNo } from '../../store/counters.ts';
import { hourOf, hourStart } from '../../store/hours.ts';

const these = '+endpoint_no IN (SELECT value FROM json_each(?))';

export const eventCountStatements = {
  // deliveries_open alone, in its order: each event once.
  waiting: `SELECT COUNT(*) FROM (SELECT 1 FROM deliveries INDEXED BY deliveries_open
    WHERE state = 'waiting' AND ${these} GROUP BY event_seq)`,
  needsAttention: `SELECT COUNT(*) FROM (SELECT 1 FROM deliveries INDEXED BY deliveries_open
    WHERE state = 'needs_attention' AND ${these} GROUP BY event_seq)`,
  waitingSince: `SELECT event_seq FROM deliveries INDEXED BY deliveries_open
    WHERE state = 'waiting' AND event_seq >= ? AND ${these} GROUP BY event_seq`,
  needsAttentionSince: `SELECT event_seq FROM deliveries INDEXED BY deliveries_open
    WHERE state = 'needs_attention' AND event_seq >= ? AND ${these} GROUP BY event_seq`,
  cancelledSince: `SELECT event_seq AS eventSeq, reason FROM deliveries INDEXED BY deliveries_open
    WHERE state = 'cancelled' AND event_seq >= ?`,
  elsewhere: `SELECT 1 FROM deliveries INDEXED BY deliveries_by_event WHERE event_seq = ?
    AND NOT (state = 'cancelled' AND reason IS 'past_stopped') LIMIT 1`,
  unwanted: 'SELECT COUNT(*) FROM events INDEXED BY events_unwanted WHERE unwanted = 1 AND seq >= ?',
  firstEventOfHour: 'SELECT MIN(first_seq) AS first, MAX(last_seq) AS last FROM event_hours WHERE hour = ?',
  firstEventSince: 'SELECT MIN(first_seq) FROM event_hours WHERE hour >= ?',
  notices: `SELECT first_seq AS first, last_seq AS last FROM event_hours WHERE hour >= ? AND source_no = ${noticesNo}`,
  isNotice: "SELECT type GLOB 'relay.*' FROM events WHERE seq = ?",
  unwantedNotices: `SELECT COUNT(*) FROM events INDEXED BY events_unwanted
    WHERE unwanted = 1 AND seq BETWEEN ? AND ? AND type GLOB 'relay.*'`,
  firstOfPart: 'SELECT seq FROM events WHERE seq BETWEEN ? AND ? AND received_at >= ? ORDER BY seq LIMIT 1',
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
  const eventsOf = (sql: string) => reader.prepare<[number, string], number>(sql).pluck();
  const countOf = (sql: string) => reader.prepare<[string], number>(sql).pluck();
  const waitingCount = countOf(eventCountStatements.waiting);
  const attentionCount = countOf(eventCountStatements.needsAttention);
  const waitingSince = eventsOf(eventCountStatements.waitingSince);
  const attentionSince = eventsOf(eventCountStatements.needsAttentionSince);
  const cancelledSince = reader.prepare<[number], { eventSeq: number; reason: string | null }>(
    eventCountStatements.cancelledSince,
  );
  const elsewhere = reader.prepare<[number], number>(eventCountStatements.elsewhere).pluck();
  const number = (sql: string) => reader.prepare<number[], number | null>(sql).pluck();
  const unwanted = number(eventCountStatements.unwanted);
  const hourRange = reader.prepare<[number], { first: number | null; last: number | null }>(
    eventCountStatements.firstEventOfHour,
  );
  const firstEventSince = number(eventCountStatements.firstEventSince);
  const notices = reader.prepare<[number], { first: number; last: number }>(eventCountStatements.notices);
  const isNotice = number(eventCountStatements.isNotice);
  const unwantedNotices = number(eventCountStatements.unwantedNotices);
  const firstOfPart = number(eventCountStatements.firstOfPart);

  /** The first event of the day; null where none has come. A day may begin within an hour of UTC. */
  function firstEventOf(dayMs: number): number | null {
    const hour = hourOf(dayMs);
    const whole = firstEventSince.get(Math.ceil(dayMs / 3_600_000)) ?? null;
    if (hourStart(hour) === dayMs) return whole;
    const { first, last } = hourRange.get(hour) ?? { first: null, last: null };
    const part = first === null || last === null ? null : (firstOfPart.get(first, last, dayMs) ?? null);
    return part ?? whole;
  }

  /** Events of all days, each once: those of a single endpoint are counted already. */
  function distinct(some: readonly Counted[], ofOne: (one: Counted) => number, count: typeof waitingCount): number {
    const [first, ...others] = some.filter((one) => ofOne(one) > 0);
    if (!first) return 0;
    return others.length === 0 ? ofOne(first) : (count.get(numbers([first, ...others])) ?? 0);
  }

  return (all: readonly Counted[], dayMs: number, taken: number): EventCounts => {
    const present = all.filter((one) => one.switch !== 'removed');
    const on = all.filter((one) => one.switch === 'on');
    return {
      waitingEvents: {
        events: distinct(on, ({ waiting }) => waiting, waitingCount),
        endpoints: on.filter(({ waiting }) => waiting > 0).length,
      },
      attentionEvents: distinct(present, ({ needsAttention }) => needsAttention, attentionCount),
      today: { since: dayMs, taken, ...today(all, dayMs, taken) },
    };
  };

  function today(all: readonly Counted[], dayMs: number, taken: number): Omit<EventCounts['today'], 'since' | 'taken'> {
    const first = firstEventOf(dayMs);
    const ours = notices
      .all(hourOf(dayMs))
      .map(({ first: from, last }) => ({ from: Math.max(from, first ?? from), last }));
    const isOurs = (seq: number) =>
      ours.some(({ from, last }) => seq >= from && seq <= last) && isNotice.get(seq) === 1;
    const unaskedOurs = ours.reduce((sum, { from, last }) => sum + (unwantedNotices.get(from, last) ?? 0), 0);
    const unasked = first === null ? 0 : (unwanted.get(first) ?? 0) - unaskedOurs;
    const none = { needsAttention: 0, waiting: 0, bench: 0, skipped: 0 };
    if (first === null) return { ...none, toNobody: unasked, delivered: Math.max(0, taken - unasked) };
    const counted = new Set<number>();
    /** Each event counts where it is found first. */
    const take = (found: readonly number[]): number => {
      const before = counted.size;
      for (const seq of found) if (!isOurs(seq)) counted.add(seq);
      return counted.size - before;
    };
    const present = numbers(all.filter((one) => one.switch !== 'removed'));
    const removed = numbers(all.filter((one) => one.switch === 'removed'));
    const needsAttention = take(attentionSince.all(first, present));
    const waiting = take(waitingSince.all(first, present));
    const found = cancelledSince.all(first);
    // Sending events from before that was held up or stopped leaves each of them as it was.
    const cancelled = found.filter(({ reason }) => reason !== 'past_stopped');
    const untouched = found.filter(({ reason }) => reason === 'past_stopped').map(({ eventSeq }) => eventSeq);
    const bench = take(cancelled.filter(({ reason }) => reason === 'bench').map(({ eventSeq }) => eventSeq));
    // What a removed endpoint has left is nobody's turn any more, and is delivered to nobody.
    const skipped =
      take(cancelled.map(({ eventSeq }) => eventSeq)) +
      take(attentionSince.all(first, removed)) +
      take(waitingSince.all(first, removed));
    const toNobody = unasked + take(untouched.filter((eventSeq) => elsewhere.get(eventSeq) === undefined));
    const delivered = Math.max(0, taken - unasked - counted.size);
    return { needsAttention, waiting, bench, skipped, toNobody, delivered };
  }
}

const numbers = (some: readonly Counted[]): string => JSON.stringify(some.map(({ no }) => no));
