/**
 * Rules that no event can pass, such as more than 10 and less than 5. Not reasoned out but tried: of each member, values
 * that the rules themselves suggest, judged as events are. What cannot be told so is taken to be passable.
 */
import type { EndpointRule, EndpointRules } from '../../../shared/endpoint-kinds/rules.ts';
import type { EventType } from '../../../shared/events.ts';
import { compileRules, type EventToMatch, timeOf } from './rules.ts';
import { decimalOf } from './text-of.ts';

/**
 * @param types of the events that come
 * @returns the rules that keep every event away, as they are written; null where one may pass
 */
export function impassable({ match, of }: EndpointRules, types: readonly EventType[]): string | null {
  if (match === 'any') return of.every((rule) => isNever([rule], types)) ? told(of) : null;
  const members = Map.groupBy(of, ({ path }) => path);
  for (const rules of members.values()) {
    if (isNever(rules, types)) return told(fewest(rules, types));
  }
  return null;
}

/** One that says it by itself, else two that contradict each other, else all of the member. */
function fewest(rules: readonly EndpointRule[], types: readonly EventType[]): readonly EndpointRule[] {
  const some = [
    ...rules.map((rule) => [rule]),
    ...rules.flatMap((rule, index) => rules.slice(index + 1).map((other) => [rule, other])),
  ];
  return some.find((each) => isNever(each, types)) ?? rules;
}

const longestTold = 300;

const told = (rules: readonly EndpointRule[]): string =>
  rules
    .map(({ path, is, value }) => `${path} ${is} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ')
    .slice(0, longestTold);

/** @param rules all of one member */
function isNever(rules: readonly EndpointRule[], types: readonly EventType[]): boolean {
  const [first] = rules;
  if (first === undefined || isBeyond(rules)) return false;
  const passes = compileRules({ match: 'all', of: [...rules] });
  for (const event of eventsToTry(first.path, rules, types)) if (passes(event)) return false;
  return true;
}

/** A part of a number or of a time: which numbers hold it and are more or less is not tried. */
function isBeyond(rules: readonly EndpointRule[]): boolean {
  return rules.some(
    ({ path, is, value }) => is === 'contains' && (path === 'timestamp' || /^[-+\d.,eE:T ]+$/.test(String(value))),
  );
}

const usual: EventToMatch = {
  event: 'booking.created',
  timestamp: '2026-01-01T00:00:00.000Z',
  dataText: '{}',
  propertyId: 'p',
};

function* eventsToTry(
  path: string,
  rules: readonly EndpointRule[],
  types: readonly EventType[],
): Generator<EventToMatch> {
  if (path === 'event') {
    for (const event of types) yield { ...usual, event };
    return;
  }
  for (const value of valuesToTry(rules)) {
    if (path === 'property_id') yield { ...usual, propertyId: typeof value === 'string' ? value : 'p' };
    else if (path === 'timestamp') yield { ...usual, timestamp: asTimestamp(value) };
    else yield { ...usual, dataText: dataWith(path, value) };
  }
}

/** A timestamp is whole, and in UTC: a day is none. */
const asTimestamp = (value: unknown): string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/.test(value)
    ? value
    : usual.timestamp;

/** `{"guest":{"name":"…"}}`; without the member where there is no value. */
function dataWith(path: string, value: unknown): string {
  if (value === undefined) return '{}';
  return path
    .split('.')
    .slice(1)
    .reduceRight((inner, name) => `{${JSON.stringify(name)}:${inner}}`, JSON.stringify(value));
}

const anyText = 'Some text';

function* valuesToTry(rules: readonly EndpointRule[]): Generator<unknown> {
  const given = rules.flatMap(({ is, value }) => (is === 'exists' ? [] : value));
  const parts = rules.flatMap(({ is, value }) => (is === 'contains' ? [value] : []));
  yield undefined;
  yield anyText;
  yield* given;
  yield parts;
  yield [...parts, anyText];
  yield parts.join(' ');
  yield* between(given.flatMap((value) => numberIn(value) ?? []));
  for (const at of between(given.flatMap((value) => timeIn(value) ?? []))) {
    if (Math.abs(at) < latestMs) yield new Date(at).toISOString();
  }
}

const latestMs = 253_402_300_800_000;

function numberIn(value: string | number | boolean): number | null {
  const decimal = typeof value === 'boolean' ? null : decimalOf(value);
  return decimal === null ? null : Number(decimal);
}

function timeIn(value: string | number | boolean): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}(?:[T ]|$)/.test(value)) return null;
  const at = timeOf(value);
  return Number.isNaN(at) ? null : at;
}

/** More than the rules that can say what it is not. */
const steps = 25;

/** Below, at, between and above. */
function between(points: readonly number[]): number[] {
  const sorted = [...new Set(points)].sort((one, other) => one - other);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const inside = sorted.flatMap((point, index) => {
    const next = sorted[index + 1] ?? point;
    return Array.from({ length: steps }, (_, step) => point + ((next - point) * step) / steps);
  });
  const outside = Array.from({ length: steps }, (_, step) => step + 1).flatMap((step) => [
    ...[first - step, last + step],
    ...[first - step * Math.abs(first), last + step * Math.abs(last)],
  ]);
  return [...inside, ...outside, 0].filter(Number.isFinite);
}
