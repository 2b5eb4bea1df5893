/** A time window as a person types it: days and minutes of the property's calendar and clock. */
import { type UtcMs, utcMs } from '../../shared/domain.ts';
import { clockOf, dayOf, endOfDay, instantOf, startOfDay } from './days.ts';

/** Either may be left empty: a day alone is all of it, a time alone is today's. */
export interface Moment {
  /** `2026-05-03` or empty. */
  readonly day: string;
  /** `08:41` or empty. */
  readonly clock: string;
}

/** What the fields show of a filter's bound. Whole days leave the time empty, as they were typed. */
export function momentOf(at: UtcMs | undefined, timeZone: string): Moment {
  if (at === undefined) return { day: '', clock: '' };
  const day = dayOf(at, timeZone);
  const isWhole = at === startOfDay(day, timeZone) || at === endOfDay(day, timeZone);
  return { day, clock: isWhole ? '' : clockOf(at, timeZone) };
}

/** The window that two moments bound; the last minute, or day, belongs to it. */
export function windowOf(
  from: Moment,
  to: Moment,
  timeZone: string,
  now: UtcMs,
): { readonly from: UtcMs | undefined; readonly to: UtcMs | undefined } {
  const dayFor = ({ day, clock }: Moment) => (day === '' && clock !== '' ? dayOf(now, timeZone) : day);
  const begin = from.clock === '' ? startOfDay(from.day, timeZone) : instantOf(dayFor(from), from.clock, timeZone);
  const end = to.clock === '' ? endOfDay(to.day, timeZone) : instantOf(dayFor(to), to.clock, timeZone);
  return {
    from: begin ?? undefined,
    to: end === null ? undefined : to.clock === '' ? end : utcMs(end + 59_999),
  };
}
