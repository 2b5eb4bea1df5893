/**
 * Writing one period of a schedule, from the first look at its folder to its end, and what is kept of it. What could not be
 * written is tried again ever more seldom.
 */
import { stat } from 'node:fs/promises';
import { type ParsedInput, RelayError } from '../../../shared/api.ts';
import type { Actor, Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type EngineContext, wallTime } from '../context.ts';
import { makeFolder } from '../files/make-folder.ts';
import type { BegunExport, ExportEnd, Exports } from './export.ts';
import type { Period } from './periods.ts';
import { claimScheduled } from './schedule-files.ts';
import { forgottenIn, type Schedule, type ScheduleRows } from './schedule-rows.ts';

/** A look a minute: it misses no jump of the clock and no sleep. */
export const lookEveryMs = 60_000;
/** After a failure it is tried again after a minute, then ever more seldom, up to once in so long. */
const longestWaitMs = 30 * 60_000;

export interface ScheduleWriting {
  /** @returns with the job once it has begun; rejects where it cannot */
  write(schedule: Schedule, period: Period, actor: Actor): Promise<BegunExport>;
  /** Whether it is being written, from the first look at its folder on. */
  isBusy(id: string): boolean;
  /** By which job it is written now; null where there is none, or not yet. */
  jobOf(id: string): string | null;
  /** Whether what failed lately is to be let alone for now. */
  isWaiting(id: string): boolean;
  /** A person has seen to it: it is tried at once. */
  waitNoMore(id: string): void;
  stop(): void;
  /** Once nothing is under way any more; after `stop`. */
  ended(): Promise<void>;
}

export interface ScheduleWritingParts {
  readonly rows: ScheduleRows;
  readonly exports: Exports;
  readonly troubleOf: (folder: string) => Promise<Sentence | null>;
  readonly tell: () => void;
}

export function createScheduleWriting(
  context: EngineContext,
  { rows, exports, troubleOf, tell }: ScheduleWritingParts,
): ScheduleWriting {
  const { commit, clock, logger, mishaps } = context;
  const { store, folderOf, keep } = rows;
  /** Which are written now, and by which job, once there is one. */
  const busy = new Map<string, { jobId: string | null; over: Promise<unknown> }>();
  const waits = new Map<string, { readonly tries: number; readonly untilMs: number }>();
  let stopped = false;

  async function beginIn(schedule: Schedule, period: Period, actor: Actor): Promise<BegunExport> {
    const { row, draft } = schedule;
    const named = await claimScheduled(schedule, period, rows, context);
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
      const { rows: count, sizeBytes } = end.state === 'done' ? end : { rows: 0, sizeBytes: 0 };
      const made = { period: period.name, state: end.state, jobId, file: path, rows: count, sizeBytes };
      const isNext = store.get(id)?.next === period.first;
      keep(id, {
        state: { last: { at: wallTime(clock), ...made }, away: null },
        ...(isNext ? { next: period.next } : {}),
      });
      waits.delete(id);
    });
  }

  /** Of what a person had written once more whoever asked hears why, and nothing waits for it. */
  function keepAway(id: string, period: Period, says: Sentence): void {
    const found = rows.find(id);
    if (found === undefined || period.first < found.row.next) return;
    keep(id, { state: { away: { since: found.state.away?.since ?? wallTime(clock), says } } });
    const tries = (waits.get(id)?.tries ?? 0) + 1;
    const waitMs = Math.min(longestWaitMs, lookEveryMs * 2 ** Math.min(tries - 1, 10));
    // A look is a moment late or early.
    waits.set(id, { tries, untilMs: clock.monotonicMs() + waitMs - lookEveryMs / 2 });
  }

  return {
    async write(schedule, period, actor) {
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
        const forgotten = forgottenIn(schedule.draft);
        if (forgotten !== null) throw new RelayError('not_possible', forgotten);
        const folder = folderOf(schedule.draft);
        if (schedule.draft.folder === null) await makeFolder(folder);
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
    },
    isBusy: (id) => busy.has(id),
    jobOf: (id) => busy.get(id)?.jobId ?? null,
    isWaiting: (id) => clock.monotonicMs() < (waits.get(id)?.untilMs ?? 0),
    waitNoMore: (id) => void waits.delete(id),
    stop() {
      stopped = true;
    },
    async ended() {
      await Promise.all([...busy.values()].map(({ over }) => over));
    },
  };
}

const timesOf = ({ fromMs, toMs }: Period) =>
  ({ from: fromMs, to: toMs }) as Pick<ParsedInput<'export.start'>['filter'], 'from' | 'to'>;
