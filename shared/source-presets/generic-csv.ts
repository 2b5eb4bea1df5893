/**
 * Rows of a table with a header: `event` (or `type`, `status`) says what it is, `booking_id` (or `order_id`, `item_id`,
 * `payment_id`) what it is about; every column reaches the receiver as it stands there.
 * Where all rows are shown each time, one that is another now without a new event is `changed`, and one that is missing is
 * `gone`: ignored, until a person says in the table of types what that means.
 */
import type { SourcePreset } from './preset.ts';

const shape = `{%- assign kind = message.event | default: message.type | default: message.status | required: "event" -%}
{%- assign was = message._before.event | default: message._before.type | default: message._before.status -%}
{%- if message._change == "gone" -%}{%- assign kind = "gone" -%}{%- elsif message._change == "changed" and was == kind -%}{%- assign kind = "changed" -%}{%- endif -%}
{%- assign event = kind | type -%}
{%- assign about = message.booking_id | default: message.order_id | default: message.item_id | default: message.payment_id | required: "booking_id" -%}
{
  "event": "{{ event }}",
  {% if message.event_id %}"id": {{ message.event_id | json }},{% endif %}
  {% if message.timestamp %}"timestamp": {{ message.timestamp | json }},{% endif %}
  {% if message.property_id %}"property_id": {{ message.property_id | json }},{% endif %}
  "data": {{ message | json }}
}
`;

export const genericCsv: SourcePreset = {
  name: 'generic_csv',
  label: 'CSV',
  kinds: ['folder', 'http'],
  config: {},
  shape,
  types: {
    'new': 'booking.created',
    created: 'booking.created',
    booked: 'booking.created',
    confirmed: 'booking.created',
    guaranteed: 'booking.created',
    reserved: 'booking.created',
    reservation: 'booking.created',
    booking: 'booking.created',
    changed: 'booking.updated',
    modified: 'booking.updated',
    updated: 'booking.updated',
    cancelled: 'booking.cancelled',
    canceled: 'booking.cancelled',
    cancellation: 'booking.cancelled',
    cancel: 'booking.cancelled',
    deleted: 'booking.cancelled',
    'no show': 'booking.cancelled',
    in: 'guest.checkin',
    checkin: 'guest.checkin',
    'check-in': 'guest.checkin',
    'checked in': 'guest.checkin',
    checked_in: 'guest.checkin',
    'in house': 'guest.checkin',
    arrived: 'guest.checkin',
    out: 'guest.checkout',
    checkout: 'guest.checkout',
    'check-out': 'guest.checkout',
    'checked out': 'guest.checkout',
    checked_out: 'guest.checkout',
    departed: 'guest.checkout',
    order: 'order.created',
    paid: 'order.completed',
    payment: 'payment.received',
    low: 'inventory.low',
    gone: 'ignore',
  },
  times: 'property',
  steps: ['preset.generic_csv.1', 'preset.generic_csv.2', 'preset.generic_csv.3'],
};
