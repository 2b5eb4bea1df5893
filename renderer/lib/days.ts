/** Days of the property's calendar as instants: a filter for "3 May" means the property's 3 May, wherever the PC's clock is. */
import { Temporal } from 'temporal-polyfill';
import { type UtcMs, utcMs } from '../../shared/domain.ts';

/** The calendar day of an instant, as `2026-05-03`. */
export const dayOf = (at: UtcMs, timeZone: string): string => shownAt(at, timeZone).toPlainDate().toString();

/** An instant as the property's clock shows it: `08:41`. */
export const clockOf = (at: UtcMs, timeZone: string): string =>
  shownAt(at, timeZone).toPlainTime().toString({ smallestUnit: 'minute' });

/**
 * The first instant of a calendar day; where clocks are put forward over midnight, the first that there is.
 * @param day `2026-05-03`; null where it is no day
 */
export function startOfDay(day: string, timeZone: string): UtcMs | null {
  const date = dateOf(day);
  return date && utcMs(date.toZonedDateTime(timeZone).epochMilliseconds);
}

/** The last millisecond of a calendar day. */
export function endOfDay(day: string, timeZone: string): UtcMs | null {
  const next = dateOf(day)?.add({ days: 1 });
  return next ? utcMs(next.toZonedDateTime(timeZone).epochMilliseconds - 1) : null;
}

/**
 * The instant at which the property's clock shows a day's minute. Where clocks are put back and show it twice, the
 * first; where they are put forward over it, as long after the jump as it would have been.
 *
 * @param day `2026-05-03`
 * @param clock `08:41`; null where either is none
 */
export function instantOf(day: string, clock: string, timeZone: string): UtcMs | null {
  const date = dateOf(day);
  if (date === null || !/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(clock)) return null;
  return utcMs(date.toZonedDateTime({ timeZone, plainTime: clock }).epochMilliseconds);
}

const shownAt = (at: UtcMs, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);

/** Null where it is no day, or one that the calendar has not. */
function dateOf(day: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' });
  } catch {
    return null;
  }
}
