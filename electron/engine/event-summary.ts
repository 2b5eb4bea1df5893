/** What the log's rows say of an event before any id: guest, room, amount. PMSs differ in how they call these. */
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
].map((person) => [givenNames, familyNames].map((names) => names.map((name) => [...person, name])));
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
  ['table', 'name'],
  ['table'],
];
const itemPaths: readonly Path[] = [
  ['item_name'],
  ['item', 'name'],
  ['item'],
  ['product', 'name'],
  ['items', '0', 'name'],
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
const amountPaths: readonly Path[] = [
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
const quantityPaths: readonly Path[] = [['on_hand'], ['quantity_on_hand'], ['stock'], ['quantity'], ['qty']];

/** Takes from `data` what its event's rows show; what is not there, or is of another shape, is left out. */
export function summarize(type: EventType, data: JsonObject): EventSummary {
  const isInventory = type === 'inventory.low';
  const summary: EventSummary = {};
  const guest = firstText(data, guestPaths) ?? fullName(data);
  const room = firstText(data, roomPaths);
  const item = firstText(data, isInventory ? stockPaths : itemPaths);
  const outlet = firstText(data, outletPaths);
  const amount = isInventory ? undefined : firstNumber(data, amountPaths);
  const currency = firstText(data, currencyPaths);
  const quantity = isInventory ? firstNumber(data, quantityPaths) : undefined;
  const nights = firstNumber(data, nightsPaths);
  if (guest !== undefined) summary.guest = guest;
  if (room !== undefined) summary.room = room;
  if (item !== undefined) summary.item = item;
  if (outlet !== undefined) summary.outlet = outlet;
  if (amount !== undefined) summary.amount = amount;
  if (currency !== undefined && /^[a-z]{3}$/i.test(currency)) summary.currency = currency.toUpperCase();
  if (quantity !== undefined) summary.quantity = quantity;
  if (nights !== undefined) summary.nights = nights;
  return summary;
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

function firstText(data: JsonObject, paths: readonly Path[]): string | undefined {
  for (const path of paths) {
    const value = at(data, path);
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string') continue;
    const text = value.trim();
    if (text !== '') return cut(text);
  }
  return undefined;
}

function firstNumber(data: JsonObject, paths: readonly Path[]): number | undefined {
  for (const path of paths) {
    const value = at(data, path);
    const number = typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,6})?$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
  }
  return undefined;
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
