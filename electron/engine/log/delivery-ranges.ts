/**
 * Which ranges of the log's indexes hold the deliveries of a filter. A filter without an endpoint is a merge
 * over the endpoints' ranges (see the schema).
 */
import { allEventTypes } from '../../../shared/events.ts';
import type { ReadHandle } from '../store/connection.ts';
import { statusDigits } from '../store/deliveries.ts';
import type { WantedDeliveries } from './delivery-filter.ts';
import type { ReadChunk } from './seq-streams.ts';

export interface DeliveryRange {
  /** Null where the range is of all endpoints. */
  readonly endpointNo: number | null;
  readonly read: ReadChunk;
  readonly count: (below: number, from: number) => number;
}

export interface DeliveryRanges {
  readonly ranges: readonly DeliveryRange[];
  /** True where the ranges hold just what was asked for, so that none of it has to be looked at. */
  readonly exact: boolean;
}

const storedStates = ['waiting', 'delivered', 'needs_attention', 'cancelled'];
const tail = 'AND seq < ? AND seq >= ? ORDER BY seq DESC LIMIT ?';
const tailOfCount = 'AND seq < ? AND seq >= ?';

export const rangeStatements = {
  all: `SELECT seq FROM deliveries WHERE TRUE ${tail}`,
  leased: `SELECT delivery_seq FROM leases WHERE delivery_seq < ? AND delivery_seq >= ? ORDER BY delivery_seq DESC LIMIT ?`,
  byType: `SELECT seq FROM deliveries INDEXED BY deliveries_by_type WHERE endpoint_no = ? AND type = ? ${tail}`,
  byState: `SELECT seq FROM deliveries INDEXED BY deliveries_by_state
    WHERE endpoint_no = ? AND state = ? AND status_class = ? ${tail}`,
  attention: `SELECT seq FROM deliveries INDEXED BY deliveries_attention
    WHERE endpoint_no = ? AND state = 'needs_attention' AND (reason IS 'too_old') = ? ${tail}`,
  atBench: `SELECT seq FROM deliveries INDEXED BY deliveries_at_bench WHERE endpoint_no = ? AND reason = 'bench' ${tail}`,
  failedIn: `SELECT delivery_seq FROM job_failures WHERE job_id = ? AND delivery_seq < ? AND delivery_seq >= ?
    ORDER BY delivery_seq DESC LIMIT ?`,
  countLeased: 'SELECT COUNT(*) FROM leases WHERE delivery_seq < ? AND delivery_seq >= ?',
  countByType: `SELECT COUNT(*) FROM deliveries INDEXED BY deliveries_by_type
    WHERE endpoint_no = ? AND type = ? ${tailOfCount}`,
  countAttention: `SELECT COUNT(*) FROM deliveries INDEXED BY deliveries_attention
    WHERE endpoint_no = ? AND state = 'needs_attention' AND (reason IS 'too_old') = ? ${tailOfCount}`,
  countByState: `SELECT COUNT(*) FROM deliveries INDEXED BY deliveries_by_state
    WHERE endpoint_no = ? AND state = ? AND status_class = ? ${tailOfCount}`,
} as const;

export function createDeliveryRanges(reader: ReadHandle) {
  const prepare = (sql: string) => reader.prepare<(string | number)[], number>(sql).pluck();
  const endpointNos = reader.prepare<[], number>('SELECT no FROM endpoints').pluck();
  const all = prepare(rangeStatements.all);
  const leased = prepare(rangeStatements.leased);
  const failedIn = prepare(rangeStatements.failedIn);
  const byType = prepare(rangeStatements.byType);
  const byState = prepare(rangeStatements.byState);
  const attention = prepare(rangeStatements.attention);
  const countAttention = prepare(rangeStatements.countAttention);
  const atBench = prepare(rangeStatements.atBench);
  const countLeased = prepare(rangeStatements.countLeased);
  const countByType = prepare(rangeStatements.countByType);
  const countByState = prepare(rangeStatements.countByState);

  const ofType = (endpointNo: number, type: string): DeliveryRange => ({
    endpointNo,
    read: (below, from, limit) => byType.all(endpointNo, type, below, from, limit),
    count: (below, from) => countByType.get(endpointNo, type, below, from) ?? 0,
  });
  const ofState = (endpointNo: number, state: string, statusClass: number): DeliveryRange => ({
    endpointNo,
    read: (below, from, limit) => byState.all(endpointNo, state, statusClass, below, from, limit),
    count: (below, from) => countByState.get(endpointNo, state, statusClass, below, from) ?? 0,
  });

  const needsAttention = (endpointNo: number, tooOld: boolean): DeliveryRange => ({
    endpointNo,
    read: (below, from, limit) => attention.all(endpointNo, tooOld ? 1 : 0, below, from, limit),
    count: (below, from) => countAttention.get(endpointNo, tooOld ? 1 : 0, below, from) ?? 0,
  });

  /** @param perEndpoint split by endpoint even where one range would hold them all: for counting */
  return (wanted: WantedDeliveries, perEndpoint = false): DeliveryRanges => {
    const { types, states, classes, status, fromMs, toMs } = wanted;
    const anyTime = fromMs === null && toMs === null;
    const { seqs, failedIn: job } = wanted;
    if (seqs || job !== null) {
      const read: ReadChunk = (below, from, limit) =>
        seqs
          ? seqs.filter((seq) => seq < below && seq >= from).slice(0, limit)
          : failedIn.all(job ?? '', below, from, limit);
      return { ranges: [{ endpointNo: null, read, count: () => 0 }], exact: false };
    }
    if (states?.size === 1 && states.has('sending')) {
      const read: ReadChunk = (below, from, limit) => leased.all(below, from, limit);
      return {
        ranges: [{ endpointNo: null, read, count: (below, from) => countLeased.get(below, from) ?? 0 }],
        exact: false,
      };
    }
    const nos = wanted.endpointNos ?? endpointNos.all();
    if (wanted.toBench) {
      const ranges = nos.map(
        (no): DeliveryRange => ({
          endpointNo: no,
          read: (below, from, limit) => atBench.all(no, below, from, limit),
          count: () => 0,
        }),
      );
      return { ranges, exact: false };
    }
    const { toBench, heldBack, tooOld } = wanted;
    const allFaces = toBench === null && heldBack === null && tooOld === null;
    const exactOtherwise = anyTime && status === null && allFaces;
    if (prefersState(wanted)) {
      const some = states ? storedStates.filter((state) => storedAs(states).has(state)) : storedStates;
      const only = heldBack ? 'cancelled' : tooOld ? 'needs_attention' : null;
      const stored = only === null ? some : some.filter((state) => state === only);
      const ofStored = (no: number, state: string): DeliveryRange[] =>
        state === 'needs_attention' && (states !== null || tooOld !== null) && classes === null
          ? [needsAttention(no, tooOld === true)]
          : (classes ?? statusDigits).map((digit) => ofState(no, state, digit));
      return {
        ranges: nos.flatMap((no) => stored.flatMap((state) => ofStored(no, state))),
        exact:
          exactOtherwise &&
          types === null &&
          states?.has('waiting') === states?.has('sending') &&
          // Of what is stored as these some is something else to whoever looks.
          !states?.has('cancelled') &&
          !(states?.has('needs_attention') && classes !== null),
      };
    }
    if (types || wanted.endpointNos || perEndpoint) {
      return {
        ranges: nos.flatMap((no) => (types ?? allEventTypes).map((type) => ofType(no, type))),
        exact: exactOtherwise && states === null && classes === null,
      };
    }
    const read: ReadChunk = (below, from, limit) => all.all(below, from, limit);
    return { ranges: [{ endpointNo: null, read, count: () => 0 }], exact: anyTime && allFaces };
  };
}

/** Delivered is the common end: what is rarer leads to fewer entries, so it is looked up first. */
function prefersState({ states, classes, types, heldBack, tooOld }: WantedDeliveries): boolean {
  if (!states && !classes) return heldBack === true || tooOld === true;
  const rare = (states && !states.has('delivered')) || (classes && !classes.includes(2));
  return rare || types === null;
}

const storedAs = (states: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...states].map((state) => (state === 'sending' ? 'waiting' : state)));
