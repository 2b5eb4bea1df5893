/** https://outpost.hookdeck.com/docs/publishing/publish: tried with Outpost 1.1 and 1.2. */
import { engine, forNobody, knownAlready, objectText } from './engines.ts';
import { objectIn, proven, saysId } from './proof.ts';

export const outpost = engine(
  ({ event, timestamp, dataText, propertyId, eventId, test }) => [
    ['id', JSON.stringify(eventId)],
    ['tenant_id', JSON.stringify(propertyId)],
    ['topic', JSON.stringify(event)],
    ['time', JSON.stringify(timestamp)],
    [
      'metadata',
      objectText([['property_id', JSON.stringify(propertyId)], ...(test ? ([['test', '"true"']] as const) : [])]),
    ],
    ['data', dataText],
  ],
  {
    judge: proven(saysId, (answer, at) => {
      const said = answer.status === 202 ? objectIn(answer) : null;
      // What it knows already went out when it came first.
      const isNobodys =
        Array.isArray(said?.destination_ids) && said.destination_ids.length === 0 && said.duplicate !== true;
      return isNobodys ? forNobody(at.name) : knownAlready(answer, at);
    }),
  },
);
