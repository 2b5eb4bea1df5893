/** One timer for the next time at which something may be due; setting it to the time that it has costs nothing. */
import type { UtcMs } from '../../../shared/domain.ts';
import type { Clock } from '../ports.ts';

export interface DueTimer {
  /** @param at engine time; null where nothing is foreseen */
  set(at: number | null, now: UtcMs): void;
  stop(): void;
}

export function createDueTimer(clock: Clock, isDue: () => void): DueTimer {
  let timer: { readonly at: number; readonly cancel: () => void } | null = null;

  function stop(): void {
    timer?.cancel();
    timer = null;
  }

  return {
    set(at, now) {
      if (at === (timer?.at ?? null)) return;
      stop();
      if (at === null) return;
      const cancel = clock.after(Math.max(0, at - now), () => {
        timer = null;
        isDue();
      });
      timer = { at, cancel };
    },
    stop,
  };
}
