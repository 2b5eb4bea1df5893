/**
 * Node-RED: an "http request" node that posts the whole message, `topic` with what it is and `payload` with an object.
 */
import type { SourcePreset } from './preset.ts';

const shape = `{
  "event": "{{ message.topic | required: "topic" | type }}",
  {% if message._msgid %}"id": {{ message._msgid | json }},{% endif %}
  "timestamp": {{ message.timestamp | json }},
  "data": {{ message.payload | required: "payload" | json }}
}
`;

export const nodeRed: SourcePreset = {
  name: 'node_red',
  label: 'Node-RED',
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
  steps: ['preset.node_red.1', 'preset.node_red.2', 'preset.node_red.3'],
};
