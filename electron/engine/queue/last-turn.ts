/**
 * Whether what can wait (an item that runs low) lets another one go first: it does, so that after an outage bookings and
 * doors come before the bar's stock, but not for ever. Where others have gone before it for an hour of sending, an
 * endpoint has more to do than it takes, and everything goes by its age again until there is room.
 */
import type { UtcMs } from '../../../shared/domain.ts';

/** Others go first for so long, in milliseconds of sending. */
const longestMs = 3_600_000;
/** Longer ones between two looks are no time of sending: the way was shut, or the PC slept. */
const longestGapMs = 10_000;

interface Due {
  readonly dueAt: UtcMs;
}

export class LastTurn {
  private passedOverMs = 0;
  private lookedAt: number | null = null;

  /**
   * @param oldest the oldest that is due of all others; null where there is none
   * @param last the oldest that can wait; null where there is none
   * @param now engine time
   */
  comesBefore(oldest: Due | null, last: Due | null, now: UtcMs): boolean {
    if (oldest === null || last === null) {
      this.passedOverMs = 0;
      this.lookedAt = null;
      return false;
    }
    if (this.lookedAt !== null) this.passedOverMs += Math.min(longestGapMs, now - this.lookedAt);
    this.lookedAt = now;
    return this.passedOverMs < longestMs;
  }
}
