/**
 * The upkeep of what was logged: retention, checkpoints, backups, exports, the check for damage, and the jobs that a
 * person follows. Long work is done in reader threads; this part begins it and says how it goes.
 */
import type { ParsedInput } from '../../shared/api.ts';
import type { Actor, UtcMs } from '../../shared/domain.ts';
import type { Situation } from '../../shared/schemas.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import type { EngineContext, EngineHandlers } from './context.ts';
import { createAuditSaving } from './export/audit-file.ts';
import { createExports, cutOffExport, type ExportInput, exportsFolder } from './export/export.ts';
import { createSchedules } from './export/schedules.ts';
import { backupsFolder } from './files/backup-files.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { weekOf } from './local-time.ts';
import { createForget, type ForgetParts } from './privacy/forget/forget.ts';
import { rules } from './privacy/rules.ts';
import type { Reading } from './reading.ts';
import { eventsLost } from './store/damage/acknowledged.ts';
import type { PlaceWatch } from './store/damage/in-place.ts';
import type { StoreWatch } from './store/damage/store-trouble.ts';
import { metaKey, readMeta } from './store/meta.ts';
import type { Shrinking } from './store/shrinking.ts';
import { createBackups } from './upkeep/backups.ts';
import { endCutOff, removeAsides } from './upkeep/cut-off.ts';
import { createIntegrity } from './upkeep/integrity.ts';
import { createRebuild } from './upkeep/rebuild.ts';
import { createRetention } from './upkeep/retention.ts';
import { undoneIn } from './upkeep/undone.ts';
import { createUpkeep } from './upkeep/upkeep.ts';
import { createVacuuming } from './upkeep/vacuum.ts';

type LogHandlers = Pick<
  EngineHandlers,
  | 'audit.save'
  | 'export.start'
  | 'schedules.list'
  | 'schedules.add'
  | 'schedules.change'
  | 'schedules.run'
  | 'schedules.remove'
  | 'retention.look'
  | 'week.report'
  | 'forget.look'
  | 'forget.start'
  | 'forget.list'
  | 'export.preview'
  | 'privacy.rules'
  | 'jobs.list'
  | 'jobs.get'
  | 'jobs.pause'
  | 'jobs.resume'
  | 'jobs.cancel'
  | 'jobs.download'
  | 'backup.start'
  | 'backup.list'
  | 'backup.restore'
  | 'backup.keepPresent'
  | 'backup.restoreDone'
>;

export interface Log {
  readonly handlers: LogHandlers;
  /** Scheduled exports whose folder takes nothing now. */
  exportsAway(): Situation['exportsAway'];
  /** What is done by the clock and could not be done the last time. */
  upkeepUndone(): Situation['upkeepUndone'];
  /** What the situation says of the database. */
  database(): Situation['database'];
  /** Where jobs of other kinds (resend) say how they are paused, resumed and cancelled. */
  readonly jobs: Jobs;
  /** An export's bytes, for whoever writes them somewhere else. */
  exportStream(input: ExportInput, actor: Actor): AsyncGenerator<Uint8Array, void>;
  /** SQLite has said that the database is damaged: from now on that is told. */
  foundDamage(): void;
  /** While it is known to be damaged nothing is to be acknowledged. */
  isDamaged(): boolean;
  /** Begins checkpoints and what is done by the clock; after an unclean stop checks the database beside the work. */
  start(): void;
  /** Ends exports and what is done by the clock; before the reading stops. */
  stop(): Promise<void>;
}

export interface LogOptions {
  readonly reading: Pick<Reading, 'call' | 'long' | 'stream'>;
  /** The last process did not close the database. */
  readonly uncleanStop: boolean;
  /** Whether the database gives room back. */
  readonly shrinking: Shrinking;
  /** Whether the database is the file that it was. */
  readonly place: Pick<PlaceWatch, 'look' | 'handle'>;
  /** Whether it can be written. */
  readonly store: Pick<StoreWatch, 'current'>;
  /** What of an event has not arrived when its guest is forgotten. */
  readonly forgottenDeliveries: ForgetParts['deliveries'];
  readonly unquoteNotices: ForgetParts['unquoteNotices'];
  readonly bench: ForgetParts['bench'];
}

export function createLog(
  context: EngineContext,
  { reading, uncleanStop, shrinking, place, store, forgottenDeliveries, unquoteNotices, bench }: LogOptions,
): Log {
  const { clock, logger, mishaps, dataFolder } = context;
  const meta = readMeta(context.reader);
  const jobs = createJobs(context);
  const total = async (filter: ParsedInput<'export.start'>['filter']) =>
    (await reading.call('deliveries.count', { filter })).total;
  const exports = createExports(context, jobs, reading.stream, total);
  const schedules = createSchedules(context, exports, jobs.view);
  const backups = createBackups(
    context,
    jobs,
    {
      all: (input) => reading.long('backup.all', input),
      undelivered: (input) => reading.long('backup.undelivered', input),
      stage: (input) => reading.long('restore.stage', input),
      look: (input) => reading.long('restore.look', input),
    },
    { isDamaged: () => ['damaged', 'gone', 'emptied'].includes(databaseState().state) },
  );
  const rebuild = createRebuild(context, shrinking, () => reading.long('store.rebuild', null));
  const vacuum = createVacuuming(context, () => reading.long('store.vacuum', null));
  const forget = createForget(context, {
    deliveries: forgottenDeliveries,
    unquoteNotices,
    bench,
    vacuumTonight: vacuum.tonight,
    forgotten: () => mishaps.own('scheduled exports', schedules.look()),
    threads: {
      find: (input) => reading.long('forget.find', input),
      files: (plan) => reading.long('forget.files', plan),
      clean: (plan) => reading.long('forget.clean', plan),
      databases: () => reading.long('forget.databases', null),
      naming: (asked) => reading.long('forget.naming', asked),
      inDatabase: (input) => reading.long('forget.inDatabase', input),
      traces: (plan) => reading.long('forget.traces', { plan, handle: place.handle }),
      vacuum: vacuum.atOnce,
      emptyLog: () => reading.call('log.truncate', null),
    },
  });
  const upkeep = createUpkeep(context, {
    retention: createRetention(context),
    backups,
    rebuild,
    vacuum,
    scheduled: schedules,
    emptyLog: () => reading.call('log.truncate', null),
  });
  const check = createIntegrity(context, () => reading.long('integrity.check', null));

  /** What is gravest: what was written may be in no file, cannot be read, or can only not be written now. */
  function databaseState(): Pick<Situation['database'], 'state' | 'since'> {
    const file = place.look();
    if (file !== 'ok') return { state: file, since: null };
    const checked = check.state();
    const trouble = store.current();
    if (checked !== 'damaged' && (trouble?.kind === 'held' || trouble?.kind === 'unreachable')) {
      return { state: trouble.kind, since: trouble.sinceMs as UtcMs };
    }
    return { state: checked, since: null };
  }

  /** Before anything of these kinds begins: what is open now was cut off. */
  async function clearUp(): Promise<void> {
    await endCutOff(jobs, 'export', cutOffExport);
    await endCutOff(jobs, 'backup', sentence('problem.backup_cut_off'));
    for (const folder of [exportsFolder(dataFolder), backupsFolder(dataFolder)]) await removeAsides(folder);
  }

  return {
    handlers: {
      'audit.save': createAuditSaving(context, (page) => reading.call('audit.list', page)),
      'export.start': (input, actor) => exports.start(input, actor),
      'export.preview': (input) => exports.preview(input),
      ...schedules.handlers,
      'privacy.rules': () => rules.map(({ event = null, ...rule }) => ({ ...rule, event })),
      'backup.start': (input, actor) => backups.start(input, actor),
      'backup.list': () => backups.list(),
      'backup.restore': (input, actor) => backups.restore(input, actor),
      'backup.keepPresent': (_input, actor) => backups.keepPresent(actor),
      'week.report': async ({ back }) => {
        const { timeZone, currency, propertyName, propertyId } = context.settings.current();
        const { fromMs, toMs } = weekOf(clock.wallMs(), timeZone, back);
        const numbers = await reading.call('week.numbers', { fromMs, toMs, currency });
        const name = propertyName === '' ? (propertyId ?? '') : propertyName;
        return { from: fromMs as UtcMs, to: toMs as UtcMs, propertyName: name, timeZone, ...numbers };
      },
      'retention.look': (days) => reading.long('retention.look', { days, wallMs: clock.wallMs() }),
      ...forget.handlers,
      'backup.restoreDone': (_input, actor) => backups.restoreDone(actor),
      ...jobs.handlers,
    },
    exportsAway: schedules.away,
    upkeepUndone: () => undoneIn(context.reader),
    database: () => ({
      ...databaseState(),
      shrinking: rebuild.state(),
      lastBackupAt: backups.lastAt() as UtcMs | null,
      restoreAskedAt: backups.restoreAskedAt(),
      lost: eventsLost(meta.get(metaKey.eventsLost), clock.wallMs()),
      restored: backups.restoredNews(),
    }),
    jobs,
    exportStream: exports.stream,
    foundDamage() {
      // Of a file that is gone or cut off that is what is told; it may come back whole.
      if (place.look() === 'ok') mishaps.own('the check of the database', check.found());
    },
    isDamaged: check.isDamaged,
    start() {
      upkeep.start();
      schedules.start();
      forget.start();
      backups
        .look()
        .catch((error: unknown) => logger.warn({ error: String(error) }, 'the backups could not be looked at'));
      clearUp().catch((error: unknown) => logger.error({ error: String(error) }, 'what was cut off remains'));
      if (uncleanStop || check.isDamaged()) mishaps.own('the check of the database', check.run());
    },
    async stop() {
      check.stop();
      // The night's work waits for exports, which end here.
      schedules.stop();
      await exports.stop();
      await upkeep.stop();
      await schedules.ended();
      await forget.stop();
    },
  };
}
