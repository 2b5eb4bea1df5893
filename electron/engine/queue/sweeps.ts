/**
 * The sweep: every 15 seconds, never two at once. A timer makes deliveries prompt, the sweep makes it certain.
 *
 * The beat is the machine's own timer; node-cron stands behind it at each full hour, in UTC. Not the other way round: after
 * the clock jumps ahead node-cron walks every slot that it missed, in one turn (400 days of slots of 15 seconds: minutes
 * without an answer, seen; of hours: a second), and after a step back it falls silent (decision 5, measured). Where the
 * clocks part its task is thrown away and made anew, but a slot that comes before that is seen is walked from.
 */
import { type ScheduledTask, schedule } from 'node-cron';
import type { EngineContext } from '../context.ts';

/** The wall clock and the monotonic one part by more than this, in milliseconds: somebody set the clock, or sleep. */
const partedMs = 120_000;
/** How often the clocks are compared, in milliseconds. */
const watchMs = 5_000;
const sweepEveryMs = 15_000;
/** By the clock that the engine is given: behind the beat, where the machine's timers stood still. */
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
  const beat = setInterval(() => sweepNow(), sweepEveryMs);
  let running = false;
  let stopped = false;
  let wallMs = clock.wallMs();
  let monotonicMs = clock.monotonicMs();
  let lastSweepMs = monotonicMs;
  let cancel = clock.after(watchMs, watch);

  function makeTask(): ScheduledTask {
    // A missed slot is nothing to tell anybody: the beat and the timer are there.
    return schedule('0 0 * * * *', runSweep, { timezone: 'UTC', noOverlap: true, suppressMissedWarning: true });
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
      clearInterval(beat);
      cancel();
      dropTask();
    },
  };
}
