/** A delivery filter in the store's terms, and whether one delivery passes it. */
import type { DeliveryState } from '../../../shared/domain.ts';
import type { DeliveryFilter } from '../../../shared/schemas.ts';
import type { ReadHandle } from '../store/connection.ts';
import { hourOf } from '../store/hours.ts';
import type { SeqRange } from './seq-streams.ts';

export interface WantedDeliveries {
  readonly endpointNos: readonly number[] | null;
  readonly types: readonly string[] | null;
  readonly states: ReadonlySet<DeliveryState> | null;
  /** First digits of the last answer's status; 0 where none has come. */
  readonly classes: readonly number[] | null;
  readonly status: number | null;
  readonly toBench: boolean | null;
  readonly heldBack: boolean | null;
  readonly tooOld: boolean | null;
  /** Just these, newest first. */
  readonly seqs: readonly number[] | null;
  /** The resend of many that could not deliver it. */
  readonly failedIn: string | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Where the hours' counters say that deliveries of this time lie. */
  readonly range: SeqRange;
}

/** What of a delivery a filter looks at. */
export interface FilteredFacts {
  readonly endpointNo: number;
  readonly type: string;
  readonly state: string;
  readonly statusClass: number;
  readonly status: number | null;
  readonly reason: string | null;
  readonly createdAt: number;
  /** 1 while it is being sent. */
  readonly leased: number;
}

const classDigits = { '2xx': 2, '3xx': 3, '4xx': 4, '5xx': 5, none: 0 } as const;

export function createFilterReader(reader: ReadHandle) {
  const endpointNo = reader.prepare<[string], number>('SELECT no FROM endpoints WHERE id = ?').pluck();
  const seqOf = reader.prepare<[string], number>('SELECT seq FROM deliveries WHERE id = ?').pluck();
  const seqBounds = reader.prepare<[number, number], { first: number | null; last: number | null }>(
    'SELECT MIN(first_seq) AS first, MAX(last_seq) AS last FROM delivery_hours WHERE hour BETWEEN ? AND ?',
  );

  return (filter: DeliveryFilter): WantedDeliveries => {
    const { from, to, endpointIds, eventTypes, states, statusClasses, status, ids, failedIn } = filter;
    const { toBench, heldBack, tooOld } = filter;
    const classes = statusClasses?.map((name) => classDigits[name]) ?? null;
    const bounds =
      from === undefined && to === undefined
        ? null
        : seqBounds.get(hourOf(from ?? 0), hourOf(to ?? Number.MAX_SAFE_INTEGER));
    return {
      endpointNos: endpointIds?.flatMap((id) => endpointNo.get(id) ?? []) ?? null,
      types: eventTypes ?? null,
      states: states ? new Set(states) : null,
      classes: status === undefined ? classes : classesOf(status, classes),
      status: status ?? null,
      toBench: toBench ?? null,
      heldBack: heldBack ?? null,
      tooOld: tooOld ?? null,
      seqs: ids?.flatMap((id) => seqOf.get(id) ?? []).sort((one, other) => other - one) ?? null,
      failedIn: failedIn ?? null,
      fromMs: from ?? null,
      toMs: to ?? null,
      range: bounds ? { from: bounds.first ?? 1, to: bounds.last ?? 0 } : { from: 0, to: Number.MAX_SAFE_INTEGER - 1 },
    };
  };
}

/** A status names its class; where that was not asked for as well, nothing is both. */
function classesOf(status: number, asked: readonly number[] | null): number[] {
  const digit = Math.floor(status / 100);
  return asked === null || asked.includes(digit) ? [digit] : [];
}

/** The state shown: `sending` is a lease, not a state of the table. */
export const shownState = (stored: string, leased: boolean): DeliveryState =>
  (leased && stored !== 'cancelled' ? 'sending' : stored) as DeliveryState;

/** Whether the delivery passes: `from` belongs to the time asked for, `to` does not. */
export function passes(wanted: WantedDeliveries, facts: FilteredFacts): boolean {
  const { endpointNos, types, states, classes, status, toBench, heldBack, tooOld, fromMs, toMs } = wanted;
  const isOfBench = facts.state === 'cancelled' && facts.reason === 'bench';
  const isHeldBack = facts.state === 'cancelled' && facts.reason === 'past_stopped';
  const isTooOld = facts.state === 'needs_attention' && facts.reason === 'too_old';
  // Nobody cancelled these, and no receiver failed to take those: a list leaves them out, unless they are asked for.
  const isOther = (isOfBench && !toBench) || (isHeldBack && !heldBack) || (isTooOld && !tooOld);
  return (
    (endpointNos === null || endpointNos.includes(facts.endpointNo)) &&
    (types === null || types.includes(facts.type)) &&
    (states === null || (!isOther && states.has(shownState(facts.state, facts.leased === 1)))) &&
    (classes === null || classes.includes(facts.statusClass)) &&
    (status === null || facts.status === status) &&
    (toBench === null || toBench === isOfBench) &&
    (heldBack === null || heldBack === isHeldBack) &&
    (tooOld === null || tooOld === isTooOld) &&
    (fromMs === null || facts.createdAt >= fromMs) &&
    (toMs === null || facts.createdAt < toMs)
  );
}
