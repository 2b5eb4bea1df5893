/**
 * The pace of one endpoint: a limit of requests in flight, and never more than its rate in any one
 * second. Time comes from the caller, from a monotonic clock.
 */

export interface PaceLimits {
  /** Requests under way at once; `Infinity` for no limit. */
  readonly inFlight: number;
  /** Requests begun per second; below 1 for one in several seconds, `Infinity` for no limit. */
  readonly perSecond: number;
  /** Each at the same distance from the one before, instead of as many at once as fit into a second. */
  readonly evenly?: boolean;
}

export interface Pacer {
  /** How many requests may begin now. */
  slots(now: number): number;
  /**
   * When the rate lets the next one begin, in the clock's milliseconds: `now` where it may begin at once, null
   * while all places in flight are taken, since only an answer frees one.
   */
  nextAt(now: number): number | null;
  /** A request begins. To be called only while `slots(now)` is above 0. */
  take(now: number): void;
  /** A request has ended, in whatever way. */
  release(): void;
  /** Other limits from now on; what is in flight stays. */
  change(limits: PaceLimits): void;
  readonly inFlight: number;
}

/**
 * A sliding window rather than a filling bucket: a full bucket would let up to twice the rate through in the
 * first second, and receivers count seconds. A burst up to the rate still goes at once.
 */
export function createPacer(limits: PaceLimits): Pacer {
  let { inFlight: places, perSecond, evenly = false } = limits;
  let underWay = 0;
  let window = windowOf(perSecond, evenly);
  /** When the last `window.size` requests began: a ring, `oldest` is the slot that is overwritten next. */
  let begun = new Float64Array(ringSize(window.size)).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;

  function rateSlots(now: number, most: number): number {
    if (window.size === Number.POSITIVE_INFINITY) return most;
    const asked = Math.min(most, window.size);
    let free = 0;
    while (free < asked && freesAt(free) <= now) free += 1;
    return free;
  }
  const freesAt = (ahead: number) => (begun[(oldest + ahead) % window.size] ?? 0) + window.lengthMs;

  return {
    get inFlight() {
      return underWay;
    },
    slots: (now) => {
      const free = places - underWay;
      return free <= 0 ? 0 : rateSlots(now, free);
    },
    nextAt: (now) => {
      if (underWay >= places) return null;
      return window.size === Number.POSITIVE_INFINITY ? now : Math.max(now, freesAt(0));
    },
    take: (now) => {
      underWay += 1;
      if (window.size === Number.POSITIVE_INFINITY) return;
      begun[oldest] = now;
      oldest = (oldest + 1) % window.size;
    },
    release: () => {
      underWay = Math.max(0, underWay - 1);
    },
    change: (next) => {
      places = next.inFlight;
      if (next.perSecond === perSecond && (next.evenly ?? false) === evenly) return;
      const recent = inOrder(begun, oldest);
      perSecond = next.perSecond;
      evenly = next.evenly ?? false;
      window = windowOf(perSecond, evenly);
      begun = new Float64Array(ringSize(window.size)).fill(Number.NEGATIVE_INFINITY);
      const kept = recent.slice(Math.max(0, recent.length - begun.length));
      begun.set(kept, begun.length - kept.length);
      oldest = 0;
    },
  };
}

/** A whole number of requests, and the time in which no more than these may begin. */
function windowOf(perSecond: number, evenly: boolean): { size: number; lengthMs: number } {
  if (perSecond === Number.POSITIVE_INFINITY) return { size: Number.POSITIVE_INFINITY, lengthMs: 0 };
  const size = evenly ? 1 : Math.max(1, Math.floor(perSecond));
  return { size, lengthMs: (size * 1000) / perSecond };
}

const ringSize = (windowSize: number) => (windowSize === Number.POSITIVE_INFINITY ? 0 : windowSize);

function inOrder(ring: Float64Array, oldest: number): number[] {
  return [...ring.subarray(oldest), ...ring.subarray(0, oldest)];
}
