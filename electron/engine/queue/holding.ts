/**
 * What is older than its endpoint wants does not go out: a door must not open for a check-in of yesterday. It needs a
 * person, who says "send" or "skip" (`held-acts.ts`), and holds up nothing behind it meanwhile.
 */
import type { UtcMs } from '../../../shared/domain.ts';
import { wallTime } from '../context.ts';
import type { Clock } from '../ports.ts';
import type { DeliveryStore } from '../store/deliveries.ts';
import type { Lane } from './lane.ts';
import { freeNext } from './recording.ts';
import type { Candidate } from './waiting-window.ts';

const hourMs = 3_600_000;

export interface HoldingParts {
  readonly clock: Clock;
  readonly deliveries: DeliveryStore;
  /** When an event was taken in, by engine time. */
  readonly takenAt: (eventSeq: number) => UtcMs | undefined;
  /** Told of each that is held. */
  readonly onHeld: (deliverySeq: number) => void;
}

/** Events taken in before this are too old for an endpoint; engine time, null where it takes any. */
export const tooOldBefore = (holdOlderThanHours: number | null, now: UtcMs): number | null =>
  holdOlderThanHours === null ? null : now - holdOlderThanHours * hourMs;

/**
 * Holds what is too old for its endpoint; inside a transaction.
 * @returns false where it may go out: it is young enough, or a person said that it may be late
 */
export function holdIfTooOld(parts: HoldingParts, lane: Lane, candidate: Candidate, now: UtcMs): boolean {
  const before = tooOldBefore(lane.target.options.holdOlderThanHours, now);
  if (before === null) return false;
  const { deliveries, clock } = parts;
  const takenAt = candidate.event?.stored.takenAt ?? parts.takenAt(candidate.eventSeq);
  if (takenAt === undefined || takenAt >= before || lane.inFlight.has(candidate.seq)) return false;
  if (!deliveries.hold(candidate.seq, wallTime(clock))) return false;
  lane.moveUp({ delivery: candidate, kind: 'scheduled' }, true, now);
  const freed = lane.mayHaveParked ? freeNext(deliveries, candidate, now) : null;
  if (freed) lane.comeFree(freed, now);
  parts.onHeld(candidate.seq);
  return true;
}
