/**
 * Frappe's and ERPNext's webhooks: the fields of a document, by the data table or a JSON structure, signed with
 * `X-Frappe-Webhook-Signature` (frappe, `integrations/doctype/webhook/webhook.py`). Times are those of the site's clocks.
 * A Payment Entry that pays, or moves money within the house (`payment_type`), is no money that was received.
 */
import type { SourcePreset } from './preset.ts';

const shape = `{%- assign doc = message.doc | default: message -%}
{%- assign kind = doc.doctype | required: "doctype" | append: ":" | append: doc.status -%}
{%- if doc.doctype == "Payment Entry" and doc.payment_type and doc.payment_type != "" and doc.payment_type != "Receive" %}{% assign kind = "Payment Entry:" | append: doc.payment_type %}{% endif -%}
{%- assign event = kind | type -%}
{
  "event": "{{ event }}",
  {% if doc.modified and doc.name and doc.name != "" %}"id": "{{ doc.doctype }}:{{ doc.name }}:{{ doc.modified }}",{% endif %}
  "timestamp": {{ doc.modified | json }},
  "data": {
    {% if event contains "order." %}"order_id"{% elsif event contains "inventory." %}"item_id"{% elsif doc.doctype == "Payment Entry" %}"payment_id"{% else %}"booking_id"{% endif %}: {% if doc.item_code and doc.doctype == "Bin" %}{{ doc.item_code | required: "item_code" | json }}{% else %}{{ doc.name | required: "name" | json }}{% endif %},
    {% if doc.guest_name %}"guest_name": {{ doc.guest_name | json }},{% elsif doc.customer_name %}"guest_name": {{ doc.customer_name | json }},{% elsif doc.customer %}"guest_name": {{ doc.customer | json }},{% endif %}
    {% if doc.from_date %}"check_in": {{ doc.from_date | json }},{% endif %}
    {% if doc.to_date %}"check_out": {{ doc.to_date | json }},{% endif %}
    {% if doc.net_total %}"total": {{ doc.net_total | json }},{% elsif doc.grand_total %}"total": {{ doc.grand_total | json }},{% elsif doc.paid_amount %}"amount": {{ doc.paid_amount | json }},{% endif %}
    {% if doc.actual_qty %}"quantity": {{ doc.actual_qty | json }},{% endif %}
    "frappe": {{ doc | json }}
  }
}
`;

export const frappe: SourcePreset = {
  name: 'frappe',
  label: 'Frappe, ERPNext',
  kinds: ['http'],
  config: {},
  shape,
  types: {
    'Hotel Room Reservation:Draft': 'ignore',
    'Hotel Room Reservation:Booked': 'booking.created',
    'Hotel Room Reservation:Advance Paid': 'payment.received',
    'Hotel Room Reservation:Paid': 'payment.received',
    'Hotel Room Reservation:Invoiced': 'booking.updated',
    'Hotel Room Reservation:Completed': 'guest.checkout',
    'Hotel Room Reservation:Cancelled': 'booking.cancelled',
    'POS Invoice:Draft': 'order.created',
    'POS Invoice:Paid': 'order.completed',
    'POS Invoice:Consolidated': 'ignore',
    'POS Invoice:Return': 'ignore',
    'POS Invoice:Cancelled': 'ignore',
    'POS Invoice:Submitted': 'ignore',
    'POS Invoice:Unpaid': 'order.created',
    'POS Invoice:Partly Paid': 'ignore',
    'POS Invoice:Credit Note Issued': 'ignore',
    'POS Invoice:Overdue': 'ignore',
    'Restaurant Order Entry:': 'order.created',
    'Sales Invoice:Paid': 'order.completed',
    'Sales Invoice:Unpaid': 'order.created',
    'Sales Invoice:Draft': 'ignore',
    'Sales Invoice:Submitted': 'ignore',
    'Sales Invoice:Partly Paid': 'ignore',
    'Sales Invoice:Overdue': 'ignore',
    'Sales Invoice:Return': 'ignore',
    'Sales Invoice:Credit Note Issued': 'ignore',
    'Sales Invoice:Cancelled': 'ignore',
    'Sales Invoice:Internal Transfer': 'ignore',
    'Payment Entry:Draft': 'ignore',
    'Payment Entry:Submitted': 'payment.received',
    'Payment Entry:Cancelled': 'ignore',
    'Payment Entry:Pay': 'ignore',
    'Payment Entry:Internal Transfer': 'ignore',
    'Bin:': 'inventory.low',
  },
  times: 'property',
  saysStates: true,
  steps: ['preset.frappe.1', 'preset.frappe.2', 'preset.frappe.3'],
};
