/**
 * What an outcome says about its endpoint: active, degraded, failing, and back ("When an endpoint
 * is failing"; decisions 11 to 13). Pure functions of values; times are engine time unless they say otherwise.
 */
import {
  type AttemptKind,
  failuresUntilFailing,
  retryDelaysMs,
  throttleGraceMs,
  trialIntervalMs,
  type UtcMs,
  utcMs,
} from '../../../shared/domain.ts';
import type { HealthState } from '../store/endpoints.ts';
import type { Outcome } from './judgement.ts';
import { isOwnTrouble } from './judgement.ts';

export interface HealthInput {
  readonly state: HealthState;
  readonly kind: AttemptKind;
  readonly outcome: Pick<Outcome, 'class' | 'counts' | 'retryAfterMs'>;
  /** The delivery after this attempt; null for a test send. */
  readonly delivery: {
    readonly failures: number;
    readonly blames: number;
    readonly deliveredMark: number | null;
  } | null;
  readonly endedAt: UtcMs;
  readonly endedWall: UtcMs;
  /** It said with a success for how long it takes nothing more, in milliseconds. */
  readonly quietMs?: number;
}

export type HealthChange = 'none' | 'degraded' | 'failing' | 'recovered' | 'active';

/** Without a time of its own, "slow down" holds the whole endpoint for this long, in milliseconds. */
export const shortHoldMs = retryDelaysMs[0];
/** A success tells nothing of a failure that comes later than this, in milliseconds. */
const justTakenMs = 3_600_000;

/** The endpoint's health after an attempt, and what changed about it. */
export function judgeHealth(input: HealthInput): { readonly state: HealthState; readonly change: HealthChange } {
  const { state, kind, outcome, endedAt, endedWall } = input;
  if (outcome.class === 'delivered') return delivered(input);
  if (isOwnTrouble(outcome.class)) return { state, change: 'none' };
  const held = outcome.class === 'throttled' && kind !== 'test' ? holdFor(state, endedAt, outcome.retryAfterMs) : state;
  if (kind === 'test' || kind === 'resend') return { state: held, change: 'none' };
  if (held.health === 'failing') {
    return { state: { ...held, nextTrialAt: nextTrial(held.nextTrialAt, kind, endedAt) }, change: 'none' };
  }
  if (!outcome.counts) return { state: held, change: 'none' };
  if (isFailing(input)) return { state: startIncident(held, endedAt, endedWall), change: 'failing' };
  return { state: { ...held, health: 'degraded' }, change: held.health === 'degraded' ? 'none' : 'degraded' };
}

/** Half an hour after the last trial; a slot that nothing could use is not made up for when a retry has failed. */
function nextTrial(at: UtcMs | null, kind: AttemptKind, endedAt: UtcMs): UtcMs {
  if (kind === 'trial' || at === null) return utcMs(endedAt + trialIntervalMs);
  const missed = Math.max(0, Math.floor((endedAt - at) / trialIntervalMs) + 1);
  return utcMs(at + missed * trialIntervalMs);
}

function delivered({ state, kind, endedAt, endedWall, quietMs }: HealthInput) {
  const counted =
    kind === 'test' ? state : { ...state, deliveredCount: state.deliveredCount + 1, lastDeliveredAt: endedWall };
  // What was on its way when silence was asked for does not end the silence.
  const held = state.heldUntil !== null && state.heldUntil > endedAt ? state.heldUntil : null;
  const heldUntil = quietMs === undefined ? held : utcMs(Math.max(endedAt + quietMs, held ?? 0));
  const next: HealthState = { ...counted, health: 'active', failingSince: null, nextTrialAt: null, heldUntil };
  if (state.health === 'failing') return { state: next, change: 'recovered' as const };
  if (kind === 'test') return { state, change: 'none' as const };
  return { state: next, change: state.health === 'active' ? ('none' as const) : ('active' as const) };
}

/**
 * One delivery has five counted failures that are not about the event, and nothing else got through since its
 * first. The one further attempt after a recovery never marks failing: it comes after the retries are used up.
 */
function isFailing({ state, delivery }: HealthInput): boolean {
  if (delivery === null || delivery.failures > retryDelaysMs.length + 1) return false;
  return delivery.blames >= failuresUntilFailing && delivery.deliveredMark === state.deliveredCount;
}

function startIncident(state: HealthState, endedAt: UtcMs, endedWall: UtcMs): HealthState {
  return {
    ...state,
    health: 'failing',
    failingSince: endedWall,
    incident: state.incident + 1,
    nextTrialAt: utcMs(endedAt + trialIntervalMs),
  };
}

/** The receiver asked for silence: nothing goes to it until then, at most a day. */
function holdFor(state: HealthState, endedAt: UtcMs, retryAfterMs: number | undefined): HealthState {
  const until = utcMs(endedAt + Math.min(retryAfterMs ?? shortHoldMs, throttleGraceMs));
  return { ...state, heldUntil: utcMs(Math.max(until, state.heldUntil ?? 0)) };
}

/**
 * Whether the endpoint has taken something just now, so that what it does not take is no trouble of its own yet: it
 * is asked for too much, or does not want this event.
 * @param began engine time of the attempt's begin: one that began after a silence was to find out whether it was enough
 */
export function hasJustTaken(state: HealthState, began: UtcMs, endedWall: UtcMs): boolean {
  const { health, lastDeliveredAt, heldUntil } = state;
  const isRecent = lastDeliveredAt !== null && endedWall - lastDeliveredAt <= justTakenMs;
  return health === 'active' && isRecent && (heldUntil === null || began < heldUntil);
}
