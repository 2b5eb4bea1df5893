/** Counters by the hour, kept on write: sums of one transaction are written down once, at its end. */
import { isNoticeType } from '../../../shared/notices.ts';
import type { WriteHandle } from './connection.ts';
import type { CommitParticipant } from './group-commit.ts';
import { addLatency, hourOf, type Latencies } from './hours.ts';

/** Sums of what came in: events by source, and which deliveries were made in an hour. */
export interface HourTally extends CommitParticipant {
  /** @param countedNo as {@link countedAs} says */
  add(at: number, countedNo: number, seq: number, deliveries: readonly { readonly seq: number }[]): void;
  write(): void;
}

/** `source_no` of events that came from no source. */
const noSource = 0;
/** What Roost Relay says of itself: found by its hour as any event, and no event of the property's. */
export const noticesNo = -1;

/** Where an event counts in `event_hours`. */
export const countedAs = (sourceNo: number | null, type: string): number =>
  isNoticeType(type) ? noticesNo : (sourceNo ?? noSource);

export function createHourTally(writer: WriteHandle): HourTally {
  // Both by their primary keys.
  const addEvents = writer.prepare(
    `INSERT INTO event_hours (hour, source_no, events, first_seq, last_seq) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (hour, source_no) DO UPDATE SET events = events + excluded.events,
       first_seq = MIN(first_seq, excluded.first_seq), last_seq = MAX(last_seq, excluded.last_seq)`,
  );
  const addDeliveries = writer.prepare(
    `INSERT INTO delivery_hours (hour, first_seq, last_seq) VALUES (?, ?, ?)
     ON CONFLICT (hour) DO UPDATE SET first_seq = MIN(first_seq, excluded.first_seq),
       last_seq = MAX(last_seq, excluded.last_seq)`,
  );
  let events = new Map<number, Map<number, { count: number; readonly first: number; last: number }>>();
  let deliveries = new Map<number, { first: number; last: number }>();

  return {
    add(at, countedNo, seq, made) {
      const hour = hourOf(at);
      let sources = events.get(hour);
      if (!sources) {
        sources = new Map();
        events.set(hour, sources);
      }
      const sum = sources.get(countedNo);
      if (sum) {
        sum.count += 1;
        sum.last = seq;
      } else {
        sources.set(countedNo, { count: 1, first: seq, last: seq });
      }
      const first = made[0]?.seq;
      const last = made.at(-1)?.seq;
      if (first === undefined || last === undefined) return;
      const range = deliveries.get(hour);
      if (!range) deliveries.set(hour, { first, last });
      else if (last > range.last) range.last = last;
    },
    write() {
      if (events.size === 0) return;
      const [eventsNow, deliveriesNow] = [events, deliveries];
      events = new Map();
      deliveries = new Map();
      for (const [hour, sources] of eventsNow) {
        for (const [sourceNo, { count, first, last }] of sources) addEvents.run(hour, sourceNo, count, first, last);
      }
      for (const [hour, { first, last }] of deliveriesNow) addDeliveries.run(hour, first, last);
    },
    undone() {
      events = new Map();
      deliveries = new Map();
    },
  };
}

/** Sums of attempts that follow the schedule or a person's resend: how many got through, and how fast. */
export interface AttemptTally extends CommitParticipant {
  add(at: number, endpointNo: number, delivered: boolean, durationMs: number): void;
}

interface AttemptSums {
  readonly hour: number;
  readonly endpointNo: number;
  delivered: number;
  failed: number;
  readonly durationsMs: number[];
}

export function createAttemptTally(writer: WriteHandle): AttemptTally {
  // Both by the primary key.
  const before = writer.prepare<[number, number], { latencies: string }>(
    'SELECT latencies FROM attempt_hours WHERE hour = ? AND endpoint_no = ?',
  );
  const put = writer.prepare(
    `INSERT INTO attempt_hours (hour, endpoint_no, delivered, failed, latencies) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (hour, endpoint_no) DO UPDATE SET delivered = delivered + excluded.delivered,
       failed = failed + excluded.failed, latencies = excluded.latencies`,
  );
  let sums = new Map<string, AttemptSums>();

  return {
    add(at, endpointNo, delivered, durationMs) {
      const hour = hourOf(at);
      const key = `${hour}/${endpointNo}`;
      let sum = sums.get(key);
      if (!sum) {
        sum = { hour, endpointNo, delivered: 0, failed: 0, durationsMs: [] };
        sums.set(key, sum);
      }
      if (delivered) {
        sum.delivered += 1;
        sum.durationsMs.push(durationMs);
      } else {
        sum.failed += 1;
      }
    },
    write() {
      if (sums.size === 0) return;
      const now = sums;
      sums = new Map();
      for (const { hour, endpointNo, delivered, failed, durationsMs } of now.values()) {
        const kept = before.get(hour, endpointNo);
        let latencies = (kept ? JSON.parse(kept.latencies) : {}) as Latencies;
        for (const durationMs of durationsMs) latencies = addLatency(latencies, durationMs);
        put.run(hour, endpointNo, delivered, failed, JSON.stringify(latencies));
      }
    },
    undone() {
      sums = new Map();
    },
  };
}
