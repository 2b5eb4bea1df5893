/** `events.emit`: an event from the command line or the window, taken in as a PMS's would be. */
import { RelayError } from '../../../shared/api.ts';
import type { EngineHandlers } from '../context.ts';
import type { Accept } from './accept.ts';
import { mostBytes, parseJsonText } from './parse.ts';
import { IntakeRefusal } from './refusal.ts';

export function createEmitHandler(accept: Accept): Pick<EngineHandlers, 'events.emit'> {
  return {
    async 'events.emit'({ event, dataText, id, timestamp, propertyId }) {
      const [accepted] = await orRelayError(async () =>
        accept({ received: parseJsonText(requestText()), origin: null, idempotencyKey: null }),
      );
      if (!accepted) throw new RelayError('internal', 'The event was not stored.');
      return accepted;

      function requestText(): string {
        refuseNonObject(dataText);
        // `data` goes in as text, so that its bytes stay as they came.
        const head = JSON.stringify({ event, id, timestamp, property_id: propertyId });
        return `${head.slice(0, -1)},"data":${dataText}}`;
      }
    },
  };
}

/** Checks it alone, so that its text cannot end `data` early and go on with members of its own. */
function refuseNonObject(dataText: string): void {
  const expected = 'a JSON object';
  if (Buffer.byteLength(dataText) > mostBytes) {
    throw new IntakeRefusal(413, 'too_large', `data: more than ${mostBytes} bytes.`, { member: 'data', expected });
  }
  try {
    JSON.parse(dataText);
  } catch (cause) {
    throw new IntakeRefusal(400, 'not_json', 'data: not valid JSON.', { member: 'data', expected, cause });
  }
}

/** Refusals in the API's closed set of errors. */
export async function orRelayError<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof IntakeRefusal)) throw error;
    const more = error.member === undefined ? {} : { member: error.member };
    throw new RelayError(error.status === 409 ? 'conflict' : 'bad_input', error.message, { ...more, cause: error });
  }
}
