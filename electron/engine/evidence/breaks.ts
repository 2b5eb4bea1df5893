/**
 * What became of this PC's network while something was under way: a request that had begun before its network went away,
 * or became another, and gets no answer, shows that and nothing of its receiver.
 */
import type { Clock } from '../ports.ts';

/** `away`: it led nowhere for a while; `changed`: it is another. */
export type Break = 'away' | 'changed';

export interface Breaks {
  /** The way out is shut, or was until now. */
  away(): void;
  /** The property's own network is out of reach, or was until now. */
  localAway(): void;
  changed(): void;
  /**
   * @param sinceMs by the monotonic clock
   * @param local whether the way that is asked about stays in the property's own network
   */
  since(sinceMs: number, local: boolean): Break | null;
}

export function createBreaks({ monotonicMs }: Pick<Clock, 'monotonicMs'>): Breaks {
  let awayUntil = Number.NEGATIVE_INFINITY;
  let localAwayUntil = Number.NEGATIVE_INFINITY;
  let changedAt = Number.NEGATIVE_INFINITY;
  return {
    away() {
      awayUntil = monotonicMs();
    },
    localAway() {
      localAwayUntil = monotonicMs();
    },
    changed() {
      changedAt = monotonicMs();
    },
    since(sinceMs, local) {
      if ((local ? localAwayUntil : awayUntil) > sinceMs) return 'away';
      return changedAt > sinceMs ? 'changed' : null;
    },
  };
}
