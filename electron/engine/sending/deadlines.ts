/**
 * One timer for all attempts in flight: each has the same time, so they run out in the order in which they
 * began. A timer for each would cost more than the rest of a request's bookkeeping.
 */
import type { Clock } from '../ports.ts';

export interface Expiring {
  /** By the monotonic clock, in milliseconds. */
  readonly expiresAt: number;
  /** @param lateMs how much later than due: much, where the machine had been asleep */
  expire(lateMs: number): void;
}

export interface Deadlines {
  add(attempt: Expiring): void;
  remove(attempt: Expiring): void;
  /** Takes the timer away; nothing expires any more. */
  close(): void;
}

export function createDeadlines(clock: Clock): Deadlines {
  const running = new Set<Expiring>();
  let cancel: (() => void) | null = null;

  function arm(attempt: Expiring): void {
    cancel = clock.after(Math.max(0, attempt.expiresAt - clock.monotonicMs()), expireDue);
  }

  function expireDue(): void {
    cancel = null;
    const now = clock.monotonicMs();
    for (const attempt of running) {
      // Timers may fire a fraction of a millisecond early.
      if (attempt.expiresAt > now + 1) {
        arm(attempt);
        return;
      }
      running.delete(attempt);
      attempt.expire(now - attempt.expiresAt);
    }
  }

  return {
    add: (attempt) => {
      running.add(attempt);
      if (cancel === null) arm(attempt);
    },
    remove: (attempt) => {
      running.delete(attempt);
    },
    close: () => {
      cancel?.();
      cancel = null;
      running.clear();
    },
  };
}
