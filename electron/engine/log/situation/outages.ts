/**
 * Outages as they are told: since when, until when, how many events waited and how many are still here, and when the last
 * of them went out. What one held up are the deliveries that were made in it or waited for it, by their `seq`. Once one is
 * over they are counted (`tallies`, kept in its row), so that its record outlives them.
 */
import type { CallOutput, ParsedInput } from '../../../../shared/api.ts';
import { type EndpointId, type UtcMs, utcMs } from '../../../../shared/domain.ts';
import { endpointName } from '../../../../shared/endpoint-face.ts';
import type { Outage } from '../../../../shared/schemas.ts';
import type { ReadHandle } from '../../store/connection.ts';
import { endpointsOf, type OutageTally, type ScopedEndpoint } from '../../store/outages.ts';
import { cursorOf, positionOf } from '../cursor.ts';

/** So many are told of; more in one day are a story that nobody reads. */
const mostOutages = 50;
const mostTallies = 20;
/** A property takes some hundred events a day. */
const mostRead = 1_000_000;
/** What went out so shortly before an outage was known to be over shows that it was. */
const noticedWithinMs = 2_000;

const columns = `o.seq, o.kind, o.endpoint_no AS endpointNo, p.id AS endpointId, p.description, p.host, o.since, o.until,
  o.from_seq AS fromSeq, o.to_seq AS toSeq, o.hosts, o.beside, o.events, o.deliveries, o.skipped,
  o.last_out_at AS lastOutAt, o.settled
  FROM outages o LEFT JOIN endpoints p ON p.no = o.endpoint_no`;
const inRange = 'seq BETWEEN :from AND :to AND +endpoint_no IN (SELECT value FROM json_each(:endpoints))';
/** Still here when it ended: waiting, or for a person since it began. */
const isLeft = `(state = 'waiting' OR (state = 'needs_attention' AND (ended_at IS NULL OR ended_at >= :since)))`;

export const outageStatements = {
  // The latest few rows by the primary key.
  today: `SELECT ${columns}
    WHERE o.seq > (SELECT COALESCE(MAX(seq), 0) FROM outages) - ${mostOutages} AND (o.until IS NULL OR o.until >= ?)
    ORDER BY o.seq DESC`,
  page: `SELECT ${columns} WHERE o.seq < ? ORDER BY o.seq DESC LIMIT ?`,
  newest: 'SELECT MAX(seq) FROM outages',
  // Endpoints of whom a person was told that they take nothing: written down as an outage once they are back.
  receivers: `SELECT p.no AS endpointNo, p.id AS endpointId, p.description, p.host,
    COALESCE(json_extract(p.trouble, '$.since'), p.failing_since) AS since
    FROM endpoints p WHERE p.switch = 'on' AND (p.health = 'failing' OR json_extract(p.trouble, '$.told') = 1)`,
  // deliveries_open
  firstWaiting: `SELECT MIN(seq) FROM deliveries INDEXED BY deliveries_open
    WHERE state = 'waiting' AND endpoint_no = ?`,
  // outages_unsettled
  unsettled: `SELECT ${columns} WHERE o.settled = 0 AND o.until IS NOT NULL ORDER BY o.seq DESC LIMIT ${mostTallies}`,
  endpoints: 'SELECT no, host, local, switch FROM endpoints',
  // deliveries_open alone
  waiting: `SELECT COUNT(*) FROM (SELECT 1 FROM deliveries INDEXED BY deliveries_open
    WHERE state = 'waiting' AND ${inRange} GROUP BY event_seq)`,
  // deliveries_open, then those that need a person by the primary key
  left: `SELECT COUNT(*) FROM (SELECT 1 FROM deliveries INDEXED BY deliveries_open
    WHERE state IN ('waiting', 'needs_attention') AND ${inRange} AND ${isLeft} GROUP BY event_seq)`,
  asking: `SELECT COUNT(*) FROM (SELECT 1 FROM deliveries INDEXED BY deliveries_open
    WHERE state IN ('waiting', 'needs_attention') AND ${inRange} AND ${isLeft}
      AND (state = 'needs_attention' OR endpoint_no IN (SELECT value FROM json_each(:paused))) GROUP BY event_seq)`,
  skipped: `SELECT COUNT(*) FROM (SELECT 1 FROM deliveries INDEXED BY deliveries_open
    WHERE state = 'cancelled' AND ${inRange} AND ended_at >= :until GROUP BY event_seq)`,
  // By the primary key: read until its numbers are kept.
  waited: `SELECT COUNT(*) AS events, COALESCE(SUM(deliveries), 0) AS deliveries FROM (
    SELECT COUNT(*) AS deliveries FROM deliveries WHERE ${inRange}
      AND (${isLeft} OR (state IN ('delivered', 'cancelled') AND (ended_at IS NULL OR ended_at >= :until)))
    GROUP BY event_seq LIMIT ${mostRead})`,
  lastOut: `SELECT MAX(ended_at) FROM (SELECT ended_at FROM deliveries
    WHERE ${inRange} AND state = 'delivered' AND ended_at >= :until LIMIT ${mostRead})`,
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
  readonly hosts: string | null;
  readonly beside: string | null;
  readonly events: number | null;
  readonly deliveries: number | null;
  readonly skipped: number | null;
  readonly lastOutAt: UtcMs | null;
  readonly settled: number;
}

interface ReceiverRow extends Pick<OutageRow, 'endpointId' | 'description' | 'host'> {
  readonly endpointNo: number;
  readonly since: UtcMs | null;
}

type Endpoints = readonly (ScopedEndpoint & { readonly switch: string })[];

/** What the statements about one outage's deliveries go by. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly since: number;
  readonly until: number;
  /** JSON: those of its endpoints. */
  readonly endpoints: string;
  readonly paused: string;
}

export function createOutages(reader: ReadHandle) {
  const today = reader.prepare<[number], OutageRow>(outageStatements.today);
  const page = reader.prepare<[number, number], OutageRow>(outageStatements.page);
  const newest = reader.prepare<[], number | null>(outageStatements.newest).pluck();
  const receivers = reader.prepare<[], ReceiverRow>(outageStatements.receivers);
  const firstWaiting = reader.prepare<[number], number | null>(outageStatements.firstWaiting).pluck();
  const unsettled = reader.prepare<[], OutageRow>(outageStatements.unsettled);
  const endpoints = reader.prepare<[], Endpoints[number]>(outageStatements.endpoints);
  const number = (sql: string) => reader.prepare<[Range], number | null>(sql).pluck();
  const waiting = number(outageStatements.waiting);
  const left = number(outageStatements.left);
  const asking = number(outageStatements.asking);
  const skipped = number(outageStatements.skipped);
  const lastOut = number(outageStatements.lastOut);
  const waited = reader.prepare<[Range], { events: number; deliveries: number }>(outageStatements.waited);

  function shown(row: OutageRow, all: Endpoints): Outage {
    const { kind, endpointId, since, until } = row;
    const name = row.host === null ? null : endpointName({ description: row.description ?? '', host: row.host });
    const hosts: string[] = kind === 'local_network' && row.hosts !== null ? JSON.parse(row.hosts) : [];
    const about = { kind, scope: scopeOf[kind], endpointId, name, hosts, since, until };
    if (until === null) return { ...about, ...present(rangeOf(row, all)) };
    const { events, deliveries, skipped: gone, lastOutAt, settled } = tallyOf(row, all);
    const rest = settled ? { left: 0, asking: 0 } : leftOf(rangeOf(row, all));
    return { ...about, events, deliveries, skipped: gone, ...rest, outBy: rest.left > 0 ? null : lastOutAt };
  }

  /** Receivers that take nothing now; the latest first. */
  function lasting(all: Endpoints): Outage[] {
    const rows = receivers.all().flatMap(({ since, ...rest }): OutageRow[] => {
      if (since === null) return [];
      const fromSeq = firstWaiting.get(rest.endpointNo) ?? Number.MAX_SAFE_INTEGER;
      return [{ ...rest, ...receiverOut, since, fromSeq }];
    });
    return rows.sort((one, other) => other.since - one.since).map((row) => shown(row, all));
  }

  /** While it lasts: what waits now. */
  function present(range: Range) {
    const events = waiting.get(range) ?? 0;
    return { events, deliveries: waited.get(range)?.deliveries ?? 0, skipped: 0, left: events, asking: 0, outBy: null };
  }

  const leftOf = (range: Range) => ({ left: left.get(range) ?? 0, asking: asking.get(range) ?? 0 });

  /** What its row has, and what it does not have yet. How many waited is counted once: later they are fewer. */
  function tallyOf(row: OutageRow, all: Endpoints): OutageTally {
    const { seq, events, deliveries, skipped: gone, lastOutAt } = row;
    if (row.settled === 1) {
      return { seq, events: events ?? 0, deliveries: deliveries ?? 0, skipped: gone ?? 0, lastOutAt, settled: true };
    }
    const range = rangeOf(row, all);
    const counted = events === null || deliveries === null ? waited.get(range) : { events, deliveries };
    const last = Math.max(lastOut.get(range) ?? 0, lastOutAt ?? 0);
    return {
      ...{ seq, events: counted?.events ?? 0, deliveries: counted?.deliveries ?? 0 },
      skipped: skipped.get(range) ?? 0,
      lastOutAt: last === 0 ? null : utcMs(last),
      settled: left.get(range) === 0,
    };
  }

  return {
    /** Those that last, and those that ended since then; the latest first. */
    since(ms: number): Outage[] {
      const all = endpoints.all();
      return today.all(ms).map((row) => shown(row, all));
    },
    /** Of those that are over and whose numbers are not final yet. */
    tallies(): OutageTally[] {
      const all = endpoints.all();
      return unsettled.all().map((row) => tallyOf(row, all));
    },
    list({ cursor, limit }: ParsedInput<'outages.list'>): CallOutput<'outages.list'> {
      const all = endpoints.all();
      const rows = page.all(positionOf(cursor).below, limit + 1);
      const last = rows[limit - 1];
      return {
        rows: [...(cursor === undefined ? lasting(all) : []), ...rows.slice(0, limit).map((row) => shown(row, all))],
        next: rows.length > limit && last ? cursorOf({ below: last.seq, eventSeq: null }) : null,
        newest: cursorOf({ below: newest.get() ?? 0, eventSeq: null }),
        complete: true,
      };
    },
  };
}

const receiverOut = {
  ...{ seq: 0, kind: 'receiver' as const, until: null, toSeq: null, hosts: null, beside: null, settled: 0 },
  ...{ events: null, deliveries: null, skipped: null, lastOutAt: null },
} as const;

const scopeOf: Readonly<Record<Outage['kind'], Outage['scope']>> = {
  offline: 'internet',
  sign_in_page: 'internet',
  interception: 'internet',
  proxy: 'internet',
  clock: 'pc',
  local_network: 'local_network',
  receiver: 'host',
};

function rangeOf(row: OutageRow, all: Endpoints): Range {
  const { fromSeq, toSeq, since, until } = row;
  // What a removed endpoint has left is nobody's turn any more.
  const present = all.filter((one) => one.switch !== 'removed');
  const paused = present.filter((one) => one.switch !== 'on').map(({ no }) => no);
  return {
    from: fromSeq,
    to: toSeq ?? Number.MAX_SAFE_INTEGER,
    // A clock that was ahead until its end was set back then: what came out since has an earlier time than its beginning.
    since: Math.min(since, until ?? since),
    until: until === null ? Number.MAX_SAFE_INTEGER : until - noticedWithinMs,
    endpoints: JSON.stringify(endpointsOf(row, present)),
    paused: JSON.stringify(paused),
  };
}
