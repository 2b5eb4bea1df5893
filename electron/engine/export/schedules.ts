/**
 * Exports on a schedule: each night the day before, each month the month before, into a folder. What a PC that was off, or a
 * folder that was away, missed is made up for, each period in a file of its own. A row says which period is next and is
 * moved on only once its file has its name: an end in its midst, however it came about, is begun again.
 */
import type { CallOutput } from '../../../shared/api.ts';
import type { Actor } from '../../../shared/domain.ts';
import { type EngineContext, type EngineHandlers, wallTime } from '../context.ts';
import { createScheduleStore } from '../store/export-schedules.ts';
import type { Exports } from './export.ts';
import { due } from './periods.ts';
import { createScheduleActs, type ScheduleCall } from './schedule-acts.ts';
import { tidySchedule } from './schedule-files.ts';
import { createFolderLook } from './schedule-folder.ts';
import { createScheduleRows, forgottenIn } from './schedule-rows.ts';
import { createScheduleWriting, lookEveryMs } from './schedule-writing.ts';

export interface Schedules {
  readonly handlers: Pick<EngineHandlers, ScheduleCall>;
  start(): void;
  /** Writes what is due. Resolves once all of it ended, or a person holds it up. */
  look(): Promise<void>;
  /** Removes their own files that are old. @param wallMs what counts as now */
  tidy(wallMs: number): Promise<void>;
  /** Those that cannot write now. */
  away(): CallOutput<'situation.get'>['exportsAway'];
  /** Begins nothing more; what is under way ends with the exports. */
  stop(): void;
  /** Once nothing is under way any more; after `stop`. */
  ended(): Promise<void>;
}

const engineActor: Actor = { account: '', surface: 'engine' };

export function createSchedules(
  context: EngineContext,
  exports: Exports,
  job: (id: string) => CallOutput<'jobs.get'>,
): Schedules {
  const { writer, commit, clock, settings, dataFolder, logger, mishaps, changes, recordAct } = context;
  const rows = createScheduleRows(createScheduleStore(writer), dataFolder);
  const troubleOf = createFolderLook(clock, mishaps, dataFolder);
  const writing = createScheduleWriting(context, { rows, exports, troubleOf, tell });
  let cancelLook = (): void => {};
  let under: Promise<void> | null = null;
  let stopped = false;

  function tell(): void {
    changes.touch('schedules');
    changes.touch('situation');
  }

  /** One period after the other, until nothing is due, one fails, or a person holds it up. */
  async function catchUp(id: string): Promise<void> {
    for (;;) {
      const schedule = rows.find(id);
      if (schedule === undefined || stopped || writing.isBusy(id)) return;
      const { row, draft, state } = schedule;
      const forgotten = forgottenIn(draft);
      if (forgotten !== null) {
        if (state.away?.says.key === forgotten.key) return;
        const away = { since: wallTime(clock), says: forgotten };
        await commit.transact(() => rows.keep(id, { state: { away } }));
        return tell();
      }
      const { period, next, leftOut } = due(draft.every, row.next, clock.wallMs(), settings.current().timeZone);
      if (next !== row.next) {
        const left = leftOut && { ...leftOut, at: wallTime(clock) };
        await commit.transact(() => rows.keep(id, { next, ...(left === null ? {} : { state: { leftOut: left } }) }));
        if (left !== null)
          logger.warn({ schedule: id, ...left }, 'a scheduled export leaves out what lies too far back');
      }
      if (period === null || writing.isWaiting(id)) return;
      const begun = await writing.write({ ...schedule, row: { ...row, next } }, period, engineActor).catch(() => null);
      if (begun === null) return;
      const end = await Promise.race([begun.ended, begun.paused]);
      if (end === undefined || end.state === 'failed' || end.state === 'stopped') return;
    }
  }

  async function look(): Promise<void> {
    under ??= (async () => {
      for (const { row } of rows.all()) await catchUp(row.id);
    })().finally(() => {
      under = null;
    });
    await under;
  }

  function arm(): void {
    cancelLook = clock.after(lookEveryMs, () => {
      look()
        .catch((error: unknown) => logger.error({ error: String(error) }, 'scheduled exports were put off'))
        .finally(() => {
          if (!stopped) arm();
        });
    });
  }

  return {
    handlers: createScheduleActs(context, { rows, writing, exports, job, look, tell }),
    start: arm,
    look,
    async tidy(wallMs) {
      for (const schedule of rows.all()) {
        const parts = { store: rows.store, commit, troubleOf, isStopped: () => stopped };
        const files = await tidySchedule(schedule, wallMs, parts);
        if (files.length === 0) continue;
        await commit.transact(() => recordAct(engineActor, 'schedules.tidy', schedule.row.id, { files }));
        tell();
        changes.touch('audit');
      }
    },
    away: () =>
      rows.all().flatMap(({ row, draft, state }) => {
        if (state.away === null) return [];
        const { every, what } = draft;
        const { missed } = due(every, row.next, clock.wallMs(), settings.current().timeZone);
        return [{ id: row.id, every, what, folder: rows.folderOf(draft), ...state.away, missed }];
      }),
    stop() {
      stopped = true;
      writing.stop();
      cancelLook();
    },
    async ended() {
      await writing.ended();
      await under?.catch(() => {});
    },
  };
}
