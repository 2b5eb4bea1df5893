/** Reads `Retry-After`: seconds, or one of HTTP's three forms of a date. */
import { throttleGraceMs, type UtcMs } from '../../../shared/domain.ts';

/** A receiver that says "at once" while refusing would be asked in a tight loop. */
const shortestWaitMs = 1000;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
// RFC 9110, 5.6.7: IMF-fixdate, RFC 850 and asctime, all of them UTC.
const imfFixdate = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const rfc850 = /^\w{6,9}, (\d{2})-(\w{3})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const asctime = /^\w{3} (\w{3}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/;

/**
 * The time that an HTTP date names.
 * @param now decides the century of RFC 850's two-digit year: never more than 50 years ahead
 * @returns UTC milliseconds, or null where the text is no HTTP date
 */
export function parseHttpDate(text: string, now: UtcMs): number | null {
  const fixdate = imfFixdate.exec(text);
  if (fixdate) return utcOf(fixdate[3], fixdate[2], fixdate[1], fixdate[4], fixdate[5], fixdate[6]);
  const old = rfc850.exec(text);
  if (old) {
    const thisYear = new Date(now).getUTCFullYear();
    const century = thisYear - (thisYear % 100);
    const year = century + Number(old[3]);
    return utcOf(String(year > thisYear + 50 ? year - 100 : year), old[2], old[1], old[4], old[5], old[6]);
  }
  const c = asctime.exec(text);
  return c ? utcOf(c[6], c[1], c[2], c[3], c[4], c[5]) : null;
}

function utcOf(year = '', monthName = '', day = '', hours = '', minutes = '', seconds = ''): number | null {
  const month = months.indexOf(monthName);
  if (month < 0) return null;
  const at = Date.UTC(Number(year), month, Number(day), Number(hours), Number(minutes), Number(seconds));
  return new Date(at).getUTCDate() === Number(day) ? at : null;
}

/**
 * How long a `Retry-After` asks to wait, capped at 24 hours and at least a second.
 * @param value the header's value
 * @param serverDate the answer's own `Date`, against which a date is read, so that a wrong clock here does
 *   not matter; null where it sent none
 * @returns milliseconds, or null where the value is neither seconds nor a date
 */
export function parseRetryAfter(value: string, serverDate: string | null, now: UtcMs): number | null {
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return bounded(Math.ceil(Number(text) * 1000));
  const until = parseHttpDate(text, now);
  if (until === null) return null;
  return bounded(until - ((serverDate === null ? null : parseHttpDate(serverDate, now)) ?? now));
}

const bounded = (waitMs: number) => Math.min(throttleGraceMs, Math.max(shortestWaitMs, waitMs));

/**
 * Whether a throttled answer is still uncounted: within 24 hours of the delivery's first one.
 * @param throttledSince the delivery's first throttled answer; null where this is the first
 */
export function isThrottleFree(throttledSince: UtcMs | null, now: UtcMs): boolean {
  return throttledSince === null || now - throttledSince < throttleGraceMs;
}
