/** Templates to start from: a person takes one and changes it. */

import { chatPresets } from './chat-presets.ts';

export interface Preset {
  readonly content: 'json' | 'form' | 'text' | 'xml';
  readonly template: string;
}

export const presets = {
  event: {
    content: 'json',
    template: `{
  "event": {{ event | json }},
  "timestamp": {{ timestamp | json }},
  "data": {{ data | json }},
  "property_id": {{ property_id | json }}
}`,
  },
  flat: {
    content: 'json',
    template: `{
  "id": "{{ event_id }}",
  "type": "{{ event }}",
  "at": "{{ timestamp }}",
  "property": "{{ property.name }}",
  "booking": {{ data.booking_id | json }},
  "guest": {{ data.guest_name | json }},
  "room": {{ data.room_number | json }},
  "amount": {{ data.total_amount | json }}
}`,
  },
  form: {
    content: 'form',
    template:
      'event={{ event }}&at={{ timestamp }}&property={{ property_id }}&booking={{ data.booking_id }}&guest={{ data.guest_name }}',
  },
  text: {
    content: 'text',
    template: '{{ event }} {{ data.booking_id | one_line }} {{ data.guest_name | one_line }} {{ timestamp }}',
  },
  xml: {
    content: 'xml',
    template: `<?xml version="1.0" encoding="UTF-8"?>
<event type="{{ event }}" id="{{ event_id }}" at="{{ timestamp }}">
  <property>{{ property_id }}</property>
  <booking>{{ data.booking_id }}</booking>
  <guest>{{ data.guest_name }}</guest>
</event>`,
  },
  slack: { content: 'json', template: chatPresets.slack },
  discord: { content: 'json', template: chatPresets.discord },
  teams: { content: 'json', template: chatPresets.teams },
  google_chat: { content: 'json', template: chatPresets.google_chat },
  telegram: { content: 'json', template: chatPresets.telegram },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as readonly PresetName[];
