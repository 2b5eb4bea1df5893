/**
 * Exports on a schedule: each night the day before, each month the month before, into a folder. What a PC that was off, or a
 * folder that was away, missed is made up for, each period in a file of its own. A row says which period is next and is
 * moved on only once its file has its name: an end in its midst, however it came about, is begun again.
 */
import { mkdir, realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type CallOutput, type ParsedInput, RelayError } from '../../../shared/api.ts';
import type { Actor, Sentence } from '../../../shared/domain.ts';
import { type ExportSchedule, type ScheduleDraft, scheduleDraft } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type EngineContext, type EngineHandlers, wallTime } from '../context.ts';
import { asideOf, claimNamedFile, type NamedFile } from '../files/named-file.ts';
import { createScheduleStore, type ScheduleRow } from '../store/export-schedules.ts';
import { late, within } from '../within.ts';
import { asked, type BegunExport, type ExportEnd, type Exports, exportsFolder, refuseUnusable } from './export.ts';
import { due, lastOver, type Period, upcoming } from './periods.ts';
import { folderTrouble, prepareFolder, scheduledName, whatLiesAt } from './schedule-folder.ts';

type ScheduleCall = 'schedules.list' | 'schedules.add' | 'schedules.change' | 'schedules.run' | 'schedules.remove';

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

/** A look a minute: it misses no jump of the clock and no sleep. */
const lookEveryMs = 60_000;
/** After a failure it is tried again after a minute, then ever more seldom, up to once in so long. */
const longestWaitMs = 30 * 60_000;
/** A share that does not answer in so long is away. */
const patienceMs = 30_000;
const dayMs = 86_400_000;
const mostSchedules = 20;
/** More files of one name are no accident. */
const mostOfOneName = 100;
const engineActor: Actor = { account: '', surface: 'engine' };

/** What became of it, as the row keeps it. */
interface State {
  readonly last: ExportSchedule['last'];
  readonly away: { readonly since: ExportSchedule['nextAt']; readonly says: Sentence } | null;
  readonly leftOut: ExportSchedule['leftOut'];
}

const newState: State = { last: null, away: null, leftOut: null };

interface Schedule {
  readonly row: ScheduleRow;
  readonly draft: ScheduleDraft;
  readonly state: State;
}

export function createSchedules(context: EngineContext, exports: Exports, job: (id: string) => CallOutput<'jobs.get'>) {
  const { writer, commit, clock, ids, settings, dataFolder, logger, mishaps, changes, recordAct } = context;
  const store = createScheduleStore(writer);
  /** Which are written now, and by which job, once there is one. */
  const busy = new Map<string, { jobId: string | null; over: Promise<unknown> }>();
  const waits = new Map<string, { readonly tries: number; readonly untilMs: number }>();
  /** Folders that were asked and have not answered. */
  const silent = new Set<string>();
  let cancelLook = (): void => {};
  let under: Promise<void> | null = null;
  let stopped = false;

  const zone = () => settings.current().timeZone;
  const folderOf = ({ folder }: Pick<ScheduleDraft, 'folder'>) => folder ?? exportsFolder(dataFolder);

  function scheduleOf(row: ScheduleRow): Schedule {
    return {
      row,
      draft: scheduleDraft.parse(JSON.parse(row.request)),
      state: { ...newState, ...(JSON.parse(row.state) as Partial<State>) },
    };
  }

  function scheduleNamed(id: string): Schedule {
    const row = store.get(id);
    if (row === undefined) throw new RelayError('not_found', sentence('problem.no_such_schedule'), { detail: id });
    return scheduleOf(row);
  }

  function view({ row, draft, state }: Schedule): ExportSchedule {
    const { full, columns, ...rest } = draft;
    const { missed } = due(draft.every, row.next, clock.wallMs(), zone());
    return {
      ...rest,
      id: row.id,
      columns: columns ?? null,
      fullReason: full?.reason ?? null,
      folder: folderOf(draft),
      isOwnFolder: draft.folder === null,
      nextAt: upcoming(draft.every, clock.wallMs(), zone()).dueMs as ExportSchedule['nextAt'],
      running: busy.get(row.id)?.jobId ?? null,
      last: state.last,
      away: state.away && { ...state.away, missed },
      leftOut: state.leftOut,
      files: store.fileCount(row.id),
    };
  }

  function tell(): void {
    changes.touch('schedules');
    changes.touch('situation');
  }

  /** In a transaction: what is left out of a change stays. */
  function keep(id: string, change: { readonly next?: string; readonly state?: Partial<State> }): void {
    const row = store.get(id);
    // It was removed meanwhile.
    if (row === undefined) return;
    const state = JSON.stringify({ ...scheduleOf(row).state, ...change.state });
    store.update({ ...row, next: change.next ?? row.next, state });
  }

  /** Null where it can be written; a share that hangs is asked once, and counts as away until it answers. */
  async function troubleOf(folder: string): Promise<Sentence | null> {
    if (silent.has(folder)) return sentence('export.folder_silent', { folder });
    silent.add(folder);
    const found = folderTrouble(folder).finally(() => silent.delete(folder));
    mishaps.own('the folder of a scheduled export', found);
    const trouble = await within(clock, patienceMs, found);
    return trouble === late ? sentence('export.folder_silent', { folder }) : trouble;
  }

  /** The first name of its period that nothing of anybody else's has. */
  async function claim({ row, draft }: Schedule, period: Period): Promise<NamedFile> {
    const folder = await realpath(folderOf(draft));
    const { propertyName, propertyId } = settings.current();
    const stem = scheduledName(propertyName === '' ? (propertyId ?? '') : propertyName, draft.what, period.name);
    for (let number = 1; ; number += 1) {
      const path = join(folder, `${stem}${number === 1 ? '' : ` (${number})`}.${draft.format}`);
      const written = store.filesAt(path);
      const own = written.filter(({ scheduleId }) => scheduleId === row.id);
      // Nobody else begins a file of this name here: a kill cut it off.
      if (own.length > 0) await removeAside(path);
      const lies = await whatLiesAt(path, own);
      const isTaken = lies === 'foreign' || (await whatLiesAt(asideOf(path), [])) !== 'nothing';
      if (isTaken && number < mostOfOneName) continue;
      const named = await claimNamedFile(path, { dataFolder, replace: lies === 'own' });
      if (lies !== 'own') return named;
      return {
        ...named,
        async finish() {
          // Whoever changed it meanwhile has made it a file of their own.
          if ((await whatLiesAt(path, own)) === 'foreign') {
            throw new RelayError('not_possible', sentence('problem.file_exists', { path }));
          }
          return named.finish();
        },
      };
    }
  }

  async function beginIn(schedule: Schedule, period: Period, actor: Actor): Promise<BegunExport> {
    const { row, draft } = schedule;
    const named = await claim(schedule, period);
    const { path } = named;
    let file = 0;
    const begun = await exports.begin(
      {
        ...draft,
        filter: draft.what === 'events' ? {} : { ...draft.filter, ...timesOf(period) },
        eventFilter: draft.what === 'events' ? { ...draft.eventFilter, ...timesOf(period) } : {},
        // Said when it was set up.
        confirmed: true,
      },
      named,
      actor,
      {
        detail: { schedule: row.id, period: period.name },
        begun() {
          for (const cutOff of store.filesAt(path)) if (cutOff.hash === null) store.dropFile(cutOff.seq);
          file = store.beginFile(row.id, path, clock.wallMs());
        },
        // Known before it has its name: what a kill leaves in between is known again.
        whole: async (hash) => {
          const { size } = await stat(named.aside);
          await commit.transact(() => store.wholeFile(file, hash, size));
        },
      },
    );
    const ended = begun.ended.then(async (end) => {
      await settle(row.id, period, { path, file, jobId: begun.id }, end);
      return end;
    });
    return { ...begun, ended };
  }

  async function settle(
    id: string,
    period: Period,
    { path, file, jobId }: { readonly path: string; readonly file: number; readonly jobId: string },
    end: ExportEnd,
  ): Promise<void> {
    await commit.transact(() => {
      if (end.state === 'done') store.dropOthersAt(path, file);
      else store.dropFile(file);
      if (end.state === 'failed') return keepAway(id, period, end.problem);
      if (end.state === 'stopped') return;
      const { rows, sizeBytes } = end.state === 'done' ? end : { rows: 0, sizeBytes: 0 };
      const last = { at: wallTime(clock), period: period.name, state: end.state, jobId, file: path, rows, sizeBytes };
      const isNext = store.get(id)?.next === period.first;
      keep(id, { state: { last, away: null }, ...(isNext ? { next: period.next } : {}) });
      waits.delete(id);
    });
  }

  /** Of what a person had written once more whoever asked hears why, and nothing waits for it. */
  function keepAway(id: string, period: Period, says: Sentence): void {
    const row = store.get(id);
    if (row === undefined || period.first < row.next) return;
    keep(id, { state: { away: { since: scheduleOf(row).state.away?.since ?? wallTime(clock), says } } });
    const tries = (waits.get(id)?.tries ?? 0) + 1;
    const waitMs = Math.min(longestWaitMs, lookEveryMs * 2 ** Math.min(tries - 1, 10));
    // A look is a moment late or early.
    waits.set(id, { tries, untilMs: clock.monotonicMs() + waitMs - lookEveryMs / 2 });
  }

  /**
   * Writes one period, from the first look at its folder to its end.
   * @returns with the job once it has begun; rejects where it cannot
   */
  async function write(schedule: Schedule, period: Period, actor: Actor): Promise<BegunExport> {
    const { id } = schedule.row;
    const settled = Promise.withResolvers<void>();
    const entry: { jobId: string | null; over: Promise<unknown> } = { jobId: null, over: settled.promise };
    busy.set(id, entry);
    const over = () => {
      busy.delete(id);
      settled.resolve();
      tell();
    };
    try {
      const folder = folderOf(schedule.draft);
      if (schedule.draft.folder === null) await mkdir(folder, { recursive: true, mode: 0o700 });
      const trouble = await troubleOf(folder);
      if (trouble !== null) throw new RelayError('not_possible', trouble);
      if (stopped) throw new RelayError('engine_not_running', sentence('problem.engine_stopping'));
      const begun = await beginIn(schedule, period, actor);
      entry.jobId = begun.id;
      tell();
      mishaps.own('a scheduled export', begun.ended.finally(over));
      return begun;
    } catch (error) {
      const says =
        error instanceof RelayError ? error.says : sentence('problem.export_failed', { detail: String(error) });
      logger.warn({ schedule: id, error: String(error) }, 'a scheduled export could not begin');
      if (!stopped) await commit.transact(() => keepAway(id, period, says)).finally(over);
      else over();
      throw error;
    }
  }

  /** One period after the other, until nothing is due, one fails, or a person holds it up. */
  async function catchUp(id: string): Promise<void> {
    for (;;) {
      const row = store.get(id);
      if (row === undefined || stopped || busy.has(id)) return;
      const schedule = scheduleOf(row);
      const { period, next, leftOut } = due(schedule.draft.every, row.next, clock.wallMs(), zone());
      if (next !== row.next) {
        const left = leftOut && { ...leftOut, at: wallTime(clock) };
        await commit.transact(() => keep(id, { next, ...(left === null ? {} : { state: { leftOut: left } }) }));
        if (left !== null)
          logger.warn({ schedule: id, ...left }, 'a scheduled export leaves out what lies too far back');
      }
      if (period === null || clock.monotonicMs() < (waits.get(id)?.untilMs ?? 0)) return;
      const begun = await write({ ...schedule, row: { ...row, next } }, period, engineActor).catch(() => null);
      if (begun === null) return;
      const end = await Promise.race([begun.ended, begun.paused]);
      if (end === undefined || end.state === 'failed' || end.state === 'stopped') return;
    }
  }

  async function look(): Promise<void> {
    under ??= (async () => {
      for (const { id } of store.all()) await catchUp(id);
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

  async function tidyOne({ row, draft }: Schedule, wallMs: number): Promise<void> {
    const { keepDays } = draft;
    if (keepDays === null) return;
    const old = store.filesMadeBefore(row.id, wallMs - keepDays * dayMs);
    const removed: string[] = [];
    // A schedule may have had other folders before.
    const reachable = new Map<string, boolean>();
    for (const file of old) {
      if (stopped) break;
      const folder = dirname(file.path);
      const isThere = reachable.get(folder) ?? (await troubleOf(folder)) === null;
      reachable.set(folder, isThere);
      if (!isThere) continue;
      // Where it cannot be read now it is looked at again the next night.
      const lies = await whatLiesAt(file.path, [file]).catch(() => null);
      if (lies === null) continue;
      if (lies === 'own') {
        const gone = await rm(file.path).then(
          () => true,
          () => false,
        );
        if (!gone) continue;
        removed.push(basename(file.path));
      }
      await commit.transact(() => store.dropFile(file.seq));
    }
    if (removed.length === 0) return;
    await commit.transact(() => recordAct(engineActor, 'schedules.tidy', row.id, { files: removed }));
    tell();
    changes.touch('audit');
  }

  /** @throws RelayError where it cannot be made, needs a second yes, or would write what another writes */
  async function refuseUnusableDraft(draft: ScheduleDraft, isConfirmed: boolean, own: string | null): Promise<void> {
    refuseUnusable({ ...draft, confirmed: isConfirmed });
    const folder = folderOf(draft);
    if (draft.folder === null) await mkdir(folder, { recursive: true, mode: 0o700 });
    else await prepareFolder(folder, dataFolder);
    const real = await realpath(folder);
    for (const row of store.all()) {
      if (row.id === own) continue;
      const other = scheduleOf(row).draft;
      const isAlike = other.every === draft.every && other.what === draft.what && other.format === draft.format;
      // Its folder may be away.
      if (isAlike && (await realpath(folderOf(other)).catch(() => folderOf(other))) === real) {
        throw new RelayError('conflict', sentence('problem.schedule_twice', { folder }), { member: 'schedule.folder' });
      }
    }
  }

  const handlers: Schedules['handlers'] = {
    'schedules.list': () => store.all().map((row) => view(scheduleOf(row))),

    async 'schedules.add'({ schedule, confirmed }, actor) {
      await refuseUnusableDraft(schedule, confirmed, null);
      const rows = store.all();
      if (rows.length >= mostSchedules) {
        throw new RelayError('not_possible', sentence('problem.schedules_many', { most: mostSchedules }));
      }
      const id = ids.schedule(clock.wallMs());
      const { first } = upcoming(schedule.every, clock.wallMs(), zone());
      await commit.transact(() => {
        store.insert({ id, request: JSON.stringify(schedule), next: first, state: JSON.stringify(newState) });
        recordAct(actor, 'schedules.add', id, setUp(schedule, folderOf(schedule), confirmed));
      });
      tell();
      return view(scheduleNamed(id));
    },

    async 'schedules.change'({ id, schedule: change, confirmed }, actor) {
      const { draft: was } = scheduleNamed(id);
      const draft: ScheduleDraft = { ...change, folder: change.folder === undefined ? was.folder : change.folder };
      await refuseUnusableDraft(draft, confirmed, id);
      const { row, state } = scheduleNamed(id);
      const next = was.every === draft.every ? row.next : upcoming(draft.every, clock.wallMs(), zone()).first;
      await commit.transact(() => {
        // Its folder was just tried.
        const now = { ...state, away: null };
        store.update({ id, request: JSON.stringify(draft), next, state: JSON.stringify(now) });
        recordAct(actor, 'schedules.change', id, setUp(draft, folderOf(draft), confirmed));
      });
      waits.delete(id);
      tell();
      return view(scheduleNamed(id));
    },

    async 'schedules.run'({ id }, actor) {
      const schedule = scheduleNamed(id);
      const running = busy.get(id)?.jobId;
      if (running !== undefined) {
        if (running !== null) return job(running);
        throw new RelayError('not_possible', sentence('problem.schedule_begins'));
      }
      const { draft, row } = schedule;
      const { period } = due(draft.every, row.next, clock.wallMs(), zone());
      const wanted = period ?? lastOver(draft.every, clock.wallMs(), zone());
      await commit.transact(() => recordAct(actor, 'schedules.run', id, { period: wanted.name }));
      const begun = await write(schedule, wanted, actor);
      // Whatever else it missed follows.
      mishaps.own(
        'a scheduled export',
        begun.ended.then(() => look()),
      );
      return job(begun.id);
    },

    async 'schedules.remove'({ id }, actor) {
      const { draft } = scheduleNamed(id);
      await commit.transact(() => {
        store.remove(id);
        recordAct(actor, 'schedules.remove', id, { every: draft.every, what: draft.what, folder: folderOf(draft) });
      });
      const running = busy.get(id)?.jobId ?? null;
      if (running !== null) await exports.cancel(running);
      waits.delete(id);
      tell();
      return null;
    },
  };

  return {
    handlers,
    start: arm,
    look,
    async tidy(wallMs) {
      for (const row of store.all()) await tidyOne(scheduleOf(row), wallMs);
    },
    away: () =>
      store.all().flatMap((row) => {
        const { draft, state } = scheduleOf(row);
        if (state.away === null) return [];
        const { every, what } = draft;
        const { missed } = due(every, row.next, clock.wallMs(), zone());
        return [{ id: row.id, every, what, folder: folderOf(draft), ...state.away, missed }];
      }),
    stop() {
      stopped = true;
      cancelLook();
    },
    async ended() {
      await Promise.all([...busy.values()].map(({ over }) => over));
      await under?.catch(() => {});
    },
  } satisfies Schedules;
}

const timesOf = ({ fromMs, toMs }: Period) =>
  ({ from: fromMs, to: toMs }) as Pick<ParsedInput<'export.start'>['filter'], 'from' | 'to'>;

/** What the audit keeps of its set-up: of a full one the reason, and that it was confirmed. */
const setUp = (draft: ScheduleDraft, folder: string, confirmed: boolean): object => ({
  ...asked({ ...draft, confirmed }),
  every: draft.every,
  folder,
  keepDays: draft.keepDays,
});

/** The half-written file of a name, where it is a plain one. */
async function removeAside(path: string): Promise<void> {
  const aside = asideOf(path);
  if ((await whatLiesAt(aside, [])) === 'nothing') return;
  await rm(aside, { force: true }).catch(() => undefined);
}
