/** Outages and what was known when the app ended: kept so that a restart forgets neither the story nor since when. */
import type { UtcMs } from '../../../shared/domain.ts';
import { hostOf } from '../../../shared/facts.ts';
import type { Outage } from '../../../shared/schemas.ts';
import type { WriteHandle } from './connection.ts';
import { statusDigits } from './deliveries.ts';

export type OutageStore = ReturnType<typeof createOutageStore>;

/** Which endpoints an outage holds up, as its row has it. */
export interface OutageScope {
  readonly kind: Outage['kind'];
  /** Of a receiver's. */
  readonly endpointNo: number | null;
  /** JSON; null: all that the internet leads to. */
  readonly hosts: string | null;
  /** JSON: endpoints that were failing when it began: what waits for them waits for them. */
  readonly beside: string | null;
}

export interface ScopedEndpoint {
  readonly no: number;
  /** With its port. */
  readonly host: string;
  /** 1: on the property's own network. */
  readonly local: number;
}

/** The numbers of the endpoints that an outage holds up. */
export function endpointsOf(scope: OutageScope, endpoints: readonly ScopedEndpoint[]): number[] {
  if (scope.endpointNo !== null) return [scope.endpointNo];
  const isLocal = scope.kind === 'local_network' ? 1 : 0;
  const hosts = scope.hosts === null ? null : new Set<string>(JSON.parse(scope.hosts));
  const beside = new Set<number>(scope.beside === null ? [] : JSON.parse(scope.beside));
  return endpoints
    .filter(({ no, host, local }) => local === isLocal && !beside.has(no) && (hosts?.has(hostOf(host)) ?? true))
    .map(({ no }) => no);
}

/** What became of what had waited. */
export interface OutageTally {
  readonly seq: number;
  readonly events: number;
  readonly deliveries: number;
  readonly skipped: number;
  /** Null while none has gone out. */
  readonly lastOutAt: UtcMs | null;
  /** None of them is here any more. */
  readonly settled: boolean;
}

interface OpenOutage extends OutageScope {
  readonly seq: number;
  readonly since: UtcMs;
}

const classes = `(VALUES ${statusDigits.map((digit) => `(${digit})`).join(', ')})`;

export function createOutageStore(writer: WriteHandle) {
  const open = writer.prepare<[], OpenOutage>(
    `SELECT seq, kind, endpoint_no AS endpointNo, since, hosts, beside FROM outages
     WHERE until IS NULL ORDER BY seq DESC LIMIT 20`,
  );
  const begin = writer.prepare('INSERT INTO outages (kind, since, from_seq, hosts, beside) VALUES (?, ?, ?, ?, ?)');
  const beganEarlier = writer.prepare('UPDATE outages SET since = :since WHERE seq = :seq AND since > :since');
  const reach = writer.prepare('UPDATE outages SET hosts = ? WHERE seq = ?');
  const end = writer.prepare('UPDATE outages SET until = ?, to_seq = ? WHERE seq = ?');
  const drop = writer.prepare('DELETE FROM outages WHERE seq = ?');
  const told = writer.prepare(
    'INSERT INTO outages (kind, endpoint_no, since, until, from_seq, to_seq) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const newest = writer.prepare<[], number | null>('SELECT MAX(seq) FROM deliveries').pluck();
  // deliveries_by_state, the first of each status class
  const firstWaiting = writer
    .prepare<[number], number | null>(
      `SELECT MIN((SELECT seq FROM deliveries INDEXED BY deliveries_by_state
         WHERE endpoint_no = ? AND state = 'waiting' AND status_class = column1 ORDER BY seq LIMIT 1)) FROM ${classes}`,
    )
    .pluck();
  // A property has a handful of endpoints. Those that are in trouble already have a story of their own.
  const endpoints = writer.prepare<[], ScopedEndpoint & { readonly inTrouble: number; readonly isFailing: number }>(
    `SELECT no, host, local, trouble IS NOT NULL AS inTrouble, health = 'failing' AS isFailing
     FROM endpoints WHERE switch = 'on'`,
  );
  // outages_unsettled
  const unsettled = writer
    .prepare<[], number>('SELECT 1 FROM outages WHERE settled = 0 AND until IS NOT NULL LIMIT 1')
    .pluck();
  const tallied = writer.prepare(
    `UPDATE outages SET events = :events, deliveries = :deliveries, skipped = :skipped, settled = :settled,
       last_out_at = COALESCE(MAX(:lastOutAt, COALESCE(last_out_at, 0)), last_out_at) WHERE seq = :seq`,
  );
  const facts = writer.prepare<[], { kind: string; host: string; since: UtcMs }>('SELECT kind, host, since FROM facts');
  const putFact = writer.prepare(
    `INSERT INTO facts (kind, host, since, detail) VALUES (?, ?, ?, ?)
     ON CONFLICT (kind, host) DO UPDATE SET since = excluded.since, detail = excluded.detail`,
  );
  const dropFact = writer.prepare('DELETE FROM facts WHERE kind = ? AND host = ?');
  const kept = writer
    .prepare<[number], number>('SELECT from_seq <= (SELECT MAX(seq) FROM deliveries) FROM outages WHERE seq = ?')
    .pluck();
  const listeners: (() => void)[] = [];

  const newestSeq = (): number => newest.get() ?? 0;
  function ended(): void {
    for (const listener of listeners) listener();
  }
  return {
    open: () => open.all(),
    /** From now on; what waits already for those that it holds up belongs to it. */
    begin(kind: Outage['kind'], since: UtcMs, hosts: readonly string[] | null): void {
      const all = endpoints.all();
      const calm = all.filter(({ inTrouble }) => inTrouble === 0);
      const named = hosts === null ? null : JSON.stringify(hosts);
      const beside = JSON.stringify(all.filter(({ isFailing }) => isFailing === 1).map(({ no }) => no));
      const held = endpointsOf({ kind, endpointNo: null, hosts: named, beside }, calm);
      const waiting = held.flatMap((no) => firstWaiting.get(no) ?? []);
      begin.run(kind, since, Math.min(newestSeq() + 1, ...waiting), named, beside);
    },
    /** What failed first was heard of later. */
    beganBy: (seq: number, since: UtcMs) => void beganEarlier.run({ seq, since }),
    /** It is about these hosts as well; null: about everything out there. */
    reach: (seq: number, hosts: readonly string[] | null) =>
      void reach.run(hosts === null ? null : JSON.stringify(hosts), seq),
    end(seq: number, until: UtcMs): void {
      end.run(until, newestSeq(), seq);
      ended();
    },
    hasKept: (seq: number) => kept.get(seq) === 1,
    /** One that was over before anybody could have noticed. */
    drop: (seq: number) => void drop.run(seq),
    /**
     * Of a receiver that is back.
     * @param takenSeq the delivery that it took as the first, which waited as the others do; null for a test send
     */
    receiverIsBack(endpointNo: number, since: UtcMs, until: UtcMs, takenSeq: number | null): void {
      const first = firstWaiting.get(endpointNo) ?? newestSeq() + 1;
      const from = Math.min(first, takenSeq ?? first);
      told.run('receiver', endpointNo, since, until, from, newestSeq());
      ended();
    },
    /** Told of each that ends, inside the transaction that ends it. */
    onEnd: (listener: () => void) => void listeners.push(listener),
    /** Whether any that is over has events that are still here, or were not counted. */
    hasUnsettled: () => unsettled.get() === 1,
    putTally: (tally: OutageTally) => void tallied.run({ ...tally, settled: tally.settled ? 1 : 0 }),
    facts: () => facts.all(),
    putFact: (kind: string, host: string, since: UtcMs, detail: string) => void putFact.run(kind, host, since, detail),
    dropFact: (kind: string, host: string) => void dropFact.run(kind, host),
  };
}
