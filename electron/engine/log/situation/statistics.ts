/** What the counters by the hour tell: of an endpoint's attempts, of the last day, of a source's usual day. */
import type { CallOutput, ParsedInput } from '../../../../shared/api.ts';
import type { Present } from '../../reader/present.ts';
import type { ReadHandle } from '../../store/connection.ts';
import { hourMs, hourOf, hourStart, type Latencies, latencyPercentile } from '../../store/hours.ts';

const hoursOfADay = 24;

interface HourRow {
  readonly hour: number;
  readonly delivered: number;
  readonly failed: number;
}

export const statisticsStatements = {
  ofEndpoint: `SELECT hour, delivered, failed, latencies FROM attempt_hours WHERE hour >= ? AND endpoint_no = ?`,
  ofAll: `SELECT hour, SUM(delivered) AS delivered, SUM(failed) AS failed FROM attempt_hours WHERE hour >= ?
    GROUP BY hour`,
  endpointNo: 'SELECT no FROM endpoints WHERE id = ?',
} as const;

export type Hours = CallOutput<'situation.get'>['hours'];

export interface Statistics {
  /** Of the last 24 hours, the present one included. */
  ofEndpoint(
    input: ParsedInput<'endpoints.statistics'>,
    present: Pick<Present, 'wallMs'>,
  ): CallOutput<'endpoints.statistics'>;
  ofAll(wallMs: number): Hours;
}

export function createStatistics(reader: ReadHandle): Statistics {
  const ofEndpoint = reader.prepare<[number, number], HourRow & { readonly latencies: string }>(
    statisticsStatements.ofEndpoint,
  );
  const ofAll = reader.prepare<[number], HourRow>(statisticsStatements.ofAll);
  const endpointNo = reader.prepare<[string], number>(statisticsStatements.endpointNo).pluck();
  return {
    ofEndpoint({ id }, { wallMs }) {
      const first = hourOf(wallMs) - hoursOfADay + 1;
      const rows = ofEndpoint.all(first, endpointNo.get(id) ?? 0);
      const latencies = rows.map((row) => JSON.parse(row.latencies) as Latencies);
      return {
        p50Ms: latencyPercentile(latencies, 0.5),
        p95Ms: latencyPercentile(latencies, 0.95),
        delivered: sum(rows, 'delivered'),
        failed: sum(rows, 'failed'),
        hours: everyHour(rows, first),
      };
    },
    ofAll(wallMs) {
      const first = hourOf(wallMs) - hoursOfADay + 1;
      return everyHour(ofAll.all(first), first);
    },
  };
}

/** With the hours in which nothing happened, so that a chart shows them. */
function everyHour(rows: readonly HourRow[], first: number): Hours {
  return Array.from({ length: hoursOfADay }, (_, index) => {
    const row = rows.find(({ hour }) => hour === first + index);
    return {
      at: hourStart(first + index) as Hours[number]['at'],
      delivered: row?.delivered ?? 0,
      failed: row?.failed ?? 0,
    };
  });
}

const sum = (rows: readonly HourRow[], member: 'delivered' | 'failed'): number =>
  rows.reduce((total, row) => total + row[member], 0);

/**
 * Events in a stretch of time from counters by the hour; an hour that the stretch cuts counts for its share.
 *
 * @param counts events by hour
 */
export function eventsBetween(counts: ReadonlyMap<number, number>, fromMs: number, toMs: number): number {
  let total = 0;
  for (let hour = hourOf(fromMs); hourStart(hour) < toMs; hour += 1) {
    const share = (Math.min(toMs, hourStart(hour + 1)) - Math.max(fromMs, hourStart(hour))) / hourMs;
    total += (counts.get(hour) ?? 0) * share;
  }
  return total;
}
