/**
 * Directus flows with an event hook and the operation "Webhook / Request URL" whose body is `{{ $trigger }}`:
 * `event`, which an action names with its collection first (`bookings.items.create`), `payload`, `key` or `keys`,
 * `collection`. A status in the payload says more than the event.
 */
import type { SourcePreset } from './preset.ts';

const shape = `{%- assign collection = message.collection | required: "collection" -%}
{%- assign hook = message.event | split: "." | slice: -2, 2 | join: "." -%}
{%- assign kind = collection | append: ":" | append: hook -%}
{%- assign by_status = collection | append: ":" | append: message.payload.status -%}
{%- if types[by_status] %}{% assign kind = by_status %}{% else %}{% assign needed = message.event | required: "event" %}{% endif -%}
{%- assign event = kind | type -%}
{%- assign keys = message.keys | default: message.key | required: "key" | list -%}
[{% for key in keys %}
  {
    "event": "{{ event }}",
    "timestamp": {{ message.timestamp | json }},
    "data": {
      {% if event contains "order." %}"order_id"{% elsif event contains "payment." %}"payment_id"{% else %}"booking_id"{% endif %}: "{{ key | required: "keys" }}",
      "directus": {{ message | json }}
    }
  }{% unless forloop.last %},{% endunless %}
{% endfor %}]
`;

export const directus: SourcePreset = {
  name: 'directus',
  label: 'Directus',
  kinds: ['http'],
  config: {},
  shape,
  types: {
    'bookings:items.create': 'booking.created',
    'bookings:items.update': 'booking.updated',
    'bookings:items.delete': 'booking.cancelled',
    'bookings:cancelled': 'booking.cancelled',
    'bookings:checked_in': 'guest.checkin',
    'bookings:checked_out': 'guest.checkout',
    'reservations:items.create': 'booking.created',
    'reservations:items.update': 'booking.updated',
    'reservations:items.delete': 'booking.cancelled',
    'reservations:cancelled': 'booking.cancelled',
    'reservations:checked_in': 'guest.checkin',
    'reservations:checked_out': 'guest.checkout',
    'orders:items.create': 'order.created',
    'orders:paid': 'order.completed',
    'orders:items.update': 'ignore',
    'orders:items.delete': 'ignore',
    'payments:items.create': 'payment.received',
    'payments:items.update': 'ignore',
    'payments:items.delete': 'ignore',
  },
  times: 'utc',
  steps: ['preset.directus.1', 'preset.directus.2', 'preset.directus.3'],
};
