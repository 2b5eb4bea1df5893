/**
 * An event in a line that a person reads: "New booking: Juan dela Cruz, Room 101, 20 to 22 March, ₱6,000". For chat and
 * mail, and for whoever's template asks for `message.line`. Whatever a PMS sends, it says what is there.
 */
import type { Tone } from '../../../shared/domain.ts';
import type { EventType } from '../../../shared/events.ts';
import { harmless } from '../../../shared/harmless.ts';
import { isNoticeType } from '../../../shared/notices.ts';
import type { EventSummary } from '../../../shared/schemas.ts';
import { messagesEn } from '../../../shared/sentences/messages.en.ts';
import { messagesFil } from '../../../shared/sentences/messages.fil.ts';
import {
  at,
  isTable,
  type JsonObject,
  type Path,
  saysNone,
  summarize,
  summarySources,
  textOf,
  unreadAmount,
  withDigits,
} from '../event-summary.ts';
import type { ShapeScope } from './scope.ts';
import { calendarDay, type Moment, momentOf, money } from './written.ts';

/** As a template has it. Its texts can be a stranger's words: a service's own signs are for its template to escape. */
export interface Message {
  /** "New booking" */
  readonly title: string;
  /** "Juan dela Cruz, Room 101, 20 to 22 March, ₱6,000"; empty where the event says nothing of this. */
  readonly details: string;
  readonly line: string;
  /** What is told of an event, wherever it stands in `data`; each empty where the event says nothing of it. */
  readonly guest: string;
  /** As it is written: `101`, `Villa-3`. */
  readonly room: string;
  /** A restaurant's, where there is no room. */
  readonly table: string;
  readonly outlet: string;
  readonly item: string;
  /** `₱6,000`; what cannot be read as an amount as it is written. */
  readonly amount: string;
  /** Which one that is: `total`, `amount`, `balance`. */
  readonly amount_of: string;
  /** ISO 4217. */
  readonly currency: string;
  /** As they are written: `2024-03-20`. */
  readonly arrives: string;
  readonly leaves: string;
  /** As the head of a letter: the line, and of a notice its title alone. */
  readonly subject: string;
  /** The property's name, or what the PMS calls it. */
  readonly footer: string;
  readonly tone: Tone;
  /** By tone, as `1c7044` and as a number. */
  readonly color: string;
  readonly color_number: number;
}

type Words = Readonly<Record<keyof typeof messagesEn, string>>;

const tones: Readonly<Record<EventType, Tone>> = {
  'booking.created': 'fine',
  'booking.updated': 'wait',
  'booking.cancelled': 'bad',
  'guest.checkin': 'fine',
  'guest.checkout': 'still',
  'order.created': 'away',
  'order.completed': 'fine',
  'inventory.low': 'wait',
  'payment.received': 'fine',
  'relay.endpoint_failing': 'bad',
  'relay.endpoint_recovered': 'fine',
  'relay.needs_attention': 'bad',
  'relay.source_quiet': 'wait',
  'relay.offline_over': 'fine',
  'relay.disk': 'bad',
  'relay.restore_waiting': 'wait',
  'relay.this_pc': 'wait',
  'relay.week': 'still',
};

/** Those of the five faces in light. */
const colors: Readonly<Record<Tone, string>> = {
  fine: '1c7044',
  wait: '8a5a00',
  bad: 'b3261e',
  away: '31587a',
  still: '5d625e',
};

export function messageOf(scope: ShapeScope): Message {
  const data = JSON.parse(scope.dataText) as JsonObject;
  const said = isNoticeType(scope.event) ? noticeSaid(data) : null;
  // A notice's sentences come in the language that notices have: what stands around them is in no other.
  const words = wordsFor(said !== null && typeof data.language === 'string' ? data.language : scope.property.locale);
  const kind = said?.title ?? words[`message.${scope.event}`];
  const title = scope.test ? put(words['message.test'], { what: kind }) : kind;
  const parts = said === null ? partsOf(scope, data) : noParts;
  const details = said?.text ?? detailsOf(scope, data, words, parts).map(harmless).join(', ');
  const tone = said?.tone ?? tones[scope.event];
  const between = said === null ? ':' : /[.!?]$/.test(title) ? '' : '.';
  const line =
    details === '' ? title : details.includes('\n') ? `${title}\n\n${details}` : `${title}${between} ${details}`;
  return {
    title,
    details,
    line,
    ...told(parts),
    subject: said === null ? line : title,
    footer: harmless(scope.property.name ?? scope.propertyId)
      .slice(0, 100)
      .toWellFormed(),
    tone,
    color: colors[tone],
    color_number: Number.parseInt(colors[tone], 16),
  };
}

/** What Roost Relay says of itself comes in sentences; another version's may lack one. */
function noticeSaid({ title, text, tone }: JsonObject): { title: string; text: string; tone: Tone | undefined } | null {
  if (typeof title !== 'string') return null;
  return {
    title: harmless(title),
    text: typeof text === 'string' ? text.split('\n').map(harmless).join('\n') : '',
    tone: typeof tone === 'string' && Object.hasOwn(colors, tone) ? (tone as Tone) : undefined,
  };
}

const isFilipino = (locale: string): boolean => /^(?:fil|tl)\b/i.test(locale);
const wordsFor = (locale: string): Words => (isFilipino(locale) ? messagesFil : messagesEn);

const put = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (asIs, name: string) => values[name] ?? asIs);

/** What an event says, each where one PMS or another has it. */
interface Parts {
  readonly summary: EventSummary;
  readonly isTable: boolean;
  readonly amount: string | undefined;
  readonly amountOf: string;
  readonly arrives: string | undefined;
  readonly leaves: string | undefined;
}

const noParts: Parts = {
  summary: {},
  isTable: false,
  amount: undefined,
  amountOf: '',
  arrives: undefined,
  leaves: undefined,
};

function partsOf(scope: ShapeScope, data: JsonObject): Parts {
  const summary = withDigits(summarize(scope.event, data), scope.dataText);
  const [path] = summarySources(scope.event, data, (value) => value).amount ?? [];
  const amount = amountOf(scope, summary, data);
  return {
    summary,
    isTable: isTable(data),
    amount,
    amountOf: amount === undefined ? '' : amountName(path?.join('.') ?? unreadAmount(data)?.member ?? ''),
    arrives: dayAt(data, arrivals),
    leaves: dayAt(data, departures),
  };
}

const amountName = (path: string): string => /^(amount|balance)(?:\.|$)/.exec(path)?.[1] ?? 'total';

/** As a template has them. */
function told({ summary, isTable, amount = '', amountOf, arrives = '', leaves = '' }: Parts) {
  const { guest = '', room = '', outlet = '', item = '', currency = '' } = summary;
  return {
    ...{ guest, room: isTable ? '' : room, table: isTable ? room : '', outlet, item },
    ...{ amount, amount_of: amountOf, currency, arrives, leaves },
  };
}

function detailsOf(scope: ShapeScope, data: JsonObject, words: Words, { summary, amount, isTable }: Parts): string[] {
  const said = [
    summary.guest,
    roomOf(summary, isTable, words),
    ...(scope.event.startsWith('booking.') ? [stayOf(scope, data, words)] : []),
    ...aside(scope.event, summary, data, words),
    amount,
  ].filter((part) => part !== undefined && part !== '');
  return said.length > 0 ? (said as string[]) : idOf(data);
}

/** "Room 101 - Deluxe" is Room 101; so is a bare 101. What is written as a name stays one. */
function roomOf({ room }: EventSummary, isTable: boolean, words: Words): string | undefined {
  const text = room?.split(/ [-–—] /, 1)[0]?.trim();
  if (text === undefined || !isBareCode(text)) return text;
  return put(words[isTable ? 'message.table' : 'message.room'], { code: text });
}

/** `101`, `12-B`, `A 204`, `DLX`; not `Villa-3`, `Rm101` or `Suite12`, which say what they are. */
const isBareCode = (text: string): boolean =>
  text.length <= 12 &&
  !/^(?:rm|no)/i.test(text) &&
  (/^\p{Lu}{1,4}$/u.test(text) || (/^(?:\p{L}{0,3}[ .#/-]?)?\d[\p{L}\d#/.-]*$/u.test(text) && !/\p{L}{4}/u.test(text)));

/** What events of one type say beside who, where, when and how much. */
function aside(event: EventType, { item, outlet, quantity }: EventSummary, data: JsonObject, words: Words) {
  if (event === 'inventory.low') {
    return [item, quantity === undefined ? undefined : put(words['message.left'], { quantity: String(quantity) })];
  }
  if (event.startsWith('order.')) return [outlet, itemsOf(item, data, words)];
  if (event === 'payment.received') return [plainText(data, [['method'], ['payment_method']])];
  return [];
}

/** The total beside it is of them all. */
function itemsOf(item: string | undefined, { items }: JsonObject, words: Words): string | undefined {
  if (item === undefined || !Array.isArray(items) || items.length < 2) return item;
  if (textOf(at({ items }, ['items', '0', 'name']) ?? at({ items }, ['items', '0'])) !== item) return item;
  return put(words['message.and_more'], { item, count: String(items.length - 1) });
}

/** What is settled is no news: a balance of nothing. What cannot be read as an amount is said as it is written. */
function amountOf(
  { event, property }: ShapeScope,
  { amount, amountDigits, currency }: EventSummary,
  data: JsonObject,
): string | undefined {
  if (amount === undefined) return event === 'inventory.low' ? undefined : writtenAmount(data);
  if (amount === 0 && event.startsWith('guest.')) return undefined;
  return money(amountDigits ?? String(amount), currency ?? property.currency, property);
}

function writtenAmount(data: JsonObject): string | undefined {
  const unread = unreadAmount(data);
  return unread === null ? undefined : plainText(data, [unread.member.split('.')]);
}

const arrivals: readonly Path[] = [
  ...['check_in', 'checkIn', 'checkin', 'check_in_date', 'arrival', 'arrival_date', 'arrivalDate', 'from_date'].map(
    (name) => [name],
  ),
  ['stay', 'from'],
  ['dates', 'from'],
];
const departures: readonly Path[] = [
  ...[
    'check_out',
    'checkOut',
    'checkout',
    'check_out_date',
    'departure',
    'departure_date',
    'departureDate',
    'to_date',
  ].map((name) => [name]),
  ['stay', 'to'],
  ['dates', 'to'],
];

/** "20 to 22 March"; with the year where it is not the event's own. What cannot be read as a day is said as it is written. */
function stayOf(scope: ShapeScope, data: JsonObject, words: Words): string | undefined {
  const [from, to] = [arrivals, departures].map((paths) => momentAt(data, paths));
  const year = scope.timestamp.slice(0, 4);
  if (from === undefined || to === undefined) {
    const [first, last] = [from ?? dayText(data, arrivals), to ?? dayText(data, departures)].map((day) => {
      if (typeof day !== 'object') return day;
      const shown = dayOf(day, scope);
      return written(shown, scope, shown.year !== year);
    });
    return first === undefined || last === undefined ? first : put(words['message.stay'], { from: first, to: last });
  }
  const first = dayOf(from, scope);
  const last = dayOf(to, scope);
  const isOtherYear = first.year !== year || last.year !== year;
  const isOneMonth = first.month === last.month && first.year === last.year;
  if (!isOneMonth) {
    return put(words['message.stay'], {
      from: written(first, scope, isOtherYear && first.year !== last.year),
      to: written(last, scope, isOtherYear),
    });
  }
  const filipino = isFilipino(scope.property.locale);
  const monthly = put(
    words['message.stay'],
    filipino
      ? { from: `${first.month} ${first.day}`, to: last.day }
      : { from: first.day, to: `${last.day} ${last.month}` },
  );
  return isOtherYear ? `${monthly} ${last.year}` : monthly;
}

interface Day {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

const months: Record<string, Intl.DateTimeFormat> = {};

function dayOf(moment: Moment, { property }: ShapeScope): Day {
  const at = new Date(calendarDay(moment, property));
  const locale = isFilipino(property.locale) ? 'fil-PH' : 'en-GB';
  months[locale] ??= new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long' });
  return { day: String(at.getUTCDate()), month: months[locale].format(at), year: String(at.getUTCFullYear()) };
}

function written({ day, month, year }: Day, { property }: ShapeScope, withYear: boolean): string {
  const date = isFilipino(property.locale) ? `${month} ${day}` : `${day} ${month}`;
  return withYear ? `${date} ${year}` : date;
}

/** The days of a stay whose end comes before its beginning, as the property's calendar has them; null of any other. */
export function backwardsStay(
  data: JsonObject,
  property: ShapeScope['property'],
): { readonly from: string; readonly to: string } | null {
  const [from, to] = [arrivals, departures].map((paths) => momentAt(data, paths));
  if (from === undefined || to === undefined) return null;
  const days = [calendarDay(from, property), calendarDay(to, property)] as const;
  if (days[1] >= days[0]) return null;
  const [first, last] = days.map((day) => new Date(day).toISOString().slice(0, 10)) as [string, string];
  return { from: first, to: last };
}

function momentAt(data: JsonObject, paths: readonly Path[]): Moment | undefined {
  for (const path of paths) {
    const value = at(data, path);
    const moment = typeof value === 'string' || typeof value === 'number' ? momentOf(value) : null;
    if (moment !== null) return moment;
  }
  return undefined;
}

/** As it is written; what can be read as a day before what cannot. */
function dayAt(data: JsonObject, paths: readonly Path[]): string | undefined {
  const path = paths.find((each) => momentAt(data, [each]) !== undefined);
  return path === undefined ? dayText(data, paths) : plainText(data, [path]);
}

function dayText(data: JsonObject, paths: readonly Path[]): string | undefined {
  const text = plainText(data, paths);
  return text === undefined || saysNone.test(text) ? undefined : text;
}

const ids: readonly Path[] = [['booking_id'], ['order_id'], ['item_id'], ['payment_id'], ['id']];

function idOf(data: JsonObject): string[] {
  const id = plainText(data, ids);
  return id === undefined ? [] : [id];
}

function plainText(data: JsonObject, paths: readonly Path[]): string | undefined {
  for (const path of paths) {
    const value = at(data, path);
    if ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number') {
      return String(value).trim().slice(0, 100).toWellFormed();
    }
  }
  return undefined;
}
