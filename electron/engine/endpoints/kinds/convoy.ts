/** https://www.getconvoy.io/docs/api-reference/events/fan-out-an-event: written from its documentation. */
import { engine, eventText, forNobody, knownAlready } from './engines.ts';
import type { OwnBodies } from './kind.ts';
import { isSuccess, objectIn, proven, refusedWithin, saysJson } from './proof.ts';

/** No endpoint there belongs to this property, or wants this type. */
const ofNobody = /\bowner[ _]id\b.*(?:not exist|not found)|\bno (?:valid |matching |active )?endpoints?\b/i;

const refusedOrKnown: OwnBodies['judge'] = (answer, at) => {
  const said = answer.status < 500 ? objectIn(answer) : null;
  if (typeof said?.message !== 'string') return knownAlready(answer, at);
  // It says so in an answer that says yes, too.
  if ((said.status === false || isSuccess(answer)) && ofNobody.test(said.message)) return forNobody(at.name);
  if (said.status !== false) return knownAlready(answer, at);
  return answer.status <= 299 ? refusedWithin(at.name) : knownAlready(answer, at);
};

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
      refusedOrKnown,
    ),
  },
);
