/** When the night's work and the hourly backup are due: pure, so that a PC that is off at night misses nothing. */
import { localDay, localMs, nightOf } from '../local-time.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** The latest moment, now or before, at which it was 03:00; where the clocks leave that out, at which they went on. */
export function lastNight(wallMs: number, timeZone: string): number {
  for (let day = localDay(wallMs, timeZone); ; day = day.subtract({ days: 1 })) {
    const night = nightOf(day, timeZone);
    if (night <= wallMs) return night;
  }
}

/** The hour by the property's clocks, 0 to 23. */
export const hourAt = (wallMs: number, timeZone: string): number => new Date(localMs(wallMs, timeZone)).getUTCHours();

/**
 * Whether the night's work has not been done since 03:00. A last time that lies ahead was written while the clock
 * was wrong, and counts for nothing.
 */
export function nightIsDue(lastRunMs: number | null, wallMs: number, timeZone: string): boolean {
  return lastRunMs === null || lastRunMs > wallMs + dayMs || lastRunMs < lastNight(wallMs, timeZone);
}

/** When what is old was last looked at, by the wall clock and in engine time. */
export interface OldLook {
  readonly wallMs: number;
  readonly engineMs: number;
}

/** Two looks that are to agree are so far apart at least: a day, whose hours a PC that is off at night may shift. */
const betweenLooksMs = 20 * hourMs;

/**
 * What deletes asks more than one look at the wall clock, which may have been set wrong: it goes by what the look of a
 * day ago saw. A clock that is ahead for less than a day deletes nothing that is young.
 *
 * @returns what counts as now for what is old, null where nothing is to go; and the look to be kept
 */
export function trustedNow(
  last: OldLook | null,
  now: OldLook,
): { readonly wallMs: number | null; readonly keep: OldLook } {
  // It was ahead then, or this is the first look.
  if (last === null || last.wallMs > now.wallMs) return { wallMs: null, keep: now };
  if (now.engineMs - last.engineMs < betweenLooksMs) return { wallMs: null, keep: last };
  return { wallMs: last.wallMs, keep: now };
}

export const hourlyIsDue = (lastRunMs: number | null, wallMs: number): boolean =>
  lastRunMs === null || lastRunMs > wallMs + hourMs || lastRunMs + hourMs <= wallMs;
