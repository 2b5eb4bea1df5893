/** When a delivery's next attempt is due. */
import { retryDelaysMs, throttleGraceMs, type UtcMs, utcMs } from '../../../shared/domain.ts';

/** Gives r in [0, 0.1]: by how much of its delay a retry comes later. */
export type Jitter = () => number;

const largestJitter = 0.1;

/** Jitter from any source of numbers in [0, 1). */
export const jitterFrom =
  (random: () => number): Jitter =>
  () =>
    random() * largestJitter;

/**
 * When the retry after the n-th counted failure is due: the END of the failed attempt + delay × (1 + r).
 * Never earlier than the delay, at most a tenth of it later.
 * @param endedAt when the failed attempt ended
 * @param countedFailures of the delivery, this one included
 * @returns null when the retries are used up and the delivery needs attention
 */
export function nextDue(endedAt: UtcMs, countedFailures: number, jitter: Jitter): UtcMs | null {
  const delayMs = retryDelaysMs[countedFailures - 1];
  if (delayMs === undefined) return null;
  const r = Math.min(largestJitter, Math.max(0, jitter()));
  return utcMs(Math.round(endedAt + delayMs * (1 + r)));
}

/**
 * When a throttled delivery, whose attempt did not count, is due: after the time that the receiver asked
 * for, or, where it named none, after the delay that would come next.
 * @param countedFailures so far; the throttled attempt is not among them
 * @param retryAfterMs from {@link parseRetryAfter}; null where the receiver named no time
 */
export function throttledDue(
  endedAt: UtcMs,
  countedFailures: number,
  retryAfterMs: number | null,
  jitter: Jitter,
): UtcMs {
  if (retryAfterMs !== null) return utcMs(endedAt + retryAfterMs);
  const step = Math.min(countedFailures + 1, retryDelaysMs.length);
  return nextDue(endedAt, step, jitter) ?? utcMs(endedAt + throttleGraceMs);
}
