/**
 * Tells whether the machine slept while an attempt was under way: uptime goes on in sleep, monotonic time does
 * not. Asking for the uptime costs 20 µs on Linux (measured), so attempts that begin in one second share a mark.
 */
import type { Clock } from '../ports.ts';

const markLastsMs = 1000;

/** How the two times stood when an attempt began, or up to a second before. */
export interface SleepMark {
  readonly monotonicMs: number;
  readonly uptimeMs: number;
}

export interface SleepWatch {
  mark(): SleepMark;
  /** How long the machine has slept since the mark, in milliseconds. */
  sleptMs(since: SleepMark): number;
}

export function createSleepWatch(clock: Clock): SleepWatch {
  const now = (): SleepMark => ({ monotonicMs: clock.monotonicMs(), uptimeMs: clock.uptimeMs() });
  let last: SleepMark | null = null;
  return {
    mark: () => {
      if (last === null || clock.monotonicMs() - last.monotonicMs >= markLastsMs) last = now();
      return last;
    },
    sleptMs: (since) => clock.uptimeMs() - since.uptimeMs - (clock.monotonicMs() - since.monotonicMs),
  };
}
