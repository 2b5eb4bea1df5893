/** Shows the values that a sentence names: moments, days, lengths of time and sizes, by the reader's locale. */
import type { Sentence } from '../domain.ts';
import type { JsonType } from '../events.ts';
import type { Language, RenderOptions } from './index.ts';

/** Intl's names: 24-hour clock and day before month in English, as at the property's front desk. */
const locales: Record<Language, string> = { en: 'en-GB', fil: 'fil-PH' };

/** The parameters as they are put into a sentence, with numbers shown as what their names say they are. */
export function shownValues(
  params: Sentence['params'],
  language: Language,
  options: RenderOptions,
): Record<string, string | number> {
  const shown: Record<string, string | number> = { relay: options.program ?? 'roost-relay' };
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'number') shown[name] = shownNumber(name, value, language, options);
    else if (name.endsWith('Types'))
      shown[name] = oneOf(
        value.split(',').map((each) => jsonType(each, language)),
        language,
      );
    else shown[name] = name.endsWith('Type') ? jsonType(value, language) : value;
  }
  return shown;
}

function shownNumber(name: string, value: number, language: Language, options: RenderOptions): string | number {
  const locale = locales[language];
  if (name.endsWith('At')) return moment(value, locale, options);
  if (name.endsWith('On')) return day(value, locale, options);
  if (name.endsWith('Ms')) return duration(Math.abs(value), locale);
  if (name === 'freeBytes') return space(value, locale);
  if (name.endsWith('Bytes')) return size(value, locale);
  return value;
}

/** `14:35`, or `3 May, 14:35` on another day than now. */
function moment(at: number, locale: string, { timeZone, now }: RenderOptions): string {
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const options = { timeZone, ...(now === undefined ? {} : { now }) };
  if (now === undefined || dayKey(at, timeZone) === dayKey(now, timeZone)) return time.format(at);
  return `${day(at, locale, options)}, ${time.format(at)}`;
}

/** `3 May`; with the year where it is not this one. */
function day(at: number, locale: string, { timeZone, now }: RenderOptions): string {
  const sameYear = now !== undefined && dayKey(at, timeZone).slice(0, 4) === dayKey(now, timeZone).slice(0, 4);
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' as const }),
  }).format(at);
}

/** `2026-05-03` at the property. */
const dayKey = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

const units = [
  ['year', 31_557_600_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** `5 minutes`, `1 hour`, `26 years`: the largest unit of which there are at least two, or one and nothing more; `24 hours`. */
function duration(lengthMs: number, locale: string): string {
  const [unit, unitMs] = units.find(
    ([unit, ms]) => lengthMs >= 2 * ms || (unit !== 'day' && unit !== 'year' && lengthMs === ms),
  ) ?? ['second', 1000];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.round(lengthMs / unitMs),
  );
}

/** `31 kB`: 1,024 bytes each, as receivers name their limits; rounded up, so that "too large" shows as larger. */
function size(bytes: number, locale: string): string {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  if (bytes < 1024) return `${number.format(bytes)} B`;
  if (bytes < 1024 * 1024) return `${number.format(Math.ceil(bytes / 1024))} kB`;
  return `${number.format(Math.ceil((bytes * 10) / 1024 / 1024) / 10)} MB`;
}

/** `69.9 GB`, `480 MB`: 1,000 bytes each, as disks are sold; rounded down, so that there is never less than shown. */
function space(bytes: number, locale: string): string {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return bytes >= 1e9
    ? `${number.format(Math.floor(bytes / 1e8) / 10)} GB`
    : `${number.format(Math.floor(bytes / 1e6))} MB`;
}

const jsonTypes: Record<Language, Readonly<Record<JsonType | 'int' | 'record' | 'undefined' | 'nothing', string>>> = {
  en: {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    object: 'an object',
    record: 'an object',
    array: 'an array',
    null: 'null',
    undefined: 'nothing',
    nothing: 'nothing',
  },
  fil: {
    string: 'text',
    number: 'numero',
    int: 'buong numero',
    boolean: 'true o false',
    object: 'object',
    record: 'object',
    array: 'array',
    null: 'null',
    undefined: 'wala',
    nothing: 'wala',
  },
};

/** `a text, a number or true or false`. */
const oneOf = (words: readonly string[], language: Language): string =>
  new Intl.ListFormat(locales[language], { type: 'disjunction' }).format(words);

/** `a number`; a kind that nobody knows as it is. */
function jsonType(name: string, language: Language): string {
  const words: Readonly<Record<string, string>> = jsonTypes[language];
  return words[name] ?? name;
}
