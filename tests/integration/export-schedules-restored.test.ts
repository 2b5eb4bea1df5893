/** Exports on a schedule after a restore: what they had written stays as it is, is known as their own, and comes once. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import type { ExportSchedule } from '../../shared/schemas.ts';
import { createFakeClock } from '../support/clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';

const vault = createTestVault();
const defaults = { propertyId: 'prop_test', propertyName: 'Bay Breeze', timeZone: 'Asia/Manila' };
/** At the property's clocks, which are Manila's: eight hours ahead. */
const manila = (day: number, hour: number, minute = 0) => Date.UTC(2024, 2, day, hour - 8, minute);
const eventsOf = (day: number) => `bay-breeze events 2024-03-${day}.csv`;
const deliveriesOf = (day: number) => `bay-breeze deliveries 2024-03-${day}.csv`;

let folder: TemporaryFolder;
let outside: TemporaryFolder;
let place: string;
let backup: string;
let before: ReadonlyMap<string, string>;
const whole = () => join(folder.path, 'whole');
const files = (): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(place)
      .sort()
      .map((name) => [name, readFileSync(join(place, name), 'utf8')]),
  );

const open = (dataFolder: string, wallMs: number): Promise<TestEngine> =>
  startTestEngine({ dataFolder, vault, defaults, clock: createFakeClock(wallMs) });

/** Half past three: every schedule has written the day before. */
async function night(engine: TestEngine, day: number): Promise<readonly ExportSchedule[]> {
  await engine.clock.stride(manila(day, 3, 30) - engine.clock.wallMs());
  return engine.until(
    async () => {
      await engine.clock.advance(60_000);
      return engine.call('schedules.list', {});
    },
    (all) => all.every(({ running, last }) => running === null && last?.period === `2024-03-${day - 1}`),
  );
}

const post = async (engine: TestEngine, id: string): Promise<void> => {
  expect((await engine.post('booking.created', { booking_id: id })).status).toBe(202);
};

/** A schedule that is in the backup, one that is not, and nights that both have written since. */
beforeAll(async () => {
  folder = await temporaryFolder();
  outside = await temporaryFolder();
  place = join(outside.path, 'exports');
  const engine = await open(whole(), manila(15, 18));
  const add = (what: 'events' | 'deliveries') =>
    engine.call('schedules.add', { schedule: { every: 'night', what, format: 'csv', folder: place, keepDays: 60 } });
  await add('events');
  await post(engine, 'bk_15');
  await night(engine, 16);
  const job = await engine.call('backup.start', { file: null });
  const made = await engine.until(
    () => engine.call('jobs.get', { id: job.id }),
    ({ state }) => state === 'done',
  );
  backup = basename(made.file ?? '');
  await post(engine, 'bk_16');
  await night(engine, 17);
  await add('deliveries');
  await post(engine, 'bk_17');
  await night(engine, 18);
  await engine.stop();
  before = files();
}, 60_000);

afterAll(async () => {
  await folder.remove();
  await outside.remove();
});

function filesAsBefore(): void {
  rmSync(place, { recursive: true });
  mkdirSync(place);
  for (const [name, text] of before) writeFileSync(join(place, name), text);
}

/** A copy of the property with its files as they were, restored from the backup of the sixteenth. */
async function restored(what: string, spoil: (file: string) => void): Promise<{ data: string; told: string }> {
  const data = join(folder.path, what);
  cpSync(whole(), data, { recursive: true, preserveTimestamps: true });
  filesAsBefore();
  spoil(databaseFile(data));
  const { code, out } = await relayInProcess(data, ['restore', backup, '--yes']);
  expect(code, out).toBe(0);
  return { data, told: out.replace(/\s+/g, ' ') };
}

const damaged = (file: string): void => writeFileSync(file, readFileSync(file).fill(0xa5, 0, 100));

test('before a restore each night has its file', () => {
  expect([...before.keys()]).toEqual([deliveriesOf(17), eventsOf(15), eventsOf(16), eventsOf(17)]);
  expect(before.get(eventsOf(17))).toContain('bk_17');
});

test('an older backup over whole data writes no night once more, and goes on with the next', async () => {
  const { data, told } = await restored('whole, restored', () => {});
  expect(told).toContain(`scheduled exports: deliveries csv ${place};`);
  await using engine = await open(data, manila(18, 12));
  expect(await engine.call('schedules.list', {})).toMatchObject([{ what: 'events', files: 3 }]);
  await night(engine, 19);
  expect(files()).toEqual(new Map([...before, [eventsOf(18), expect.stringContaining('time_utc')]]));
});

test('a damaged database hands its schedules on, with what each has written', async () => {
  const { data, told } = await restored('damaged, restored', damaged);
  expect(told).toContain(`carried over: endpoints: –; sources: –; scheduled exports: deliveries csv ${place};`);
  await using engine = await open(data, manila(18, 12));
  expect(await engine.call('schedules.list', {})).toMatchObject([
    { what: 'events', files: 3, last: { period: '2024-03-17' } },
    { what: 'deliveries', files: 1, last: { period: '2024-03-17' } },
  ]);
  await night(engine, 19);
  expect([...files().keys()].sort()).toEqual([...before.keys(), deliveriesOf(18), eventsOf(18)].sort());
  for (const [name, text] of before) expect(files().get(name), name).toBe(text);
});

test('a file that a schedule had written is its own after a restore: run again, it replaces it, unless somebody changed it', async () => {
  const { data } = await restored('run again', () => {});
  await using engine = await open(data, manila(18, 12));
  const [{ id } = { id: '' }] = await engine.call('schedules.list', {});
  const again = async () => {
    const job = await engine.call('schedules.run', { id });
    const [schedule] = await engine.until(
      async () => {
        await engine.clock.advance(1_000);
        return engine.call('schedules.list', {});
      },
      (all) => all.every(({ running }) => running === null),
    );
    expect(schedule?.last).toMatchObject({ jobId: job.id, state: 'done' });
  };
  await again();
  expect([...files().keys()]).toEqual([...before.keys()]);
  writeFileSync(join(place, eventsOf(17)), 'with remarks of the bookkeeper');
  await again();
  expect(files().get(eventsOf(17))).toBe('with remarks of the bookkeeper');
  expect([...files().keys()]).toContain('bay-breeze events 2024-03-17 (2).csv');
});

test('a schedule that was removed since is not there again out of a damaged database, and comes back with a backup over whole data', async () => {
  const data = join(folder.path, 'removed');
  cpSync(whole(), data, { recursive: true, preserveTimestamps: true });
  filesAsBefore();
  {
    await using engine = await open(data, manila(18, 12));
    for (const { id } of await engine.call('schedules.list', {})) await engine.call('schedules.remove', { id });
  }
  for (const [what, spoil, left] of [
    ['carried', damaged, []],
    ['kept', () => {}, ['events']],
  ] as const) {
    const copy = join(folder.path, `removed, ${what}`);
    cpSync(data, copy, { recursive: true, preserveTimestamps: true });
    spoil(databaseFile(copy));
    const looked = await relayInProcess(copy, ['restore', backup]);
    expect(looked.out.replace(/\s+/g, ' ')).toMatch(/changed or removed since[^:]*: events csv /);
    expect((await relayInProcess(copy, ['restore', backup, '--yes'])).code).toBe(0);
    await using engine = await open(copy, manila(18, 13));
    expect((await engine.call('schedules.list', {})).map((one) => one.what)).toEqual(left);
    await night(engine, 19);
    for (const [name, text] of before) expect(files().get(name), name).toBe(text);
    expect(files().size).toBe(before.size + left.length);
  }
});
