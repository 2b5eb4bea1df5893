/**
 * Reads what a PMS sent: one event, an array of up to 500, or NDJSON. All or nothing: the first thing that is
 * wrong refuses the whole, by the member's name and what was expected there.
 */
import { isUtf8 } from 'node:buffer';
import type { Sentence } from '../../../shared/domain.ts';
import { type EventType, eventTypes, isEventType } from '../../../shared/events.ts';
import type { EventSummary } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type Entity, entityOf } from './entity.ts';
import { hintsOf, jsonTypeOf } from './hints.ts';
import { elementSpans, type MemberSpan, memberSpans, nesting, skipSpace, type ValueSpan } from './json-spans.ts';
import { maskCards } from './masking.ts';
import { IntakeRefusal, shownName } from './refusal.ts';
import { type JsonObject, summarize } from './summary.ts';
import { timestampExpected, toUtcText } from './timestamp.ts';

/** At most so many events in one request, and so many bytes. */
export const mostEvents = 500;
export const mostBytes = 1_048_576;
/** Deeper than this, receivers' own parsers refuse or fall over (PHP 512, .NET 64, browsers' viewers). */
const deepestData = 256;
const longestId = 200;

/** One event as it came, checked and masked. */
export interface ReceivedEvent {
  readonly type: EventType;
  /** UTC; null where the PMS gave none. */
  readonly timestamp: string | null;
  readonly propertyId: string | null;
  /** The PMS's own id of the event. */
  readonly id: string | null;
  /** `data`, byte for byte but for what was masked. */
  readonly dataText: string;
  readonly masked: number;
  readonly entity: Entity | null;
  readonly summary: EventSummary;
  readonly hints: readonly Sentence[];
}

export interface ReceivedEvents {
  readonly events: readonly ReceivedEvent[];
  /** How it was sent: the answer to one object is one object. */
  readonly form: 'one' | 'many';
}

/**
 * @param bytes the request's body
 * @param lines NDJSON: one object a line
 * @throws IntakeRefusal 400
 */
export function parseEvents(bytes: Uint8Array, lines: boolean): ReceivedEvents {
  const text = decode(bytes);
  return lines ? parseLines(text) : parseJsonText(text);
}

/** The same for text, of one object or an array. */
export function parseJsonText(text: string): ReceivedEvents {
  const value = parseJson(text, 'body');
  const start = skipSpace(text, 0);
  if (!Array.isArray(value)) return { events: [readEvent(text, start, value, '')], form: 'one' };
  refuseCount(value.length);
  const spans = elementSpans(text, start);
  const events = value.map((element, i) => readEvent(text, (spans[i] as ValueSpan).start, element, `[${i}]`));
  return { events, form: 'many' };
}

function parseLines(text: string): ReceivedEvents {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  refuseCount(lines.length);
  const events = lines.map((line, i) => readEvent(line, skipSpace(line, 0), parseJson(line, `[${i}]`), `[${i}]`));
  return { events, form: 'many' };
}

function decode(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) {
    throw new IntakeRefusal(400, 'not_utf8', sentence('refusal.not_utf8'), {
      member: 'body',
      expected: 'JSON in UTF-8',
    });
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  // A byte order mark, as Windows programs like to write.
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function parseJson(text: string, member: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The error's own words quote the text around, which may be a guest's name or a card's number.
    const place = /position (\d+)/.exec(String(cause))?.[1];
    const says =
      place === undefined
        ? sentence('refusal.not_json', { member })
        : sentence('refusal.not_json_at', { member, place: Number(place) + 1 });
    const expected = member === 'body' ? 'a JSON object, an array of them, or NDJSON' : 'a JSON object';
    throw new IntakeRefusal(400, 'not_json', says, { member, expected });
  }
}

function refuseCount(count: number): void {
  if (count > 0 && count <= mostEvents) return;
  throw new IntakeRefusal(
    400,
    'too_many_events',
    count === 0
      ? sentence('refusal.no_events')
      : sentence('refusal.too_many_events', { found: count, most: mostEvents }),
    { member: 'body', expected: `1 to ${mostEvents} events` },
  );
}

const topMembers = ['event', 'data', 'timestamp', 'property_id', 'id'] as const;
type TopMember = (typeof topMembers)[number];

function readEvent(text: string, start: number, value: unknown, place: string): ReceivedEvent {
  if (jsonTypeOf(value) !== 'object') {
    throw wrong(place === '' ? 'body' : place, 'event', value);
  }
  const at = (member: string): string => (place === '' ? member : `${place}.${member}`);
  const given = value as Partial<Record<TopMember, unknown>>;
  const dataSpan = checkMembers(text, start, at);
  const type = readType(given.event, at('event'));
  const timestamp = readTimestamp(given.timestamp, at('timestamp'));
  const propertyId = readText(given.property_id, at('property_id'));
  const id = typeof given.id === 'number' ? readNumberId(given.id, at('id')) : readText(given.id, at('id'));
  if (jsonTypeOf(given.data) !== 'object' || !dataSpan) throw wrong(at('data'), 'object', given.data);
  if (nesting(text, dataSpan) > deepestData) {
    const says = sentence('refusal.too_deep', { member: at('data'), most: deepestData });
    throw new IntakeRefusal(400, 'bad_member', says, {
      member: at('data'),
      expected: `at most ${deepestData} deep`,
    });
  }
  const asCame = text.slice(dataSpan.start, dataSpan.end);
  const masked = maskCards(asCame);
  const data = (masked.count === 0 ? given.data : JSON.parse(masked.text)) as JsonObject;
  const entity = entityOf(data, masked.text);
  return {
    type,
    timestamp,
    propertyId,
    id,
    dataText: masked.text,
    masked: masked.count,
    entity,
    summary: summarize(type, data),
    hints: hintsOf(type, data),
  };
}

/** Refuses names that are unknown or written twice; gives the place of `data`. */
function checkMembers(text: string, start: number, at: (member: string) => string): MemberSpan | null {
  let data: MemberSpan | null = null;
  const seen = new Set<string>();
  for (const span of memberSpans(text, start)) {
    if (!(topMembers as readonly string[]).includes(span.name)) {
      const name = shownName(span.name);
      throw new IntakeRefusal(400, 'unknown_member', sentence('refusal.unknown_member', { member: at(name) }), {
        member: at(name),
        expected: `only ${topMembers.join(', ')}`,
      });
    }
    if (seen.has(span.name)) {
      throw new IntakeRefusal(400, 'bad_member', sentence('refusal.member_twice', { member: at(span.name) }), {
        member: at(span.name),
        expected: 'once',
      });
    }
    seen.add(span.name);
    if (span.name === 'data') data = span;
  }
  return data;
}

function readType(value: unknown, member: string): EventType {
  if (typeof value !== 'string') throw wrong(member, 'name', value);
  if (isEventType(value)) return value;
  const says = sentence('refusal.unknown_event', { member, event: shownName(value), events: eventTypes.join(', ') });
  throw new IntakeRefusal(400, 'unknown_event', says, { member, expected: expected.name });
}

function readTimestamp(value: unknown, member: string): string | null {
  if (value === undefined) return null;
  const utc = typeof value === 'string' ? toUtcText(value) : null;
  if (utc === null) {
    throw new IntakeRefusal(400, 'bad_member', sentence('refusal.expected_timestamp', { member }), {
      member,
      expected: timestampExpected,
    });
  }
  return utc;
}

function readText(value: unknown, member: string): string | null {
  if (value === undefined) return null;
  const isGood = typeof value === 'string' && value.trim() !== '' && value.length <= longestId && value.isWellFormed();
  if (!isGood) throw wrong(member, 'text', value);
  return value;
}

function readNumberId(value: number, member: string): string {
  if (Number.isSafeInteger(value)) return String(value);
  throw wrong(member, 'id', value);
}

/** What a member has to be, for a PMS's programmer. */
const expected = {
  event: 'an object with "event" and "data"',
  object: 'an object',
  name: `one of ${eventTypes.join(', ')}`,
  text: `a text of 1 to ${longestId} characters`,
  id: `a text of 1 to ${longestId} characters, or a whole number that JSON keeps exactly`,
} as const;

function wrong(member: string, what: keyof typeof expected, value: unknown): IntakeRefusal {
  return new IntakeRefusal(400, 'bad_member', unexpected(member, what, value), { member, expected: expected[what] });
}

function unexpected(member: string, what: keyof typeof expected, value: unknown): Sentence {
  const params = { member, foundType: value === undefined ? 'nothing' : jsonTypeOf(value) };
  switch (what) {
    case 'event':
    case 'object':
      return sentence(`refusal.expected_${what}`, params);
    case 'name':
      return sentence('refusal.expected_name', { ...params, events: eventTypes.join(', ') });
    default:
      return sentence(`refusal.expected_${what}`, { ...params, most: longestId });
  }
}
