/** What a property's PMS says over months: bookings that are made, changed, cancelled or lived in, orders, payments, stock. */
import { catalogue, type PmsEventType } from '../../shared/events.ts';

export interface PmsEvent {
  /** Of all events from 0: what the account goes by. */
  readonly n: number;
  readonly type: PmsEventType;
  /** The booking, order or item that it is about, numbered. */
  readonly entity: number;
  readonly data: object;
}

interface Story {
  readonly entity: number;
  readonly id: 'booking_id' | 'order_id';
  /** What is still to come, in its order. */
  readonly steps: PmsEventType[];
}

/** Bookings and orders that are under way at once; beyond that the next one waits for an end. */
const mostOpen = 120;

/** @param random in [0, 1) */
export function createStories(random: () => number) {
  const open: Story[] = [];
  let n = 0;
  let entities = 0;

  const chance = (of: number) => random() < of;
  const begin = (id: Story['id'], steps: PmsEventType[]) => void open.push({ entity: entities++, id, steps });

  function beginBooking(): void {
    const steps: PmsEventType[] = ['booking.created'];
    if (chance(0.5)) steps.push('booking.updated');
    if (chance(0.2)) steps.push('booking.updated');
    if (chance(0.15)) steps.push('booking.cancelled');
    else steps.push('guest.checkin', 'payment.received', 'guest.checkout');
    begin('booking_id', steps);
  }

  const made = (type: PmsEventType, id: string, entity: number): PmsEvent => {
    const { sample } = catalogue[type];
    const name = `${id === 'booking_id' ? 'bk' : id === 'order_id' ? 'or' : 'it'}_${entity}`;
    return { n, type, entity, data: { ...sample, [id]: name, soak: { n: n++, entity } } };
  };

  return {
    next(): PmsEvent {
      if (chance(0.03)) return made('inventory.low', 'item_id', entities++);
      if (open.length < mostOpen && chance(0.25)) beginBooking();
      if (open.length < mostOpen && chance(0.15)) begin('order_id', ['order.created', 'order.completed']);
      if (open.length === 0) beginBooking();
      const at = Math.floor(random() * open.length);
      const story = open[at] as Story;
      const type = story.steps.shift() as PmsEventType;
      if (story.steps.length === 0) open.splice(at, 1);
      return made(type, story.id, story.entity);
    },
  };
}
