/**
 * An endpoint's trouble: what is wrong with it, since when, and how often in a row. Pure functions of values.
 * It begins with the first failure after a success and ends with the next success.
 */
import { type AttemptKind, type OutcomeClass, type Sentence, type UtcMs, utcMs } from '../../../shared/domain.ts';
import { remedyOf } from '../../../shared/remedies.ts';
import type { EndpointTrouble, TroubleKind } from '../../../shared/schemas.ts';
import { isOwnTrouble } from './judgement.ts';

/** As it is kept with the endpoint. */
export interface TroubleRecord extends Omit<EndpointTrouble, 'takesNothing'> {
  /** Different deliveries that failed, at most {@link failuresUntilTold}. */
  readonly deliveries: readonly number[];
  /** A person was told that it takes nothing: so they are told when that is over. */
  readonly told: boolean;
  /** Its address or headers were changed since the last failure: what it says next is not what it said before. */
  readonly untried: boolean;
}

/** So many failures in a row, and a person is told. */
export const failuresUntilTold = 3;
/** How long nothing must have been taken before a person is told, in milliseconds. */
export const silenceUntilToldMs = 600_000;

/** One ended attempt, as far as it says something about its endpoint. */
export interface TroubleInput {
  readonly kind: AttemptKind;
  readonly outcome: OutcomeClass;
  readonly status: number | null;
  readonly sentence: Sentence;
  readonly said: string | null;
  /** The wall clock's time at which it began, or at which something was taken since: the endpoint has not taken it from then on. */
  readonly begunWall: UtcMs;
  /** The wall clock's time. */
  readonly endedWall: UtcMs;
  /** Null for a test send. */
  readonly delivery: { readonly seq: number; readonly deliveredMark: number | null } | null;
  /** The endpoint's count of delivered ones. */
  readonly deliveredCount: number;
}

/** The trouble after an attempt. What a person asked for by hand changes nothing when it fails, and ends it when not. */
export function troubleAfter(before: TroubleRecord | null, input: TroubleInput): TroubleRecord | null {
  const { kind, outcome, status, begunWall, endedWall, delivery } = input;
  if (outcome === 'delivered') return null;
  if (delivery === null || kind === 'test' || kind === 'resend' || isOwnTrouble(outcome)) return before;
  const others = delivery.deliveredMark !== null && delivery.deliveredMark < input.deliveredCount;
  const seen = before?.deliveries ?? [];
  const isNew = !seen.includes(delivery.seq) && seen.length < failuresUntilTold;
  const after: TroubleRecord = {
    kind: troubleKind(outcome, status),
    // One that began first may be silent for longer, and end later.
    since: utcMs(Math.min(before?.since ?? begunWall, begunWall)),
    failures: (before?.failures ?? 0) + 1,
    lastAt: endedWall,
    outcome,
    status,
    sentence: input.sentence,
    said: input.said,
    othersGotThrough: others && (before?.othersGotThrough ?? true),
    deliveries: isNew ? [...seen, delivery.seq] : seen,
    told: false,
    untried: false,
  };
  return { ...after, told: wasTold(before, endedWall) || takesNothing(after, endedWall) };
}

/** Whether a person has been told of it. */
export const wasTold = (trouble: TroubleRecord | null, wallMs: number): boolean =>
  trouble !== null && (trouble.told || takesNothing(trouble, wallMs));

/** Its address or headers were changed. */
export const afterChange = (before: TroubleRecord | null, wallMs: number): TroubleRecord | null =>
  before && { ...before, told: wasTold(before, wallMs), untried: true };

export function troubleKind(outcome: OutcomeClass, status: number | null): TroubleKind {
  switch (outcome) {
    case 'setup':
    case 'gone':
      return 'setup';
    case 'wrong_address':
      return 'address';
    case 'certificate':
      return 'certificate';
    case 'throttled':
      return 'slow_down';
    case 'event_refused':
      return 'refused';
    default:
      return status === null ? 'silent' : 'errors';
  }
}

/**
 * Whether an endpoint in this trouble takes nothing. One event's own trouble never says so, nor do refusals of
 * fewer than three different events; "slow down" says so only once it has lasted.
 */
export function takesNothing(trouble: TroubleRecord, wallMs: number): boolean {
  const { kind, failures, since, othersGotThrough, deliveries, untried } = trouble;
  if (untried || othersGotThrough) return false;
  if (kind === 'refused') return deliveries.length >= failuresUntilTold;
  const lasts = wallMs - since >= silenceUntilToldMs;
  return kind === 'slow_down' ? lasts : lasts || failures >= failuresUntilTold;
}

/** @param kept as it is stored with the endpoint */
export const readTrouble = (kept: string | null): TroubleRecord | null =>
  kept === null ? null : ({ told: false, untried: false, ...(JSON.parse(kept) as object) } as TroubleRecord);

/** As the contract shows it. */
export function troubleView(kept: string | null, wallMs: number): EndpointTrouble | null {
  const trouble = readTrouble(kept);
  if (trouble === null) return null;
  const { deliveries: _deliveries, told: _told, untried: _untried, ...shown } = trouble;
  return { ...shown, takesNothing: takesNothing(trouble, wallMs) };
}

/** Nobody that is known here has issued its certificate: other authorities would put that right. */
export const isUnvouched = (trouble: TroubleRecord | null): boolean =>
  trouble !== null &&
  remedyOf({ says: trouble.sentence, status: null, local: false, lasting: false }).name === 'own_certificate';
