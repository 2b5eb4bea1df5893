/**
 * The sweep: every 15 seconds by node-cron, in UTC, never two at once. A timer makes deliveries prompt, the
 * sweep makes them certain.
 *
 * node-cron walks every missed slot after the clock jumps ahead and falls silent after a step back
 * (decision 5, measured). A watch on the monotonic clock throws its task away and makes a new one when the
 * clocks part, and a plain interval stands behind both.
 */
import { type ScheduledTask, schedule } from 'node-cron';
import type { EngineContext } from '../context.ts';

/** The wall clock and the monotonic one part by more than this, in milliseconds: somebody set the clock, or sleep. */
const partedMs = 120_000;
/** How often the clocks are compared, in milliseconds: more often than node-cron's next slot can be reached. */
const watchMs = 5_000;
const plainIntervalMs = 60_000;

export interface Sweeps {
  /** Sweeps now, unless one is running. */
  now(): void;
  stop(): void;
}

/** @param sweep looks for everything that is due; called again only once the last call is done */
export function startSweeps(
  { clock, logger, mishaps }: Pick<EngineContext, 'clock' | 'logger' | 'mishaps'>,
  sweep: () => Promise<void>,
): Sweeps {
  let task = makeTask();
  let running = false;
  let stopped = false;
  let wallMs = clock.wallMs();
  let monotonicMs = clock.monotonicMs();
  let lastSweepMs = monotonicMs;
  let cancel = clock.after(watchMs, watch);

  function makeTask(): ScheduledTask {
    // A missed slot is nothing to tell anybody: the interval and the timer stand behind it.
    return schedule('*/15 * * * * *', runSweep, { timezone: 'UTC', noOverlap: true, suppressMissedWarning: true });
  }

  const sweepNow = (): void => mishaps.own('a sweep', runSweep());
  const dropTask = (): void => mishaps.own('the end of a schedule', Promise.resolve(task.destroy()));

  async function runSweep(): Promise<void> {
    if (running || stopped) return;
    running = true;
    lastSweepMs = clock.monotonicMs();
    try {
      await sweep();
    } catch (error) {
      logger.error({ err: error }, 'a sweep failed; the next one tries again');
    } finally {
      running = false;
    }
  }

  function watch(): void {
    if (stopped) return;
    const wallNow = clock.wallMs();
    const monotonicNow = clock.monotonicMs();
    if (Math.abs(wallNow - wallMs - (monotonicNow - monotonicMs)) > partedMs) {
      dropTask();
      task = makeTask();
      logger.warn({ byMs: Math.round(wallNow - wallMs) }, 'the clock of this PC was set, or it slept');
      sweepNow();
    } else if (monotonicNow - lastSweepMs >= plainIntervalMs) {
      sweepNow();
    }
    wallMs = wallNow;
    monotonicMs = monotonicNow;
    cancel = clock.after(watchMs, watch);
  }

  return {
    now: sweepNow,
    stop() {
      stopped = true;
      cancel();
      dropTask();
    },
  };
}
