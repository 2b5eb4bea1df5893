/** Days of the property's calendar as instants: a filter for "3 May" means the property's 3 May, wherever the PC's clock is. */
import { type UtcMs, utcMs } from '../../shared/domain.ts';

const dayMs = 86_400_000;

/** The calendar day of an instant, as `2026-05-03`. */
export function dayOf(at: UtcMs, timeZone: string): string {
  // sv-SE writes a date as ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

/**
 * The first instant of a calendar day; where clocks are put forward over midnight, the first that there is.
 * @param day `2026-05-03`; null where it is no day
 */
export function startOfDay(day: string, timeZone: string): UtcMs | null {
  const midnightUtc = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnightUtc)) return null;
  // Zones lie between UTC−12 and UTC+14: the first quarter of an hour that is of this day is its start.
  for (let at = midnightUtc - 14 * 3_600_000; at <= midnightUtc + 12 * 3_600_000; at += 900_000)
    if (dayOf(utcMs(at), timeZone) === day) return utcMs(at);
  return null;
}

/** An instant as the property's clock shows it: `08:41`. */
export function clockOf(at: UtcMs, timeZone: string): string {
  return localOf(at, timeZone).slice(11, 16);
}

/**
 * The instant at which the property's clock shows a day's minute. Where clocks are put back and show it twice, the
 * first; where they are put forward over it, the first minute after.
 *
 * @param day `2026-05-03`
 * @param clock `08:41`; null where either is none
 */
export function instantOf(day: string, clock: string, timeZone: string): UtcMs | null {
  const wanted = /^\d{4}-\d\d-\d\d$/.test(day) && /^\d\d:\d\d$/.test(clock) ? `${day}T${clock}` : '';
  const asUtc = wanted === '' ? Number.NaN : Date.parse(`${wanted}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  // The zone's offsets around it: with the one that holds, its clock shows what is wanted.
  const offsets = [-1, 1].map((side) => {
    const near = asUtc + side * dayMs;
    return Date.parse(`${localOf(utcMs(near), timeZone)}Z`) - near;
  });
  const found = offsets.map((offset) => asUtc - offset).sort((one, other) => one - other);
  const shown = found.find((at) => localOf(utcMs(at), timeZone).slice(0, 16) === wanted);
  return utcMs(shown ?? found.at(-1) ?? asUtc);
}

/** `2026-05-03T08:41:00`, as the property's clock shows it. */
function localOf(at: UtcMs, timeZone: string): string {
  // sv-SE writes ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return format.format(at).replace(' ', 'T');
}

/** The last millisecond of a calendar day. */
export function endOfDay(day: string, timeZone: string): UtcMs | null {
  const start = startOfDay(day, timeZone);
  if (start === null) return null;
  // A day of 23 or 25 hours: noon of the next one is surely within it.
  const next = startOfDay(dayOf(utcMs(start + dayMs + dayMs / 2), timeZone), timeZone);
  return next === null ? null : utcMs(next - 1);
}
