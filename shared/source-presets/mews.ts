/**
 * Mews' general webhooks: ids alone, hundreds at once; the receiver asks for the rest. Without a time and an id of the
 * event nothing tells a repetition. Its payments say no more than "updated", so that they are no payments received.
 */
import type { SourcePreset } from './preset.ts';

const shape = `{%- assign events = message.Events | required: "Events" | list -%}
[{% for each in events %}{% assign event = each.Discriminator | required: "Discriminator" | type %}
  {% if event == "ignore" %}{ "ignore": "{{ each.Discriminator }}" }{% else %}{
    "event": "{{ event }}",
    "data": {
      {% if event contains "payment." %}"payment_id"{% else %}"booking_id"{% endif %}: {{ each.Value.Id | required: "Value.Id" | json }},
      "enterprise_id": {{ message.EnterpriseId | json }},
      "mews": {{ each | json }}
    }
  }{% endif %}{% unless forloop.last %},{% endunless %}
{% endfor %}]
`;

export const mews: SourcePreset = {
  name: 'mews',
  label: 'Mews',
  kinds: ['http'],
  config: {},
  shape,
  types: {
    ServiceOrderUpdated: 'booking.updated',
    '*': 'ignore',
  },
  times: 'utc',
  steps: ['preset.mews.1', 'preset.mews.2', 'preset.mews.3'],
};
