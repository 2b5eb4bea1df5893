/** https://api.svix.com/docs#tag/Message/operation/v1.message.create: written from its documentation. */
import { engine, eventText, knownAlready } from './engines.ts';
import { proven, saysId } from './proof.ts';

export const svix = engine(
  (event) => [
    ['eventType', JSON.stringify(event.event)],
    ['eventId', JSON.stringify(event.eventId)],
    ['tags', JSON.stringify([event.propertyId])],
    ['payload', eventText(event)],
  ],
  { judge: proven(saysId, knownAlready), says: { 'outcome.address_unknown': 'outcome.application_unknown' } },
);
