/** `events.emit`: an event from the command line or the window, taken in as a PMS's would be. */
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineHandlers } from '../context.ts';
import type { Accept } from './accept.ts';
import { eventText } from './event-text.ts';
import { parseJsonText } from './parse.ts';
import { errorCodeOf, IntakeRefusal } from './refusal.ts';

export function createEmitHandler(accept: Accept): Pick<EngineHandlers, 'events.emit'> {
  return {
    async 'events.emit'(parts) {
      const [accepted] = await orRelayError(async () =>
        accept({ received: parseJsonText(eventText(parts)), origin: null, idempotencyKey: null }),
      );
      if (!accepted) throw new RelayError('internal', sentence('problem.event_not_stored'));
      return accepted;
    },
  };
}

/** Refusals in the API's closed set of errors. */
export async function orRelayError<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof IntakeRefusal)) throw error;
    const more = error.member === undefined ? {} : { member: error.member };
    throw new RelayError(errorCodeOf[error.code], error.says, { ...more, cause: error });
  }
}
