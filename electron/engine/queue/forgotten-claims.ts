/**
 * The second wall before a forgotten guest's receivers: whatever its delivery's state says (it may come out of a backup, or
 * of a restore that carried it over), nothing goes out of an event whose content was forgotten. It is cancelled instead,
 * and holds up nothing behind it.
 */
import type { UtcMs } from '../../../shared/domain.ts';
import { wallTime } from '../context.ts';
import type { Clock } from '../ports.ts';
import type { DeliveryStore } from '../store/deliveries.ts';
import type { Lane } from './lane.ts';
import { freeNext } from './recording.ts';
import type { Candidate } from './waiting-window.ts';

export interface ForgottenParts {
  readonly clock: Clock;
  readonly deliveries: DeliveryStore;
  /** Whether an event's guest was forgotten. */
  readonly isForgotten: (eventSeq: number) => boolean;
  /** Told of each that does not go out after all. */
  readonly onHeld: (deliverySeq: number) => void;
}

/**
 * Cancels what was forgotten; inside a transaction.
 * @param now engine time
 * @returns false where it may go out
 */
export function cancelIfForgotten(parts: ForgottenParts, lane: Lane, candidate: Candidate, now: UtcMs): boolean {
  const { deliveries, clock } = parts;
  if (!parts.isForgotten(candidate.eventSeq) || lane.inFlight.has(candidate.seq)) return false;
  deliveries.setState(candidate.seq, 'cancelled', 'forgotten', candidate.dueAt, wallTime(clock));
  lane.moveUp({ delivery: candidate, kind: 'scheduled' }, true, now);
  const freed = lane.mayHaveParked ? freeNext(deliveries, candidate, now) : null;
  if (freed) lane.comeFree(freed, now);
  parts.onHeld(candidate.seq);
  return true;
}
