/** Whether an event passes an endpoint's rules: asked for each event and endpoint, so it reads of the event what it needs. */
import { beginsWithDay } from '../../../shared/calendar-day.ts';
import type { EndpointRule, EndpointRules } from '../../../shared/endpoint-kinds/rules.ts';
import type { EventType } from '../../../shared/events.ts';
import { isNoticeType } from '../../../shared/notices.ts';
import { elementSpans, memberSpans, skipSpace, type ValueSpan, valueEnd } from '../json-spans.ts';
import { decimalOf } from './text-of.ts';

export interface EventToMatch {
  readonly event: EventType;
  /** UTC, ISO 8601. */
  readonly timestamp: string;
  /** `data` as it is stored: JSON text. */
  readonly dataText: string;
  readonly propertyId: string;
}

/**
 * Pure. What each comparison means: `shared/endpoint-kinds/rules.ts`. What Roost Relay says of itself passes whatever they
 * say: it is asked for by name, and a rule about bookings would keep it away unseen.
 */
export function compileRules({ match, of }: EndpointRules): (event: EventToMatch) => boolean {
  const tests = of.map(compiled);
  return (event) =>
    isNoticeType(event.event) ||
    (match === 'all' ? tests.every((test) => test(event)) : tests.some((test) => test(event)));
}

/** A member's value; undefined where there is none, as for `null`. Of a list or an object only that it is there. */
type Found = string | Digits | boolean | readonly Found[] | typeof other | undefined;
const other = Symbol('object');

/** A number by its text, so that ids longer than JavaScript's numbers are told apart. */
class Digits {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function compiled(rule: EndpointRule): (event: EventToMatch) => boolean {
  const [root = '', ...names] = rule.path.split('.');
  const passes = passing(rule);
  return (event) => passes(root === 'data' ? memberOf(event.dataText, names) : topMember(event, root));
}

const topMember = (event: EventToMatch, name: string): string =>
  name === 'event' ? event.event : name === 'timestamp' ? event.timestamp : event.propertyId;

function passing(rule: EndpointRule): (found: Found) => boolean {
  switch (rule.is) {
    case 'is':
      return (found) => isSame(found, rule.value);
    case 'is_not':
      return (found) => !isSame(found, rule.value);
    case 'one_of':
      return (found) => rule.value.some((value) => isSame(found, value));
    case 'contains':
      return (found) => isWithin(found, rule.value);
    case 'greater':
      return (found) => order(found, rule.value) > 0;
    case 'less':
      return (found) => order(found, rule.value) < 0;
    case 'exists':
      return (found) => (found !== undefined) === rule.value;
  }
}

function isSame(found: Found, value: string | number | boolean): boolean {
  if (typeof found === 'string') return typeof value === 'number' ? sameNumber(found, value) : found === String(value);
  if (found instanceof Digits) return typeof value !== 'boolean' && sameNumber(found.text, value);
  return typeof found === 'boolean' && String(found) === String(value);
}

function sameNumber(one: string, another: string | number): boolean {
  const [first, second] = [decimalOf(one), decimalOf(another)];
  return first !== null && second !== null && canonical(first) === canonical(second);
}

/** `6000.00` and `6000` are one number, and no digit of a long one is lost. */
function canonical(decimal: string): string {
  if (/e/i.test(decimal)) return String(Number(decimal));
  const plain = decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
  return plain.replace(/^(-?)0+(?=\d)/, '$1').replace(/^-0$/, '0');
}

function isWithin(found: Found, value: string | number | boolean): boolean {
  if (Array.isArray(found)) return found.some((each: Found) => isSame(each, value));
  const text = found instanceof Digits ? found.text : found;
  return typeof text === 'string' && text.toLowerCase().includes(String(value).toLowerCase());
}

const isTime = (text: string): boolean => /^\d{4}-\d{2}-\d{2}(?:[T ]|$)/.test(text) && beginsWithDay(text);

/** Above 0 where what was found is the greater; NaN where the two cannot be compared. */
function order(found: Found, value: string | number): number {
  if (typeof found === 'string' && typeof value === 'string' && isTime(found) && isTime(value)) {
    return timeOf(found) - timeOf(value);
  }
  const [first, second] = [decimalOf(found instanceof Digits ? found.text : found), decimalOf(value)];
  return first === null || second === null ? Number.NaN : Number(first) - Number(second);
}

/** A day, or a time without an offset, as UTC's: two of them are compared as they are written. */
export const timeOf = (text: string): number =>
  Date.parse(
    /[zZ]$|[+-]\d{2}:?\d{2}$/.test(text.slice(10)) || text.length === 10 ? text : `${text.replace(' ', 'T')}Z`,
  );

function memberOf(text: string, names: readonly string[]): Found {
  let span: ValueSpan = { start: skipSpace(text, 0), end: text.length };
  for (const name of names) {
    const inside = insideOf(text, span, name);
    if (inside === undefined) return undefined;
    span = inside;
  }
  return read(text, span.start);
}

/** The last member of a name holds, as for `JSON.parse`. */
function insideOf(text: string, { start }: ValueSpan, name: string): ValueSpan | undefined {
  if (text[start] === '{') return memberSpans(text, start).findLast((member) => member.name === name);
  return text[start] === '[' && /^\d{1,6}$/.test(name) ? elementSpans(text, start)[Number(name)] : undefined;
}

function read(text: string, start: number): Found {
  switch (text[start]) {
    case '{':
      return other;
    case '[':
      return elementSpans(text, start).map((element) =>
        text[element.start] === '[' ? other : read(text, element.start),
      );
    case '"':
      return JSON.parse(text.slice(start, valueEnd(text, start))) as string;
    case 'n':
      return undefined;
    case 't':
    case 'f':
      return text[start] === 't';
    default:
      return new Digits(text.slice(start, valueEnd(text, start)));
  }
}
