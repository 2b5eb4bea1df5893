/** The machine's clock. */
import { uptime } from 'node:os';
import type { Clock } from './ports.ts';

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  uptimeMs: () => uptime() * 1000,
  after(delayMs, run) {
    // Node turns a delay over 2^31-1 ms into 1 ms.
    const timer = setTimeout(run, Math.min(delayMs, 2_147_483_647));
    return () => clearTimeout(timer);
  },
};
