/**
 * Tells whether the machine slept while an attempt was under way: uptime goes on in sleep, monotonic time does
 * not. On Windows and macOS both go on, so there it is the system's word, handed in before it sleeps, that tells; where
 * none comes before, as in some kinds of standby, the one on waking.
 * Asking for the uptime costs 20 µs on Linux (measured), so attempts that begin in one second share a mark.
 */
import type { Clock } from '../ports.ts';

const markLastsMs = 1000;
/** The clocks part by milliseconds anyway; by more than this, in milliseconds, the machine slept. */
const asleepAfterMs = 5000;

/** The network of a machine that wakes comes back within so long, in milliseconds. */
const wakingMs = 5000;

/** How the two times stood when an attempt began, or up to a second before. */
export interface SleepMark {
  readonly monotonicMs: number;
  readonly uptimeMs: number;
  /** How many times the system had said that it goes to sleep. */
  readonly sleeps: number;
}

export interface SleepWatch {
  mark(): SleepMark;
  /** Whether the machine has slept since the mark. */
  sleptSince(mark: SleepMark): boolean;
  /** The system says that it goes to sleep. */
  fallsAsleep(): void;
  /** The system says that it woke. */
  wakesUp(): void;
  /** Which waking it has only just had; null where the last one is seconds ago. */
  justAwake(): number | null;
}

export function createSleepWatch(clock: Clock): SleepWatch {
  let sleeps = 0;
  const now = (): SleepMark => ({ monotonicMs: clock.monotonicMs(), uptimeMs: clock.uptimeMs(), sleeps });
  let last: SleepMark | null = null;
  let wakings = 0;
  let wokeAt = Number.NEGATIVE_INFINITY;
  const fallsAsleep = (): void => {
    sleeps += 1;
    last = null;
  };
  return {
    mark: () => {
      if (last === null || clock.monotonicMs() - last.monotonicMs >= markLastsMs) last = now();
      return last;
    },
    sleptSince: (mark) =>
      sleeps > mark.sleeps ||
      clock.uptimeMs() - mark.uptimeMs - (clock.monotonicMs() - mark.monotonicMs) > asleepAfterMs,
    fallsAsleep,
    wakesUp: () => {
      fallsAsleep();
      wakings += 1;
      wokeAt = clock.monotonicMs();
    },
    justAwake: () => (clock.monotonicMs() - wokeAt < wakingMs ? wakings : null),
  };
}
