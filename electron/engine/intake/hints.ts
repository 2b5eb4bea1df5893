/** What in `data` is not as the catalogue knows it. PMSs differ: a hint in the log, never a refusal. */
import type { Sentence } from '../../../shared/domain.ts';
import { bookingNames, catalogue, type EventType, isAboutBooking, type JsonType } from '../../../shared/events.ts';
import type { EventSummary } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type JsonObject, unreadAmount } from '../event-summary.ts';
import { type Entity, longestId } from './entity.ts';

const known = Object.fromEntries(
  Object.entries(catalogue).map(([type, entry]) => [type, Object.entries(entry.members)]),
) as Record<EventType, [string, JsonType][]>;

/** What JSON calls the type of a parsed value. */
export function jsonTypeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonType;
}

/** One sentence for each known member of another type than usual. */
export function hintsOf(type: EventType, data: JsonObject): readonly Sentence[] {
  const hints: Sentence[] = [];
  for (const [name, expected] of known[type]) {
    if (!Object.hasOwn(data, name)) continue;
    const found = jsonTypeOf(data[name]);
    if (found === expected) continue;
    hints.push(sentence('hint.type', { member: `data.${name}`, usualType: expected, foundType: found }));
  }
  return hints;
}

/**
 * What keeps an event from being kept in order (decision 42).
 * @param tooLong the path of an id that was passed over for its length
 */
export function orderHints(type: EventType, entity: Entity | null, tooLong: string | null): readonly Sentence[] {
  const hints: Sentence[] = [];
  if (tooLong !== null) hints.push(sentence('hint.long_id', { member: `data.${tooLong}`, most: longestId }));
  if (isAboutBooking(type) && entity?.member !== 'booking_id') {
    hints.push(sentence('hint.no_booking', { names: bookingNames.join(', ') }));
  }
  return hints;
}

/** That an amount is in no sum, since no number could be made of it. */
export function amountHints(type: EventType, data: JsonObject, { amount }: EventSummary): readonly Sentence[] {
  // An inventory's numbers are no money.
  const unread = amount === undefined && type !== 'inventory.low' ? unreadAmount(data) : null;
  return unread === null ? [] : [sentence('hint.amount', { member: `data.${unread.member}` })];
}
