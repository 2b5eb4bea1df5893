/** What a person does with schedules: sees, sets up, changes, has one written now, removes. Each act is recorded. */
import { realpath } from 'node:fs/promises';
import { type CallOutput, RelayError } from '../../../shared/api.ts';
import type { ExportSchedule, ScheduleDraft } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext, EngineHandlers } from '../context.ts';
import { makeFolder } from '../files/make-folder.ts';
import { asked, type Exports, refuseUnusable } from './export.ts';
import { due, lastOver, upcoming } from './periods.ts';
import { prepareFolder } from './schedule-folder.ts';
import { forgottenIn, newState, type Schedule, type ScheduleRows } from './schedule-rows.ts';
import type { ScheduleWriting } from './schedule-writing.ts';

export type ScheduleCall =
  | 'schedules.list'
  | 'schedules.add'
  | 'schedules.change'
  | 'schedules.run'
  | 'schedules.remove';

const mostSchedules = 20;

export interface ScheduleActsParts {
  readonly rows: ScheduleRows;
  readonly writing: ScheduleWriting;
  readonly exports: Exports;
  readonly job: (id: string) => CallOutput<'jobs.get'>;
  /** Writes what is due. */
  readonly look: () => Promise<void>;
  readonly tell: () => void;
}

export function createScheduleActs(
  { commit, clock, ids, settings, dataFolder, mishaps, recordAct }: EngineContext,
  { rows, writing, exports, job, look, tell }: ScheduleActsParts,
): Pick<EngineHandlers, ScheduleCall> {
  const { store, folderOf, named } = rows;
  const zone = () => settings.current().timeZone;

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
      running: writing.jobOf(row.id),
      last: state.last,
      away: state.away && { ...state.away, missed },
      leftOut: state.leftOut,
      files: store.fileCount(row.id),
    };
  }

  /** @throws RelayError where it cannot be made, needs a second yes, or would write what another writes */
  async function refuseUnusableDraft(draft: ScheduleDraft, isConfirmed: boolean, own: string | null): Promise<void> {
    refuseUnusable({ ...draft, confirmed: isConfirmed });
    const forgotten = forgottenIn(draft);
    if (forgotten !== null) {
      const member = draft.what === 'events' ? 'schedule.eventFilter' : 'schedule.filter';
      throw new RelayError('bad_input', forgotten, { member });
    }
    const folder = folderOf(draft);
    if (draft.folder === null) await makeFolder(folder);
    else await prepareFolder(folder, dataFolder);
    const real = await realpath(folder);
    for (const { row, draft: other } of rows.all()) {
      if (row.id === own) continue;
      const isAlike = other.every === draft.every && other.what === draft.what && other.format === draft.format;
      // Its folder may be away.
      if (isAlike && (await realpath(folderOf(other)).catch(() => folderOf(other))) === real) {
        throw new RelayError('conflict', sentence('problem.schedule_twice', { folder }), { member: 'schedule.folder' });
      }
    }
  }

  return {
    'schedules.list': () => rows.all().map(view),

    async 'schedules.add'({ schedule, confirmed }, actor) {
      await refuseUnusableDraft(schedule, confirmed, null);
      if (store.all().length >= mostSchedules) {
        throw new RelayError('not_possible', sentence('problem.schedules_many', { most: mostSchedules }));
      }
      const id = ids.schedule(clock.wallMs());
      const { first } = upcoming(schedule.every, clock.wallMs(), zone());
      await commit.transact(() => {
        store.insert({ id, request: JSON.stringify(schedule), next: first, state: JSON.stringify(newState) });
        recordAct(actor, 'schedules.add', id, setUp(schedule, folderOf(schedule), confirmed));
      });
      tell();
      return view(named(id));
    },

    async 'schedules.change'({ id, schedule: change, confirmed }, actor) {
      const { draft: was } = named(id);
      const draft: ScheduleDraft = { ...change, folder: change.folder === undefined ? was.folder : change.folder };
      await refuseUnusableDraft(draft, confirmed, id);
      const { row, state } = named(id);
      const next = was.every === draft.every ? row.next : upcoming(draft.every, clock.wallMs(), zone()).first;
      await commit.transact(() => {
        // Its folder was just tried.
        const now = { ...state, away: null };
        store.update({ id, request: JSON.stringify(draft), next, state: JSON.stringify(now) });
        recordAct(actor, 'schedules.change', id, setUp(draft, folderOf(draft), confirmed));
      });
      writing.waitNoMore(id);
      tell();
      return view(named(id));
    },

    async 'schedules.run'({ id }, actor) {
      const schedule = named(id);
      const running = writing.jobOf(id);
      if (running !== null) return job(running);
      if (writing.isBusy(id)) throw new RelayError('not_possible', sentence('problem.schedule_begins'));
      const { draft, row } = schedule;
      const { period } = due(draft.every, row.next, clock.wallMs(), zone());
      const wanted = period ?? lastOver(draft.every, clock.wallMs(), zone());
      await commit.transact(() => recordAct(actor, 'schedules.run', id, { period: wanted.name }));
      const begun = await writing.write(schedule, wanted, actor);
      // Whatever else it missed follows.
      mishaps.own(
        'a scheduled export',
        begun.ended.then(() => look()),
      );
      return job(begun.id);
    },

    async 'schedules.remove'({ id }, actor) {
      const { draft } = named(id);
      await commit.transact(() => {
        store.remove(id);
        recordAct(actor, 'schedules.remove', id, { every: draft.every, what: draft.what, folder: folderOf(draft) });
      });
      const running = writing.jobOf(id);
      if (running !== null) await exports.cancel(running);
      writing.waitNoMore(id);
      tell();
      return null;
    },
  };
}

/** What the audit keeps of its set-up: of a full one the reason, and that it was confirmed. */
const setUp = (draft: ScheduleDraft, folder: string, confirmed: boolean): object => ({
  ...asked({ ...draft, confirmed }),
  every: draft.every,
  folder,
  keepDays: draft.keepDays,
});
