/** https://outpost.hookdeck.com/docs/publishing/publish: tried with Outpost 1.1 and 1.2. */
import { engine, forNobody, knownAlready, objectText } from './engines.ts';
import { isSuccess, objectIn, proven, saysId } from './proof.ts';

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
      const said = isSuccess(answer) ? objectIn(answer) : null;
      const goesTo = said?.destination_ids;
      // What it knows already went out when it came first. An empty list is `null` in some of its versions.
      const isNobodys = (goesTo === null || (Array.isArray(goesTo) && goesTo.length === 0)) && said?.duplicate !== true;
      return isNobodys ? forNobody(at.name) : knownAlready(answer, at);
    }),
  },
);
