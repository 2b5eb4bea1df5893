/** Money, days and times as people at the property write them. */
import { beginsWithDay } from '../../../shared/calendar-day.ts';
import { unknownCurrency } from '../../../shared/currency-code.ts';
import { isLocale } from '../../../shared/locale.ts';
import type { ShapeScope } from './scope.ts';

type Property = ShapeScope['property'];

/** Making one takes longer than rendering a template; a property needs a handful. */
const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
const mostFormats = 200;

function cached<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => Format): Format {
  const known = formats.get(key);
  if (known !== undefined) return known as Format;
  if (formats.size >= mostFormats) formats.clear();
  const made = make();
  formats.set(key, made);
  return made;
}

/** The property's locale where the system knows it, else English. */
export const knownLocale = (locale: string): string => (isLocale(locale) ? locale : 'en');

/** Signs that several countries write: of another currency than the property's own, they are told apart. */
const shared = /^[$£]$|^kr$/;

/**
 * `₱6,000`, `₱9,750.50`: the cents where there are any.
 * @param amount decimal text, so that no digit is lost
 * @param currency ISO 4217; null or what is none: the number alone
 */
export function money(amount: string, currency: string | null, property: Property): string {
  const locale = knownLocale(property.locale);
  const isWhole = !/\.\d*[1-9]/.test(amount);
  const digits = isWhole ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {};
  // No minus before what is rounded to nought.
  const of = (options: Intl.NumberFormatOptions) =>
    cached(
      `money ${locale} ${JSON.stringify(options)}`,
      () => new Intl.NumberFormat(locale, { ...options, signDisplay: 'negative' }),
    );
  // Its types know numbers alone; a decimal text is formatted with all of its digits (ECMA-402, 15.5.4).
  const decimal = amount as Intl.StringNumericLiteral;
  if (currency === null || currency === unknownCurrency || !/^[a-z]{3}$/i.test(currency))
    return of(isWhole ? digits : twoPlaces).format(decimal);
  const style = { style: 'currency', currency: currency.toUpperCase(), ...digits } as const;
  const narrow = of({ ...style, currencyDisplay: 'narrowSymbol' });
  if (style.currency === property.currency?.toUpperCase()) return narrow.format(decimal);
  const sign = narrow.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? '';
  return (shared.test(sign) ? of(style) : narrow).format(decimal);
}

const twoPlaces = { minimumFractionDigits: 2, maximumFractionDigits: 2 };

/** A moment, or a day by the calendar that is the same day everywhere. */
export interface Moment {
  readonly at: Date;
  readonly isDay: boolean;
}

/** @returns null for what is no time: `2024-03-20`, `2024-03-20T14:12:40+08:00`, seconds or milliseconds since 1970 are */
export function momentOf(value: string | number): Moment | null {
  const text = String(value).trim();
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (/^\d{4}-\d{2}-\d{2}(?:[T ]|$)/.test(text) && !beginsWithDay(text)) return null;
  const local = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(text);
  if (day !== null || local) return valid(new Date(day === null ? `${text.replace(' ', 'T')}Z` : text), true);
  if (/^\d{9,10}$/.test(text)) return valid(new Date(Number(text) * 1000), false);
  if (/^\d{12,13}$/.test(text)) return valid(new Date(Number(text)), false);
  return /^\d{4}-\d{2}-\d{2}[T ]/.test(text) ? valid(new Date(text), false) : null;
}

const valid = (at: Date, isDay: boolean): Moment | null => (Number.isNaN(at.getTime()) ? null : { at, isDay });

/** The zone that a moment is shown in: a day, or a time that names no zone, is shown as it is written. */
export const zoneOf = (moment: Moment, property: Property): string =>
  moment.isDay || !isKnownZone(property.timeZone) ? 'UTC' : property.timeZone;

const zones = new Map<string, boolean>();

function isKnownZone(timeZone: string): boolean {
  let known = zones.get(timeZone);
  if (known === undefined) {
    try {
      known = new Intl.DateTimeFormat('en', { timeZone }).format(0) !== '';
    } catch {
      known = false;
    }
    zones.set(timeZone, known);
  }
  return known;
}

/** By the property's locale. */
export function moment(found: Moment, options: Intl.DateTimeFormatOptions, property: Property): string {
  const locale = knownLocale(property.locale);
  const timeZone = zoneOf(found, property);
  return cached(
    `moment ${locale} ${timeZone} ${JSON.stringify(options)}`,
    () => new Intl.DateTimeFormat(locale, { ...options, timeZone }),
  ).format(found.at);
}

const dayMs = 86_400_000;

/** How many nights lie between two days at the property; null where they are none, or in the wrong order. */
export function nightsBetween(from: Moment, to: Moment, property: Property): number | null {
  const nights = Math.round((calendarDay(to, property) - calendarDay(from, property)) / dayMs);
  return nights >= 0 ? nights : null;
}

/** The day as the property's calendar has it, as UTC's midnight. */
export function calendarDay(found: Moment, property: Property): number {
  const timeZone = zoneOf(found, property);
  const format = cached(
    `day ${timeZone}`,
    () => new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
  );
  return Date.parse(`${format.format(found.at)}T00:00:00Z`);
}
