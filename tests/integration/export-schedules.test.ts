/** Exports on a schedule: real files and threads, and a clock that is told when it is night. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createExports } from '../../electron/engine/export/export.ts';
import { createSchedules, type Schedules } from '../../electron/engine/export/schedules.ts';
import { createJobs, type Jobs } from '../../electron/engine/jobs.ts';
import { nothingLeftOut } from '../../electron/engine/privacy/forget/find.ts';
import { cleanFiles, filesThatName, type ScheduledFile } from '../../electron/engine/privacy/forget/places.ts';
import { identifiersOf } from '../../electron/engine/privacy/forget/sought.ts';
import { createReading } from '../../electron/engine/reading.ts';
import { wholeFiles } from '../../electron/engine/store/export-schedules.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { endCutOff } from '../../electron/engine/upkeep/cut-off.ts';
import type { CallInput } from '../../shared/api.ts';
import { parseInput } from '../../shared/input.ts';
import type { ExportSchedule, Settings } from '../../shared/schemas.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { createFakeClock } from '../support/clock.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { manager, readerThread } from '../support/log-engine.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { seed } from '../support/seed.ts';

const evening = Date.UTC(2024, 2, 15, 10, 30);
const dayMs = 86_400_000;
const patience = { timeout: 30_000 };

let folder: TemporaryFolder;
let outside: TemporaryFolder;
let place: string;
let context: TestContext;
let opened: Opened;

interface Opened {
  readonly schedules: Schedules;
  readonly jobs: Jobs;
  stop(): Promise<void>;
}

/** @param wallMs when this run of the engine begins */
function open(wallMs: number, settings: Partial<Settings> = {}): void {
  context = openContext(folder.path, {
    clock: createFakeClock(wallMs),
    settings: { propertyName: 'Bay Breeze Hôtel', ...settings },
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
  opened = {
    schedules,
    jobs,
    async stop() {
      schedules.stop();
      await exports.stop();
      await schedules.ended();
      await reading.stop();
    },
  };
}

beforeEach(async () => {
  folder = await temporaryFolder();
  outside = await temporaryFolder();
  place = join(outside.path, 'away', 'exports');
  seed(folder.path, { deliveries: 600, days: 30, endMs: evening });
  open(evening);
});

afterEach(async () => {
  await opened.stop();
  context.close();
  await folder.remove();
  await outside.remove();
});

type Draft = CallInput<'schedules.add'>['schedule'];

async function add(change: Partial<Draft> = {}, confirmed = false): Promise<ExportSchedule> {
  const schedule = { every: 'night', what: 'deliveries', format: 'csv', folder: place, ...change };
  const input = parseInput('schedules.add', { schedule, confirmed });
  return await opened.schedules.handlers['schedules.add'](input, manager);
}

const listed = async (): Promise<ExportSchedule> => {
  const [one] = await opened.schedules.handlers['schedules.list']({}, manager);
  if (one === undefined) throw new Error('nothing is scheduled');
  return one;
};

const files = () => readdirSync(place).sort();
/** At the property's clocks, which are Manila's: eight hours ahead. */
const manila = (day: number, hour: number, minute = 0) => Date.UTC(2024, 2, day, hour - 8, minute);
const acts = (act: string) =>
  context.writer
    .prepare<[string], { account: string; surface: string; detail: string }>(
      'SELECT account, surface, detail FROM audit WHERE act = ? ORDER BY seq',
    )
    .all(act)
    .map(({ detail, ...who }) => ({ ...who, detail: JSON.parse(detail) as Record<string, unknown> }));

async function at(wallMs: number): Promise<void> {
  await context.clock.advanceTo(wallMs);
  await opened.schedules.look();
}

/** Another run of the engine, on the same folder. */
async function again(wallMs: number): Promise<void> {
  await opened.stop();
  context.close();
  open(wallMs);
}

describe('an export every night', () => {
  test('holds the day before, by the property’s clocks, once it is three', async () => {
    const { nextAt } = await add();
    expect(nextAt).toBe(manila(16, 3));
    await at(manila(16, 2, 59));
    expect(files()).toEqual([]);
    await at(manila(16, 3));
    expect(files()).toEqual(['bay-breeze-hotel deliveries 2024-03-15.csv']);
    const lines = readFileSync(join(place, files()[0] ?? ''), 'utf8')
      .trimEnd()
      .split('\r\n')
      .slice(1);
    const days = new Set(lines.map((line) => line.split(',')[1]?.slice(0, 10)));
    expect([...days]).toEqual(['2024-03-15']);
    expect(await listed()).toMatchObject({
      nextAt: manila(17, 3),
      away: null,
      files: 1,
      last: { state: 'done', period: '2024-03-15', rows: lines.length },
    });
    await opened.schedules.look();
    expect(files()).toHaveLength(1);
  });

  test('is a job like any other, and each run is recorded with its file', async () => {
    const { id } = await add({ columns: ['time_local', 'event', 'guest'], filter: { states: ['delivered'] } });
    await at(manila(16, 3));
    const { last } = await listed();
    expect(opened.jobs.view(last?.jobId ?? '')).toMatchObject({ kind: 'export', state: 'done', file: last?.file });
    expect(acts('schedules.add')).toMatchObject([{ account: 'manager', detail: { every: 'night', folder: place } }]);
    expect(acts('export.start')).toMatchObject([
      { surface: 'engine', detail: { schedule: id, period: '2024-03-15', file: last?.file, format: 'csv' } },
    ]);
    const [head = ''] = readFileSync(last?.file ?? '', 'utf8').split('\r\n');
    expect(head).toMatch(/^﻿?time_local,event,guest$/);
  });

  test('is made up for after a PC was off, each night in a file of its own, and once', async () => {
    await add();
    await again(manila(19, 9));
    await opened.schedules.look();
    expect(files()).toEqual([15, 16, 17, 18].map((day) => `bay-breeze-hotel deliveries 2024-03-${day}.csv`));
    await again(manila(19, 10));
    await opened.schedules.look();
    expect(files()).toHaveLength(4);
    expect(acts('export.start')).toHaveLength(4);
  });

  test('makes up for a month of nights, says what lies too far back, and is not put off by a clock that was wrong', async () => {
    await add();
    rmSync(place, { recursive: true });
    await again(manila(15 + 40, 9));
    await opened.schedules.look();
    expect(await listed()).toMatchObject({
      away: { missed: 31 },
      leftOut: { from: '2024-03-15', to: '2024-03-23' },
    });
    // It was 2024 all the time: what was kept lies ahead, and the next night is tonight's.
    await again(manila(15, 19));
    mkdirSync(place);
    await opened.schedules.look();
    await at(manila(16, 3));
    expect(files()).toEqual(['bay-breeze-hotel deliveries 2024-03-15.csv']);
  });

  test('with a property without a name has a name all the same, and without a folder lies in the data folder', async () => {
    await again(evening);
    await context.settings.change({ propertyName: '酒店' }, manager);
    await add({ folder: null, format: 'jsonl', what: 'attempts' });
    await at(manila(16, 3));
    expect(readdirSync(join(folder.path, 'exports'))).toEqual(['property attempts 2024-03-15.jsonl']);
  });
});

test('an export every month holds the month before, and comes on the first', async () => {
  const { nextAt } = await add({ every: 'month', what: 'events', format: 'xlsx' });
  expect(nextAt).toBe(Date.UTC(2024, 2, 31, 19));
  await at(Date.UTC(2024, 2, 31, 18, 59));
  expect(files()).toEqual([]);
  await at(Date.UTC(2024, 2, 31, 19));
  expect(files()).toEqual(['bay-breeze-hotel events 2024-03.xlsx']);
});

describe('a folder that is away', () => {
  const aside = () => join(outside.path, 'taken-out');
  const takeOut = () => renameSync(join(outside.path, 'away'), aside());
  const bringBack = () => renameSync(aside(), join(outside.path, 'away'));

  test('is never made anew, is told with since when, and what was missed is written when it is back', async () => {
    await add();
    takeOut();
    await at(manila(16, 3));
    expect(existsSync(place)).toBe(false);
    expect(await listed()).toMatchObject({ away: { missed: 1, says: { key: 'source.folder_away' } }, last: null });
    const since = opened.schedules.away()[0]?.since;
    expect(since).toBe(manila(16, 3));
    await at(manila(18, 9));
    expect(opened.schedules.away()).toMatchObject([{ since, missed: 3, what: 'deliveries' }]);
    expect(acts('export.start')).toEqual([]);
    bringBack();
    await at(manila(18, 9, 40));
    expect(files()).toEqual([15, 16, 17].map((day) => `bay-breeze-hotel deliveries 2024-03-${day}.csv`));
    expect(opened.schedules.away()).toEqual([]);
    expect(await listed()).toMatchObject({ away: null, last: { period: '2024-03-17' } });
  });

  test('is tried again ever more seldom, and at once when a person says so', async () => {
    const { id } = await add();
    takeOut();
    await at(manila(16, 3));
    bringBack();
    await opened.schedules.look();
    expect(files()).toEqual([]);
    const run = opened.schedules.handlers['schedules.run']({ id }, manager);
    expect(await run).toMatchObject({ kind: 'export' });
    await expect.poll(files, patience).toEqual(['bay-breeze-hotel deliveries 2024-03-15.csv']);
  });

  test('outlives a restart with its since', async () => {
    await add();
    takeOut();
    await at(manila(16, 3));
    await again(manila(16, 12));
    await opened.schedules.look();
    expect(opened.schedules.away()).toMatchObject([{ since: manila(16, 3) }]);
    bringBack();
  });

  test('is told to whoever has a file written once more, and to nobody else: nothing waits for it', async () => {
    const { id } = await add();
    takeOut();
    await expect(opened.schedules.handlers['schedules.run']({ id }, manager)).rejects.toMatchObject({
      says: { key: 'source.folder_away' },
    });
    expect(opened.schedules.away()).toEqual([]);
  });

  test('is one too where something else has its name', async () => {
    await add();
    takeOut();
    writeFileSync(join(outside.path, 'away'), 'a file');
    await at(manila(16, 3));
    expect(opened.schedules.away()).toMatchObject([{ says: { key: 'source.folder_away' } }]);
  });
});

describe('a name that somebody else’s file has', () => {
  const theirs = 'bay-breeze-hotel deliveries 2024-03-15.csv';

  test('is left to it', async () => {
    await add();
    writeFileSync(join(place, theirs), 'the bookkeeper’s');
    writeFileSync(join(place, 'bay-breeze-hotel deliveries 2024-03-15 (2).csv.part'), 'half of something');
    await at(manila(16, 3));
    expect(readFileSync(join(place, theirs), 'utf8')).toBe('the bookkeeper’s');
    expect(files()).toContain('bay-breeze-hotel deliveries 2024-03-15 (3).csv');
    expect(files()).toContain('bay-breeze-hotel deliveries 2024-03-15 (2).csv.part');
  });

  test('is the schedule’s own again when it is run once more, unless somebody has changed it', async () => {
    const { id } = await add();
    await at(manila(16, 3));
    const runNow = async () => {
      const { id: job } = await opened.schedules.handlers['schedules.run']({ id }, manager);
      await expect.poll(() => opened.jobs.view(job).state, patience).toBe('done');
      await expect.poll(async () => (await listed()).running, patience).toBeNull();
    };
    await runNow();
    expect(files()).toEqual([theirs]);
    writeFileSync(join(place, theirs), 'with remarks of the bookkeeper');
    await runNow();
    expect(readFileSync(join(place, theirs), 'utf8')).toBe('with remarks of the bookkeeper');
    expect(files()).toEqual(['bay-breeze-hotel deliveries 2024-03-15 (2).csv', theirs]);
  });
});

describe('files that are old', () => {
  test('go, those alone that the schedule wrote and that are as it wrote them', async () => {
    await add({ keepDays: 2 });
    await again(manila(19, 9));
    await opened.schedules.look();
    const [changed = '', replaced = '', , last = ''] = files();
    writeFileSync(join(place, changed), 'somebody went on with it');
    const sameSize = Buffer.alloc(readFileSync(join(place, replaced)).length, 'x');
    writeFileSync(join(place, replaced), sameSize);
    writeFileSync(join(place, 'bay-breeze-hotel deliveries 2020-01-01.csv'), 'looks like one of them');
    await opened.schedules.tidy(manila(21, 8));
    expect(files()).toHaveLength(5);
    await opened.schedules.tidy(manila(21, 10));
    expect(files()).toEqual(['bay-breeze-hotel deliveries 2020-01-01.csv', changed, replaced]);
    expect(acts('schedules.tidy')).toMatchObject([
      { surface: 'engine', detail: { files: [expect.any(String), last] } },
    ]);
    expect(await listed()).toMatchObject({ files: 0 });
  });

  test('stay where they are kept for good, and when the schedule is removed', async () => {
    const { id } = await add({ keepDays: null });
    await at(manila(16, 3));
    await opened.schedules.tidy(manila(16, 3) + 4_000 * dayMs);
    expect(files()).toHaveLength(1);
    await opened.schedules.handlers['schedules.remove']({ id }, manager);
    await opened.schedules.tidy(manila(16, 3) + 4_000 * dayMs);
    expect(files()).toHaveLength(1);
    expect(acts('schedules.remove')).toMatchObject([{ account: 'manager', detail: { folder: place } }]);
  });
});

describe('an end in its midst', () => {
  test('of a kill leaves no half file, and the night is made again', async () => {
    const { id } = await add();
    await at(manila(16, 3));
    // As a kill leaves it: the job runs, the file lies aside, and the period is still the next.
    const [name = ''] = files();
    context.writer.exec("UPDATE jobs SET state = 'running', ended_at = NULL");
    context.writer.exec('UPDATE exported_files SET hash = NULL, size_bytes = NULL');
    context.writer.exec("UPDATE export_schedules SET next = '2024-03-15'");
    rmSync(join(place, name));
    writeFileSync(join(place, `${name}.part`), 'half of it');
    await again(manila(16, 4));
    await endCutOff(opened.jobs, 'export', sentence('problem.export_cut_off'));
    expect(files()).toEqual([]);
    writeFileSync(join(place, `${name}.part`), 'its folder was away when the engine cleared up');
    await opened.schedules.look();
    expect(files()).toEqual([name]);
    expect(await listed()).toMatchObject({ id, files: 1, last: { state: 'done' } });
  });

  test('that came right after the file had its name leaves one file', async () => {
    await add();
    await at(manila(16, 3));
    context.writer.exec("UPDATE export_schedules SET next = '2024-03-15', state = '{}'");
    await again(manila(16, 4));
    await opened.schedules.look();
    expect(files()).toEqual(['bay-breeze-hotel deliveries 2024-03-15.csv']);
    expect(await listed()).toMatchObject({ files: 1, last: { period: '2024-03-15' } });
  });

  test('by a person skips that night alone; one that is held up holds up nothing else', async () => {
    await add();
    await add({ what: 'attempts' });
    context.clock.setWall(manila(16, 3) - context.clock.wallMs());
    const [{ id } = { id: '' }] = await opened.schedules.handlers['schedules.list']({}, manager);
    const { id: job } = await opened.schedules.handlers['schedules.run']({ id }, manager);
    await opened.jobs.handlers['jobs.pause']({ id: job }, manager);
    await opened.schedules.look();
    await expect.poll(files, patience).toContain('bay-breeze-hotel attempts 2024-03-15.csv');
    await opened.jobs.handlers['jobs.cancel']({ id: job }, manager);
    await expect.poll(async () => (await listed()).last?.state, patience).toBe('cancelled');
    await opened.schedules.look();
    expect(files()).toEqual(['bay-breeze-hotel attempts 2024-03-15.csv']);
    await at(manila(17, 3));
    expect(files()).toContain('bay-breeze-hotel deliveries 2024-03-16.csv');
  });
});

describe('a schedule', () => {
  test('with guests’ data needs a reason and a second yes, once, and the audit keeps both', async () => {
    const full = { reason: 'the accountant asked for it' };
    await expect(add({ full })).rejects.toMatchObject({ code: 'not_confirmed', member: 'full' });
    const { id, fullReason } = await add({ full }, true);
    expect(fullReason).toBe(full.reason);
    expect(acts('schedules.add')).toMatchObject([{ detail: { full: true, reason: full.reason, confirmed: true } }]);
    await at(manila(16, 3));
    expect(acts('export.start')).toMatchObject([{ detail: { full: true, reason: full.reason } }]);
    const schedule = parseInput('schedules.change', {
      id,
      schedule: { every: 'night', format: 'csv', full },
    });
    await expect(opened.schedules.handlers['schedules.change'](schedule, manager)).rejects.toMatchObject({
      code: 'not_confirmed',
    });
    await opened.schedules.handlers['schedules.change']({ ...schedule, confirmed: true }, manager);
    expect(await listed()).toMatchObject({ folder: place, nextAt: manila(17, 3) });
  });

  test('leaves guests out unless it was set up otherwise', async () => {
    await add({ columns: ['guest'] });
    await at(manila(16, 3));
    const lines = readFileSync(join(place, files()[0] ?? ''), 'utf8')
      .trimEnd()
      .split('\r\n')
      .slice(1);
    expect(lines.filter((line) => line !== '' && !/^Guest \d+$/.test(line))).toEqual([]);
  });

  test('is refused where its folder cannot be, and where another writes the same', async () => {
    writeFileSync(join(outside.path, 'a-file'), '');
    const refusals: readonly (readonly [Partial<Draft>, string])[] = [
      [{ folder: 'relative/exports' }, 'problem.schedule_folder_whole_path'],
      [{ folder: join(outside.path, 'a-file') }, 'problem.schedule_folder_file'],
      [{ folder: join(outside.path, 'a-file', 'below') }, 'problem.schedule_folder_not_made'],
      [{ folder: join(folder.path, 'backups', 'nightly') }, 'problem.schedule_folder_own'],
    ];
    for (const [change, key] of refusals) {
      await expect(add(change)).rejects.toMatchObject({ says: { key }, member: 'schedule.folder' });
    }
    expect(existsSync(join(folder.path, 'backups'))).toBe(false);
    mkdirSync(place, { recursive: true });
    await add();
    await expect(add({ keepDays: 5 })).rejects.toMatchObject({ code: 'conflict' });
    await expect(add({ columns: ['item'] })).rejects.toMatchObject({ code: 'bad_input', member: 'columns' });
    await add({ what: 'attempts' });
  });

  test('takes no moments and no picked deliveries: those would be the same every night', () => {
    const schedule = { every: 'night', format: 'csv', folder: null, filter: { from: 1 } };
    expect(() => parseInput('schedules.add', { schedule })).toThrow();
  });
});

test('a guest who is forgotten goes with the files of a schedule; what somebody changed, or is away, is named', async () => {
  await add({ full: { reason: 'the accountant asked for it' }, columns: ['guest'], folder: place }, true);
  await again(manila(18, 9));
  await opened.schedules.look();
  const written = context.reader.prepare<[], ScheduledFile>(wholeFiles).all();
  const guestIn = (file: string) =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .find((line) => line !== '');
  const naming = written.find(({ path }) => guestIn(path) !== undefined);
  const name = guestIn(naming?.path ?? '') ?? '';
  const sought = { name };
  const plan = {
    sought,
    identifiers: identifiersOf(sought),
    entities: [],
    eventIds: ['evt_1'],
    leftOut: nothingLeftOut,
  };
  const [first] = written.map(({ path }) => path);
  writeFileSync(first ?? '', `somebody wrote ${name} into it`);
  writeFileSync(join(place, 'theirs.txt'), name);
  const elsewhere = { scheduled: written, sourceFolders: [] };
  const found = filesThatName(folder.path, plan, elsewhere);
  expect(found).toContainEqual({ path: first, what: 'left' });
  expect(found.map(({ path }) => path)).not.toContain(join(place, 'theirs.txt'));
  const { left } = cleanFiles(folder.path, plan, elsewhere);
  expect(left).toEqual([first]);
  expect(files()).toContain('theirs.txt');
  for (const { path, what } of found) expect(existsSync(path), path).toBe(what === 'left');
  renameSync(join(outside.path, 'away'), join(outside.path, 'taken-out'));
  expect(filesThatName(folder.path, plan, elsewhere)).toEqual([{ path: place, what: 'left' }]);
});
