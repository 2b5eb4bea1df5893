/** When an endpoint's lane may be claimed from, and when to look at it again. Functions of values; engine time. */
import type { UtcMs } from '../../../shared/domain.ts';
import type { HealthState } from '../store/endpoints.ts';
import type { Lane } from './lane.ts';

/** What holds for a lane beside what it knows itself. */
export interface LaneFacts {
  readonly health: HealthState;
  /** Whether the way out to the internet is open; endpoints on the local network do not ask. */
  readonly online: boolean;
}

const never = Number.POSITIVE_INFINITY;

/** Whether anything of it may go out now. */
export function mayClaim(lane: Lane, { health, online }: LaneFacts, now: UtcMs): boolean {
  const { heldUntil, releaseTo } = health;
  // While what waits is being made due, nothing goes out, so that everything goes in order.
  return (
    isOpen(lane, online) && !lane.wantsRoom && lane.backoffUntil <= now && (heldUntil ?? 0) <= now && releaseTo === null
  );
}

/** When something may be claimed of it that could not be now; `Infinity` where nothing is foreseen. */
export function nextLook(lane: Lane, { health, online }: LaneFacts, now: UtcMs, monotonicMs: number): number {
  // Room comes with an end of what is in flight.
  if (!isOpen(lane, online) || lane.wantsRoom || lane.canary === 'out' || health.releaseTo !== null) return never;
  const due = firstDue(lane, health, now);
  if (due === never) return never;
  const heldUntil = Math.max(lane.backoffUntil, health.heldUntil ?? 0);
  if (heldUntil > now) return Math.max(due, heldUntil);
  if (due > now) return due;
  // Something is due, but there was no token or place for it.
  const token = lane.pacer.nextAt(monotonicMs);
  return token === null ? never : now + Math.max(1, Math.ceil(token - monotonicMs));
}

const isOpen = ({ target }: Lane, online: boolean): boolean =>
  target.switch === 'on' && target.access !== null && (target.local || online);

function firstDue(lane: Lane, health: HealthState, now: UtcMs): number {
  const failing = health.health === 'failing';
  const windows = failing ? [lane.begun] : [lane.fresh, lane.begun, lane.last];
  let due = lane.hasResend || windows.some((window) => window.hasDue(now)) ? now : never;
  for (const { nextDueAt } of windows) if (nextDueAt !== null) due = Math.min(due, nextDueAt);
  const mayTry = failing && !lane.trialInFlight && !lane.nothingToTry;
  return mayTry && health.nextTrialAt !== null ? Math.min(due, health.nextTrialAt) : due;
}
