/**
 * Reads our envelope out of what a PMS sent (messages.ts): one event, an array of up to 500, or NDJSON. All or nothing:
 * the first thing that is wrong refuses the whole, by the member's name and what was expected there. What a shape made of
 * a source's message is read likewise, and may say that it is to be ignored.
 */
import type { Sentence } from '../../../shared/domain.ts';
import { eventTypes, isAboutBooking, isEventType, type PmsEventType } from '../../../shared/events.ts';
import { harmless } from '../../../shared/harmless.ts';
import type { EventSummary } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { NumberRule } from '../../../shared/source-shaping.ts';
import { type JsonObject, summarize, withDigits } from '../event-summary.ts';
import { type MemberSpan, memberSpans, nesting, valueEnd } from '../json-spans.ts';
import { withNumbers } from '../number-text.ts';
import { hasOwnOrder } from '../source-time.ts';
import { type charsetOf, decodeBody } from './charset.ts';
import { type Entity, entityOf, longestId } from './entity.ts';
import { amountHints, hintsOf, jsonTypeOf, orderHints } from './hints.ts';
import { maskCardsInSteps } from './masking/masking.ts';
import { linesOf, type Message, type Messages, messagesOf } from './messages.ts';
import { IntakeRefusal, shownName } from './refusal.ts';
import { roomsOf } from './rooms.ts';
import { lacksOffset, timestampExpected, toUtcText } from './timestamp.ts';

/** Most bytes of one request. */
export const mostBytes = 1_048_576;
/** Deeper than this, receivers' own parsers refuse or fall over (PHP 512, .NET 64, browsers' viewers). */
const deepestData = 256;

/** How what a shape made is read; what a program sends by our contract is read without. */
export interface ShapedReading {
  /** A `timestamp` in UTC, ISO 8601; null where it is none. */
  readonly time: (value: unknown) => string | null;
  /** How amounts and quantities that are texts are read; absent: as texts. */
  readonly numbers?: NumberRule;
}

/** One event as it came, checked and masked. */
export interface ReceivedEvent {
  readonly type: PmsEventType;
  /** UTC; null where the PMS gave none. */
  readonly timestamp: string | null;
  readonly propertyId: string | null;
  /** The PMS's own id of the event. */
  readonly id: string | null;
  /** `data`, byte for byte but for what was masked. */
  readonly dataText: string;
  readonly masked: number;
  readonly entity: Entity | null;
  /** It is about a booking, and has no id by which it could be kept in order. */
  readonly isUnordered: boolean;
  readonly summary: EventSummary;
  /** The rooms that it names, as they came. */
  readonly rooms: readonly string[];
  readonly hints: readonly Sentence[];
}

export interface ReceivedEvents {
  readonly events: readonly ReceivedEvent[];
  /** How it was sent: the answer to one object is one object. */
  readonly form: 'one' | 'many';
}

/** What `Content-Type` declares. */
type DeclaredCharset = ReturnType<typeof charsetOf>;

/**
 * @param bytes the request's body
 * @param lines NDJSON: one object a line
 * @throws IntakeRefusal 400
 */
export function parseEvents(bytes: Uint8Array, lines: boolean, charset: DeclaredCharset = null): ReceivedEvents {
  return atOnce(eventsInSteps(bytes, lines, charset));
}

/** The same for text, of one object or an array. */
export const parseJsonText = (text: string): ReceivedEvents => atOnce(envelopesInSteps(messagesOf(text)));

/**
 * The same in several turns of the thread, where it takes longer: a megabyte holds up nobody else.
 * @param turn resolves in another turn
 */
export async function parseEventsInTurns(
  bytes: Uint8Array,
  { lines, charset, turn }: { lines: boolean; charset: DeclaredCharset; turn: () => Promise<void> },
): Promise<ReceivedEvents> {
  return inTurns(eventsInSteps(bytes, lines, charset), turn);
}

/** Work in steps, in as many turns of the thread as it takes. */
export async function inTurns<Value>(steps: Steps<Value>, turn: () => Promise<void>): Promise<Value> {
  let began = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - began < longestTurnMs) continue;
    await turn();
    began = performance.now();
  }
}

/**
 * The same for many small works one after the other: none of them needs a turn of its own, and all of them together are one
 * that is too long. Their time is counted together.
 */
export function pacedTurns(turn: () => Promise<void>): <Value>(steps: Steps<Value>) => Promise<Value> {
  let workedMs = 0;
  return async (steps) => {
    for (;;) {
      const began = performance.now();
      const step = steps.next();
      workedMs += performance.now() - began;
      if (workedMs >= longestTurnMs) {
        workedMs = 0;
        await turn();
      }
      if (step.done) return step.value;
    }
  };
}

/** Then another turn is taken; no single step takes long. */
const longestTurnMs = 4;

/** Pauses after each piece of work that may be long. */
type Steps<Value> = Generator<void, Value>;

function atOnce<Value>(steps: Steps<Value>): Value {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function* eventsInSteps(bytes: Uint8Array, lines: boolean, charset: DeclaredCharset): Steps<ReceivedEvents> {
  const text = decodeBody(bytes, charset ?? null);
  yield;
  return yield* envelopesInSteps(lines ? linesOf(text) : messagesOf(text));
}

/** Each message is read before the next one is looked at: what is wrong first is what is told. */
function* envelopesInSteps(messages: Messages): Steps<ReceivedEvents> {
  const events: ReceivedEvent[] = [];
  for (;;) {
    const { value: message, done } = messages.next();
    if (done) return { events, form: message };
    if (message !== null) events.push(yield* readEnvelope(message));
    yield;
  }
}

/** What a shape made of one message. */
export interface ReadMessage {
  readonly events: readonly ReceivedEvent[];
  readonly form: ReceivedEvents['form'];
  /** Why there is no event where it says so. */
  readonly ignored: readonly Sentence[];
}

/**
 * Reads what a shape made: our envelope or an array of them, each of which may be `{"ignore": "because …"}` in place of
 * an event, or name the event `ignore`.
 *
 * @throws IntakeRefusal 400
 */
export function* readMadeInSteps(text: string, reading: ShapedReading): Steps<ReadMessage> {
  if (/^\s*\[\s*\]\s*$/.test(text)) return { events: [], form: 'many', ignored: [sentence('source_message.no_event')] };
  const messages = messagesOf(text);
  const events: ReceivedEvent[] = [];
  const ignored: Sentence[] = [];
  for (;;) {
    const { value: message, done } = messages.next();
    if (done) return { events, form: message, ignored };
    const why = message && whyIgnored(message.value);
    if (why) ignored.push(why);
    else if (message !== null) events.push(yield* readEnvelope(message, reading));
    yield;
  }
}

const longestWhy = 300;

function whyIgnored(value: unknown): Sentence | null {
  if (jsonTypeOf(value) !== 'object') return null;
  const { ignore, event } = value as { readonly ignore?: unknown; readonly event?: unknown };
  if (typeof ignore === 'string') {
    return sentence('source_message.ignored', { why: harmless(ignore).slice(0, longestWhy).toWellFormed() });
  }
  return event === 'ignore' ? sentence('source_message.ignored_type') : null;
}

const topMembers = ['event', 'data', 'timestamp', 'property_id', 'id'] as const;
type TopMember = (typeof topMembers)[number];

function* readEnvelope(
  { text, start, value, place }: Message,
  reading: ShapedReading | null = null,
): Steps<ReceivedEvent> {
  if (jsonTypeOf(value) !== 'object') {
    throw wrong(place === '' ? 'body' : place, 'event', value);
  }
  const at = (member: string): string => (place === '' ? member : `${place}.${member}`);
  const given = value as Partial<Record<TopMember, unknown>>;
  // Before its members are looked at: what lies so deep is seldom one of ours. With data they are few, and read once.
  if (jsonTypeOf(given.data) !== 'object' && nesting(text, { start, end: valueEnd(text, start) }) > deepestData + 1) {
    throw tooDeep(place === '' ? 'body' : place);
  }
  const spans = checkMembers(text, start, at);
  const numberText = (member: TopMember): string => {
    const span = spans.get(member);
    return span ? text.slice(span.start, span.end) : '';
  };
  const type = readType(given.event, at('event'));
  const timestamp = readTimestamp(given.timestamp, at('timestamp'), reading?.time ?? utcOf);
  const propertyId = readId(given.property_id, at('property_id'), () => numberText('property_id'));
  const id = readId(given.id, at('id'), () => numberText('id'));
  const dataSpan = spans.get('data');
  if (jsonTypeOf(given.data) !== 'object' || !dataSpan) throw wrong(at('data'), 'object', given.data);
  if (nesting(text, dataSpan) > deepestData) throw tooDeep(at('data'));
  const asCame = text.slice(dataSpan.start, dataSpan.end);
  const numbers = reading?.numbers ?? 'as_is';
  const asRead = withNumbers(asCame, numbers);
  const masked = yield* maskCardsInSteps(asRead);
  const isAsGiven = masked.count === 0 && asRead === asCame;
  const data = (isAsGiven ? given.data : JSON.parse(masked.text)) as JsonObject;
  if (!isAsGiven) yield;
  const { entity, tooLong } = entityOf(data, masked.text);
  const summary = withDigits(summarize(type, data, numbers === 'as_is'), masked.text);
  return {
    type,
    timestamp,
    propertyId,
    id,
    dataText: masked.text,
    masked: masked.count,
    entity,
    isUnordered: isAboutBooking(type) && entity?.member !== 'booking_id',
    summary,
    rooms: roomsOf(data),
    hints: [...hintsOf(type, data), ...orderHints(type, entity, tooLong), ...amountHints(type, data, summary)],
  };
}

/** Refuses names that are unknown or written twice; gives each one's place. */
function checkMembers(text: string, start: number, at: (member: string) => string): ReadonlyMap<string, MemberSpan> {
  const seen = new Map<string, MemberSpan>();
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
    seen.set(span.name, span);
  }
  return seen;
}

function readType(value: unknown, member: string): PmsEventType {
  if (typeof value !== 'string') throw wrong(member, 'name', value);
  if (isEventType(value)) return value;
  const says = sentence('refusal.unknown_event', { member, event: shownName(value), events: eventTypes.join(', ') });
  throw new IntakeRefusal(400, 'unknown_event', says, { member, expected: expected.name });
}

const utcOf = (value: unknown): string | null => (typeof value === 'string' ? toUtcText(value) : null);

const tooDeep = (member: string): IntakeRefusal =>
  new IntakeRefusal(400, 'bad_member', sentence('refusal.too_deep', { member, most: deepestData }), {
    member,
    expected: `at most ${deepestData} deep`,
  });

function readTimestamp(value: unknown, member: string, time: ShapedReading['time']): string | null {
  if (value === undefined || value === null) return null;
  const utc = time(value);
  if (utc !== null) return utc;
  const says =
    typeof value !== 'string'
      ? sentence('refusal.expected_timestamp', { member, foundType: jsonTypeOf(value) })
      : lacksOffset(value)
        ? sentence('refusal.timestamp_no_offset', { member })
        : hasOwnOrder(value)
          ? sentence('refusal.timestamp_order', { member, found: value.trim() })
          : sentence('refusal.no_timestamp', { member });
  throw new IntakeRefusal(400, 'bad_member', says, { member, expected: timestampExpected });
}

/** @param digits a number's own text, which counts digit for digit */
function readId(value: unknown, member: string, digits: () => string): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'number' ? digits() : value;
  if (typeof text !== 'string') throw wrong(member, 'id', value);
  if (text.trim() !== '' && text.length <= longestId && text.isWellFormed()) return text;
  const says =
    text.trim() === ''
      ? sentence('refusal.empty_text', { member, most: longestId })
      : text.length > longestId
        ? sentence('refusal.long_text', { member, most: longestId, found: text.length })
        : sentence('refusal.broken_text', { member, most: longestId });
  throw new IntakeRefusal(400, 'bad_member', says, { member, expected: expected.id });
}

/** What a member has to be, for a PMS's programmer. */
const expected = {
  event: 'an object with "event" and "data"',
  object: 'an object',
  name: `one of ${eventTypes.join(', ')}`,
  id: `a text of 1 to ${longestId} characters, or a number`,
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
