/**
 * Today's outages as they are told afterwards: since when, until when, how many events were kept, and when all of
 * them were out. What an outage kept are the deliveries that were made in it or waited for it, by their `seq`.
 */
import { type EndpointId, type UtcMs, utcMs } from '../../../../shared/domain.ts';
import { endpointName } from '../../../../shared/endpoint-face.ts';
import type { Outage } from '../../../../shared/schemas.ts';
import type { ReadHandle } from '../../store/connection.ts';

/** So many are told of; more in one day are a story that nobody reads. */
const mostOutages = 50;
const mostRead = 20_000;

const left = (state: string) => `SELECT event_seq FROM deliveries INDEXED BY deliveries_open
    WHERE state = '${state}' AND seq BETWEEN ? AND ? AND +endpoint_no IN (SELECT value FROM json_each(?))
    GROUP BY event_seq LIMIT ${mostRead}`;

export const outageStatements = {
  // The latest few rows by the primary key.
  today: `SELECT o.seq, o.kind, o.endpoint_no AS endpointNo, p.id AS endpointId, p.description, p.host, o.since, o.until,
      o.from_seq AS fromSeq, o.to_seq AS toSeq
    FROM outages o LEFT JOIN endpoints p ON p.no = o.endpoint_no
    WHERE o.seq > (SELECT COALESCE(MAX(seq), 0) FROM outages) - ${mostOutages} AND (o.until IS NULL OR o.until >= ?)
    ORDER BY o.seq DESC`,
  // deliveries_open alone
  waiting: left('waiting'),
  needsAttention: left('needs_attention'),
  // By the primary key: read once for an outage that is over.
  kept: `SELECT event_seq AS eventSeq, endpoint_no AS endpointNo, state, ended_at AS endedAt
    FROM deliveries WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ${mostRead}`,
} as const;

interface OutageRow {
  readonly seq: number;
  readonly kind: Outage['kind'];
  readonly endpointNo: number | null;
  readonly endpointId: EndpointId | null;
  readonly description: string | null;
  readonly host: string | null;
  readonly since: UtcMs;
  readonly until: UtcMs | null;
  readonly fromSeq: number;
  readonly toSeq: number | null;
}

interface KeptRow {
  readonly eventSeq: number;
  readonly endpointNo: number;
  readonly state: string;
  readonly endedAt: UtcMs | null;
}

type Ending = Pick<Outage, 'events' | 'outBy'>;

/** Not one that was out before the outage began, behind one that waits since earlier; nor one that nobody gets any more. */
const wasKept = ({ state, endedAt }: KeptRow, since: UtcMs): boolean =>
  state === 'delivered' ? endedAt === null || endedAt >= since : state !== 'cancelled';

export function createOutages(reader: ReadHandle) {
  const today = reader.prepare<[number], OutageRow>(outageStatements.today);
  const open = [outageStatements.waiting, outageStatements.needsAttention].map((sql) =>
    reader.prepare<[number, number, string], number>(sql).pluck(),
  );
  const kept = reader.prepare<[number, number], KeptRow>(outageStatements.kept);
  /** How many events each that is over had kept, and when they were out once none was left. */
  const endings = new Map<number, Ending>();

  /** @param away the endpoints that the internet leads to */
  return (dayMs: number, away: readonly number[]): Outage[] =>
    today.all(dayMs).map((row) => {
      const { kind, endpointId, since, until } = row;
      const name = row.host === null ? null : endpointName({ description: row.description ?? '', host: row.host });
      const endpoints = row.endpointNo === null ? away : [row.endpointNo];
      const remaining = (endings.get(row.seq)?.outBy ?? null) === null ? leftOf(row, endpoints) : 0;
      const about = { kind, endpointId, name, since, until, left: remaining };
      if (until === null) return { ...about, events: remaining, outBy: null };
      return { ...about, ...endingOf(row, endpoints, remaining) };
    });

  function leftOf({ fromSeq, toSeq }: OutageRow, endpoints: readonly number[]): number {
    const to = toSeq ?? Number.MAX_SAFE_INTEGER;
    return new Set(open.flatMap((each) => each.all(fromSeq, to, JSON.stringify(endpoints)))).size;
  }

  function endingOf(row: OutageRow, endpoints: readonly number[], remaining: number): Ending {
    const known = endings.get(row.seq);
    if (known && (known.outBy !== null || remaining > 0)) return known;
    // A clock that was ahead until its end was set back then: what came out since has an earlier time than its beginning.
    const began = utcMs(Math.min(row.since, row.until ?? row.since));
    const rows = kept
      .all(row.fromSeq, row.toSeq ?? row.fromSeq - 1)
      .filter((one) => endpoints.includes(one.endpointNo) && wasKept(one, began));
    const out = rows.flatMap(({ state, endedAt }) => (state === 'delivered' && endedAt !== null ? [endedAt] : []));
    const ending: Ending = {
      events: new Set(rows.map(({ eventSeq }) => eventSeq)).size,
      outBy: remaining > 0 || out.length === 0 ? null : utcMs(Math.max(...out)),
    };
    endings.set(row.seq, ending);
    return ending;
  }
}
