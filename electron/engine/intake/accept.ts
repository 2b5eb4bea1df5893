/**
 * Takes events in: whole requests, all or nothing, each in one transaction. Once the promise resolves, the
 * events and their deliveries are on the disk.
 */
import { type EngineContext, wallTime } from '../context.ts';
import type { SourceTable } from '../store/sources.ts';
import { type AcceptedEvent, type IntakeRequest, keysIn, type Storing } from './storing.ts';

export interface AcceptParts {
  readonly context: Pick<EngineContext, 'clock' | 'commit' | 'changes' | 'meter'>;
  readonly storing: Storing;
  readonly sources: Pick<SourceTable, 'sawEvent'>;
  /** Throws where what is stored now may be found by nobody. */
  readonly refuseDamaged: () => void;
}

export type Accept = (request: IntakeRequest) => Promise<readonly AcceptedEvent[]>;

/** A request of more events is stored in several turns of the thread; of fewer, several share a transaction. */
const mostInATurn = 150;
/** Shortest time between two notes of a source's last event, in milliseconds. */
const lastEventEveryMs = 1000;

/**
 * Rejects with an IntakeRefusal where an explicit key came before with another content (409) or no property is
 * known (400), and with a RelayError where it could not be stored.
 */
export function createAccept({ context, storing, sources, refuseDamaged }: AcceptParts): Accept {
  const { clock, commit, changes, meter } = context;
  const lastEventAt = new Map<number, number>();

  return async (request) => {
    const { origin } = request;
    const at = wallTime(clock);
    const isDue = origin !== null && Math.abs(at - (lastEventAt.get(origin.no) ?? 0)) >= lastEventEveryMs;
    if (isDue) lastEventAt.set(origin.no, at);
    const keysOfAll = keysIn(request);
    const work = function* () {
      refuseDamaged();
      const stored = yield* storing.store(request, keysOfAll);
      request.also?.();
      if (isDue) sources.sawEvent(origin.no, at);
      return stored;
    };
    const isLong = request.received.events.length > mostInATurn;
    const accepted = await (isLong ? commit.transactInSteps(work) : commit.transact(() => atOnce(work())));
    meter.count('events_accepted', accepted.filter(({ duplicate }) => !duplicate).length);
    changes.touch('events');
    changes.touch('deliveries');
    changes.touch('situation');
    changes.touch('sources');
    return accepted;
  };
}

function atOnce<Value>(steps: Generator<void, Value>): Value {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
