/**
 * Claims, at the end of every commit: of each endpoint only as many as have a slot and a rate token now, each
 * with a lease that is durable before the request begins (decision 6).
 */
import { type AttemptKind, attemptDeadlineMs, type UtcMs, utcMs } from '../../../shared/domain.ts';
import { mostInDigest, type Together } from '../digest-times.ts';
import type { HealthLedger } from '../endpoints/health-ledger.ts';
import { type DeliveryRecord, type DeliveryStore, neverDue } from '../store/deliveries.ts';
import type { HealthState } from '../store/endpoints.ts';
import type { IdSource } from '../store/ids.ts';
import type { LeaseStore } from '../store/leases.ts';
import { cancelIfForgotten, type ForgottenParts } from './forgotten-claims.ts';
import { type HoldingParts, holdIfTooOld } from './holding.ts';
import type { Flight, Lane, Resend, ResendEnd } from './lane.ts';
import type { Room } from './room.ts';
import type { Candidate } from './waiting-window.ts';

/** A lease outlives its attempt's deadline by this, in milliseconds. */
const leaseMarginMs = 30_000;
/** So many that turn out not to be free are looked at for one claim. */
const mostLooks = 50;
/**
 * So many are looked at in one transaction, all endpoints together: five that are back at once have a place for 500. The
 * next transaction goes on.
 */
export const mostInRound = 64;
/** Longest stretch of one turn of the thread in which claims are made, in milliseconds, where they take that long. */
const longestRoundMs = 4;

/** What one round of claims may still do. */
export interface ClaimRound {
  looks: number;
  readonly untilMs: number;
}

export const beginRound = (): ClaimRound => ({ looks: mostInRound, untilMs: performance.now() + longestRoundMs });

/** Whether it has done what it may: what is due then waits for the next one. */
export const isRoundOver = ({ looks, untilMs }: ClaimRound): boolean =>
  looks <= 0 || (looks < mostInRound && performance.now() > untilMs);

export interface ClaimParts extends HoldingParts, ForgottenParts {
  readonly bootId: string;
  readonly ids: IdSource;
  readonly leases: LeaseStore;
  readonly ledger: HealthLedger;
  readonly room: Room;
  /** About what an event takes in memory. */
  readonly sizeOf: (eventSeq: number) => number;
  /** Whether a person tries it now, and waits for what comes of it. */
  readonly isTriedByHand: (deliverySeq: number) => boolean;
}

/**
 * Claims what may go out on this lane now, as far as the round reaches; inside a transaction.
 * @param now engine time
 * @param flights takes each claim as it is made: where a later one throws, those before it have to land
 */
export function claimDue(parts: ClaimParts, lane: Lane, now: UtcMs, round: ClaimRound, flights: Flight[]): void {
  const { clock } = parts;
  const monotonicMs = clock.monotonicMs();
  let slots = slotsOf(lane, monotonicMs);
  const together: Together | null = lane.target.digestMs === null ? null : { size: 0 };
  for (; slots > 0; slots -= 1) {
    // A digest goes out as one: it is claimed to its end.
    if (together === null && isRoundOver(round)) break;
    const flight = claimNext(parts, lane, now, round, together);
    if (flight === null) break;
    lane.pacer.take(monotonicMs);
    lane.begin(flight);
    parts.room.take(lane.no, flight.sizeBytes);
    if (lane.canary === 'wanted') lane.canary = 'out';
    if (flight.together !== null) flight.together.size += 1;
    flights.push(flight);
  }
}

/** A digest takes one place, however many go with it, and the next one waits for its answer. */
function slotsOf(lane: Lane, monotonicMs: number): number {
  if (lane.canary === 'out') return 0;
  const free = lane.pacer.slots(monotonicMs);
  if (lane.canary === 'wanted') return Math.min(1, free);
  if (lane.target.digestMs === null) return free;
  return free > 0 && lane.inFlight.size === 0 ? mostInDigest : 0;
}

function claimNext(
  parts: ClaimParts,
  lane: Lane,
  now: UtcMs,
  round: ClaimRound,
  together: Together | null,
): Flight | null {
  const resend = claimResend(parts, lane, now);
  if (resend) {
    round.looks -= 1;
    return resend;
  }
  const health = parts.ledger.get(lane.no);
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const failing = health.health === 'failing';
    const due = failing ? lane.begun.peek(now, lane.taken) : lane.nextInTurn(now);
    if (due !== null) round.looks -= 1;
    if (due !== null && isKept(parts, lane, due, now)) {
      lane.windowOf(due).remove(due.seq);
    } else if (due !== null) {
      const sizeBytes = sizeIn(parts, due);
      if (!parts.room.has(lane.no, sizeBytes)) {
        lane.wantsRoom = true;
        return null;
      }
      lane.windowOf(due).drop();
      const leased = claim(parts, lane, due, lane.canary === 'wanted' ? 'canary' : 'scheduled', now, together);
      if (leased) return { ...leased, together, sizeBytes };
    } else if (failing && isTrialDue(lane, health, now)) {
      round.looks -= 1;
      const trial = claimTrial(parts, lane, now);
      if (trial !== 'look again') return trial;
    } else {
      return null;
    }
  }
  return null;
}

/** It does not go out: it was forgotten, or is too old and was put before a person. */
const isKept = (parts: ClaimParts, lane: Lane, candidate: Candidate, now: UtcMs): boolean =>
  cancelIfForgotten(parts, lane, candidate, now) || holdIfTooOld(parts, lane, candidate, now);

const isTrialDue = (lane: Lane, { nextTrialAt }: HealthState, now: UtcMs): boolean =>
  !lane.trialInFlight && !lane.nothingToTry && nextTrialAt !== null && nextTrialAt <= now;

/** The oldest that was not tried yet; where there is none, the oldest that used up its retries (decision 13). */
function claimTrial(parts: ClaimParts, lane: Lane, now: UtcMs): Flight | null | 'look again' {
  const untried = lane.nextUntried(now);
  if (untried !== null) {
    lane.windowOf(untried).remove(untried.seq);
    if (isKept(parts, lane, untried, now)) return 'look again';
    return alone(parts, claim(parts, lane, untried, 'trial', now)) ?? 'look again';
  }
  const usedUp = parts.deliveries.oldestUsedUp(lane.no);
  lane.nothingToTry = usedUp === null;
  if (usedUp === null) return null;
  if (cancelIfForgotten(parts, lane, { ...usedUp, event: null }, now)) return 'look again';
  const trial = lease(parts, lane, { ...usedUp, event: null }, 'trial', now, 'any_state', null);
  // It is on its way already, resent by a person: its end is when to look again.
  lane.nothingToTry = trial === null;
  return alone(parts, trial);
}

function claimResend(parts: ClaimParts, lane: Lane, now: UtcMs): Flight | null {
  if (lane.resends.length === 0) return null;
  for (let resend = lane.takeResend(); resend; resend = lane.takeResend()) {
    const delivery = parts.deliveries.get(resend.deliverySeq);
    if (delivery && !parts.room.has(lane.no, parts.sizeOf(delivery.eventSeq))) {
      lane.resends.unshift(resend);
      lane.wantsRoom = true;
      return null;
    }
    try {
      const flight = leaseResend(parts, lane, resend, now);
      if (flight) return flight;
    } catch (error) {
      // It is still to be sent, after the transaction is undone.
      lane.resends.unshift(resend);
      throw error;
    }
  }
  return null;
}

/** Null where it is not to be sent, or not now: it has heard so. */
function leaseResend(parts: ClaimParts, lane: Lane, resend: Resend, now: UtcMs): Flight | null {
  const { deliverySeq, was, ended } = resend;
  const delivery = parts.deliveries.get(deliverySeq);
  const isForgotten = delivery !== undefined && parts.isForgotten(delivery.eventSeq);
  const since = delivery && was !== undefined ? sinceLinedUp(parts.deliveries, lane, delivery, was) : null;
  const end = isForgotten ? 'failed' : since;
  const flight =
    delivery && end === null
      ? alone(parts, lease(parts, lane, { ...delivery, event: null }, 'resend', now, 'any_state', ended))
      : null;
  if (flight === null) {
    ended(end ?? 'failed');
    return null;
  }
  // It may have been the next of its entity, to move up those in line behind it. A resend's end moves nobody up,
  // so they wait for it in the table instead.
  lane.moveUp({ delivery: flight.delivery, kind: 'scheduled' }, false, now);
  lane.windowOf(flight.delivery).remove(flight.delivery.seq);
  return flight;
}

/** How one among many has ended before its turn as a resend came; null where it has not. */
function sinceLinedUp(
  deliveries: DeliveryStore,
  lane: Lane,
  { state, orderKey, seq }: DeliveryRecord,
  was: DeliveryRecord['state'],
): ResendEnd | null {
  if (was !== 'cancelled' && state === 'cancelled') return 'failed';
  if (was === 'waiting' && state === 'delivered') return 'delivered';
  const isBehind =
    state === 'waiting' &&
    lane.target.options.ordered &&
    orderKey !== null &&
    deliveries.hasAhead(lane.no, orderKey, seq);
  return isBehind ? 'in_turn' : null;
}

function claim(
  parts: ClaimParts,
  lane: Lane,
  due: Candidate,
  kind: AttemptKind,
  now: UtcMs,
  together: Together | null = null,
): Leased | null {
  if (lane.taken.has(due.seq)) {
    // As a resend, say: that moves nobody up when it ends.
    if (lane.inFlight.has(due.seq)) lane.moveUp({ delivery: due, kind }, false, now);
    return null;
  }
  const { orderKey } = due;
  if (!lane.target.options.ordered || orderKey === null) return lease(parts, lane, due, kind, now, 'waiting', null);
  // Behind one that it goes out with it need not wait: in their message they stand in their order.
  if (together !== null && together.size > 0 && lane.line.isFlying(orderKey)) {
    return lease(parts, lane, due, kind, now, 'waiting', null);
  }
  if (lane.line.holds(due, orderKey)) return null;
  const flight = lease(parts, lane, due, kind, now, 'in_order', null);
  if (flight === null) {
    if (parts.deliveries.hasAhead(lane.no, orderKey, due.seq)) {
      parts.deliveries.setDue(due.seq, neverDue, 'order');
      lane.mayHaveParked = true;
    }
    lane.moveUp({ delivery: due, kind }, false, now);
  }
  return flight;
}

/** What a lease makes of a delivery; how large it is, is asked once. */
type Leased = Omit<Flight, 'together' | 'sizeBytes'>;

/** Goes out by itself. */
const alone = (parts: ClaimParts, leased: Leased | null): Flight | null =>
  leased && { ...leased, together: null, sizeBytes: sizeIn(parts, leased.delivery) };

const sizeIn = ({ sizeOf }: ClaimParts, { event, eventSeq }: Candidate): number => event?.sizeBytes ?? sizeOf(eventSeq);

function lease(
  parts: ClaimParts,
  lane: Lane,
  delivery: Candidate,
  kind: AttemptKind,
  now: UtcMs,
  scope: 'waiting' | 'in_order' | 'any_state',
  ended: Flight['ended'],
): Leased | null {
  const { bootId, clock, ids, leases } = parts;
  const wallMs = Math.round(clock.wallMs());
  const attemptId = ids.attempt(wallMs);
  const ordinal = delivery.attempts + 1;
  const byHand = kind === 'resend' || parts.isTriedByHand(delivery.seq);
  const taken = leases.claim(
    {
      deliverySeq: delivery.seq,
      boot: bootId,
      attemptId,
      kind,
      byHand,
      ordinal,
      startedAt: utcMs(wallMs),
      endsAt: utcMs(now + attemptDeadlineMs + leaseMarginMs),
    },
    scope,
  );
  return taken ? { lane, delivery, attemptId, kind, byHand, ordinal, ended } : null;
}
