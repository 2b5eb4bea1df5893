/** What is done by the clock: retention and the whole backup at night, the small backup every hour. */
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext } from '../context.ts';
import { isDamage } from '../store/connection.ts';
import { createMetaTable, type MetaKey, metaKey } from '../store/meta.ts';
import { within } from '../within.ts';
import type { Backups } from './backups.ts';
import type { Rebuild } from './rebuild.ts';
import type { Retention } from './retention.ts';
import { createUndone, type Undone } from './undone.ts';
import { hourlyIsDue, nightIsDue, type OldLook, trustedNow } from './upkeep-times.ts';
import type { Vacuuming } from './vacuum.ts';

/** A look a minute: it misses no jump of the clock and no sleep, and needs no timer that spans a night. */
const lookEveryMs = 60_000;
/** Whoever reads in the write-ahead log is done soon: how often the log is looked at again, and after what wait. */
const mostTries = 60;
const tryAgainMs = 1_000;
/** So long the night's work waits for scheduled exports. */
const longestExportMs = 3_600_000;

export interface Upkeep {
  start(): void;
  /** Looks now, and does what is due. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export interface UpkeepParts {
  readonly retention: Retention;
  readonly backups: Pick<Backups, 'make'>;
  readonly rebuild: Pick<Rebuild, 'look'>;
  readonly vacuum?: Pick<Vacuuming, 'look'>;
  /** Exports that are made by the clock: what they hold is written before any of it goes. */
  readonly scheduled?: {
    look(): Promise<void>;
    /** Removes their own files that are old. @param wallMs what counts as now */
    tidy(wallMs: number): Promise<void>;
  };
  /** Empties the write-ahead log; false where a reader is in it. */
  readonly emptyLog: () => Promise<boolean>;
}

export function createUpkeep(
  context: EngineContext,
  { retention, backups, rebuild, vacuum, scheduled, emptyLog }: UpkeepParts,
): Upkeep {
  const { clock, time, writer, commit, settings, logger } = context;
  const meta = createMetaTable(writer);
  const became = createUndone(context);
  let cancel: (() => void) | null = null;
  let under: Promise<void> | null = null;
  let stopped = false;
  let wake = (): void => {};

  const lastOf = (key: MetaKey): number | null => {
    const value = meta.get(key);
    return value === undefined ? null : Number(value);
  };
  const mark = (key: MetaKey, atMs: number) => commit.transact(() => meta.put(key, String(Math.round(atMs))));

  /** The time is written down first: what fails is tried at its next time, not every minute. */
  async function once(key: MetaKey, what: string, work: () => Promise<unknown>): Promise<void> {
    await mark(key, clock.wallMs());
    try {
      await work();
    } catch (error) {
      logger.error({ error: String(error) }, `${what} failed`);
    }
  }

  /** @param run resolves with why it was not done, or null. What ends it is logged, told, and ends nothing else */
  async function tried(work: Undone['work'], what: string, run: () => Promise<unknown>): Promise<void> {
    const why = await run().catch((error: unknown) => {
      logger.error({ error: String(error) }, `${what} failed`);
      return error;
    });
    // What was cut off by the end of the engine is done after the next start.
    if (!stopped) await became(work, why);
    // What is damaged is not tidied up.
    if (isDamage(why)) throw why;
  }

  const backUp = (kind: 'hourly' | 'nightly') =>
    tried(kind, `the ${kind} backup`, async () =>
      (await backups.make(kind)) ? null : sentence('problem.backup_no_room'),
    );

  /** What counts as now for what is old; null where nothing is to go this time. */
  async function oldBy(lastNightMs: number | null): Promise<number | null> {
    const now: OldLook = { wallMs: Math.round(clock.wallMs()), engineMs: time.now() };
    const kept = meta.get(metaKey.upkeepOld);
    // An earlier version kept the last night alone.
    const before = lastNightMs === null ? null : { wallMs: lastNightMs, engineMs: 0 };
    const { wallMs, keep } = trustedNow(kept === undefined ? before : (JSON.parse(kept) as OldLook), now);
    await commit.transact(() => meta.put(metaKey.upkeepOld, JSON.stringify(keep)));
    return wallMs;
  }

  /** Of what was deleted, copies stand in the write-ahead log until it is emptied. */
  async function endLog(): Promise<void> {
    for (let tries = 0; tries < mostTries && !stopped; tries += 1) {
      if (await emptyLog()) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        clock.after(tryAgainMs, resolve);
      });
    }
    if (!stopped) logger.warn({}, 'the write-ahead log could not be emptied: somebody reads in it');
  }

  /** A folder that hangs, or an export that takes all night, holds up nothing else. */
  async function written(): Promise<void> {
    if (scheduled === undefined) return;
    try {
      await within(clock, longestExportMs, scheduled.look());
    } catch (error) {
      logger.error({ error: String(error) }, 'scheduled exports were put off');
    }
  }

  async function due(): Promise<void> {
    const { timeZone } = settings.current();
    const lastNightMs = lastOf(metaKey.upkeepNight);
    if (nightIsDue(lastNightMs, clock.wallMs(), timeZone)) {
      await once(metaKey.upkeepNight, 'what is done at night', async () => {
        // Before anything goes, all of it is kept once more.
        await backUp('nightly');
        await written();
        const wallMs = await oldBy(lastNightMs);
        if (wallMs !== null) {
          await tried('retention', 'removing what is old', async () => {
            await retention.run(wallMs);
            if (!stopped) await scheduled?.tidy(wallMs);
            return null;
          });
        }
        await vacuum?.look();
        await endLog();
      });
    }
    if (!stopped) await rebuild.look();
    if (!stopped && hourlyIsDue(lastOf(metaKey.upkeepHour), clock.wallMs())) {
      await once(metaKey.upkeepHour, 'the hourly backup', () => backUp('hourly'));
    }
  }

  async function look(): Promise<void> {
    under ??= due().finally(() => {
      under = null;
    });
    await under;
  }

  function arm(): void {
    cancel = clock.after(lookEveryMs, () => {
      look()
        // The database was held, or the disk is full: the next look comes in a minute.
        .catch((error: unknown) => logger.error({ error: String(error) }, 'what is done by the clock was put off'))
        .finally(() => {
          if (!stopped) arm();
        });
    });
  }

  return {
    start: arm,
    look,
    async stop() {
      stopped = true;
      cancel?.();
      wake();
      retention.stop();
      await under?.catch(() => {});
    },
  };
}
