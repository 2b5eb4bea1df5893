/** "Pause deliveries for an hour": everything waits until then, over a restart too. */
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import { type EngineContext, type EngineHandlers, wallTime } from '../context.ts';
import type { Scheduler } from './scheduler.ts';

export interface RelayPause {
  readonly handlers: Pick<EngineHandlers, 'relay.pause' | 'relay.resume'>;
  /** The wall clock's time; null where nothing is paused. */
  until(): UtcMs | null;
  /** Inside the sweep, and at the start: takes up what is stored, ends what is over. */
  upkeep(): void;
  stop(): void;
}

const key = 'relay_paused_until';
const hold = 'paused';

export function createRelayPause(context: EngineContext, scheduler: Scheduler): RelayPause {
  const { writer, commit, clock, changes, logger, recordAct } = context;
  const read = writer.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?');
  const put = writer.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const drop = writer.prepare('DELETE FROM meta WHERE key = ?');
  const kept = read.get(key);
  let until: UtcMs | null = kept ? utcMs(Number(kept.value)) : null;
  let cancel: (() => void) | null = null;

  function upkeep(): void {
    cancel?.();
    cancel = null;
    const leftMs = until === null ? 0 : until - wallTime(clock);
    if (leftMs > 0) {
      scheduler.hold(hold);
      cancel = clock.after(leftMs, upkeep);
      return;
    }
    if (until !== null) {
      until = null;
      // Where that fails, the next start finds a pause that is over and drops it again.
      commit.transact(() => drop.run(key)).catch((error) => logger.warn({ err: error }, 'a pause is still noted'));
      changes.touch('situation');
    }
    scheduler.open(hold);
  }

  return {
    handlers: {
      async 'relay.pause'({ forMs }, actor) {
        const end = utcMs(wallTime(clock) + forMs);
        await commit.transact(() => {
          put.run(key, String(end));
          recordAct(actor, 'relay.pause', null, { until: end });
        });
        until = end;
        upkeep();
        changes.touch('situation');
        return null;
      },
      async 'relay.resume'(_, actor) {
        await commit.transact(() => {
          drop.run(key);
          recordAct(actor, 'relay.resume', null);
        });
        until = null;
        upkeep();
        changes.touch('situation');
        return null;
      },
    },
    until: () => until,
    upkeep,
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
