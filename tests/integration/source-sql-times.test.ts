/** When a row of an outbox was written, in real databases: that is when its event happened, however late it is read. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { hasMariaDb, hasPostgres, startMariaDb, startPostgres } from '../support/databases.ts';
import { temporaryFolder } from '../support/folder.ts';
import { operator } from '../support/intake.ts';
import { type Reading, read } from '../support/sql-reading.ts';
import { until } from '../support/until.ts';

const password = 'correct horse';
const settings = { timeZone: 'Asia/Manila' };
const written = '2026-11-30T02:15:00.500Z';
const mysqlTable = (type: string) =>
  `id int AUTO_INCREMENT PRIMARY KEY, event varchar(50), payload text, created_at ${type}`;
const insert = (time: string) => `INSERT INTO roost_outbox (event, payload, created_at)
  VALUES ('order.created', '{"order_id":"7"}', ${time}), ('order.created', '{"order_id":"8"}', NULL);`;

const times = ({ test }: Reading) => test.events().map(({ occurred_at }) => occurred_at);

async function expectTimes(config: Record<string, unknown>, first = written): Promise<void> {
  // A file has no login.
  const login = config.system === 'sqlite' ? {} : { user: 'roost', password, database: 'pms' };
  await using reading = await read({ ...login, ...config }, settings);
  const before = Date.now();
  const [of7, of8] = await until(
    () => times(reading),
    (found) => found.length === 2,
    20_000,
  );
  expect(of7).toBe(first);
  // One that does not say when is of the moment in which it is read.
  expect(Math.abs(Date.parse(of8 ?? '') - before)).toBeLessThan(600_000);
}

it.skipIf(!hasMariaDb)(
  'MariaDB: a TIMESTAMP is the moment that it is, whatever the server’s clock; a DATETIME shows the property’s clocks',
  async () => {
    await using database = await startMariaDb();
    database.run(`SET GLOBAL time_zone = '-11:00'; CREATE USER 'roost'@'%' IDENTIFIED BY '${password}';`);
    const config = { system: 'mysql', port: database.port };
    for (const [type, shown] of [
      ['timestamp(3) NULL', '2026-11-30 02:15:00.500'],
      ['datetime(3) NULL', '2026-11-30 10:15:00.500'],
    ] as const) {
      database.run(`USE pms; SET time_zone = '+00:00'; DROP TABLE IF EXISTS roost_outbox;
        CREATE TABLE roost_outbox (${mysqlTable(type)}); GRANT SELECT ON roost_outbox TO 'roost'@'%';
        ${insert(`'${shown}'`)}`);
      await expectTimes(config);
    }
  },
  60_000,
);

it.skipIf(!hasPostgres)(
  'PostgreSQL: a timestamptz is the moment that it is; a timestamp shows the property’s clocks',
  async () => {
    await using database = await startPostgres();
    database.run(`ALTER DATABASE pms SET timezone = 'Pacific/Kiritimati'; CREATE USER roost PASSWORD '${password}';`);
    for (const [type, shown] of [
      ['timestamptz', '2026-11-30 02:15:00.500+00'],
      ['timestamp', '2026-11-30 10:15:00.500'],
    ] as const) {
      database.run(`\\c pms\nDROP TABLE IF EXISTS roost_outbox;
        CREATE TABLE roost_outbox (id serial PRIMARY KEY, event text, payload jsonb, created_at ${type});
        GRANT SELECT ON roost_outbox TO roost; ${insert(`'${shown}'`)}`);
      // PostgreSQL writes no zeros at the end.
      await expectTimes({ system: 'postgres', port: database.port }, written.replace('.500', '.5'));
    }
  },
  60_000,
);

it('SQLite: by its offset, else as the property’s clocks or by the source’s rule; what is no time is kept', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'pms.db');
  const database = new Sqlite(file);
  database.exec('CREATE TABLE roost_outbox (id INTEGER PRIMARY KEY, event TEXT, payload TEXT, created_at TEXT)');
  for (const shown of [written, '2026-11-30 10:15:00.500', '2026-11-30T09:15:00.500+07:00']) {
    database.exec(`DELETE FROM roost_outbox; ${insert(`'${shown}'`)}`);
    await expectTimes({ system: 'sqlite', file });
  }
  database.exec('DELETE FROM roost_outbox');
  await using reading = await read({ system: 'sqlite', file }, settings);
  const { handlers } = reading.test.intake;
  const { id } = reading.source();
  await handlers['sources.change']({ id, shaping: { times: 'utc' } }, operator);
  const put = database.prepare("INSERT INTO roost_outbox (event, payload, created_at) VALUES ('order.created', ?, ?)");
  put.run('{"order_id":"9"}', '2026-11-30 02:15:00.500');
  await until(
    () => times(reading),
    (found) => found.length === 1,
  );
  expect(times(reading)).toEqual([written]);
  const shape = '{"event": "order.completed", "data": {"order_id": "10", "at": "{{ message.timestamp }}"}}';
  await handlers['sources.change']({ id, shaping: { shape } }, operator);
  put.run('{"order_id":"10"}', '2026-11-30T09:15:00+07:00');
  await until(
    () => times(reading),
    (found) => found.length === 2,
  );
  expect(JSON.parse(reading.test.events()[1]?.data ?? '')).toEqual({ order_id: '10', at: '2026-11-30T02:15:00Z' });
  await handlers['sources.change']({ id, shaping: { shape: null } }, operator);
  put.run('{"order_id":"11"}', 'yesterday');
  const kept = () => handlers['sources.messages']({ id, keptOnly: true, limit: 5 }, operator);
  const [row] = await until(kept, (rows) => rows.length === 1);
  expect(row?.trouble?.says).toEqual({ key: 'refusal.no_timestamp', params: { member: 'timestamp' } });
  database.close();
}, 60_000);
