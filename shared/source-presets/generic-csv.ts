/**
 * Rows of a table with a header: `event` (or `type`, `status`) says what it is, `booking_id` (or `order_id`, `item_id`,
 * `payment_id`) what it is about; every column reaches the receiver as it stands there. Columns are headed as people write
 * (`Status`, `Booking No`, `Guest Name`): what they say stands before them once more, under the names that receivers know.
 * Where all rows are shown each time, one that is another now without a new event is `changed`, and one that is missing is
 * `gone`: ignored, until a person says in the table of types what that means.
 */
import type { SourcePreset } from './preset.ts';

const events =
  '"event", "type", "status", "event_type", "booking_status", "reservation_status", "res_status", "state", "action"';

const shape = `{%- assign kind = message | member: ${events} | required: "event" -%}
{%- assign was = message._before | member: ${events} -%}
{%- if message._change == "gone" -%}{%- assign kind = "gone" -%}{%- elsif message._change == "changed" and was == kind -%}{%- assign kind = "changed" -%}{%- endif -%}
{%- assign event = kind | type -%}
{%- assign known = message.booking_id | default: message.order_id | default: message.item_id | default: message.payment_id -%}
{%- assign about = known -%}
{%- unless known.size > 0 or known > 0 -%}
  {%- assign name = "booking_id" -%}
  {%- if event contains "order." -%}
    {%- assign name = "order_id" -%}
    {%- assign about = message | member: "order_id", "order_no", "order_number", "order", "check_no", "check_number", "bill_no" -%}
  {%- elsif event contains "payment." -%}
    {%- assign name = "payment_id" -%}
    {%- assign about = message | member: "payment_id", "payment_no", "payment_number", "payment", "receipt_no", "receipt_number", "transaction_id", "transaction_no" -%}
  {%- elsif event contains "inventory." -%}
    {%- assign name = "item_id" -%}
    {%- assign about = message | member: "item_id", "item_no", "item_number", "item_code", "sku" -%}
  {%- endif -%}
  {%- unless about.size > 0 or about > 0 -%}
    {%- assign name = "booking_id" -%}
    {%- assign about = message | member: "booking_id", "booking_no", "booking_number", "booking_ref", "booking_reference", "booking", "reservation_id", "reservation_no", "reservation_number", "reservation", "res_id", "res_no", "confirmation_number", "confirmation_no", "confirmation", "conf_no", "folio_id", "folio_no", "folio_number", "folio" -%}
  {%- endunless -%}
{%- endunless -%}
{%- assign about = about | required: "booking_id" -%}
{
  "event": "{{ event }}",
  {% assign id = message | member: "event_id" %}{% if id %}"id": {{ id | json }},{% endif %}
  {% assign at = message | member: "timestamp" %}{% if at %}"timestamp": {{ at | json }},{% endif %}
  {% assign property = message | member: "property_id" %}{% if property %}"property_id": {{ property | json }},{% endif %}
  "data": {% if name %}{"{{ name }}":{{ about | json }},{% unless message.guest_name or message.guest %}{% assign guest = message | member: "guest_name", "guest", "customer_name", "name_of_guest" %}{% if guest %}"guest_name":{{ guest | json }},{% endif %}{% endunless %}{% unless message.room or message.room_name or message.room_no or message.room_number %}{% assign room = message | member: "room", "room_no", "room_number", "room_name" %}{% if room %}"room":{{ room | json }},{% endif %}{% endunless %}{% unless message.check_in %}{% assign arrival = message | member: "check_in", "checkin", "check_in_date", "arrival", "arrival_date" %}{% if arrival %}"check_in":{{ arrival | json }},{% endif %}{% endunless %}{% unless message.check_out %}{% assign departure = message | member: "check_out", "checkout", "check_out_date", "departure", "departure_date" %}{% if departure %}"check_out":{{ departure | json }},{% endif %}{% endunless %}{% unless message.total or message.amount %}{% assign total = message | member: "total", "amount", "total_amount", "grand_total" %}{% if total %}{% if event contains "payment." %}"amount"{% else %}"total"{% endif %}:{{ total | json }},{% endif %}{% endunless %}{{ message | json_members }}}{% else %}{{ message | json }}{% endif %}
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
