/** A property with exports on a schedule: real files and threads, and a clock that is told when it is night. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createExports } from '../../electron/engine/export/export.ts';
import { createSchedules, type Schedules } from '../../electron/engine/export/schedules.ts';
import { createJobs, type Jobs } from '../../electron/engine/jobs.ts';
import { createReading } from '../../electron/engine/reading.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import type { CallInput } from '../../shared/api.ts';
import { parseInput } from '../../shared/input.ts';
import type { ExportSchedule } from '../../shared/schemas.ts';
import { createFakeClock } from './clock.ts';
import { temporaryFolder } from './folder.ts';
import { manager, readerThread } from './log-engine.ts';
import { openContext, type TestContext } from './log-folder.ts';
import { seed } from './seed.ts';

/** When it begins: half past six, by the property's clocks. */
export const evening = Date.UTC(2024, 2, 15, 10, 30);
export const patience = { timeout: 30_000 };
/** At the property's clocks, which are Manila's: eight hours ahead. */
export const manila = (day: number, hour: number, minute = 0) => Date.UTC(2024, 2, day, hour - 8, minute);

export type Draft = CallInput<'schedules.add'>['schedule'];

export interface Scheduled {
  readonly dataFolder: string;
  /** A folder that is nobody's. */
  readonly outside: string;
  /** In it, where the exports go; not there yet. */
  readonly place: string;
  /** Of this run of the engine, as what follows. */
  readonly context: TestContext;
  readonly schedules: Schedules;
  readonly jobs: Jobs;
  /** Nightly deliveries as CSV into `place`, but for what is changed. */
  add(change?: Partial<Draft>, confirmed?: boolean): Promise<ExportSchedule>;
  /** The first schedule. @throws Error where there is none */
  listed(): Promise<ExportSchedule>;
  /** What lies in `place`. */
  files(): string[];
  /** Acts of that name in the audit, oldest first. */
  acts(act: string): { account: string; surface: string; detail: Record<string, unknown> }[];
  /** It is then, and what is due is written. */
  at(wallMs: number): Promise<void>;
  /** Another run of the engine, on the same folder. */
  again(wallMs: number): Promise<void>;
  close(): Promise<void>;
}

interface Run {
  readonly context: TestContext;
  readonly schedules: Schedules;
  readonly jobs: Jobs;
  stop(): Promise<void>;
}

export async function openScheduled(): Promise<Scheduled> {
  const folder = await temporaryFolder();
  const outside = await temporaryFolder();
  const place = join(outside.path, 'away', 'exports');
  seed(folder.path, { deliveries: 600, days: 30, endMs: evening });
  let run = start(folder.path, evening);
  return {
    ...{ dataFolder: folder.path, outside: outside.path, place },
    get context() {
      return run.context;
    },
    get schedules() {
      return run.schedules;
    },
    get jobs() {
      return run.jobs;
    },
    async add(change = {}, confirmed = false) {
      const schedule = { every: 'night', what: 'deliveries', format: 'csv', folder: place, ...change };
      const input = parseInput('schedules.add', { schedule, confirmed });
      return await run.schedules.handlers['schedules.add'](input, manager);
    },
    async listed() {
      const [one] = await run.schedules.handlers['schedules.list']({}, manager);
      if (one === undefined) throw new Error('nothing is scheduled');
      return one;
    },
    files: () => readdirSync(place).sort(),
    acts: (act) =>
      run.context.writer
        .prepare<[string], { account: string; surface: string; detail: string }>(
          'SELECT account, surface, detail FROM audit WHERE act = ? ORDER BY seq',
        )
        .all(act)
        .map(({ detail, ...who }) => ({ ...who, detail: JSON.parse(detail) as Record<string, unknown> })),
    async at(wallMs) {
      await run.context.clock.advanceTo(wallMs);
      await run.schedules.look();
    },
    async again(wallMs) {
      await run.stop();
      run = start(folder.path, wallMs);
    },
    async close() {
      await run.stop();
      await folder.remove();
      await outside.remove();
    },
  };
}

/** @param wallMs when this run of the engine begins */
function start(dataFolder: string, wallMs: number): Run {
  const context = openContext(dataFolder, {
    clock: createFakeClock(wallMs),
    settings: { propertyName: 'Bay Breeze Hôtel' },
  });
  const surroundings = { ...context, clock: { ...context.clock, monotonicMs: context.clock.monotonicMs } };
  const reading = createReading(surroundings, {
    file: readerThread,
    place: { look: () => 'ok' },
    pausedUntil: () => null,
    facts: () => [],
  });
  const jobs = createJobs(context);
  const exports = createExports(
    { ...context, clock: { ...context.clock, monotonicMs: systemClock.monotonicMs } },
    jobs,
    reading.stream,
    async () => 0,
  );
  const schedules = createSchedules(context, exports, jobs.view);
  return {
    ...{ context, schedules, jobs },
    async stop() {
      schedules.stop();
      await exports.stop();
      await schedules.ended();
      await reading.stop();
      context.close();
    },
  };
}
