/**
 * The catalogue: the nine events, when each is said, the members that `data` usually has, and a sample.
 * PMSs differ, so a known member of another type is a hint in the log and never a refusal. Beside them stands what Roost
 * Relay itself says: its notices (`notices.ts`), which go to endpoints that ask for them by name and come from no source.
 */
import { type NoticeType, noticeTypes } from './notices.ts';

export const eventTypes = [
  'booking.created',
  'booking.updated',
  'booking.cancelled',
  'guest.checkin',
  'guest.checkout',
  'order.created',
  'order.completed',
  'inventory.low',
  'payment.received',
] as const;
/** What a PMS says. */
export type PmsEventType = (typeof eventTypes)[number];
/** Whatever an endpoint can be sent. */
export type EventType = PmsEventType | NoticeType;
export const allEventTypes = [...eventTypes, ...noticeTypes] as const;

export const isEventType = (text: string): text is PmsEventType => (eventTypes as readonly string[]).includes(text);

/** What JSON calls the type of a value. */
export type JsonType = 'string' | 'number' | 'boolean' | 'object' | 'array' | 'null';

export interface CatalogueEntry {
  /** Completes "sent when …". */
  readonly when: string;
  /** Members of `data` that the catalogue knows, with the type that they usually have. */
  readonly members: Readonly<Record<string, JsonType>>;
  /** A whole `data` as a PMS would send it. */
  readonly sample: Readonly<Record<string, unknown>>;
}

/**
 * The members of `data` that say what an event is about, in the order in which they are looked for: a
 * payment with a booking belongs to the booking.
 */
export const entityMembers = ['booking_id', 'order_id', 'item_id', 'payment_id'] as const;
export type EntityMember = (typeof entityMembers)[number];

/**
 * How PMSs call these ids (decision 42), the catalogue's own name first. Each is looked for as it stands here and in
 * camelCase (`booking_id`, `bookingId`, `BookingID`), then in an object of the names beside it, there also as `id`.
 */
export const entityNames: Readonly<
  Record<EntityMember, { readonly members: readonly string[]; readonly objects: readonly string[] }>
> = {
  booking_id: {
    members: ['booking_id', 'reservation_id', 'confirmation_number', 'folio_id'],
    objects: ['booking', 'reservation', 'folio'],
  },
  order_id: { members: ['order_id'], objects: ['order'] },
  item_id: { members: ['item_id'], objects: ['item'] },
  payment_id: { members: ['payment_id'], objects: ['payment'] },
};

/** The names of a booking's id that are looked for, for a person: `booking_id`, …, `booking.id`. */
export const bookingNames: readonly string[] = [
  ...entityNames.booking_id.members,
  ...entityNames.booking_id.objects.map((name) => `${name}.id`),
];

/** Events that belong to a booking: without its id they cannot be kept in order. */
export const isAboutBooking = (type: EventType): boolean => type.startsWith('booking.') || type.startsWith('guest.');

export const catalogue: Readonly<Record<PmsEventType, CatalogueEntry>> = {
  'booking.created': {
    when: 'a new booking is made',
    members: {
      booking_id: 'string',
      guest_name: 'string',
      room: 'object',
      check_in: 'string',
      check_out: 'string',
      nights: 'number',
      total: 'number',
      source: 'string',
      status: 'string',
    },
    sample: {
      booking_id: 'bk_12345',
      guest_name: 'Juan dela Cruz',
      room: {
        id: 'rm_101',
        name: 'Room 101 - Deluxe',
      },
      check_in: '2024-03-20',
      check_out: '2024-03-22',
      nights: 2,
      total: 6000,
      source: 'direct',
      status: 'confirmed',
    },
  },
  'booking.updated': {
    when: "a booking's details change",
    members: {
      booking_id: 'string',
      guest_name: 'string',
      room: 'object',
      check_in: 'string',
      check_out: 'string',
      nights: 'number',
      total: 'number',
      source: 'string',
      status: 'string',
      changed: 'array',
    },
    sample: {
      booking_id: 'bk_12345',
      guest_name: 'Juan dela Cruz',
      room: {
        id: 'rm_204',
        name: 'Room 204 - Sea View',
      },
      check_in: '2024-03-20',
      check_out: '2024-03-23',
      nights: 3,
      total: 9750.5,
      source: 'direct',
      status: 'confirmed',
      changed: ['room', 'check_out', 'nights', 'total'],
    },
  },
  'booking.cancelled': {
    when: 'a booking is cancelled',
    members: {
      booking_id: 'string',
      guest_name: 'string',
      room: 'object',
      check_in: 'string',
      check_out: 'string',
      nights: 'number',
      total: 'number',
      source: 'string',
      status: 'string',
      reason: 'string',
    },
    sample: {
      booking_id: 'bk_12346',
      guest_name: 'María Peña-Ñúñez',
      room: {
        id: 'rm_102',
        name: 'Room 102 - Standard',
      },
      check_in: '2024-04-01',
      check_out: '2024-04-02',
      nights: 1,
      total: 2500,
      source: 'ota',
      status: 'cancelled',
      reason: 'guest request',
    },
  },
  'guest.checkin': {
    when: 'a guest checks in',
    members: { booking_id: 'string', guest_name: 'string', room: 'object', checked_in_at: 'string', guests: 'number' },
    sample: {
      booking_id: 'bk_12345',
      guest_name: 'Juan dela Cruz',
      room: {
        id: 'rm_204',
        name: 'Room 204 - Sea View',
      },
      checked_in_at: '2024-03-20T14:12:40+08:00',
      guests: 2,
    },
  },
  'guest.checkout': {
    when: 'a guest checks out',
    members: {
      booking_id: 'string',
      guest_name: 'string',
      room: 'object',
      checked_out_at: 'string',
      balance: 'number',
    },
    sample: {
      booking_id: 'bk_12345',
      guest_name: 'Juan dela Cruz',
      room: {
        id: 'rm_204',
        name: 'Room 204 - Sea View',
      },
      checked_out_at: '2024-03-23T11:01:00+08:00',
      balance: 0,
    },
  },
  'order.created': {
    when: 'a point-of-sale order is placed',
    members: {
      order_id: 'string',
      outlet: 'string',
      room_id: 'string',
      currency: 'string',
      items: 'array',
      total: 'number',
    },
    sample: {
      order_id: 'or_9001',
      outlet: 'Restaurant',
      room_id: 'rm_204',
      currency: 'PHP',
      items: [
        {
          sku: 'FNB-014',
          name: 'Halo-halo 🍧',
          quantity: 2,
          unit_price: 180,
        },
      ],
      total: 360,
    },
  },
  'order.completed': {
    when: 'an order is paid and completed',
    members: {
      order_id: 'string',
      outlet: 'string',
      room_id: 'string',
      currency: 'string',
      total: 'number',
      payment_method: 'string',
    },
    sample: {
      order_id: 'or_9001',
      outlet: 'Restaurant',
      room_id: 'rm_204',
      currency: 'PHP',
      total: 360,
      payment_method: 'room_charge',
    },
  },
  'inventory.low': {
    when: 'an item falls below its reorder level',
    members: {
      item_id: 'string',
      sku: 'string',
      name: 'string',
      on_hand: 'number',
      reorder_level: 'number',
      unit: 'string',
    },
    sample: {
      item_id: 'it_77',
      sku: 'HK-SOAP-30',
      name: 'Bath soap 30 g',
      on_hand: 12,
      reorder_level: 50,
      unit: 'piece',
    },
  },
  'payment.received': {
    when: 'a payment is processed',
    members: {
      payment_id: 'string',
      booking_id: 'string',
      amount: 'number',
      currency: 'string',
      method: 'string',
      reference: 'string',
    },
    sample: {
      payment_id: 'pay_5521',
      booking_id: 'bk_12345',
      amount: 10110.5,
      currency: 'PHP',
      method: 'gcash',
      reference: 'GC-88120031',
    },
  },
};
