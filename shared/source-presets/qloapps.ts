/**
 * QloApps: rows of the outbox that our script makes there, which are events already, or of the table `htl_booking_detail` (`HotelBookingDetail.php`): `id_status` is 1 allotted, 2 checked in,
 * 3 checked out; `is_cancelled` and `is_refunded` stand beside it. A row that
 * is gone is none of these: a person says in the table of types what that means. Times are those of the shop's clocks.
 */
import type { SourcePreset } from './preset.ts';

const shape = `{%- assign kind = message.id_status | required: "id_status" -%}
{%- if message._change == "gone" -%}
  {%- assign kind = "gone" -%}
{%- elsif message.is_cancelled == 1 or message.is_cancelled == "1" or message.is_cancelled == true or message.is_refunded == 1 or message.is_refunded == "1" or message.is_refunded == true -%}
  {%- assign kind = "cancelled" -%}
{%- elsif kind == 1 or kind == "1" -%}
  {%- if message.date_upd and message.date_upd != message.date_add %}{% assign kind = "1:changed" %}{% endif -%}
{%- endif -%}
{
  "event": "{{ kind | type }}",
  {% if message.date_upd %}"id": "htl_booking_detail:{{ message.id }}:{{ message.date_upd }}",{% endif %}
  "timestamp": {{ message.date_upd | json }},
  "data": {
    "booking_id": "{{ message.id | required: "id" }}",
    {% if message.email %}"guest_email": {{ message.email | json }},{% endif %}
    {% if message.id_room %}"room": { "id": "{{ message.id_room }}"{% if message.room_num %}, "name": {{ message.room_num | json }}{% endif %} },{% endif %}
    "check_in": {{ message.date_from | json }},
    "check_out": {{ message.date_to | json }},
    {% if message.total_price_tax_incl %}"total": {{ message.total_price_tax_incl | json }},{% endif %}
    "qloapps": {{ message | json }}
  }
}
`;

export const qloapps: SourcePreset = {
  name: 'qloapps',
  label: 'QloApps',
  kinds: ['sql', 'http'],
  config: {},
  shape,
  types: {
    '1': 'booking.created',
    '1:changed': 'booking.updated',
    '2': 'guest.checkin',
    '3': 'guest.checkout',
    cancelled: 'booking.cancelled',
  },
  times: 'property',
  saysStates: true,
  steps: ['preset.qloapps.1', 'preset.qloapps.2', 'preset.qloapps.3'],
};
