/**
 * How far an outbox was read. Its numbers are given before what they number is committed: one that is missing may still
 * come, so it is asked for again for a while.
 */

export interface OutboxCursor {
  /** The greatest number that was read; null before the first. */
  readonly last: string | null;
  /** Numbers below it that were not there, with when that was first seen; oldest first. */
  readonly missing: readonly (readonly [number: string, sinceMs: number])[];
}

export const outboxStart: OutboxCursor = { last: null, missing: [] };

/** A transaction that takes longer than this is none of a booking, in milliseconds. */
const awaitedMs = 600_000;
/** Most numbers that are waited for; where more are missing, they are counted in steps. */
const mostMissing = 2_000;
/** How far below the very first row one may still be on its way. */
const belowFirst = 100n;

/**
 * @param found numbers of the rows that were read, in any order
 * @param nowMs the wall clock's time
 */
export function advanced(cursor: OutboxCursor, found: readonly string[], nowMs: number): OutboxCursor {
  const numbers = found.map(BigInt).sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const there = new Set(numbers.map(String));
  const missing = cursor.missing.filter(
    // A clock that was set back makes none of them older.
    ([number, sinceMs]) => !there.has(number) && nowMs - sinceMs < awaitedMs,
  );
  const first = numbers[0];
  let last = cursor.last === null ? null : BigInt(cursor.last);
  if (last === null && first !== undefined) last = first > belowFirst ? first - belowFirst - 1n : 0n;
  if (last === null) return { last: null, missing };
  const fresh: [string, number][] = [];
  for (const number of numbers) {
    if (number <= last) continue;
    const from: bigint = number - last > BigInt(mostMissing) ? number - BigInt(mostMissing) : last + 1n;
    for (let absent = from; absent < number; absent += 1n) fresh.push([absent.toString(), nowMs]);
    last = number;
  }
  return { last: last.toString(), missing: [...missing, ...fresh].slice(-mostMissing) };
}
