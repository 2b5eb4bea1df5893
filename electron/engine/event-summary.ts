/** What the log's rows say of an event before any id: guest, room, amount. PMSs differ in how they call these. */

import { currencyCode } from '../../shared/currency-code.ts';
import type { EventType } from '../../shared/events.ts';
import type { EventSummary } from '../../shared/schemas.ts';

export type JsonObject = Readonly<Record<string, unknown>>;
export type Path = readonly string[];

const longestText = 200;

const guestPaths: readonly Path[] = [
  ['guest_name'],
  ['guest'],
  ['guest', 'name'],
  ['guest', 'full_name'],
  ['guestName'],
  ['customer_name'],
  ['customer', 'name'],
  ['customer'],
  ['contact_name'],
  ['contact', 'name'],
  ['booker', 'name'],
  ['payer'],
  ['payer_name'],
  ['payer', 'name'],
];
const givenNames = ['first_name', 'firstName', 'firstname', 'given_name'];
const familyNames = ['last_name', 'lastName', 'lastname', 'family_name', 'surname'];
/** Of each person that may be the guest, where the given and the family name may stand. */
const guestPersons: readonly (readonly (readonly Path[])[])[] = [
  ['guest'],
  [],
  ['customer'],
  ['contact'],
  ['booker'],
  // A name that is an object itself.
  ...[['guest_name'], ['guest', 'name'], ['guestName'], ['customer_name'], ['customer', 'name']],
].map((person) =>
  [
    [...givenNames, ...(person.length > 0 ? ['first'] : [])],
    [...familyNames, ...(person.length > 0 ? ['last'] : [])],
  ].map((names) => names.map((name) => [...person, name])),
);
const roomPaths: readonly Path[] = [
  ['room', 'name'],
  ['room_name'],
  ['roomName'],
  ['room'],
  ['room', 'number'],
  ['room_number'],
  ['roomNumber'],
  ['room_no'],
  ['rooms', '0', 'name'],
  ['rooms', '0', 'number'],
];
const tablePaths: readonly Path[] = [['table', 'name'], ['table', 'number'], ['table'], ['table_number'], ['table_no']];
const itemPaths: readonly Path[] = [
  ['item_name'],
  ['item', 'name'],
  ['item'],
  ['product', 'name'],
  ['items', '0', 'name'],
  ['items', '0'],
];
const stockPaths: readonly Path[] = [['name'], ...itemPaths, ['sku']];
const outletPaths: readonly Path[] = [
  ['outlet'],
  ['outlet', 'name'],
  ['outlet_name'],
  ['restaurant'],
  ['pos', 'name'],
  ['pos'],
];
export const amountPaths: readonly Path[] = [
  ['total'],
  ['amount'],
  ['total_amount'],
  ['amount_total'],
  ['grand_total'],
  ['totalAmount'],
  ['total', 'amount'],
  ['amount', 'value'],
  ['price'],
  ['balance'],
];
const currencyPaths: readonly Path[] = [
  ['currency'],
  ['currency_code'],
  ['currencyCode'],
  ['currency', 'code'],
  ['total', 'currency'],
  ['amount', 'currency'],
];
const nightsPaths: readonly Path[] = [['nights'], ['number_of_nights']];
export const quantityPaths: readonly Path[] = [['on_hand'], ['quantity_on_hand'], ['stock'], ['quantity'], ['qty']];

/** Where each member of a summary may stand in an event's data, but for a guest's two names. */
export const summaryPaths = (type: EventType) => {
  const isInventory = type === 'inventory.low';
  return {
    guest: guestPaths,
    room: [...roomPaths, ...tablePaths],
    item: isInventory ? stockPaths : itemPaths,
    outlet: outletPaths,
    amount: isInventory ? [] : amountPaths,
    currency: currencyPaths,
    quantity: isInventory ? quantityPaths : [],
    nights: nightsPaths,
  } satisfies Partial<Record<keyof EventSummary, readonly Path[]>>;
};

/**
 * Takes from `data` what its event's rows show; what is not there, or is of another shape, is left out.
 *
 * @param fromText whether a text such as `6000.00` is an amount too; false where all that are numbers have been read as such,
 *   so that `1.234` is one that nobody can know
 */
export function summarize(type: EventType, data: JsonObject, fromText = true): EventSummary {
  const paths = summaryPaths(type);
  const summary: EventSummary = {};
  const guest = firstText(data, paths.guest) ?? fullName(data);
  const room = firstText(data, paths.room);
  const item = firstText(data, paths.item);
  const outlet = firstText(data, paths.outlet);
  const amount = firstOf(data, paths.amount, amountOf(data, fromText));
  const currency = firstText(data, paths.currency);
  const quantity = firstOf(data, paths.quantity, amountOf(data, fromText));
  const nights = firstNumber(data, paths.nights);
  if (guest !== undefined) summary.guest = guest;
  if (room !== undefined) summary.room = room;
  if (item !== undefined) summary.item = item;
  if (outlet !== undefined) summary.outlet = outlet;
  if (amount !== undefined) summary.amount = amount;
  const code = currency === undefined ? null : currencyCode(currency);
  if (code !== null) summary.currency = code;
  if (quantity !== undefined) summary.quantity = quantity;
  if (nights !== undefined) summary.nights = nights;
  return summary;
}

/** Whether what a summary calls the room is a restaurant's table. */
export const isTable = (data: JsonObject): boolean =>
  firstText(data, roomPaths) === undefined && firstText(data, tablePaths) !== undefined;

/**
 * Where in `data` the members of its summary stand: a guest may be put together of two names.
 * @param read what a value of `data` is, where a number is more than a number
 */
export function summarySources(
  type: EventType,
  data: JsonObject,
  read: (value: unknown) => unknown,
): { readonly [Member in keyof EventSummary]?: readonly Path[] } {
  const paths = summaryPaths(type);
  const first = (wanted: readonly Path[], is: (value: unknown) => unknown): readonly Path[] | undefined => {
    const found = wanted.find((path) => is(read(at(data, path))) !== undefined);
    return found && [found];
  };
  const names = () => {
    const persons = guestPersons.map((person) => person.flatMap((wanted) => first(wanted, textOf) ?? []));
    return persons.find((found) => found.length > 0);
  };
  const sources = {
    guest: first(paths.guest, textOf) ?? names(),
    room: first(paths.room, textOf),
    item: first(paths.item, textOf),
    outlet: first(paths.outlet, textOf),
    amount: first(paths.amount, amountOf(data)),
    currency: first(paths.currency, textOf),
    quantity: first(paths.quantity, amountOf(data)),
    nights: first(paths.nights, numberOf),
  };
  return Object.fromEntries(Object.entries(sources).filter(([, found]) => found !== undefined));
}

/** An amount that no number was made of. */
export interface UnreadAmount {
  /** `total.amount` */
  readonly member: string;
  /** What stands there; as JSON where it is no text. */
  readonly text: string;
}

/**
 * The amount in `data` of an event whose summary has none: a text such as `1.234,50`, whose sign for the decimals nobody has
 * told, or `abc`, or `true`; null where there is no amount at all.
 */
export function unreadAmount(data: JsonObject): UnreadAmount | null {
  for (const path of amountPaths) {
    const value = at(data, path);
    const text = typeof value === 'boolean' || Array.isArray(value) ? JSON.stringify(value) : value;
    if (typeof text === 'string' && !saysNone.test(text)) return { member: path.join('.'), text };
  }
  return null;
}

/** What stands for no amount, or for no day, at all. */
export const saysNone = /^\s*(?:|-+|–|—|n\/?a|nil|none|null|free|gratis|comp(?:limentary)?|libre|tbd|false|\[\])\s*$/i;

/** From here on a number of JavaScript does not hold every digit. */
const inexactFrom = 2 ** 53;
const longestDigits = 60;

/** A number of JSON as it was written. */
class Written {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * The summary with the digits of an amount that a number would round.
 * @param dataText the event's data as it came
 */
export function withDigits(summary: EventSummary, dataText: string): EventSummary {
  if (summary.amount === undefined || Math.abs(summary.amount) < inexactFrom) return summary;
  const data = JSON.parse(dataText, ((_name: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && Math.abs(value) >= inexactFrom
      ? new Written(context?.source ?? String(value))
      : value) as (name: string, value: unknown) => unknown) as JsonObject;
  const written = amountPaths.map((path) => at(data, path)).find((value) => value instanceof Written);
  const digits = written === undefined ? null : withoutExponent(written.text);
  return digits === null ? summary : { ...summary, amountDigits: digits };
}

/** `1.5e30` is 15 and 29 noughts. Null where it would be longer than anybody reads. */
function withoutExponent(text: string): string | null {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const places = fraction.length - Number(exponent);
  if (whole.length + fraction.length > longestDigits || Math.abs(places) > longestDigits) return null;
  const digits = `${whole}${fraction}${'0'.repeat(Math.max(0, -places))}`;
  if (places <= 0) return `${sign}${digits.replace(/^0+(?=\d)/, '')}`;
  return `${sign}${digits.slice(0, -places).replace(/^0+(?=\d)/, '')}.${digits.slice(-places)}`;
}

/** The value at a path of names; undefined where there is none. */
export function at(data: JsonObject, path: Path): unknown {
  let value: unknown = data;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as JsonObject)[name];
  }
  return value;
}

const firstText = (data: JsonObject, paths: readonly Path[]): string | undefined => firstOf(data, paths, textOf);
const firstNumber = (data: JsonObject, paths: readonly Path[]): number | undefined => firstOf(data, paths, numberOf);

function firstOf<Value>(data: JsonObject, paths: readonly Path[], is: (value: unknown) => Value | undefined) {
  for (const path of paths) {
    const found = is(at(data, path));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a row shows of a value that is to be a text; undefined where it is none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : cut(text);
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && isPlain(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Their smallest coin is a thousandth. */
const threePlaces: ReadonlySet<unknown> = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);

/** `6000.00` */
const isPlain = (text: string): boolean => /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text);
/** `1.234`, which is one thousand and some where a point stands between thousands. */
const isDoubtful = (text: string): boolean => /^-?[1-9]\d{0,2}\.\d{3}$/.test(text);

/** How an amount or a quantity of `data` is read. */
function amountOf(data: JsonObject, fromText = true): (value: unknown) => number | undefined {
  const hasThousandths = () => threePlaces.has(firstText(data, currencyPaths)?.toUpperCase());
  return (value) => {
    if (typeof value === 'string' && (!fromText || (isDoubtful(value) && !hasThousandths()))) return undefined;
    return numberOf(value);
  };
}

function fullName(data: JsonObject): string | undefined {
  for (const person of guestPersons) {
    const names = person.map((paths) => firstText(data, paths));
    const name = names.filter((part) => part !== undefined).join(' ');
    if (name !== '') return cut(name);
  }
  return undefined;
}

/** Never between the two halves of a character. */
const cut = (text: string): string =>
  (text.length > longestText ? `${text.slice(0, longestText).replace(/[\uD800-\uDBFF]$/, '')}…` : text).toWellFormed();
