/** A message at an exchange, persistent, with the event's id as its own. https://www.rabbitmq.com/docs/http-api-reference */
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { counted } from '../../evidence/judgement.ts';
import { engine, eventText, objectText } from './engines.ts';
import { objectIn, proven, saysJson } from './proof.ts';

export const rabbitmqHttp = engine(
  (event, { routingKey }) => [
    [
      'properties',
      objectText([
        ['message_id', JSON.stringify(event.eventId)],
        ['type', JSON.stringify(event.event)],
        ['content_type', '"application/json"'],
        ['delivery_mode', '2'],
        ['timestamp', String(Math.floor(Date.parse(event.timestamp) / 1000))],
        ['headers', JSON.stringify({ property_id: event.propertyId, ...(event.test ? { test: true } : {}) })],
      ]),
    ],
    ['routing_key', JSON.stringify(typeof routingKey === 'string' ? routingKey : event.event)],
    ['payload', JSON.stringify(eventText(event))],
    ['payload_encoding', '"string"'],
  ],
  {
    headersOf: ({ config: { user, password } }) => [
      { name: 'Authorization', value: `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}` },
    ],
    says: {
      'outcome.key_refused': 'outcome.user_refused',
      'outcome.credentials_wanted': 'outcome.user_refused',
      'outcome.address_unknown': 'outcome.exchange_unknown',
    },
    judge: proven(
      saysJson(({ routed }) => routed === true),
      (answer, { name }) =>
        answer.status === 200 && objectIn(answer)?.routed === false
          ? counted('setup', sentence('outcome.not_routed', { name }))
          : null,
    ),
  },
);
