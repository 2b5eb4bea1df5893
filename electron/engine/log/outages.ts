/** Today's outages as they are told afterwards: since when, until when, how many events waited, and when all were out. */
import type { EndpointId, UtcMs } from '../../../shared/domain.ts';
import type { Outage } from '../../../shared/schemas.ts';
import type { ReadHandle } from '../store/connection.ts';
import { statusDigits } from '../store/deliveries.ts';
import { endpointName } from './delivery-rows.ts';

/** So many are told of; more in one day are one story that nobody reads. */
const mostOutages = 50;
const mostRead = 20_000;

export const outageStatements = {
  today: `SELECT o.kind, o.endpoint_no AS endpointNo, p.id AS endpointId, p.description, p.host, o.since, o.until, o.events,
      o.from_seq AS fromSeq, o.to_seq AS toSeq, o.out_by AS outBy
    FROM outages o LEFT JOIN endpoints p ON p.no = o.endpoint_no
    WHERE o.seq > (SELECT COALESCE(MAX(seq), 0) FROM outages) - ${mostOutages} AND (o.until IS NULL OR o.until >= ?)
    ORDER BY o.seq DESC`,
  left: `SELECT DISTINCT event_seq FROM deliveries INDEXED BY deliveries_by_state
    WHERE endpoint_no = ? AND state = ? AND status_class = ? AND seq BETWEEN ? AND ? LIMIT ${mostRead}`,
} as const;

interface OutageRow {
  readonly kind: Outage['kind'];
  readonly endpointNo: number | null;
  readonly endpointId: EndpointId | null;
  readonly description: string | null;
  readonly host: string | null;
  readonly since: UtcMs;
  readonly until: UtcMs | null;
  readonly events: number;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly outBy: UtcMs | null;
}

export function createOutages(reader: ReadHandle) {
  const today = reader.prepare<[number], OutageRow>(outageStatements.today);
  const left = reader.prepare<[number, string, number, number, number], number>(outageStatements.left).pluck();

  /**
   * @param away the endpoints that the internet leads to
   * @param waitingNow how many events wait for those now
   */
  return (dayMs: number, away: readonly number[], waitingNow: number): Outage[] =>
    today.all(dayMs).map((row) => {
      const { kind, endpointId, since, until, outBy } = row;
      const name = row.host === null ? null : endpointName({ description: row.description ?? '', host: row.host });
      const about = { kind, endpointId, name, since, until, outBy };
      if (until === null) return { ...about, events: waitingNow, left: waitingNow };
      const { events, endpointNo } = row;
      return { ...about, events, left: outBy === null ? leftOf(row, endpointNo === null ? away : [endpointNo]) : 0 };
    });

  function leftOf({ fromSeq, toSeq }: OutageRow, endpoints: readonly number[]): number {
    const found = new Set<number>();
    for (const no of endpoints) {
      for (const state of ['waiting', 'needs_attention']) {
        for (const digit of statusDigits) {
          for (const seq of left.all(no, state, digit, fromSeq, toSeq)) found.add(seq);
        }
      }
    }
    return found.size;
  }
}
