/**
 * Monday's page for whoever asks for it: the week that is over becomes one event, from Monday 07:00 at the property on. What
 * week it was is written down with it, so that a restart sends nothing twice, and a PC that was off on Monday sends it later.
 */
import type { EventType } from '../../../shared/events.ts';
import type { NoticeData } from '../../../shared/notices.ts';
import { type EngineContext, wallTime } from '../context.ts';
import { weekOf } from '../local-time.ts';
import type { NewEvent } from '../store/events.ts';
import { createMetaTable, metaKey } from '../store/meta.ts';
import { ownEvent } from './own-event.ts';

/** A look a minute: it misses no jump of the clock and no sleep. */
const lookEveryMs = 60_000;
/** After Monday's midnight, in milliseconds: it lies there when people come. */
const sentAfterMs = 7 * 3_600_000;

export interface WeekEvents {
  start(): void;
  stop(): Promise<void>;
}

export interface WeekEventParts {
  readonly recordEvent: (event: NewEvent) => unknown;
  readonly wanting: (type: EventType) => readonly number[];
  readonly propertyId: () => string;
  /** The week that is over, in words. */
  readonly lastWeek: () => Promise<NoticeData>;
}

export function createWeekEvents(
  context: Pick<EngineContext, 'clock' | 'writer' | 'commit' | 'ids' | 'settings' | 'changes' | 'logger'>,
  { recordEvent, wanting, propertyId, lastWeek }: WeekEventParts,
): WeekEvents {
  const { clock, commit, ids, settings, changes, logger } = context;
  const meta = createMetaTable(context.writer);
  let cancel = (): void => {};
  let under: Promise<void> = Promise.resolve();
  let stopped = false;

  async function look(): Promise<void> {
    const { fromMs } = weekOf(clock.wallMs(), settings.current().timeZone, 0);
    const kept = meta.get(metaKey.weekTold);
    const toldMs = kept === undefined ? null : Number(kept);
    const mark = () => meta.put(metaKey.weekTold, String(fromMs));
    if (toldMs === fromMs) return;
    // Never looked before, a clock that was ahead, or another time zone: the next Monday is the first.
    const isNext = toldMs !== null && fromMs - toldMs > 86_400_000;
    if (!isNext || wanting('relay.week').length === 0) return commit.transact(mark);
    if (clock.wallMs() < fromMs + sentAfterMs) return;
    const data = await lastWeek();
    if (stopped) return;
    await commit.transact(() => {
      const at = wallTime(clock);
      recordEvent(
        ownEvent({ id: ids.event(at), type: 'relay.week', propertyId: propertyId(), about: 'week', atMs: at, data }),
      );
      mark();
    });
    for (const topic of ['events', 'deliveries', 'situation'] as const) changes.touch(topic);
  }

  function arm(): void {
    cancel = clock.after(lookEveryMs, () => {
      under = look()
        .catch((error: unknown) => logger.warn({ error: String(error) }, "Monday's page was put off"))
        .finally(() => {
          if (!stopped) arm();
        });
    });
  }

  return {
    start: arm,
    async stop() {
      stopped = true;
      cancel();
      await under;
    },
  };
}
