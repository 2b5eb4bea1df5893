/** Who was named in other events of the same booking or order of one export: their names go from all of its texts. */
import { type EntityMember, entityNames } from '../../../shared/events.ts';
import type { JsonObject } from '../event-summary.ts';
import { foldName } from '../store/fold.ts';
import { memberWords } from './members.ts';
import { isOwnNumber } from './walk.ts';

/** So many bookings are remembered, and of each so many names: an export has no end. */
const mostBookings = 20_000;
const mostNames = 12;

/** What many events share, and is somebody's: a booking, an order. */
const shared: readonly EntityMember[] = ['booking_id', 'order_id'];

export interface BookingNames {
  /** @param names as they stand in the event's data */
  remember(bookings: readonly string[], names: readonly string[]): void;
  of(bookings: readonly string[]): readonly string[];
}

/** @param namesOf of the events of an id, whatever of it is read: asked once for each, when first one of its texts leaves */
export function createBookingNames(namesOf: (id: string) => readonly string[] = () => []): BookingNames {
  const known = new Map<string, Set<string>>();
  const asked = new Set<string>();

  function remember(booking: string, names: readonly string[]): void {
    if (names.length === 0) return;
    const before = known.get(booking) ?? new Set();
    for (const name of names) if (before.size < mostNames) before.add(name);
    if (known.size >= mostBookings && !known.has(booking)) known.delete(known.keys().next().value as string);
    known.set(booking, before);
  }

  return {
    remember(bookings, names) {
      for (const booking of bookings) remember(booking, names);
    },
    of: (bookings) =>
      bookings.flatMap((booking) => {
        if (!asked.has(booking)) {
          if (asked.size >= mostBookings) asked.clear();
          asked.add(booking);
          const told = [...(known.get(booking) ?? [])].map(foldName);
          const names = namesOf(booking.slice(booking.indexOf(' ') + 1));
          remember(
            booking,
            names.filter((name) => !told.includes(foldName(name))),
          );
        }
        return [...(known.get(booking) ?? [])];
      }),
  };
}

/** The bookings and orders that an event's data says it is about: at the top, and in an object called after them. */
export function bookingsIn(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  const found: string[] = [];
  for (const [name, value] of Object.entries(data as JsonObject)) {
    const words = memberWords(name);
    for (const one of shared) {
      const { members, objects } = entityNames[one];
      if (members.includes(words)) add(one, value);
      else if (objects.includes(words) && typeof value === 'object' && value !== null) {
        for (const [inner, id] of Object.entries(value)) {
          const inside = memberWords(inner);
          if (inside === 'id' || members.includes(inside)) add(one, id);
        }
      }
    }
  }
  return found;

  function add(member: EntityMember, value: unknown): void {
    const id = isOwnNumber(value) ? value.rawJSON : value;
    if ((typeof id === 'string' && id !== '' && id.length <= 200) || typeof id === 'number')
      found.push(`${member} ${id}`);
  }
}
