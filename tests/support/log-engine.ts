/** The log on a real database with its real threads, and surroundings that are told what to say. */
import { createLog, type Log, type Surroundings } from '../../electron/engine/log.ts';
import type { Actor } from '../../shared/domain.ts';
import type { TestContext } from './log-folder.ts';

export const readerThread = new URL('../../electron/engine/reader-thread.ts', import.meta.url);
export const manager: Actor = { account: 'manager', surface: 'window' };

/** @param changes what the surroundings say otherwise */
export function openLog(
  context: TestContext,
  changes: Partial<Surroundings> = {},
  uncleanStop: boolean = context.database.uncleanStop,
): Log {
  const surroundings: Surroundings = {
    pausedUntil: () => null,
    facts: () => [],
    connectivity: () => ({ state: 'online', since: null }),
    clock: () => ({ skewMs: 0, wrong: false, since: null }),
    disk: () => ({ state: 'ok', freeBytes: 1e12 }),
    vault: () => ({ state: 'ok', unreadable: 0 }),
    intake: () => ({ address: 'http://127.0.0.1:4780', missed: null, lan: null, lanProblem: null }),
    endpoints: () => [],
    sources: () => [],
    ...changes,
  };
  return createLog(context, {
    ...{ readerThread, surroundings, uncleanStop },
    ...{ shrinking: 'possible', isGone: () => false },
  });
}
