/**
 * Another Roost Relay takes it as a PMS's: its id there is the one here, and drops what comes twice (decision 39). A test
 * is marked in the headers, as ever, and stored nowhere.
 */
import { engine } from './engines.ts';
import { isName, proven, saysJson } from './proof.ts';

/** One event, several, messages of a source with a shape, a test. */
const isItsOwn = saysJson(
  ({ id, events, taken, test }) => isName(id) || Array.isArray(events) || typeof taken === 'number' || test === true,
);

export const roostRelay = engine(
  ({ event, timestamp, dataText, propertyId, eventId }) => [
    ['event', JSON.stringify(event)],
    ['id', JSON.stringify(eventId)],
    ['timestamp', JSON.stringify(timestamp)],
    ['data', dataText],
    ['property_id', JSON.stringify(propertyId)],
  ],
  { judge: proven(isItsOwn) },
);
