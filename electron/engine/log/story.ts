/**
 * Which events a story is made of: those of the booking, those of its orders and payments, and, where an event
 * carries no booking's id, those that are of the guest by the name alone.
 */
import type { ReadHandle } from '../store/connection.ts';
import { foldName } from '../store/fold.ts';
import { hourOf } from '../store/hours.ts';
import type { EventSearch, SearchStep } from './event-search.ts';
import type { SeqRange } from './seq-streams.ts';

/** Most events that a story shows; of a longer one the newest, and it says that it is not complete. */
const longestStory = 200;
/** So many bookings, orders, payments and guests of one story are followed. */
const mostFollowed = 20;
/** An order by name alone is this stay's from a day before its first event until a day after the check-out. */
const besideStayMs = 86_400_000;

interface StoryFacts {
  readonly seq: number;
  readonly type: string;
  readonly at: number;
  readonly propertyId: string;
  readonly entityMember: string | null;
  readonly entityId: string | null;
  readonly guest: string | null;
  readonly orderId: string | null;
  readonly paymentId: string | null;
}

export interface Story {
  /** Oldest first. */
  readonly seqs: readonly number[];
  /** Those that only a name links to the story. */
  readonly byName: ReadonlySet<number>;
  readonly complete: boolean;
}

export const storyStatements = {
  facts: `SELECT seq, type, received_at AS at, property_id AS propertyId, entity_member AS entityMember,
      entity_id AS entityId, guest, CAST(json_extract(data, '$.order_id') AS TEXT) AS orderId,
      CAST(json_extract(data, '$.payment_id') AS TEXT) AS paymentId
    FROM events WHERE seq IN (SELECT value FROM json_each(?))`,
  bounds: 'SELECT MIN(first_seq) AS first, MAX(last_seq) AS last FROM event_hours WHERE hour BETWEEN ? AND ?',
} as const;

export function createStoryFinder(reader: ReadHandle, search: EventSearch) {
  const facts = reader.prepare<[string], StoryFacts>(storyStatements.facts);
  const bounds = reader.prepare<[number, number], { first: number | null; last: number | null }>(
    storyStatements.bounds,
  );
  const factsOf = (seqs: readonly number[]) => facts.all(JSON.stringify(seqs));

  /** @param hasTime false once the time for one answer is over */
  return (about: string, everything: SeqRange, hasTime: () => boolean): Story => {
    const found = new Map<number, StoryFacts>();
    const byName = new Set<number>();
    let complete = true;

    /** Adds what a search finds, as far as there is room and time. */
    const take = (steps: Iterable<SearchStep>, wanted: (event: StoryFacts) => boolean, isByName = false): void => {
      const seqs: number[] = [];
      for (const { seq } of steps) {
        if (seq !== null && !found.has(seq)) seqs.push(seq);
        if (seqs.length <= longestStory && hasTime()) continue;
        complete = false;
        break;
      }
      for (const event of factsOf(seqs)) {
        if (!wanted(event)) continue;
        found.set(event.seq, event);
        if (isByName) byName.add(event.seq);
      }
    };
    const ofEntity = (member: string, id: string, propertyId: string): void => {
      const isOfIt = (event: StoryFacts) =>
        event.entityMember === member && event.entityId === id && event.propertyId === propertyId;
      take(search.byEntity(id, everything), isOfIt);
      // It is linked by more than the name.
      for (const event of found.values()) if (isOfIt(event)) byName.delete(event.seq);
    };

    take(search.byEntity(about, everything), () => true);
    const isOneBooking = [...found.values()].some(isOfBooking);
    if (found.size === 0) {
      const name = foldName(about);
      take(search.byText(about, everything), () => true);
      const named = [...found.values()].filter(({ guest }) => guest?.includes(name));
      for (const event of named) if (!isOfBooking(event)) byName.add(event.seq);
      for (const [id, propertyId] of distinct(named.filter(isOfBooking))) ofEntity('booking_id', id, propertyId);
    }
    for (const { orderId, paymentId, propertyId } of followed([...found.values()])) {
      if (orderId !== null) ofEntity('order_id', orderId, propertyId);
      if (paymentId !== null) ofEntity('payment_id', paymentId, propertyId);
    }
    if (isOneBooking) {
      const stay = stayOf([...found.values()]);
      const range = { from: Math.max(everything.from, stay.from), to: Math.min(everything.to, stay.to) };
      for (const guest of stay.guests)
        take(
          search.byGuest(guest, range),
          (event) => !isOfBooking(event) && event.propertyId === stay.propertyId,
          true,
        );
    }
    const seqs = [...found.keys()].sort((one, other) => one - other);
    return { seqs: seqs.slice(-longestStory), byName, complete: complete && seqs.length <= longestStory };
  };

  /** From when to when one booking's guests can have ordered and paid, in the store's own numbers. */
  function stayOf(events: readonly StoryFacts[]) {
    const ofBooking = events.filter(isOfBooking).sort((one, other) => one.seq - other.seq);
    const [first] = ofBooking;
    const last = ofBooking.at(-1);
    const isOver = ofBooking.some(({ type }) => type === 'guest.checkout');
    const endMs = isOver && last ? last.at + besideStayMs : Number.MAX_SAFE_INTEGER;
    const hours = bounds.get(hourOf(Math.max(0, (first?.at ?? 0) - besideStayMs)), hourOf(endMs));
    return {
      from: hours?.first ?? 0,
      to: isOver ? (hours?.last ?? 0) : Number.MAX_SAFE_INTEGER,
      propertyId: first?.propertyId,
      guests: [...new Set(ofBooking.flatMap(({ guest }) => guest ?? []))].slice(0, mostFollowed),
    };
  }
}

const isOfBooking = ({ entityMember }: StoryFacts): boolean => entityMember === 'booking_id';

/** The bookings of some events, newest first. */
function distinct(events: readonly StoryFacts[]): Map<string, string> {
  const bookings = new Map<string, string>();
  for (const { entityId, propertyId } of [...events].sort((one, other) => other.seq - one.seq))
    if (entityId !== null && bookings.size < mostFollowed) bookings.set(entityId, propertyId);
  return bookings;
}

/** Orders and payments that events of a booking name, once each: what follows of them may not name the booking. */
function followed(events: readonly StoryFacts[]): StoryFacts[] {
  const seen = new Set<string>();
  return events
    .filter((event) => isOfBooking(event) && (event.orderId !== null || event.paymentId !== null))
    .filter(({ orderId, paymentId, propertyId }) => {
      const key = JSON.stringify([propertyId, orderId, paymentId]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, mostFollowed * 2);
}
