/** Exports that are made by the clock: each night the day before, each month the month before. */
import { z } from 'zod';
import { exportWhats } from '../export-columns.ts';
import { deliveryFilter, eventFilter } from './filters.ts';
import { exportColumn, exportFormats, exportRequest } from './operation.ts';
import { scheduleRhythms } from './situation.ts';
import { at, count, jobId, scheduleId, sentence } from './values.ts';

export type ScheduleRhythm = (typeof scheduleRhythms)[number];

/** What of a filter holds each time: its moments are the schedule's, and what was picked by hand is not there again. */
const scheduledFilter = deliveryFilter.omit({ from: true, to: true, ids: true, failedIn: true });
const scheduledEventFilter = eventFilter.omit({ from: true, to: true });

const keepDays = z.number().int().min(1).max(3650);

const draft = {
  every: z.enum(scheduleRhythms),
  ...exportRequest,
  filter: scheduledFilter.default({}),
  eventFilter: scheduledEventFilter.default({}),
  /** The whole path of a folder, made where it is missing; null: the data folder's `exports`. */
  folder: z.string().trim().min(1).max(1000).nullable(),
  /** Its own files are removed after so many days; null: never. */
  keepDays: keepDays.nullable().default(90),
};

export const scheduleDraft = z.strictObject(draft);
export type ScheduleDraft = z.output<typeof scheduleDraft>;
/** Without a folder it stays where it is. Everything that the PMS said asks for its reason and yes again. */
export const scheduleChange = z.strictObject({ ...draft, folder: draft.folder.optional() });

export const exportSchedule = z.object({
  id: scheduleId,
  every: z.enum(scheduleRhythms),
  what: z.enum(exportWhats),
  filter: scheduledFilter,
  eventFilter: scheduledEventFilter,
  format: z.enum(exportFormats),
  /** Null: all of them. */
  columns: z.array(exportColumn).nullable(),
  bom: z.boolean(),
  /** Why guests' data leaves with it; null where it does not. */
  fullReason: z.string().nullable(),
  folder: z.string(),
  /** It is the data folder's `exports`, from which a browser gets files. */
  isOwnFolder: z.boolean(),
  keepDays: keepDays.nullable(),
  nextAt: at,
  /** The job that writes now. */
  running: jobId.nullable(),
  /** What became of the last one that ended. `period`: `2024-03-14` or `2024-03`. */
  last: z
    .object({
      at,
      period: z.string(),
      state: z.enum(['done', 'cancelled']),
      jobId,
      file: z.string(),
      rows: count,
      sizeBytes: count,
    })
    .nullable(),
  /** Since when what is due cannot be written, and how many periods wait for it. */
  away: z.object({ since: at, says: sentence, missed: count }).nullable(),
  /** Periods that were left out since they lay too far back, the last time that happened. */
  leftOut: z.object({ at, from: z.string(), to: z.string() }).nullable(),
  /** Its files that were not removed yet. */
  files: count,
});
export type ExportSchedule = z.output<typeof exportSchedule>;
