/**
 * Cloudbeds' webhooks: `event` as object/action, ids and a status; the receiver asks for the rest.
 */
import type { SourcePreset } from './preset.ts';

const shape = `{%- assign kind = message.event | required: "event" -%}
{%- if kind == "reservation/status_changed" %}{% assign status = message.status | required: "status" %}{% assign kind = kind | append: ":" | append: status %}{% endif -%}
{%- assign event = kind | type -%}
{%- if event == "ignore" -%}
{ "ignore": "{{ kind }}" }
{%- else -%}
{
  "event": "{{ event }}",
  "timestamp": {{ message.timestamp | json }},
  "data": {
    "booking_id": "{{ message.reservationID | default: message.reservationId | required: "reservationID" }}",
    {% if message.startDate %}"check_in": {{ message.startDate | json }},{% endif %}
    {% if message.endDate %}"check_out": {{ message.endDate | json }},{% endif %}
    "cloudbeds": {{ message | json }}
  }
}
{%- endif -%}
`;

export const cloudbeds: SourcePreset = {
  name: 'cloudbeds',
  label: 'Cloudbeds',
  kinds: ['http'],
  config: {},
  shape,
  types: {
    'reservation/created': 'booking.created',
    'reservation/deleted': 'booking.cancelled',
    'reservation/dates_changed': 'booking.updated',
    'reservation/accommodation_changed': 'booking.updated',
    'reservation/accommodation_status_changed': 'booking.updated',
    'reservation/accommodation_type_changed': 'booking.updated',
    'reservation/status_changed:not_confirmed': 'booking.updated',
    'reservation/status_changed:confirmed': 'booking.updated',
    'reservation/status_changed:canceled': 'booking.cancelled',
    'reservation/status_changed:no_show': 'booking.cancelled',
    'reservation/status_changed:checked_in': 'guest.checkin',
    'reservation/status_changed:checked_out': 'guest.checkout',
    'guest/created': 'ignore',
    'guest/assigned': 'ignore',
    'guest/removed': 'ignore',
    'guest/details_changed': 'ignore',
    'guest/accommodation_changed': 'ignore',
    'reservation/notes_changed': 'ignore',
    'reservation/custom_fields_changed': 'ignore',
  },
  times: 'utc',
  steps: ['preset.cloudbeds.1', 'preset.cloudbeds.2', 'preset.cloudbeds.3'],
};
