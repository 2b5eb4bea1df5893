/** The system's clock with everything that is waited for a given number of times sooner: for what only waits. */
import type { Clock } from '../../electron/engine/ports.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';

export const fastClock = (times: number): Clock => ({
  wallMs: () => systemClock.wallMs(),
  uptimeMs: () => systemClock.uptimeMs(),
  monotonicMs: () => systemClock.monotonicMs() * times,
  after: (delayMs, run) => systemClock.after(delayMs / times, run),
});
