/**
 * Apaleo's webhooks: `topic`, `type`, `id`, `timestamp` and the entity's id. A health check comes every two minutes, and
 * types that nobody has heard of are to be expected (apaleo.dev, webhooks).
 */
import type { SourcePreset } from './preset.ts';

const shape = `{%- assign kind = message.topic | required: "topic" | append: "/" | append: message.type -%}
{%- assign type = message.type | required: "type" -%}
{%- assign event = kind | type -%}
{%- if event == "ignore" -%}
{ "ignore": "{{ kind }}" }
{%- else -%}
{
  "event": "{{ event }}",
  "id": {{ message.id | json }},
  "timestamp": {{ message.timestamp | json }},
  "data": {
    "booking_id": {{ message.data.entityId | required: "data.entityId" | json }},
    "apaleo": {{ message | json }}
  }
}
{%- endif -%}
`;

export const apaleo: SourcePreset = {
  name: 'apaleo',
  label: 'Apaleo',
  kinds: ['http'],
  config: {},
  shape,
  types: {
    'Reservation/created': 'booking.created',
    'Reservation/amended': 'booking.updated',
    'Reservation/changed': 'booking.updated',
    'Reservation/unit-assigned': 'booking.updated',
    'Reservation/unit-unassigned': 'booking.updated',
    'Reservation/canceled': 'booking.cancelled',
    'Reservation/deleted': 'booking.cancelled',
    'Reservation/set-to-no-show': 'booking.cancelled',
    'Reservation/checked-in': 'guest.checkin',
    'Reservation/checked-out': 'guest.checkout',
    'System/healthcheck': 'ignore',
    '*': 'ignore',
  },
  times: 'utc',
  steps: ['preset.apaleo.1', 'preset.apaleo.2', 'preset.apaleo.3'],
};
