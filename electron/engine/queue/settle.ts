/**
 * What an attempt's outcome does to its delivery: settled, tried again and when, or in need of a person
 * (decisions 6, 7, 9, 13, 14). A pure function of values; all times are engine time.
 */

import type { AttemptKind, UtcMs } from '../../../shared/domain.ts';
import { dueAgain } from '../digest-times.ts';
import type { Outcome } from '../evidence/judgement.ts';
import { isOwnTrouble } from '../evidence/judgement.ts';
import type { DeliveryFacts, ScheduleColumns } from '../store/deliveries.ts';
import { type Jitter, nextDue, throttledDue } from './schedule.ts';

export interface SettleInput {
  readonly delivery: DeliveryFacts;
  readonly kind: AttemptKind;
  readonly outcome: Pick<Outcome, 'class' | 'counts' | 'retryAfterMs'>;
  readonly endedAt: UtcMs;
  /** The endpoint's count of delivered ones, and the incident it is in; null where it is not failing. */
  readonly deliveredCount: number;
  readonly incident: number | null;
  readonly jitter: Jitter;
  /** How long a digest of its endpoint is, in milliseconds; null where each event goes out by itself. */
  readonly digestMs: number | null;
}

/** What went out as one falls due as one. */
const together: Jitter = () => 0;

/**
 * - `delivered`: settled for good.
 * - `keep`: its place in the schedule is as it was.
 * - `schedule`: this is where it stands now.
 */
export type Settlement =
  | { readonly does: 'delivered' }
  | { readonly does: 'keep' }
  | { readonly does: 'schedule'; readonly counts: boolean; readonly next: Omit<ScheduleColumns, 'endedAt'> };

export function settle(input: SettleInput): Settlement {
  const { delivery, kind, outcome } = input;
  if (outcome.class === 'delivered') return { does: 'delivered' };
  // What a person asked for again changes nothing when it fails; neither does a trial, unless it was about the event.
  if (kind === 'resend' || kind === 'test' || isOwnTrouble(outcome.class) || outcome.class === 'gone') {
    return { does: 'keep' };
  }
  if (kind === 'trial' && outcome.class !== 'event_refused') return { does: 'keep' };
  if (outcome.class === 'throttled' && !outcome.counts) return { does: 'schedule', counts: false, next: waits(input) };
  return { does: 'schedule', counts: true, next: fails(input, delivery) };
}

/** A digest waits for its next full time; for how long it was asked to, its endpoint is left alone. */
function waits({ delivery, outcome, endedAt, jitter, digestMs }: SettleInput): Omit<ScheduleColumns, 'endedAt'> {
  return {
    state: 'waiting',
    reason: 'throttled',
    dueAt:
      digestMs === null
        ? throttledDue(endedAt, delivery.failures, outcome.retryAfterMs ?? null, jitter)
        : dueAgain(endedAt, digestMs),
    failures: delivery.failures,
    blames: delivery.blames,
    deliveredMark: delivery.deliveredMark,
    failedIn: null,
    throttledSince: delivery.throttledSince ?? endedAt,
  };
}

function fails(
  { outcome, endedAt, deliveredCount, incident, jitter, digestMs }: SettleInput,
  delivery: DeliveryFacts,
): Omit<ScheduleColumns, 'endedAt'> {
  const failures = delivery.failures + 1;
  const due = nextDue(endedAt, failures, digestMs === null ? jitter : together);
  return {
    state: due === null ? 'needs_attention' : 'waiting',
    reason: due === null ? null : 'retry',
    dueAt: due === null ? endedAt : dueAgain(due, digestMs),
    failures,
    blames: delivery.blames + (outcome.class === 'event_refused' ? 0 : 1),
    deliveredMark: delivery.deliveredMark ?? deliveredCount,
    failedIn: incident,
    throttledSince: delivery.throttledSince,
  };
}
