/** A time as systems write it, brought to UTC: with an offset, without one, as a number, or as .NET does. */
import { Temporal } from 'temporal-polyfill';

const written =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i;
const dotNet = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;
/** Seconds of the years 2001 to 2286; milliseconds of the same. */
const seconds = /^\d{10}(?:\.\d{1,9})?$/;
const milliseconds = /^\d{13}$/;

/**
 * @param timeZone whose clocks a time shows that has no offset: an IANA name; one that is not known is UTC. An hour that
 *   the clocks leave out is the next one, one that comes twice is the first. Null: such a time is none
 * @returns ISO 8601 in UTC, with as many digits of a second as were given; null for what is no time of a real day
 */
export function utcOfSource(text: string, timeZone: string | null): string | null {
  const plain = text.trim();
  const net = dotNet.exec(plain)?.[1];
  if (net !== undefined) return utcText(Number(net), undefined);
  if (seconds.test(plain)) return utcText(Math.round(Number(plain) * 1000), undefined);
  if (milliseconds.test(plain)) return utcText(Number(plain), undefined);
  const parts = written.exec(plain);
  if (parts === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction, offset] = parts;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const shown = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (Number(year) < 1000 || !new Date(local).toISOString().startsWith(shown)) return null;
  if (offset === undefined) return timeZone === null ? null : utcText(atClocks(shown, timeZone), fraction);
  const offsetMs = offsetOf(offset);
  return offsetMs === null ? null : utcText(local - offsetMs, fraction);
}

/** `30/11/2026 2:05 PM`, `30.11.26`, `11-30-2026 14:05:09`: a day as people write it, by numbers alone. */
const byNumbers =
  /^(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:(?:,?\s+|T)(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*(?:([ap])\.?m\.?)?)?$/i;

/** Whether nobody can tell of a text in which order year, month and day stand in it. */
export const hasOwnOrder = (text: string): boolean => byNumbers.test(text.trim()) && !written.test(text.trim());

/**
 * @param order in which they stand: `d/m/y`, `m/d/y` or `y/m/d`, whatever stands between them
 * @returns the same as year, month and day; the text as it is where it is no such day, or the order is none of these
 */
export function inUsualOrder(text: string, order: string): string {
  const names = order.toLowerCase().match(/[dmy]/g) ?? [];
  const parts = byNumbers.exec(text.trim());
  if (parts === null || written.test(text.trim()) || !['dmy', 'mdy', 'ymd'].includes(names.join(''))) return text;
  const [, first = '', , second = '', third = '', hour = '0', minute = '00', seconds = '00', half] = parts;
  const found = { d: '', m: '', y: '' };
  for (const [i, each] of [first, second, third].entries()) found[names[i] as 'd' | 'm' | 'y'] = each;
  const year = found.y.length === 2 ? `20${found.y}` : found.y;
  const isNoHour = half !== undefined && (Number(hour) < 1 || Number(hour) > 12);
  if (year.length !== 4 || found.d.length > 2 || found.m.length > 2 || isNoHour) return text;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const two = (digits: string): string => digits.padStart(2, '0');
  return `${year}-${two(found.m)}-${two(found.d)} ${two(String(hours))}:${minute}:${seconds}`;
}

function offsetOf(offset: string): number | null {
  if (/^(?:Z|UTC)$/i.test(offset)) return 0;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 18 || minutes > 59) return null;
  return (hours * 60 + minutes) * 60_000 * (offset.startsWith('-') ? -1 : 1);
}

function atClocks(shown: string, timeZone: string): number {
  const local = Temporal.PlainDateTime.from(shown);
  try {
    return local.toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return local.toZonedDateTime('UTC').epochMilliseconds;
  }
}

function utcText(atMs: number, fraction: string | undefined): string | null {
  const at = new Date(atMs);
  if (Number.isNaN(at.getTime())) return null;
  const utc = at.toISOString();
  if (utc.length !== 24) return null;
  const thousandths = utc.slice(20, 23);
  const digits = fraction ?? (thousandths === '000' ? undefined : thousandths);
  return `${utc.slice(0, 19)}${digits === undefined ? '' : `.${digits}`}Z`;
}
