/** "Pause deliveries for an hour": everything waits until then, over a restart too. */
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import { type EngineContext, type EngineHandlers, wallTime } from '../context.ts';
import { createMetaTable, metaKey } from '../store/meta.ts';

export interface RelayPause {
  readonly handlers: Pick<EngineHandlers, 'relay.pause' | 'relay.resume'>;
  /** The wall clock's time; null where nothing is paused. */
  until(): UtcMs | null;
  /** Inside the sweep, and at the start: takes up what is stored, ends what is over. */
  upkeep(): void;
  /** Told whether everything is to wait, whenever that is looked at. */
  onLook(listener: (isPaused: boolean) => void): void;
  stop(): void;
}

const key = metaKey.relayPausedUntil;

export function createRelayPause(context: EngineContext): RelayPause {
  const { writer, commit, clock, changes, logger, recordAct } = context;
  const meta = createMetaTable(writer);
  const kept = meta.get(key);
  let until: UtcMs | null = kept === undefined ? null : utcMs(Number(kept));
  const listeners: ((isPaused: boolean) => void)[] = [];
  let cancel: (() => void) | null = null;

  function tell(isPaused: boolean): void {
    for (const listener of listeners) listener(isPaused);
  }

  function upkeep(): void {
    cancel?.();
    cancel = null;
    const leftMs = until === null ? 0 : until - wallTime(clock);
    if (leftMs > 0) {
      tell(true);
      cancel = clock.after(leftMs, upkeep);
      return;
    }
    if (until !== null) {
      until = null;
      // Where that fails, the next start finds a pause that is over and drops it again.
      commit.transact(() => meta.drop(key)).catch((error) => logger.warn({ err: error }, 'a pause is still noted'));
      changes.touch('situation');
    }
    tell(false);
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
    onLook: (listener) => void listeners.push(listener),
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
