/**
 * When what falls due of a digest goes out: with all else that fell due since its last full time. Full times are the
 * multiples of its length by the engine's clock, so that nothing of them has to be kept: after a restart what had fallen
 * due before the last one goes out at once. Without a digest, everything at its own time.
 */
import { type UtcMs, utcMs } from '../../shared/domain.ts';

/** So many events make one message at most. */
export const mostInDigest = 100;

/** What goes out together is claimed together: how many they are is known once all are. */
export interface Together {
  size: number;
}

/**
 * What fell due by this time may go out now.
 * @param digestMs the digest's length in milliseconds; null where there is none
 */
export const dueBy = (now: UtcMs, digestMs: number | null): UtcMs =>
  digestMs === null ? now : utcMs(Math.floor(now / digestMs) * digestMs);

/** When what falls due at this time may go out. */
export const goesOutAt = (dueAt: UtcMs, digestMs: number | null): UtcMs =>
  digestMs === null ? dueAt : utcMs(Math.ceil(dueAt / digestMs) * digestMs);

/**
 * When what was put off falls due anew: right behind the full time before the one that it goes out at, so that it stands
 * together again, in its old order, before all that came later.
 * @param dueAt when it might go out by itself
 */
export const dueAgain = (dueAt: UtcMs, digestMs: number | null): UtcMs =>
  digestMs === null ? dueAt : utcMs(goesOutAt(dueAt, digestMs) - digestMs + 1);
