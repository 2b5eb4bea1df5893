/** https://www.getconvoy.io/docs/api-reference/events/fan-out-an-event: written from its documentation. */
import { engine, eventText, knownAlready } from './engines.ts';
import { proven, saysJson } from './proof.ts';

export const convoy = engine(
  (event) => [
    ['owner_id', JSON.stringify(event.propertyId)],
    ['event_type', JSON.stringify(event.event)],
    ['idempotency_key', JSON.stringify(event.eventId)],
    ['data', eventText(event)],
  ],
  {
    judge: proven(
      saysJson(({ status }) => status === true),
      knownAlready,
    ),
  },
);
