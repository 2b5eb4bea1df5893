/** A clock that stands still until it is told to go on, or to jump as real ones do. */
import type { Clock } from '../../electron/engine/ports.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

export interface FakeClock extends Clock {
  /** Time passes: what falls due meanwhile runs in order, each with what it sets off at once. */
  advance(ms: number): Promise<void>;
  /** Time passes at once, as on a machine that is busy: what fell due meanwhile runs late, in order, and once. */
  stride(ms: number): Promise<void>;
  /** As `advance`, to this wall time. */
  advanceTo(wallMs: number): Promise<void>;
  /** Somebody sets the clock: the wall time jumps (back where negative), nothing passes. */
  setWall(byMs: number): void;
  /** The machine sleeps: wall time and uptime go on, monotonic time and timers stand still. */
  sleep(ms: number): void;
  /** Milliseconds until the next timer; null where there is none. */
  nextTimerMs(): number | null;
  readonly timers: number;
}

interface Timer {
  readonly dueAt: number;
  readonly order: number;
  readonly run: () => void;
}

/** @param wallMs the wall time to begin with; 15 March 2024, 10:30 UTC unless given */
export function createFakeClock(wallMs: number = Date.UTC(2024, 2, 15, 10, 30)): FakeClock {
  let wall = wallMs;
  let monotonic = 1_000_000;
  let uptime = 50_000_000;
  let order = 0;
  const timers = new Set<Timer>();

  const next = (): Timer | undefined =>
    [...timers].sort((one, other) => one.dueAt - other.dueAt || one.order - other.order)[0];
  const pass = (ms: number) => {
    wall += ms;
    monotonic += ms;
    uptime += ms;
  };

  const advance = async (ms: number): Promise<void> => {
    const end = monotonic + ms;
    for (let timer = next(); timer !== undefined && timer.dueAt <= end; timer = next()) {
      pass(Math.max(0, timer.dueAt - monotonic));
      timers.delete(timer);
      timer.run();
      await settled();
    }
    pass(end - monotonic);
    await settled();
  };

  return {
    wallMs: () => wall,
    monotonicMs: () => monotonic,
    uptimeMs: () => uptime,
    after: (delayMs, run) => {
      const timer = { dueAt: monotonic + Math.max(0, delayMs), order: order++, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance,
    async stride(ms) {
      pass(ms);
      const due = [...timers].filter(({ dueAt }) => dueAt <= monotonic);
      for (const timer of due.sort((one, other) => one.dueAt - other.dueAt || one.order - other.order)) {
        // One that ran before it may have taken it away.
        if (!timers.delete(timer)) continue;
        timer.run();
        await settled();
      }
      await settled();
    },
    advanceTo: (to) => advance(to - wall),
    setWall: (byMs) => {
      wall += byMs;
    },
    sleep: (ms) => {
      wall += ms;
      uptime += ms;
    },
    nextTimerMs: () => {
      const timer = next();
      return timer === undefined ? null : timer.dueAt - monotonic;
    },
    get timers() {
      return timers.size;
    },
  };
}

/** Promises that were resolved have run on; what waits for the network has not. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
