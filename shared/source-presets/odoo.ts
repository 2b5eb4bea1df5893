/**
 * Odoo's automation rules with "Send Webhook Notification": `_model`, `_id` and the fields that were chosen, keys sorted,
 * dates in UTC without an offset (odoo, `ir_actions.py`, `_run_action_webhook`). Sent once, and forgotten after a second.
 * A payment to somebody is one of this model too (`payment_type`): no money that was received.
 * A field that points at another record is its number there, with its name only in older versions: a number is no guest.
 */
import type { SourcePreset } from './preset.ts';

const shape = `{%- assign kind = message._model | required: "_model" | append: ":" | append: message.state -%}
{%- if message._model == "account.payment" and message.payment_type == "outbound" %}{% assign kind = kind | append: ":outbound" %}{% endif -%}
{%- assign event = kind | type -%}
{%- assign ids = message._id | required: "_id" | list -%}
{%- assign check_in = message.checkin -%}
{%- if check_in.size > 10 %}{% assign check_in = check_in | replace: " ", "T" | append: "Z" %}{% endif -%}
{%- assign check_out = message.checkout -%}
{%- if check_out.size > 10 %}{% assign check_out = check_out | replace: " ", "T" | append: "Z" %}{% endif -%}
{%- assign partner = message.partner_id | list | last -%}
{%- assign guest = message.guest_name | default: message.x_guest_name | default: message.x_studio_guest_name | default: message.partner_name -%}
{%- if guest.size > 0 %}{% else %}{% if partner.size > 0 %}{% assign guest = partner %}{% endif %}{% endif -%}
{% if ids.size > 1 %}[{% endif %}{% for each in ids %}{% assign id = each | required: "_id" %}{
  "event": "{{ event }}",
  {% if message.write_date %}"id": "{{ message._model }}:{{ id }}:{{ message.write_date }}",{% endif %}
  "timestamp": {{ message.write_date | json }},
  "data": {
    {% if event contains "order." %}"order_id"{% elsif event contains "inventory." %}"item_id"{% elsif event contains "payment." %}"payment_id"{% else %}"booking_id"{% endif %}: "{{ id }}",
    {% if message.name %}"name": {{ message.name | json }},{% endif %}
    {% if guest.size > 0 %}"guest_name": {{ guest | json }},{% endif %}
    {% if check_in %}"check_in": {{ check_in | json }},{% endif %}
    {% if check_out %}"check_out": {{ check_out | json }},{% endif %}
    {% if message.amount_total %}"total": {{ message.amount_total | json }},{% endif %}
    {% if message.amount %}"amount": {{ message.amount | json }},{% endif %}
    {% if message.quantity %}"quantity": {{ message.quantity | json }},{% endif %}
    "odoo": {{ message | json }}
  }
}{% unless forloop.last %},{% endunless %}{% endfor %}{% if ids.size > 1 %}]{% endif %}
`;

export const odoo: SourcePreset = {
  name: 'odoo',
  label: 'Odoo',
  kinds: ['http', 'sql'],
  config: {},
  shape,
  types: {
    'hotel.reservation:draft': 'ignore',
    'hotel.reservation:confirm': 'booking.created',
    'hotel.reservation:done': 'guest.checkin',
    'hotel.reservation:cancel': 'booking.cancelled',
    'hotel.folio:draft': 'ignore',
    'hotel.folio:sale': 'guest.checkin',
    'hotel.folio:done': 'guest.checkout',
    'hotel.folio:cancel': 'booking.cancelled',
    'pms.reservation:draft': 'ignore',
    'pms.reservation:confirm': 'booking.created',
    'pms.reservation:onboard': 'guest.checkin',
    'pms.reservation:done': 'guest.checkout',
    'pms.reservation:cancel': 'booking.cancelled',
    'pos.order:draft': 'order.created',
    'pos.order:paid': 'order.completed',
    'pos.order:done': 'ignore',
    'pos.order:invoiced': 'ignore',
    'pos.order:cancel': 'ignore',
    'stock.quant:': 'inventory.low',
    'account.payment:draft': 'ignore',
    'account.payment:posted': 'payment.received',
    'account.payment:paid': 'payment.received',
    'account.payment:in_process': 'ignore',
    'account.payment:canceled': 'ignore',
    'account.payment:rejected': 'ignore',
    'account.payment:posted:outbound': 'ignore',
    'account.payment:paid:outbound': 'ignore',
    'account.payment:draft:outbound': 'ignore',
    'account.payment:in_process:outbound': 'ignore',
    'account.payment:canceled:outbound': 'ignore',
    'account.payment:rejected:outbound': 'ignore',
  },
  times: 'utc',
  saysStates: true,
  steps: ['preset.odoo.1', 'preset.odoo.2', 'preset.odoo.3'],
};
