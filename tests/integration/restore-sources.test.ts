/** After a restore, what a source had shown before is not taken once more: not the same file, not the same rows. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';

const vault = createTestVault();
const shape =
  '{"event":"booking.updated","data":{"booking_id":"b{{ message.id }}","guest_name":"{{ message.guest }}"}}';

let place: TemporaryFolder;
let pms: Sqlite.Database;
const data = () => join(place.path, 'data');
const exported = () => join(place.path, 'exported');

beforeEach(async () => {
  place = await temporaryFolder();
  mkdirSync(exported());
  pms = new Sqlite(join(place.path, 'pms.db'));
  pms.exec('CREATE TABLE bookings (id INTEGER PRIMARY KEY, guest TEXT)');
});
afterEach(async () => {
  pms.close();
  await place.remove();
});

const start = () => startTestEngine({ dataFolder: data(), vault });
const drop = (name: string, ...orders: readonly number[]) =>
  writeFileSync(
    join(exported(), name),
    orders.map((no) => `{"event":"order.created","data":{"order_id":"o${no}"}}\n`).join(''),
  );
const book = (id: number, guest: string) => pms.prepare('INSERT INTO bookings VALUES (?, ?)').run(id, guest);

/** A folder and a watched table, of which all that is there is new. */
async function setUp(engine: TestEngine): Promise<void> {
  await engine.call('sources.add', { name: 'Export', kind: 'folder', config: { folder: exported() } });
  await engine.call('sources.add', {
    name: 'Table',
    kind: 'sql',
    config: {
      ...{ system: 'sqlite', file: join(place.path, 'pms.db'), reads: 'table' },
      ...{ table: 'bookings', keyColumn: 'id', firstLook: 'taken' },
    },
    shaping: { shape },
  });
}

/** What came in, of what is still known of it. */
const known = async (engine: TestEngine): Promise<(string | null)[]> => {
  const { rows } = await engine.call('events.list', { limit: 100 });
  const messages = await engine.call('sources.messages', { keptOnly: true, limit: 100 });
  expect(messages).toEqual([]);
  return rows.map(({ entity }) => entity?.id ?? null).toSorted();
};

/** Once these are known, and nothing more comes. */
async function settles(engine: TestEngine, expected: readonly string[]): Promise<void> {
  const look = async () => {
    await engine.clock.advance(1_000);
    return known(engine);
  };
  await engine.until(
    look,
    (ids) => expected.every((id) => ids.includes(id)) && readdirSync(exported()).every((name) => name === 'processed'),
  );
  for (let more = 0; more < 20; more += 1) await look();
  expect(await known(engine)).toEqual([...expected].toSorted());
}

test('the hourly backup knows the files and rows of before it: neither comes twice', async () => {
  {
    await using engine = await start();
    await setUp(engine);
    drop('orders.ndjson', 1, 2);
    book(1, 'Ana');
    book(2, 'Ben');
    await settles(engine, ['o1', 'o2', 'b1', 'b2']);
    await engine.until(
      async () => {
        await engine.clock.advance(3_660_000);
        return (await engine.call('backup.list', {})).backups;
      },
      (backups) => backups.filter(({ kind }) => kind === 'hourly').length > 1,
    );
  }
  const hourly = readdirSync(join(data(), 'backups'))
    .filter((name) => name.startsWith('hourly'))
    .sort();
  const { code, err } = await relayInProcess(data(), ['restore', hourly.at(-1) ?? '', '--yes']);
  expect([code, err]).toEqual([0, '']);
  await using engine = await start();
  // It lacks the log: all that stands there from here on came after the restore.
  drop('orders.ndjson', 1, 2);
  await settles(engine, []);
  drop('more.ndjson', 3);
  book(3, 'Cy');
  pms.exec("UPDATE bookings SET guest = 'Bea' WHERE id = 2");
  await settles(engine, ['o3', 'b3', 'b2']);
});

test('after the hourly backup an event that the PMS sends again is the one of before, though the log is not there', async () => {
  const post = async (engine: TestEngine, token: string) => {
    const { address } = (await engine.call('situation.get', {})).intake;
    const answer = await fetch(`${address}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"event":"order.created","id":"pms-1","data":{"order_id":"o1"}}',
    });
    return (await answer.json()) as { readonly id: string; readonly duplicate?: boolean };
  };
  let token: string;
  let first: string;
  {
    await using engine = await start();
    ({ token } = await engine.call('sources.add', { name: 'Till' }));
    first = (await post(engine, token)).id;
    await engine.until(
      async () => {
        await engine.clock.advance(3_660_000);
        return (await engine.call('backup.list', {})).backups;
      },
      (backups) => backups.filter(({ kind }) => kind === 'hourly').length > 1,
    );
  }
  const names = readdirSync(join(data(), 'backups')).filter((name) => name.startsWith('hourly'));
  const { code, err } = await relayInProcess(data(), ['restore', names.sort().at(-1) ?? '', '--yes']);
  expect([code, err]).toEqual([0, '']);
  await using engine = await start();
  expect(await post(engine, token)).toMatchObject({ id: first, duplicate: true });
  expect(await known(engine)).toEqual([]);
});

test('out of a damaged database it is carried over what was shown since the backup', async () => {
  {
    await using engine = await start();
    await setUp(engine);
    book(1, 'Ana');
    await settles(engine, ['b1']);
    const job = await engine.call('backup.start', { file: null });
    await engine.until(
      () => engine.call('jobs.get', { id: job.id }),
      ({ state }) => state === 'done',
    );
    drop('orders.ndjson', 1, 2);
    book(2, 'Ben');
    pms.exec("UPDATE bookings SET guest = 'Anne' WHERE id = 1");
    await settles(engine, ['o1', 'o2', 'b1', 'b1', 'b2']);
  }
  const bytes = readFileSync(databaseFile(data()));
  writeFileSync(databaseFile(data()), bytes.fill(0xa5, 0, 100));
  const { code, err } = await relayInProcess(data(), ['restore', '--last', '--yes']);
  expect([code, err]).toEqual([0, '']);
  await using engine = await start();
  drop('orders.ndjson', 1, 2);
  await settles(engine, ['o1', 'o2', 'b1', 'b1', 'b2']);
  book(3, 'Cy');
  await settles(engine, ['o1', 'o2', 'b1', 'b1', 'b2', 'b3']);
});
