/** How far this PC's clock is from what servers say. */
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import { parseHttpDate } from './retry-after.ts';

/** Past this, in milliseconds, certificates and signatures are refused because of the clock. */
export const clockToleranceMs = 240_000;

/**
 * The skew that one answer shows: our time minus the server's, positive where this PC is ahead. A `Date` has
 * whole seconds and was written between the request and the answer; the middle of both is compared with it.
 * @param date the answer's `Date`
 * @returns milliseconds, or null where the answer has no valid `Date`
 */
export function skewFromDate(date: string | null, startedAt: UtcMs, endedAt: UtcMs): number | null {
  const server = date === null ? null : readDate(date, endedAt);
  if (server === null) return null;
  const middle = utcMs((startedAt + endedAt) / 2);
  return Math.round(middle - (server + 500));
}

/** Answers of the same second have the same `Date`: it is read once. */
let lastRead: { readonly date: string; readonly ms: number | null } | null = null;

function readDate(date: string, now: UtcMs): number | null {
  if (lastRead?.date !== date) lastRead = { date, ms: parseHttpDate(date.trim(), now) };
  return lastRead.ms;
}

/** Whether the clock is off by more than what receivers tolerate. */
export const isClockWrong = (skewMs: number | null): boolean => skewMs !== null && Math.abs(skewMs) > clockToleranceMs;
