/**
 * Home Assistant: a `rest_command` that an automation calls, with `trigger` (what it is to us), `entity_id`, `name`,
 * `state` and `last_changed`.
 */
import type { SourcePreset } from './preset.ts';

const shape = `{%- assign event = message.trigger | required: "trigger" | type -%}
{
  "event": "{{ event }}",
  "timestamp": {{ message.last_changed | json }},
  "data": {
    {% if event contains "inventory." %}"item_id": {{ message.entity_id | required: "entity_id" | json }}, "item_name": {{ message.name | json }}, "quantity": {{ message.state | json }},{% else %}"booking_id": "{{ message.booking_id | default: message.entity_id | required: "booking_id" }}",
    {% if message.name %}"room": { "id": {{ message.entity_id | json }}, "name": {{ message.name | json }} },{% endif %}{% endif %}
    "home_assistant": {{ message | json }}
  }
}
`;

export const homeAssistant: SourcePreset = {
  name: 'home_assistant',
  label: 'Home Assistant',
  kinds: ['http'],
  config: {},
  shape,
  types: {
    booking: 'booking.created',
    cancel: 'booking.cancelled',
    cancelled: 'booking.cancelled',
    changed: 'booking.updated',
    checkin: 'guest.checkin',
    checkout: 'guest.checkout',
    order: 'order.created',
    order_paid: 'order.completed',
    paid: 'payment.received',
    payment: 'payment.received',
    low: 'inventory.low',
  },
  times: 'utc',
  steps: ['preset.home_assistant.1', 'preset.home_assistant.2', 'preset.home_assistant.3'],
};
