/** How the window writes times, amounts, durations and sizes: by the reader's locale, in the property's time zone. */
import { unknownCurrency } from '../../shared/currency-code.ts';
import type { UtcMs } from '../../shared/domain.ts';

export interface FormatSettings {
  /** BCP 47, such as `en-GB` or `fil-PH`. */
  readonly locale: string;
  /** IANA name of the property's time zone. */
  readonly timeZone: string;
  /** ISO 4217 code of amounts that name none. */
  readonly currency: string;
  readonly now: UtcMs;
}

export interface Formats {
  /** `08:41` today, `yesterday 22:17`, `Sun 05:37` within six days, else `3 May 22:17`, with its year when another. */
  time(at: UtcMs): string;
  /** As `time`, to the second: for logs. */
  second(at: UtcMs): string;
  /** `08:41`. */
  clock(at: UtcMs): string;
  /** `Monday 23 November`. */
  day(at: UtcMs): string;
  /** `2026-11-23 00:41:07 UTC`. */
  utc(at: UtcMs): string;
  /** An amount in the given currency, else the property's. */
  amount(value: number | string, currency?: string): string;
  number(value: number): string;
  /** From 0 to 1, as a percentage; never rounded up to 100. */
  percent(rate: number): string;
  /** `38 ms`, `1.2 s`, `4 min`, `2 h 5 min`, `3 days`. */
  duration(ms: number): string;
  /** `31 kB`: decimal units. */
  size(bytes: number): string;
  readonly timeZone: string;
  readonly locale: string;
  readonly now: UtcMs;
}

const dayMs = 86_400_000;

export function createFormats({ locale, timeZone, currency, now }: FormatSettings): Formats {
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...options });
  const clock = date({ hour: '2-digit', minute: '2-digit' });
  const clockSeconds = date({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const weekday = date({ weekday: 'short' });
  const dayMonth = date({ day: 'numeric', month: 'short' });
  const dayMonthYear = date({ day: 'numeric', month: 'short', year: 'numeric' });
  const longDay = date({ weekday: 'long', day: 'numeric', month: 'long' });
  const yesterday = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-1, 'day');
  const plain = new Intl.NumberFormat(locale);
  // Each made once: a row of the log would otherwise spend most of its time on making them.
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const rounded = (value: number, digits: 0 | 1 = 0) => (digits === 0 ? whole : tenths).format(value);
  const inDays = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  const days = (value: number) => inDays.format(value);
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const amount = amounts(locale);

  const dayNumber = dayNumbers(timeZone);
  const withDay = (at: UtcMs, clockText: string): string => {
    const daysAgo = dayNumber(now) - dayNumber(at);
    if (daysAgo === 0) return clockText;
    if (daysAgo === 1) return `${yesterday} ${clockText}`;
    if (daysAgo > 1 && daysAgo < 7) return `${weekday.format(at)} ${clockText}`;
    const sameYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear();
    return `${(sameYear ? dayMonth : dayMonthYear).format(at)} ${clockText}`;
  };

  return {
    locale,
    timeZone,
    now,
    time: (at) => withDay(at, clock.format(at)),
    second: (at) => withDay(at, clockSeconds.format(at)),
    clock: (at) => clock.format(at),
    // British English writes no comma; where a language does, it stays.
    day: (at) => longDay.format(at),
    utc: (at) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    amount: (value, given) => amount(value, given ?? currency),
    number: (value) => plain.format(value),
    percent: (rate) => share.format(rate < 1 ? Math.floor(rate * 1000) / 1000 : 1),
    duration: (ms) => duration(ms, rounded, days),
    size: (bytes) => size(bytes, rounded),
  };
}

/** The number of the calendar day in a time zone, so that "yesterday" is the property's yesterday. */
function dayNumbers(timeZone: string): (at: UtcMs) => number {
  // sv-SE writes a date as ISO 8601.
  const iso = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (at) => Math.round(Date.parse(`${iso.format(at)}T00:00:00Z`) / dayMs);
}

/** Writes amounts. An unknown currency code is written as it is: a PMS may say anything. */
function amounts(locale: string): (value: number | string, currency: string) => string {
  const made = new Map<string, (value: Digits) => string>();
  const make = (currency: string) => {
    try {
      if (currency === unknownCurrency) return new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format;
      const known = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
      return (value: Digits) => known.format(value);
    } catch {
      const plain = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 });
      return (value: Digits) => `${plain.format(value)} ${currency}`;
    }
  };
  return (value, currency) => {
    const format = made.get(currency) ?? make(currency);
    // What a PMS makes up must not pile up here.
    if (made.size < 200) made.set(currency, format);
    return format(value as Digits);
  };
}

/** A decimal as text is written digit for digit. */
type Digits = Parameters<Intl.NumberFormat['format']>[0];

type Rounded = (value: number, digits?: 0 | 1) => string;

/** SI symbols are the same in every language; only days are a word. */
function duration(ms: number, rounded: Rounded, days: (value: number) => string): string {
  if (ms < 1000) return `${rounded(ms)} ms`;
  if (ms < 60_000) return `${rounded(ms / 1000, ms < 10_000 ? 1 : 0)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) {
    const rest = minutes % 60;
    const hours = `${(minutes - rest) / 60} h`;
    return rest === 0 ? hours : `${hours} ${rest} min`;
  }
  return days(Math.round(ms / dayMs));
}

function size(bytes: number, rounded: Rounded): string {
  if (bytes < 1000) return `${rounded(bytes)} B`;
  if (bytes < 1e6) return `${rounded(bytes / 1e3, bytes < 1e4 ? 1 : 0)} kB`;
  if (bytes < 1e9) return `${rounded(bytes / 1e6, bytes < 1e7 ? 1 : 0)} MB`;
  return `${rounded(bytes / 1e9, 1)} GB`;
}
