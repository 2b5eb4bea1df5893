/**
 * The log: what the window asks of the past and the present, the upkeep of the database, exports and backups.
 * Long work is done in reader threads; this part only passes it on.
 */
import type { LogCallName, ParsedInput } from '../../shared/api.ts';
import type { Actor, UtcMs } from '../../shared/domain.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import type { EngineContext, EngineHandlers } from './context.ts';
import { createExports, cutOffExport, exportsFolder } from './export/export.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { type AnswerCalls, logCalls } from './log/reader-calls.ts';
import { createSharedCount } from './log/situation/shared-count.ts';
import { createSituation, type Surroundings } from './log/situation/situation.ts';
import type { SituationFacts } from './log/situation/situation-facts.ts';
import type { FindPast } from './queue/past-sends.ts';
import type { Present } from './reader/present.ts';
import { createReaderThread, type ReaderThread } from './reader/reader-thread-client.ts';
import { eventsLost } from './store/acknowledged.ts';
import { metaKey, readMeta } from './store/meta.ts';
import type { Shrinking } from './store/shrinking.ts';
import { backupsFolder, createBackups } from './upkeep/backups.ts';
import { endCutOff, removeAsides } from './upkeep/cut-off.ts';
import { createIntegrity } from './upkeep/integrity.ts';
import type { LongCalls } from './upkeep/long-work.ts';
import { createRebuild } from './upkeep/rebuild.ts';
import { createRetention } from './upkeep/retention.ts';
import { createUpkeep } from './upkeep/upkeep.ts';

export type { Surroundings } from './log/situation/situation.ts';

type LogHandlers = Pick<
  EngineHandlers,
  | 'export.start'
  | 'jobs.list'
  | 'jobs.get'
  | 'jobs.pause'
  | 'jobs.resume'
  | 'jobs.cancel'
  | 'backup.start'
  | 'backup.list'
  | 'backup.restore'
  | 'backup.keepPresent'
  | 'situation.get'
  | LogCallName
>;

export interface Log {
  readonly handlers: LogHandlers;
  /** What the store counts of endpoints and sources: for whoever lists them. */
  facts(): Promise<SituationFacts>;
  /** Events that an endpoint has not had. */
  readonly past: FindPast;
  /** Where jobs of other kinds (resend) say how they are paused, resumed and cancelled. */
  readonly jobs: Jobs;
  /** An export's bytes, for whoever writes them somewhere else. */
  exportStream(
    input: Pick<ParsedInput<'export.start'>, 'filter' | 'format'>,
    actor: Actor,
  ): AsyncGenerator<Uint8Array, void>;
  /** Something was found damaged: all of the database is looked at, beside the work. */
  lookForDamage(): void;
  /** Begins checkpoints and what is done by the clock; after an unclean stop checks the database beside the work. */
  start(): void;
  /** Ends exports and the threads; before the database is closed. */
  stop(): Promise<void>;
}

export interface LogOptions {
  /** The file of the reader thread. */
  readonly readerThread: URL;
  readonly surroundings: Surroundings;
  /** The last process did not close the database. */
  readonly uncleanStop: boolean;
  /** Whether the database gives room back. */
  readonly shrinking: Shrinking;
  /** Whether the database is no longer in its place. */
  readonly isGone: () => boolean;
}

export function createLog(
  context: EngineContext,
  { readerThread, surroundings, uncleanStop, shrinking, isGone }: LogOptions,
): Log {
  const { clock, time, logger, mishaps, dataFolder, settings } = context;
  const meta = readMeta(context.reader);
  const present = (): Present => ({
    wallMs: clock.wallMs(),
    engineMs: time.now(),
    pausedUntil: surroundings.pausedUntil(),
    facts: surroundings.facts(),
  });
  const thread = { file: readerThread, dataFolder, clock, mishaps, present };
  const answers = createReaderThread<AnswerCalls>({ ...thread, role: 'answers' });
  const longThreads = new Set<ReaderThread<LongCalls>>();

  /** Starts a thread for one long call, and ends it after that. */
  async function long<Name extends keyof LongCalls>(
    name: Name,
    input: LongCalls[Name]['input'],
  ): Promise<LongCalls[Name]['output']> {
    const own = createReaderThread<LongCalls>({ ...thread, role: 'long' });
    longThreads.add(own);
    try {
      return await own.call(name, input);
    } finally {
      longThreads.delete(own);
      await own.stop();
    }
  }

  const counted = createSharedCount(context.commit, (timeZone: string) =>
    answers.call('situation.facts', { timeZone }),
  );
  const facts = () => counted(settings.current().timeZone);
  const jobs = createJobs(context);
  const total = async (filter: ParsedInput<'export.start'>['filter']) =>
    (await answers.call('deliveries.count', { filter })).total;
  const exports = createExports(context, jobs, () => createReaderThread({ ...thread, role: 'long' }), total);
  const backups = createBackups(context, jobs, {
    all: (input) => long('backup.all', input),
    undelivered: (input) => long('backup.undelivered', input),
    stage: (input) => long('restore.stage', input),
  });
  const rebuild = createRebuild(context, shrinking, () => long('store.rebuild', null));
  const upkeep = createUpkeep(context, {
    retention: createRetention(context),
    backups,
    rebuild,
    emptyLog: () => answers.call('log.truncate', null),
  });
  /** Each goes to the reader thread as it is: its name and its input. */
  const read = Object.fromEntries(
    logCalls.map((name) => [name, (input: never) => answers.call(name, input)]),
  ) as unknown as Pick<EngineHandlers, LogCallName>;
  const check = createIntegrity(context, () => long('integrity.check', null));

  /** Before anything of these kinds begins: what is open now was cut off. */
  async function clearUp(): Promise<void> {
    await endCutOff(jobs, 'export', cutOffExport);
    await endCutOff(jobs, 'backup', sentence('problem.backup_cut_off'));
    for (const folder of [exportsFolder(dataFolder), backupsFolder(dataFolder)]) await removeAsides(folder);
  }

  return {
    handlers: {
      'situation.get': createSituation(context, surroundings, facts, () => ({
        state: isGone() ? 'gone' : check.state(),
        shrinking: rebuild.state(),
        lastBackupAt: backups.lastAt() as UtcMs | null,
        restoreAskedAt: backups.restoreAskedAt(),
        lost: eventsLost(meta.get(metaKey.eventsLost), clock.wallMs()),
      })),
      ...read,
      'export.start': (input, actor) => exports.start(input, actor),
      'backup.start': (input, actor) => backups.start(input, actor),
      'backup.list': () => backups.list(),
      'backup.restore': (input, actor) => backups.restore(input, actor),
      'backup.keepPresent': (_input, actor) => backups.keepPresent(actor),
      ...jobs.handlers,
    },
    facts,
    past: {
      count: (request) => answers.call('past.count', request),
      slice: (request, afterSeq, limit) => answers.call('past.slice', { request, afterSeq, limit }),
    },
    jobs,
    exportStream: exports.stream,
    lookForDamage() {
      // Found once, it is known; while it is looked at, it is being looked at.
      if (check.state() === 'ok') mishaps.own('the check of the database', check.run());
    },
    start() {
      answers.start();
      upkeep.start();
      backups
        .look()
        .catch((error: unknown) => logger.warn({ error: String(error) }, 'the backups could not be looked at'));
      clearUp().catch((error: unknown) => logger.error({ error: String(error) }, 'what was cut off remains'));
      if (uncleanStop) mishaps.own('the check of the database', check.run());
    },
    async stop() {
      await upkeep.stop();
      await exports.stop();
      await Promise.all([answers, ...longThreads].map((one) => one.stop()));
    },
  };
}
