/** How long after a thread's death the next one is to start: a thread that dies at once must not spin. */
import type { Clock } from './ports.ts';

/** A thread that lived for this time was fine, in milliseconds: the next restart is prompt again. */
const steadyMs = 60_000;

export interface ThreadLives {
  /** A thread was started. */
  began(): void;
  /** It died; returns milliseconds until the next one is to start. */
  restartAfterMs(): number;
}

/** @param delaysMs after the first death, and after each further one soon after it; the last for all that follow */
export function createThreadLives(clock: Clock, delaysMs: readonly number[]): ThreadLives {
  let beganAt = 0;
  let deaths = 0;
  return {
    began: () => {
      beganAt = clock.monotonicMs();
    },
    restartAfterMs: () => {
      deaths = clock.monotonicMs() - beganAt > steadyMs ? 1 : deaths + 1;
      return delaysMs[Math.min(deaths, delaysMs.length) - 1] ?? 0;
    },
  };
}
