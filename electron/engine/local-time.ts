/** The property's local days: where a day began and when a clock shows an hour, daylight saving included. */

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Clocks are changed at whole quarters of an hour, so within one a zone's offset is the same. */
const quarterMs = 900_000;
let latest = { timeZone: '', quarter: Number.NaN, offsetMs: 0 };

/** What the time zone's clocks show, as milliseconds of a UTC day of the same numbers. */
export function localMs(atMs: number, timeZone: string): number {
  const quarter = Math.floor(atMs / quarterMs);
  if (latest.quarter !== quarter || latest.timeZone !== timeZone) {
    latest = { timeZone, quarter, offsetMs: shownBy(quarter * quarterMs, timeZone) - quarter * quarterMs };
  }
  return atMs + latest.offsetMs;
}

function shownBy(atMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    format = new Intl.DateTimeFormat('en-US', {
      ...numeric,
      timeZone,
      second: 'numeric',
      hourCycle: 'h23',
      era: 'short',
    });
    formats.set(timeZone, format);
  }
  const parts = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of format.formatToParts(atMs)) {
    if (type in parts) parts[type as keyof typeof parts] = Number(value);
  }
  const { year, month, day, hour, minute, second } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The first moment at which the time zone's clocks show this local time, or have jumped over it.
 *
 * @param local as {@link localMs} gives it
 */
export function momentOf(local: number, timeZone: string): number {
  const offsetOf = (atMs: number) => localMs(atMs, timeZone) - atMs;
  const before = offsetOf(local - dayMs);
  const after = offsetOf(local + dayMs);
  const moments = [local - Math.max(before, after), local - Math.min(before, after)];
  return moments.find((moment) => localMs(moment, timeZone) === local) ?? local - before;
}

/** When the local day of `atMs` began. */
export function dayStart(atMs: number, timeZone: string): number {
  const local = localMs(atMs, timeZone);
  return momentOf(local - (((local % dayMs) + dayMs) % dayMs), timeZone);
}
