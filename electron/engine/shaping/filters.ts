/** What a template can do with a value beside Liquid's own: what a hotel writes, and JSON to the digit. */
import { type FilterImplOptions, type Liquid, toValue } from 'liquidjs';
import { harmless } from '../../../shared/harmless.ts';
import type { NumberRule } from '../../../shared/source-shaping.ts';
import { numberIn } from '../number-text.ts';
import { inMarkdown, inSlack, withoutMentions } from './chat-text.ts';
import { inJson } from './content.ts';
import { jsonOf, OwnText } from './lossless.ts';
import { type FilterScope, scopeOf } from './scope.ts';
import { decimalOf, isPlain, textOf } from './text-of.ts';
import { type Moment, moment, momentOf, money, nightsBetween, zoneOf } from './written.ts';

/** Filters of the library that differ from call to call, ask the PC's clock or zone, or read templates anew. */
const leftOut = [
  ...['sample', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string', 'inspect'],
  ...['where_exp', 'reject_exp', 'group_by_exp', 'has_exp', 'find_exp', 'find_index_exp'],
];

export function addFilters(liquid: Liquid): void {
  for (const name of leftOut) liquid.unregisterFilter(name);
  const strftime = handlerOf(liquid.filters.date);
  const filters: Record<string, FilterImplOptions> = {
    json: { raw: true, handler: json },
    jsonify: { raw: true, handler: json },
    escape_json: (value) => inJson(textOf(value)),
    default: usual,
    money: withScope((scope, value, unit, named) => moneyOf(inLocale(scope, named), value, unit)),
    decimal: withScope(({ numbers }, value, named) => decimalBy(numbers, value, textOf(named))),
    date: dateBy(strftime),
    day: shownAs({ day: 'numeric', month: 'long' }),
    time: shownAs({ hour: 'numeric', minute: '2-digit' }),
    nights: withScope((scope, from, to) => nightsOf(scope, from, to)),
    escape_slack: (value) => inSlack(textOf(value)),
    escape_markdown: (value) => inMarkdown(textOf(value)),
    without_mentions: (value) => withoutMentions(textOf(value)),
    one_line: (value) => harmless(textOf(value)),
    plain: (value: unknown) => (isPlain(value) ? value : ''),
    truncate_bytes: (value, most) => truncatedBytes(textOf(value), mostOf(most)),
  };
  for (const [name, filter] of Object.entries(filters)) liquid.registerFilter(name, filter);
}

type FilterHandler = Extract<FilterImplOptions, (...values: never[]) => unknown>;

type Handler = (this: ThisParameterType<FilterHandler>, ...values: unknown[]) => unknown;

const handlerOf = (filter: FilterImplOptions | undefined): Handler =>
  (typeof filter === 'function' ? filter : filter?.handler) as Handler;

export type InScope = (this: ThisParameterType<FilterHandler>, scope: FilterScope, ...values: unknown[]) => unknown;

/** A filter that goes by the property of the event. */
export const withScope = (filter: InScope): FilterHandler =>
  function (value: unknown, ...more: unknown[]) {
    return filter.call(this, scopeOf(this.context.environments), value, ...more);
  };

/** NaN where there is none: nothing is cut then. */
function mostOf(given: unknown): number {
  const most = toValue(given);
  return most === undefined || most === null || most === '' ? Number.NaN : Number(most);
}

/** Where a template names another locale than the property's: `{{ data.total | money: 'PHP', 'fil-PH' }}`. */
function inLocale(scope: FilterScope, locale: unknown): FilterScope {
  const named = textOf(locale);
  return named === '' ? scope : { ...scope, property: { ...scope.property, locale: named } };
}

function json(this: ThisParameterType<FilterHandler>, value: unknown): string {
  const text = jsonOf(value);
  this.context.memoryLimit.use(text.length);
  return text;
}

/** As Liquid's own, and what is not replaced keeps its digits. */
function usual(value: unknown, replacement: unknown): unknown {
  const plain = toValue(value);
  const isEmpty = plain === undefined || plain === null || plain === false;
  return isEmpty || ((typeof plain === 'string' || Array.isArray(plain)) && plain.length === 0) ? replacement : value;
}

/** The currency: as the template says, else as the event does, else the property's. */
function moneyOf(scope: FilterScope, value: unknown, currency: unknown): unknown {
  const amount = decimalOf(value);
  return amount === null ? value : money(amount, textOf(currency) || scope.property.currency, scope.property);
}

/**
 * `1.234,56` as `1234.56`, by the sign that the template names (`','` or `'.'`), else as the source writes numbers, else
 * where there is no doubt; what is no number is what it was.
 */
function decimalBy(ofSource: NumberRule | undefined, value: unknown, sign: string): unknown {
  const said = { ',': 'comma', '.': 'point' } as const;
  const named = Object.hasOwn(said, sign) ? said[sign as keyof typeof said] : null;
  const rule = named ?? (ofSource === undefined || ofSource === 'as_is' ? 'found' : ofSource);
  const plain = value instanceof OwnText ? value.value : toValue(value);
  return typeof plain === 'string' ? (numberIn(plain, rule) ?? value) : value;
}

/** By the locale; by a pattern such as `%d.%m.%Y` in the zone of the property, with English names. */
const dateBy = (strftime: Handler): FilterHandler =>
  withScope(function (plainScope, value, format, locale) {
    const scope = inLocale(plainScope, locale);
    const found = momentIn(value);
    if (found === null) return value;
    const pattern = textOf(format);
    return pattern === ''
      ? moment(found, { day: 'numeric', month: 'long', year: 'numeric' }, scope.property)
      : strftime.call(this, found.at, pattern, zoneOf(found, scope.property));
  });

const shownAs = (options: Intl.DateTimeFormatOptions): FilterHandler =>
  withScope((scope, value, locale) => {
    const found = momentIn(value);
    return found === null ? value : moment(found, options, inLocale(scope, locale).property);
  });

function nightsOf(scope: FilterScope, from: unknown, to: unknown): number | '' {
  const [first, last] = [momentIn(from), momentIn(to)];
  return first === null || last === null ? '' : (nightsBetween(first, last, scope.property) ?? '');
}

function momentIn(value: unknown): Moment | null {
  const plain = value instanceof OwnText ? value.valueOf() : value;
  return typeof plain === 'string' || typeof plain === 'number' ? momentOf(plain) : null;
}

/** At most so many bytes of UTF-8, whole characters, with `…` where something is cut. */
export function truncatedBytes(text: string, most: number): string {
  if (!(most >= 0) || Buffer.byteLength(text) <= most) return text;
  const room = Math.max(0, most - (most < 3 ? 0 : 3));
  const bytes = Buffer.from(text).subarray(0, room);
  const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replace(/\ufffd+$/, '');
  return most < 3 ? whole : `${whole}…`;
}
