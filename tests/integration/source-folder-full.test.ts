/** A folder source where a disk is full: nothing is lost, nothing comes twice, it is said, and it goes on by itself. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { diskObstacle, smallDisk } from '../support/small-disk.ts';
import { until } from '../support/until.ts';

const sourceThread = new URL('../../electron/engine/source-thread.ts', import.meta.url);
/** More than what is nearly full, so that there is a difference. */
const sizeMb = 640;
const obstacle = diskObstacle(sizeMb);
if (obstacle !== null) console.warn(`SKIPPED: a folder source on a full disk: ${obstacle}`);

const order = (no: number | string) => `{"event":"order.created","data":{"order_id":"${no}"}}`;
const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => order(from + i)).join('\n');

const surface = { engine: 'running', engineProblem: null, loginItemWorks: true, keepAwake: null } as const;

/** Looks again and again, in the engine's own time. */
const looking = <Value>(test: TestEngine, ask: () => Value | Promise<Value>, good: (value: Value) => boolean) =>
  until(
    async () => {
      await test.clock.advance(5_000);
      return ask();
    },
    good,
    60_000,
  );

async function exportOf(test: TestEngine) {
  const source = (await test.call('sources.list', {})).find(({ name }) => name === 'Export');
  if (source === undefined) throw new Error('no such source');
  return source;
}

const filesOf = async (test: TestEngine) => (await exportOf(test)).health.files;

async function conditionsIn(test: TestEngine) {
  const conditions = conditionsOf(await test.call('situation.get', {}), surface);
  return conditions.map(({ kind, title, meaning, step }) => ({
    kind,
    words: [title, meaning, ...(step === null ? [] : [step])].map((one) => inEnglish(one)).join('\n'),
  }));
}

/** What is taken, and what is kept, in the store itself. */
function stored(dataFolder: string) {
  const database = new BetterSqlite3(databaseFile(dataFolder), { readonly: true });
  const orders = database.prepare<[], string>('SELECT entity_id FROM events ORDER BY seq').pluck().all();
  const kept = database.prepare<[], string>("SELECT origin FROM messages WHERE state = 'kept'").pluck().all();
  database.close();
  return { orders, kept };
}

const within = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort()
    : [];

describe.skipIf(obstacle !== null)('a folder source', { timeout: 240_000 }, () => {
  it('whose own disk is full takes each row once, waits with what is to be moved, says so, and goes on', async () => {
    await using disk = await smallDisk(1, 60);
    await using test = await startTestEngine({ sourceThread });
    const folder = join(disk.path, 'export');
    mkdirSync(folder);
    await test.call('sources.add', { name: 'Export', kind: 'folder', config: { folder } });
    const given = ['bad.ndjson', 'good.ndjson', 'mixed.ndjson'];
    writeFileSync(join(folder, 'good.ndjson'), lines(1, 3));
    writeFileSync(join(folder, 'mixed.ndjson'), `${order(4)}\n{"event":"order.created"}\n${order(5)}`);
    writeFileSync(join(folder, 'bad.ndjson'), `${order(6)}\nno JSON`);
    // `processed` cannot be made, nor `rejected`.
    disk.fill(0);
    disk.fillNames();
    const stuck = await looking(
      test,
      async () => (await filesOf(test))?.stuck,
      (found) => found?.count === 3,
    );
    expect([...(stuck?.names ?? [])].sort()).toEqual(given);
    expect(stuck).toMatchObject({ why: 'full', says: { key: 'source.stuck_full', params: { folder } } });
    const taken = { orders: ['1', '2', '3', '4', '5'], kept: ['mixed.ndjson line 2'] };
    expect(stored(test.dataFolder)).toEqual(taken);
    // A program may hold a file for a moment: after two minutes it is told.
    for (let looks = 0; looks < 40; looks += 1) await test.clock.advance(5_000);
    const [told] = (await conditionsIn(test)).filter(({ kind }) => kind === 'files_stuck');
    expect(told?.words).toContain('3 files of Export cannot be taken or moved');
    expect(told?.words).toContain(`The disk of the folder ${folder} is full`);
    expect(told?.words).toContain('Remove what is not needed from that disk.');
    for (const name of given) expect(told?.words).toContain(name);
    const doctor = await test.call('doctor.run', {});
    const check = doctor.find(({ says }) => says.some(({ key }) => key === 'source.stuck_full'));
    expect(check).toMatchObject({ state: 'problem', nextStep: { key: 'conditions.files_stuck.step.full' } });
    expect([stored(test.dataFolder), readdirSync(folder).sort()]).toEqual([taken, given]);

    // The folders can be made and files renamed; what is to be said beside them cannot be written.
    disk.freeNames();
    await looking(
      test,
      () => within(join(folder, 'processed')),
      (names) => names.includes('good.ndjson'),
    );
    await looking(
      test,
      async () => (await filesOf(test))?.stuck,
      (found) => found?.count === 2,
    );
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['bad.ndjson', 'mixed.ndjson']));
    expect(stored(test.dataFolder)).toEqual(taken);
    // Empty so far: no file is said to lie there.
    expect((await filesOf(test))?.rejected).toBeNull();

    disk.free();
    await looking(
      test,
      async () => (await filesOf(test))?.stuck ?? null,
      (found) => found === null,
    );
    expect(within(join(folder, 'processed'))).toEqual(['good.ndjson', 'mixed.ndjson', 'mixed.ndjson.reason.txt']);
    expect(within(join(folder, 'rejected'))).toEqual(['bad.ndjson', 'bad.ndjson.reason.txt']);
    const [day = ''] = readdirSync(join(folder, 'processed'));
    const reason = readFileSync(join(folder, 'processed', day, 'mixed.ndjson.reason.txt'), 'utf8');
    expect(reason).toContain('mixed.ndjson line 2: data: expected an object');
    expect(readFileSync(join(folder, 'rejected', 'bad.ndjson.reason.txt'), 'utf8')).toContain('It is not valid JSON');
    expect(stored(test.dataFolder)).toEqual(taken);
    expect((await filesOf(test))?.rejected).toMatchObject({ count: 1, names: ['bad.ndjson'] });
    const kinds = (await conditionsIn(test)).map(({ kind }) => kind);
    expect(kinds).not.toContain('files_stuck');
    expect(kinds).toContain('files_rejected');
    const refusals = await test.call('sources.refusals', {});
    expect(refusals.map(({ file }) => file)).toEqual(['bad.ndjson']);
  });

  it('whose store has no room leaves files where they are, goes on in the midst of one, and takes each row once', async () => {
    await using disk = await smallDisk(sizeMb);
    await using folder = await temporaryFolder();
    const dataFolder = join(disk.path, 'data');
    mkdirSync(dataFolder);
    await using test = await startTestEngine({ dataFolder, sourceThread });
    await test.call('sources.add', { name: 'Export', kind: 'folder', config: { folder: folder.path } });
    const rows = 6_000;
    const note = 'x'.repeat(300);
    const long = Array.from({ length: rows }, (_, no) => order(no).replace('"}}', `","note":"${note}"}}`));
    // Some pages of it have room, the rest has none.
    disk.fill(2_500_000);
    writeFileSync(join(folder.path, 'long.ndjson'), long.join('\n'));
    await looking(
      test,
      () => test.log.lines.join('\n'),
      (log) => log.includes('a file cannot be taken now') && log.includes('long.ndjson'),
    );
    const some = stored(dataFolder).orders;
    expect(some.length).toBeLessThan(rows);
    expect(new Set(some).size).toBe(some.length);
    writeFileSync(join(folder.path, 'short.ndjson'), order('short'));
    for (let looks = 0; looks < 40; looks += 1) await test.clock.advance(5_000);
    expect(readdirSync(folder.path).sort()).toEqual(['long.ndjson', 'short.ndjson']);
    const told = await conditionsIn(test);
    expect(told.find(({ kind }) => kind === 'disk_full')?.words).toContain('Empty the recycle bin');
    // It is told once, for everything.
    expect(told.map(({ kind }) => kind)).not.toContain('files_stuck');

    disk.free();
    await looking(
      test,
      () => within(join(folder.path, 'processed')),
      (names) => names.length === 2,
    );
    const { orders, kept } = stored(dataFolder);
    expect(kept).toEqual([]);
    expect(orders.filter((id) => id !== 'short')).toEqual(Array.from({ length: rows }, (_, no) => String(no)));
    expect(orders.filter((id) => id === 'short')).toHaveLength(1);
    expect((await conditionsIn(test)).map(({ kind }) => kind)).not.toContain('disk_full');
  });

  it('waits with its files while the disk of the data folder is nearly full, says so, and goes on', async () => {
    await using disk = await smallDisk(sizeMb);
    await using folder = await temporaryFolder();
    const dataFolder = join(disk.path, 'data');
    mkdirSync(dataFolder);
    await using test = await startTestEngine({ dataFolder, sourceThread });
    await test.call('sources.add', { name: 'Export', kind: 'folder', config: { folder: folder.path } });
    disk.fill(100_000_000);
    await looking(
      test,
      async () => (await test.call('situation.get', {})).disk.state,
      (state) => state === 'low',
    );
    writeFileSync(join(folder.path, 'orders.ndjson'), lines(1, 3));
    await looking(
      test,
      async () => (await exportOf(test)).health.lastTrouble?.says.key,
      (key) => key === 'refusal.disk_nearly_full',
    );
    expect([readdirSync(folder.path), stored(dataFolder).orders]).toEqual([['orders.ndjson'], []]);
    const told = await conditionsIn(test);
    expect(told.find(({ kind }) => kind === 'disk_low')?.words).toContain('files and databases are not read');
    // It is told once, for everything.
    expect(told.map(({ kind }) => kind)).not.toContain('files_stuck');
    disk.free();
    await looking(
      test,
      () => within(join(folder.path, 'processed')),
      (names) => names.includes('orders.ndjson'),
    );
    expect(stored(dataFolder).orders).toEqual(['1', '2', '3']);
  });
});
