/**
 * An older database that does not give room back is rebuilt once, in a quiet hour of the night: too large for a start, or
 * without room for its copy then. While that lasts (150 MB a second) what is to be written waits for it; the thread that
 * delivers does not, and nothing is refused.
 */
import type { EngineContext } from '../context.ts';
import type { Shrinking } from '../store/shrinking.ts';
import { hourAt } from './upkeep-times.ts';

export interface Rebuild {
  state(): Shrinking;
  /** Rebuilds it where that is due: at night, while nothing comes in. */
  look(): Promise<void>;
}

/** From the night's own work until people begin to work. */
const nightHours = [3, 4];
/** How long no event must have come, in milliseconds. */
const quietMs = 300_000;
/** Where it was not possible it is tried again in another night. */
const againMs = 20 * 3_600_000;

/** @param run makes it in a thread of its own */
export function createRebuild(
  context: Pick<EngineContext, 'clock' | 'settings' | 'writer' | 'commit' | 'changes' | 'logger'>,
  initial: Shrinking,
  run: () => Promise<Shrinking>,
): Rebuild {
  const { clock, settings, writer, commit, changes, logger } = context;
  const lastEvent = writer.prepare<[], number>('SELECT received_at FROM events ORDER BY seq DESC LIMIT 1').pluck();
  let state = initial;
  let triedAt = Number.NEGATIVE_INFINITY;
  if (state !== 'possible') logger.warn({ why: state }, 'the database does not give room back yet');

  function isDue(): boolean {
    const now = clock.wallMs();
    if (state === 'possible' || state === 'too_large' || now - triedAt < againMs) return false;
    return nightHours.includes(hourAt(now, settings.current().timeZone)) && now - (lastEvent.get() ?? 0) >= quietMs;
  }

  return {
    state: () => state,
    async look() {
      if (!isDue()) return;
      triedAt = clock.wallMs();
      const found = await commit.patiently(run);
      logger.info({ found }, 'the database was to be rebuilt, so that it gives room back');
      if (found !== state) changes.touch('situation');
      state = found;
    },
  };
}
