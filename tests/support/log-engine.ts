/** The log on a real database with its real threads, and surroundings that are told what to say. */
import type { EngineHandlers } from '../../electron/engine/context.ts';
import { createSituation, type Surroundings } from '../../electron/engine/log/situation/situation.ts';
import { createLog, type Log } from '../../electron/engine/log.ts';
import { createReading, type Reading } from '../../electron/engine/reading.ts';
import type { Actor } from '../../shared/domain.ts';
import type { TestContext } from './log-folder.ts';

export const readerThread = new URL('../../electron/engine/reader-thread.ts', import.meta.url);
export const manager: Actor = { account: 'manager', surface: 'window' };

export interface OpenLog extends Omit<Log, 'handlers'> {
  readonly handlers: Log['handlers'] & Reading['handlers'] & Pick<EngineHandlers, 'situation.get'>;
}

/** @param changes what the surroundings say otherwise */
export function openLog(
  context: TestContext,
  changes: Partial<Surroundings> = {},
  uncleanStop: boolean = context.database.uncleanStop,
): OpenLog {
  const calm = {
    pc: () => ({ slept: null, lateStarts: null, loginItemWorks: null }),
    pausedUntil: () => null,
    facts: () => [],
  };
  const place = { look: () => 'ok' as const, handle: null };
  const reading = createReading(context, { file: readerThread, place, ...calm, ...changes });
  const log = createLog(context, {
    reading,
    uncleanStop,
    shrinking: 'possible',
    place,
    store: { current: () => null },
    forgottenDeliveries: { isUnderWay: () => false, cancel: () => 0, unquote: () => undefined },
    bench: { count: () => 0, forget: () => 0 },
    unquoteNotices: () => Promise.resolve(),
  });
  const situation = createSituation(context, {
    ...calm,
    connectivity: () => ({ state: 'online', since: null }),
    internet: () => ({ lookedAt: null, rests: 'nothing', answeredAt: null, isAsking: true, addresses: [] }),
    clock: () => ({ skewMs: 0, wrong: false, since: null }),
    disk: () => ({ state: 'ok', freeBytes: 1e12 }),
    vault: () => ({ state: 'ok', unreadable: 0 }),
    intake: () => ({ address: 'http://127.0.0.1:4780', missed: null, lan: null, lanProblem: null }),
    endpoints: () => [],
    sources: () => [],
    database: log.database,
    exportsAway: log.exportsAway,
    upkeepUndone: log.upkeepUndone,
    closed: () => [],
    openFiles: () => null,
    counted: reading.counted,
    ...changes,
  });
  return {
    ...log,
    handlers: { ...reading.handlers, ...log.handlers, 'situation.get': situation },
    start() {
      reading.start();
      log.start();
    },
    async stop() {
      await log.stop();
      await reading.stop();
    },
  };
}
