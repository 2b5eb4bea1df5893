/**
 * Writes down what an attempt brought: its row, its delivery's new state, its endpoint's health and the
 * counters, all in one transaction, and takes the lease away (principle 2).
 */

import { type AttemptKind, type UtcMs, utcMs } from '../../../shared/domain.ts';
import { stopWaiting } from '../endpoints/asked-to-wait.ts';
import { type BackAgain, freeing, noteEnd, recover } from '../endpoints/back-again.ts';
import type { HealthLedger } from '../endpoints/health-ledger.ts';
import { type HealthChange, judgeHealth, shortHoldMs } from '../evidence/health.ts';
import { isNoTry } from '../evidence/judgement.ts';
import { readTrouble, type TroubleRecord, troubleAfter } from '../evidence/trouble.ts';
import type { AttemptReport } from '../sending/attempt.ts';
import type { AttemptStore } from '../store/attempts.ts';
import type { AttemptTally } from '../store/counters.ts';
import type { AnswerColumns, DeliveryRecord, DeliveryStore } from '../store/deliveries.ts';
import type { EndpointStore, HealthState } from '../store/endpoints.ts';
import type { LeaseStore } from '../store/leases.ts';
import type { OutageStore } from '../store/outages.ts';
import type { RecoveryStore } from '../store/recoveries.ts';
import { foundPaceText } from './found-pace.ts';
import type { Flight, Lane } from './lane.ts';
import type { Jitter } from './schedule.ts';
import { settle } from './settle.ts';
import type { Candidate } from './waiting-window.ts';

export interface RecordingParts {
  readonly attempts: AttemptStore;
  readonly deliveries: DeliveryStore;
  readonly leases: LeaseStore;
  readonly endpoints: EndpointStore;
  readonly recoveries: RecoveryStore;
  readonly outages: OutageStore;
  readonly ledger: HealthLedger;
  readonly tally: AttemptTally;
  readonly jitter: Jitter;
  /** The highest `seq` that there is: how far a recovery reaches. */
  readonly newestSeq: () => number;
}

/** What memory has to follow once the transaction is committed. */
export interface Recorded {
  readonly flight: Flight;
  readonly report: AttemptReport;
  /** The delivery where it still waits. */
  readonly waiting: Candidate | null;
  /** The next one of its entity, which may go now. */
  readonly freed: Candidate | null;
  readonly health: HealthChange;
  /** Others of its endpoint, which its receiver had asked to wait, need not wait so long any more. */
  readonly eased: boolean;
  /** The receiver is gone for good: the endpoint was paused. */
  readonly gone: boolean;
}

/** Records one attempt; inside a transaction. */
export function recordOutcome(parts: RecordingParts, flight: Flight, report: AttemptReport): Recorded {
  const { deliveries, leases, attempts, ledger, tally } = parts;
  const { lane, delivery, kind, ordinal } = flight;
  const { endedAt, endedWall } = report;
  const health = ledger.get(lane.no);
  const outcome = learn(lane.pacer, report);
  const settlement = settle({
    delivery,
    kind,
    outcome,
    endedAt,
    deliveredCount: health.deliveredCount,
    incident: health.health === 'failing' ? health.incident : null,
    jitter: parts.jitter,
    digestMs: lane.target.digestMs,
  });
  const counts = settlement.does === 'schedule' && settlement.counts;
  const sentence = JSON.stringify(outcome.sentence);
  attempts.insert({ ...report.row, counts }, sentence);
  leases.end(delivery.seq);
  const answer: AnswerColumns = {
    at: endedWall,
    status: report.status,
    outcome: outcome.class,
    sentence,
    durationMs: report.durationMs,
  };
  const after = settlement.does === 'schedule' ? settlement.next : delivery;
  const { pacer } = lane;
  const judged = judgeHealth({
    state: health,
    kind,
    delivery: after,
    endedAt,
    endedWall,
    outcome: outcome.class === 'throttled' ? { retryAfterMs: pacer.holdMs(shortHoldMs), ...outcome } : outcome,
    ...(report.rateLimit?.remaining === 0 ? { quietMs: report.rateLimit.resetMs } : {}),
  });
  let waiting: Candidate | null = null;
  let settled = false;
  if (settlement.does === 'delivered') {
    deliveries.setDelivered(delivery.seq, ordinal, answer);
    settled = true;
  } else {
    waiting = writeFailure(parts, flight, answer, settlement, judged.state);
    settled = settlement.does === 'schedule' && settlement.next.state === 'needs_attention';
  }
  if (outcome.class === 'throttled') lane.mayHaveAsked = true;
  const eased = settlement.does === 'delivered' && endWaits(parts, lane, report);
  const freed = settled && lane.mayHaveParked ? freeNext(deliveries, delivery, endedAt) : null;
  if (kind !== 'test' && !isNoTry(outcome)) {
    tally.add(endedWall, lane.no, outcome.class === 'delivered', report.durationMs);
  }
  const gone = outcome.class === 'gone' && kind !== 'resend';
  if (gone && lane.target.switch === 'on') {
    parts.endpoints.change(lane.no, { switch: 'paused', pausedUntil: null, pausedBy: null });
  }
  const before = readTrouble(health.trouble);
  const trouble = troubleAfter(before, {
    kind,
    outcome: outcome.class,
    status: report.status,
    sentence: outcome.sentence,
    said: report.said,
    begunWall: begunWall(report, health),
    endedWall,
    delivery: { seq: delivery.seq, deliveredMark: after.deliveredMark },
    deliveredCount: health.deliveredCount,
  });
  const next = {
    ...inTrouble(judged, before, trouble),
    ...lastAnswer(answer),
    verifiedIssuer: report.issuer ?? health.verifiedIssuer,
    pace: foundPaceText(pacer.found),
    ...(judged.change === 'active' && wasItsOwn(before, kind) ? freeing(parts, health, before) : {}),
  };
  const back: BackAgain = { at: endedWall, takenSeq: delivery.seq };
  ledger.put(lane.no, judged.change === 'recovered' ? recover(parts, lane.no, health, next, back) : next);
  if (trouble === null && judged.change !== 'recovered') noteEnd(parts, lane.no, before, back);
  return { flight, report, waiting, freed, health: judged.change, eased, gone };
}

/** An attempt takes no longer, in milliseconds: where it seems so, this PC slept in between. */
const longestAttemptMs = 60_000;

/** Since when it has not taken this; what it took meanwhile was no part of its trouble. Clocks may be set in between. */
const begunWall = ({ row, endedWall }: AttemptReport, { lastDeliveredAt }: HealthState): UtcMs =>
  utcMs(Math.min(endedWall, Math.max(row.startedAt, endedWall - longestAttemptMs, lastDeliveredAt ?? 0)));

/** Tells the pace of it. @returns the outcome, with the time that its receiver is left alone for where it names one */
function learn(pacer: Lane['pacer'], report: AttemptReport): AttemptReport['outcome'] {
  const { outcome, status, rateLimit, endedMonotonicMs } = report;
  const { retryAfterMs: askedMs } = outcome;
  const retryAfterMs = status === 429 || rateLimit ? (askedMs ?? null) : null;
  pacer.learn({ ...report, outcome: outcome.class, retryAfterMs }, endedMonotonicMs);
  return askedMs === undefined ? outcome : { ...outcome, retryAfterMs: pacer.askedHoldMs(askedMs, shortHoldMs) };
}

/** It takes deliveries again: those that it asked to wait go by their schedule. */
function endWaits({ deliveries }: RecordingParts, lane: Lane, { row, endedAt, endedWall }: AttemptReport): boolean {
  if (!lane.mayHaveAsked) return false;
  const { freed, left } = stopWaiting(deliveries, lane.no, { startedAt: row.startedAt, endedAt, endedWall });
  lane.mayHaveAsked = left > 0;
  return freed > 0;
}

/** An incident began with the trouble's first failure, not with the one that made it known as failing. */
function inTrouble(
  { state, change }: ReturnType<typeof judgeHealth>,
  before: TroubleRecord | null,
  trouble: TroubleRecord | null,
): HealthState {
  const failingSince = change === 'failing' && trouble ? trouble.since : state.failingSince;
  const kept = trouble === before ? state.trouble : trouble && JSON.stringify(trouble);
  return { ...state, failingSince, trouble: kept };
}

/**
 * Whether a trouble that is over was the endpoint's: it gave no answer at all, or failed more than once. A single
 * failure with an answer may be that event's own trouble. A person's word is enough.
 */
const wasItsOwn = (trouble: TroubleRecord | null, kind: AttemptKind): boolean =>
  kind === 'resend' || (trouble !== null && (trouble.status === null || trouble.failures > 1));

/** The endpoint's row says what its last answer was. */
export const lastAnswer = (answer: AnswerColumns) => ({
  lastAnswerAt: answer.at,
  lastStatus: answer.status,
  lastOutcome: answer.outcome,
  lastSentence: answer.sentence,
  lastDurationMs: answer.durationMs,
});

/** @returns the delivery where it still waits */
export function writeFailure(
  { deliveries }: RecordingParts,
  { delivery, kind, ordinal }: Flight,
  answer: AnswerColumns,
  settlement: Exclude<ReturnType<typeof settle>, { does: 'delivered' }>,
  health: HealthState,
): Candidate | null {
  const now = deliveries.get(delivery.seq);
  if (!now) return null;
  // A delivered one stays as it was, whatever a resend of it brought.
  if (now.state === 'delivered') deliveries.setAttempts(delivery.seq, ordinal, answer.at);
  else deliveries.setAnswer(delivery.seq, ordinal, answer);
  if (settlement.does === 'keep') {
    return now.state === 'waiting' ? { ...now, attempts: ordinal, event: delivery.event } : null;
  }
  const { next } = settlement;
  // Refused as such, it is not for the endpoint's recovery to bring back, whatever a resend of it brings later.
  const refused = answer.outcome === 'event_refused';
  const marked = settlement.counts && health.health === 'failing' ? health.incident : null;
  const failedIn = refused ? null : (next.failedIn ?? marked);
  // A trial of one that had used up its retries leaves it where it is.
  const state = kind === 'trial' && now.state === 'needs_attention' ? now.state : next.state;
  const endedAt = state === 'needs_attention' ? answer.at : null;
  if (!deliveries.setSchedule(delivery.seq, { ...next, state, failedIn, endedAt })) return null;
  return state === 'waiting' ? { ...delivery, ...next, attempts: ordinal } : null;
}

/** A settled delivery lets the next one of its booking, order, item or payment go. */
export function freeNext(
  deliveries: DeliveryStore,
  delivery: Pick<DeliveryRecord, 'endpointNo' | 'orderKey' | 'seq'>,
  now: UtcMs,
): Candidate | null {
  if (delivery.orderKey === null) return null;
  const next = deliveries.behind(delivery.endpointNo, delivery.orderKey, delivery.seq);
  if (next?.reason !== 'order') return null;
  // It has waited since it came: it goes before what came later.
  const dueAt = Math.min(next.createdAt, now) as UtcMs;
  deliveries.setDue(next.seq, dueAt, null);
  return { ...next, dueAt, event: null };
}
