/**
 * A receiver asked that a delivery wait (429, 503 with `Retry-After`), for a day perhaps, and takes others again since: what
 * waits on that word alone goes by its ordinary schedule, as if no time had been named. A success of what was on its way
 * already when it was asked for shows nothing.
 */
import { retryDelaysMs, type UtcMs, utcMs } from '../../../shared/domain.ts';
import type { DeliveryStore } from '../store/deliveries.ts';

/** So many are looked through at once, of each turn. */
const mostLooked = 500;

/** A success. */
export interface Taken {
  /** The wall clock's time. */
  readonly startedAt: UtcMs;
  readonly endedWall: UtcMs;
  /** Engine time. */
  readonly endedAt: UtcMs;
}

export interface StoppedWaiting {
  readonly freed: number;
  /** Waits still as it was asked to. */
  readonly left: number;
  /** Whether each of those that were asked to wait was so before this success began. */
  readonly isAfterAll: boolean;
}

/** Inside the transaction that records the success. */
export function stopWaiting(
  deliveries: Pick<DeliveryStore, 'someAskedToWait' | 'setDue'>,
  endpointNo: number,
  { startedAt, endedWall, endedAt }: Taken,
): StoppedWaiting {
  const asked = deliveries.someAskedToWait(endpointNo, endedAt, mostLooked);
  let freed = 0;
  for (const { seq, dueAt, createdAt, failures, lastAttemptAt } of asked) {
    if (lastAttemptAt > startedAt) continue;
    const delayMs = retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)] ?? 0;
    const ordinary = endedAt - (endedWall - lastAttemptAt) + delayMs;
    // What has waited since it came goes before what came later.
    const due = utcMs(ordinary > endedAt ? ordinary : Math.min(createdAt, endedAt));
    if (due < dueAt && deliveries.setDue(seq, due, null)) freed += 1;
  }
  const isAfterAll = asked.length > 0 && asked.every(({ lastAttemptAt }) => lastAttemptAt <= startedAt);
  return { freed, left: asked.length - freed, isAfterAll };
}
