/** "Pause deliveries for an hour": everything waits until then, over a restart too. */
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import { type EngineContext, type EngineHandlers, wallTime } from '../context.ts';
import { createMetaTable, metaKey } from '../store/meta.ts';
import type { Scheduler } from './scheduler.ts';

export interface RelayPause {
  readonly handlers: Pick<EngineHandlers, 'relay.pause' | 'relay.resume'>;
  /** The wall clock's time; null where nothing is paused. */
  until(): UtcMs | null;
  /** Inside the sweep, and at the start: takes up what is stored, ends what is over. */
  upkeep(): void;
  stop(): void;
}

const key = metaKey.relayPausedUntil;
const hold = 'paused';

export function createRelayPause(context: EngineContext, scheduler: Scheduler): RelayPause {
  const { writer, commit, clock, changes, logger, recordAct } = context;
  const meta = createMetaTable(writer);
  const kept = meta.get(key);
  let until: UtcMs | null = kept === undefined ? null : utcMs(Number(kept));
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
      commit.transact(() => meta.drop(key)).catch((error) => logger.warn({ err: error }, 'a pause is still noted'));
      changes.touch('situation');
    }
    scheduler.open(hold);
  }

  return {
    handlers: {
      async 'relay.pause'({ forMs }, actor) {
        const end = utcMs(wallTime(clock) + forMs);
        await commit.transact(() => {
          meta.put(key, String(end));
          recordAct(actor, 'relay.pause', null, { until: end });
        });
        until = end;
        upkeep();
        changes.touch('situation');
        return null;
      },
      async 'relay.resume'(_, actor) {
        await commit.transact(() => {
          meta.drop(key);
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
