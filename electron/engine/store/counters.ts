/** The hourly counters, kept on write: call each inside the transaction of what it counts. */
import type { WriteHandle } from './connection.ts';
import { addLatency, hourOf, type Latencies } from './hours.ts';

export interface Counters {
  /** Events with these store numbers came from a source (null: the engine's own) at `atMs`. */
  events(atMs: number, sourceNo: number | null, firstSeq: number, lastSeq: number, events: number): void;
  /** Deliveries with these store numbers were made at `atMs`. */
  deliveries(atMs: number, firstSeq: number, lastSeq: number): void;
  /** An attempt ended at `atMs`: delivered within so many milliseconds, or a failure that counts (null). */
  attempt(atMs: number, endpointNo: number, deliveredInMs: number | null): void;
}

export function createCounters(writer: WriteHandle): Counters {
  const countEvents = writer.prepare(`
    INSERT INTO event_hours (hour, source_no, events, first_seq, last_seq) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (hour, source_no) DO UPDATE SET
      events = events + excluded.events,
      first_seq = min(first_seq, excluded.first_seq), last_seq = max(last_seq, excluded.last_seq)`);
  const countDeliveries = writer.prepare(`
    INSERT INTO delivery_hours (hour, first_seq, last_seq) VALUES (?, ?, ?)
    ON CONFLICT (hour) DO UPDATE SET
      first_seq = min(first_seq, excluded.first_seq), last_seq = max(last_seq, excluded.last_seq)`);
  const latencies = writer
    .prepare<[number, number], string>('SELECT latencies FROM attempt_hours WHERE hour = ? AND endpoint_no = ?')
    .pluck();
  const countAttempt = writer.prepare(`
    INSERT INTO attempt_hours (hour, endpoint_no, delivered, failed, latencies) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (hour, endpoint_no) DO UPDATE SET
      delivered = delivered + excluded.delivered, failed = failed + excluded.failed, latencies = excluded.latencies`);
  return {
    events: (atMs, sourceNo, firstSeq, lastSeq, events) =>
      void countEvents.run(hourOf(atMs), sourceNo ?? 0, events, firstSeq, lastSeq),
    deliveries: (atMs, firstSeq, lastSeq) => void countDeliveries.run(hourOf(atMs), firstSeq, lastSeq),
    attempt(atMs, endpointNo, deliveredInMs) {
      const hour = hourOf(atMs);
      const before = JSON.parse(latencies.get(hour, endpointNo) ?? '{}') as Latencies;
      const after = deliveredInMs === null ? before : addLatency(before, deliveredInMs);
      const delivered = deliveredInMs === null ? 0 : 1;
      countAttempt.run(hour, endpointNo, delivered, 1 - delivered, JSON.stringify(after));
    },
  };
}
