/** When the night's work and the hourly backup are due: pure, so that a PC that is off at night misses nothing. */
import { localMs, momentOf } from './local-time.ts';

/** "At night" is 03:00 of the property's time zone (decisions 4). */
const nightHour = 3;
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** The latest moment, now or before, at which it was 03:00. */
export function lastNight(wallMs: number, timeZone: string): number {
  const local = localMs(wallMs, timeZone);
  const midnight = local - (((local % dayMs) + dayMs) % dayMs);
  for (let day = 0; ; day -= 1) {
    const moment = momentOf(midnight + day * dayMs + nightHour * hourMs, timeZone);
    if (moment <= wallMs) return moment;
  }
}

/**
 * Whether the night's work has not been done since 03:00. A last time that lies ahead was written while the clock
 * was wrong, and counts for nothing.
 */
export function nightIsDue(lastRunMs: number | null, wallMs: number, timeZone: string): boolean {
  return lastRunMs === null || lastRunMs > wallMs + dayMs || lastRunMs < lastNight(wallMs, timeZone);
}

export const hourlyIsDue = (lastRunMs: number | null, wallMs: number): boolean =>
  lastRunMs === null || lastRunMs > wallMs + hourMs || lastRunMs + hourMs <= wallMs;
