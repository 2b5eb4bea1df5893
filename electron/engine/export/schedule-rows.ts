/** A schedule as it is kept: what a person set up, which period is next, and what became of the last. */
import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { type ExportSchedule, type ScheduleDraft, scheduleDraft } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { takenOut } from '../privacy/forget/sought.ts';
import type { createScheduleStore, ScheduleRow } from '../store/export-schedules.ts';
import { exportsFolder } from './export.ts';

/** What became of it, as the row keeps it. */
export interface ScheduleState {
  readonly last: ExportSchedule['last'];
  readonly away: { readonly since: ExportSchedule['nextAt']; readonly says: Sentence } | null;
  readonly leftOut: ExportSchedule['leftOut'];
}

/**
 * Why one writes nothing until it is changed: its filter named a guest who was forgotten since, so that nothing could ever
 * be in it. Null for all others.
 */
export const forgottenIn = ({ filter, eventFilter }: Pick<ScheduleDraft, 'filter' | 'eventFilter'>): Sentence | null =>
  [...Object.values(filter), ...Object.values(eventFilter)].some(
    (value) => typeof value === 'string' && value.includes(takenOut),
  )
    ? sentence('export.filter_forgotten')
    : null;

export const newState: ScheduleState = { last: null, away: null, leftOut: null };

export interface Schedule {
  readonly row: ScheduleRow;
  readonly draft: ScheduleDraft;
  readonly state: ScheduleState;
}

export type ScheduleStore = ReturnType<typeof createScheduleStore>;

export interface ScheduleRows {
  readonly store: ScheduleStore;
  all(): readonly Schedule[];
  /** Undefined where it was removed. */
  find(id: string): Schedule | undefined;
  /** @throws RelayError `not_found` */
  named(id: string): Schedule;
  /** In a transaction: what is left out of a change stays. */
  keep(id: string, change: { readonly next?: string; readonly state?: Partial<ScheduleState> }): void;
  folderOf(draft: Pick<ScheduleDraft, 'folder'>): string;
}

export function createScheduleRows(store: ScheduleStore, dataFolder: string): ScheduleRows {
  function find(id: string): Schedule | undefined {
    const row = store.get(id);
    return row && scheduleOf(row);
  }
  return {
    store,
    find,
    all: () => store.all().map(scheduleOf),
    named(id) {
      const found = find(id);
      if (found === undefined) throw new RelayError('not_found', sentence('problem.no_such_schedule'), { detail: id });
      return found;
    },
    keep(id, change) {
      const found = find(id);
      // It was removed meanwhile.
      if (found === undefined) return;
      const state = JSON.stringify({ ...found.state, ...change.state });
      store.update({ ...found.row, next: change.next ?? found.row.next, state });
    },
    folderOf: ({ folder }) => folder ?? exportsFolder(dataFolder),
  };
}

const scheduleOf = (row: ScheduleRow): Schedule => ({
  row,
  draft: scheduleDraft.parse(JSON.parse(row.request)),
  state: { ...newState, ...(JSON.parse(row.state) as Partial<ScheduleState>) },
});
