/** The files of scheduled exports: a folder that is away, names that are somebody else's, old ones, and a forgotten guest. */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nothingLeftOut } from '../../electron/engine/privacy/forget/find.ts';
import { cleanFiles, filesThatName, type ScheduledFile } from '../../electron/engine/privacy/forget/places.ts';
import { identifiersOf } from '../../electron/engine/privacy/forget/sought.ts';
import { wholeFiles } from '../../electron/engine/store/export-schedules.ts';
import { manager } from '../support/log-engine.ts';
import { manila, openScheduled, patience, type Scheduled } from '../support/scheduled.ts';

const dayMs = 86_400_000;
let own: Scheduled;
beforeEach(async () => {
  own = await openScheduled();
});
afterEach(() => own.close());

describe('a folder that is away', () => {
  const aside = () => join(own.outside, 'taken-out');
  const takeOut = () => renameSync(join(own.outside, 'away'), aside());
  const bringBack = () => renameSync(aside(), join(own.outside, 'away'));

  test('is never made anew, is told with since when, and what was missed is written when it is back', async () => {
    await own.add();
    takeOut();
    await own.at(manila(16, 3));
    expect(existsSync(own.place)).toBe(false);
    expect(await own.listed()).toMatchObject({ away: { missed: 1, says: { key: 'source.folder_away' } }, last: null });
    const since = own.schedules.away()[0]?.since;
    expect(since).toBe(manila(16, 3));
    await own.at(manila(18, 9));
    expect(own.schedules.away()).toMatchObject([{ since, missed: 3, what: 'deliveries' }]);
    expect(own.acts('export.start')).toEqual([]);
    bringBack();
    await own.at(manila(18, 9, 40));
    expect(own.files()).toEqual([15, 16, 17].map((day) => `bay-breeze-hotel deliveries 2024-03-${day}.csv`));
    expect(own.schedules.away()).toEqual([]);
    expect(await own.listed()).toMatchObject({ away: null, last: { period: '2024-03-17' } });
  });

  test('is tried again ever more seldom, and at once when a person says so', async () => {
    const { id } = await own.add();
    takeOut();
    await own.at(manila(16, 3));
    bringBack();
    await own.schedules.look();
    expect(own.files()).toEqual([]);
    const run = own.schedules.handlers['schedules.run']({ id }, manager);
    expect(await run).toMatchObject({ kind: 'export' });
    await expect.poll(own.files, patience).toEqual(['bay-breeze-hotel deliveries 2024-03-15.csv']);
  });

  test('outlives a restart with its since', async () => {
    await own.add();
    takeOut();
    await own.at(manila(16, 3));
    await own.again(manila(16, 12));
    await own.schedules.look();
    expect(own.schedules.away()).toMatchObject([{ since: manila(16, 3) }]);
    bringBack();
  });

  test('is told to whoever has a file written once more, and to nobody else: nothing waits for it', async () => {
    const { id } = await own.add();
    takeOut();
    await expect(own.schedules.handlers['schedules.run']({ id }, manager)).rejects.toMatchObject({
      says: { key: 'source.folder_away' },
    });
    expect(own.schedules.away()).toEqual([]);
  });

  test('is one too where something else has its name', async () => {
    await own.add();
    takeOut();
    writeFileSync(join(own.outside, 'away'), 'a file');
    await own.at(manila(16, 3));
    expect(own.schedules.away()).toMatchObject([{ says: { key: 'source.folder_away' } }]);
  });
});

describe('a name that somebody else’s file has', () => {
  const theirs = 'bay-breeze-hotel deliveries 2024-03-15.csv';

  test('is left to it', async () => {
    await own.add();
    writeFileSync(join(own.place, theirs), 'the bookkeeper’s');
    writeFileSync(join(own.place, 'bay-breeze-hotel deliveries 2024-03-15 (2).csv.part'), 'half of something');
    await own.at(manila(16, 3));
    expect(readFileSync(join(own.place, theirs), 'utf8')).toBe('the bookkeeper’s');
    expect(own.files()).toContain('bay-breeze-hotel deliveries 2024-03-15 (3).csv');
    expect(own.files()).toContain('bay-breeze-hotel deliveries 2024-03-15 (2).csv.part');
  });

  test('is written once more in the data folder’s exports too, which nobody chose, unless somebody has changed it', async () => {
    const { id } = await own.add({ folder: null });
    const folder = join(own.dataFolder, 'exports');
    const runNow = async () => {
      await own.schedules.handlers['schedules.run']({ id }, manager);
      await expect.poll(async () => (await own.listed()).running, patience).toBeNull();
    };
    await runNow();
    await runNow();
    const name = 'bay-breeze-hotel deliveries 2024-03-14';
    expect(readdirSync(folder)).toEqual([`${name}.csv`]);
    writeFileSync(join(folder, `${name}.csv`), 'mine now');
    await runNow();
    expect(readdirSync(folder)).toEqual([`${name} (2).csv`, `${name}.csv`]);
    expect(readFileSync(join(folder, `${name}.csv`), 'utf8')).toBe('mine now');
  });

  test('is the schedule’s own again when it is run once more, unless somebody has changed it', async () => {
    const { id } = await own.add();
    await own.at(manila(16, 3));
    const runNow = async () => {
      const { id: job } = await own.schedules.handlers['schedules.run']({ id }, manager);
      await expect.poll(() => own.jobs.view(job).state, patience).toBe('done');
      await expect.poll(async () => (await own.listed()).running, patience).toBeNull();
    };
    await runNow();
    expect(own.files()).toEqual([theirs]);
    writeFileSync(join(own.place, theirs), 'with remarks of the bookkeeper');
    await runNow();
    expect(readFileSync(join(own.place, theirs), 'utf8')).toBe('with remarks of the bookkeeper');
    expect(own.files()).toEqual(['bay-breeze-hotel deliveries 2024-03-15 (2).csv', theirs]);
  });
});

describe('files that are old', () => {
  test('go, those alone that the schedule wrote and that are as it wrote them', async () => {
    await own.add({ keepDays: 2 });
    await own.again(manila(19, 9));
    await own.schedules.look();
    const [changed = '', replaced = '', , last = ''] = own.files();
    writeFileSync(join(own.place, changed), 'somebody went on with it');
    const sameSize = Buffer.alloc(readFileSync(join(own.place, replaced)).length, 'x');
    writeFileSync(join(own.place, replaced), sameSize);
    writeFileSync(join(own.place, 'bay-breeze-hotel deliveries 2020-01-01.csv'), 'looks like one of them');
    await own.schedules.tidy(manila(21, 8));
    expect(own.files()).toHaveLength(5);
    await own.schedules.tidy(manila(21, 10));
    expect(own.files()).toEqual(['bay-breeze-hotel deliveries 2020-01-01.csv', changed, replaced]);
    expect(own.acts('schedules.tidy')).toMatchObject([
      { surface: 'engine', detail: { files: [expect.any(String), last] } },
    ]);
    expect(await own.listed()).toMatchObject({ files: 0 });
  });

  test('stay where they are kept for good, and when the schedule is removed', async () => {
    const { id } = await own.add({ keepDays: null });
    await own.at(manila(16, 3));
    await own.schedules.tidy(manila(16, 3) + 4_000 * dayMs);
    expect(own.files()).toHaveLength(1);
    await own.schedules.handlers['schedules.remove']({ id }, manager);
    await own.schedules.tidy(manila(16, 3) + 4_000 * dayMs);
    expect(own.files()).toHaveLength(1);
    expect(own.acts('schedules.remove')).toMatchObject([{ account: 'manager', detail: { folder: own.place } }]);
  });
});

test('a guest who is forgotten goes with the files of a schedule; what somebody changed, or is away, is named', async () => {
  await own.add({ full: { reason: 'the accountant asked for it' }, columns: ['guest'], folder: own.place }, true);
  await own.again(manila(18, 9));
  await own.schedules.look();
  const written = own.context.reader.prepare<[], ScheduledFile>(wholeFiles).all();
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
    said: [],
  };
  const [first] = written.map(({ path }) => path);
  writeFileSync(first ?? '', `somebody wrote ${name} into it`);
  writeFileSync(join(own.place, 'theirs.txt'), name);
  const elsewhere = { scheduled: written, sourceFolders: [] };
  const found = filesThatName(own.dataFolder, plan, elsewhere);
  expect(found).toContainEqual({ path: first, what: 'left' });
  expect(found.map(({ path }) => path)).not.toContain(join(own.place, 'theirs.txt'));
  const { left } = cleanFiles(own.dataFolder, plan, elsewhere);
  expect(left).toEqual([first]);
  expect(own.files()).toContain('theirs.txt');
  for (const { path, what } of found) expect(existsSync(path), path).toBe(what === 'left');
  renameSync(join(own.outside, 'away'), join(own.outside, 'taken-out'));
  expect(filesThatName(own.dataFolder, plan, elsewhere)).toEqual([{ path: own.place, what: 'left' }]);
});
