/** Which day or month a scheduled export holds, and when it is due: pure, by the property's clocks. */
import { Temporal } from 'temporal-polyfill';
import type { ScheduleRhythm } from '../../../shared/schemas.ts';
import { localDay, nightOf } from '../local-time.ts';

export interface Period {
  /** Its first day: `2024-03-14`. In this form days are in order as texts are. */
  readonly first: string;
  /** As it stands in a file's name: `2024-03-14` or `2024-03`. */
  readonly name: string;
  /** From its first moment to the first that is not in it any more, in UTC milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The night after it (decision 4). */
  readonly dueMs: number;
  /** The first day of the one after it. */
  readonly next: string;
}

/** So far back is made up for; of a PC that was away for longer, and of a clock that was wrong by years, no more. */
const mostMissed: Readonly<Record<ScheduleRhythm, number>> = { night: 31, month: 12 };

const stepOf = (every: ScheduleRhythm, count: number) => (every === 'night' ? { days: count } : { months: count });

/** The period that begins on this day. */
export function periodFrom(every: ScheduleRhythm, first: string, timeZone: string): Period {
  const day = Temporal.PlainDate.from(first);
  const next = day.add(stepOf(every, 1));
  return {
    first,
    name: every === 'night' ? first : first.slice(0, 7),
    fromMs: day.toZonedDateTime(timeZone).epochMilliseconds,
    toMs: next.toZonedDateTime(timeZone).epochMilliseconds,
    dueMs: nightOf(next, timeZone),
    next: next.toString(),
  };
}

const before = (every: ScheduleRhythm, first: string, count: number): string =>
  Temporal.PlainDate.from(first).subtract(stepOf(every, count)).toString();

function beginOf(every: ScheduleRhythm, wallMs: number, timeZone: string): string {
  const day = localDay(wallMs, timeZone);
  return (every === 'night' ? day : day.with({ day: 1 })).toString();
}

/** The first period that is not due yet: at one in the morning it is the day before, and from three on the present one. */
export function upcoming(every: ScheduleRhythm, wallMs: number, timeZone: string): Period {
  const present = beginOf(every, wallMs, timeZone);
  const last = periodFrom(every, before(every, present, 1), timeZone);
  return last.dueMs > wallMs ? last : periodFrom(every, present, timeZone);
}

/** The last period of which nothing more can come. */
export const lastOver = (every: ScheduleRhythm, wallMs: number, timeZone: string): Period =>
  periodFrom(every, before(every, beginOf(every, wallMs, timeZone), 1), timeZone);

export interface Due {
  /** What is to be written now; null where nothing is due. */
  readonly period: Period | null;
  /** The first day of the next that is to be written: another than was kept where the clock was wrong, or much was missed. */
  readonly next: string;
  /** How many are due. */
  readonly missed: number;
  /** The first and last that are left out, since they lie too far back. */
  readonly leftOut: { readonly from: string; readonly to: string } | null;
}

/** @param next the first day of the next period that is to be written, as it was kept */
export function due(every: ScheduleRhythm, next: string, wallMs: number, timeZone: string): Due {
  const { first } = upcoming(every, wallMs, timeZone);
  // It lies ahead: it was written while the clock was wrong.
  if (next >= first) return { period: null, next: first, missed: 0, leftOut: null };
  const oldest = before(every, first, mostMissed[every]);
  const begin = next < oldest ? oldest : next;
  const leftOut =
    begin === next
      ? null
      : {
          from: periodFrom(every, next, timeZone).name,
          to: periodFrom(every, before(every, begin, 1), timeZone).name,
        };
  const span = Temporal.PlainDate.from(begin).until(first, { largestUnit: every === 'night' ? 'days' : 'months' });
  const missed = every === 'night' ? span.days : span.months;
  return { period: periodFrom(every, begin, timeZone), next: begin, missed, leftOut };
}
