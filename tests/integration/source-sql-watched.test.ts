/** A table watched by the time of its rows' last change, in real databases: whatever that time does, each change is told once. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { sentence } from '../../shared/sentences/sentence.ts';
import { hasMariaDb, hasPostgres, startMariaDb, startPostgres } from '../support/databases.ts';
import { temporaryFolder } from '../support/folder.ts';
import { operator } from '../support/intake.ts';
import { kept, type Reading, read } from '../support/sql-reading.ts';
import { until } from '../support/until.ts';

const password = 'correct horse';
const quarterHourMs = 900_000;

if (!hasMariaDb) console.warn('SKIPPED: MariaDB is not installed (apt-get install mariadb-server)');
if (!hasPostgres) console.warn('SKIPPED: PostgreSQL is not installed (apt-get install postgresql)');

interface Watched extends AsyncDisposable {
  readonly config: Record<string, unknown>;
  run(statements: string): void;
}

/** Each with a clock of its own zone, which is none of this PC's. */
const databases: readonly (readonly [name: string, isHere: boolean, open: () => Promise<Watched>])[] = [
  [
    'MariaDB',
    hasMariaDb,
    async () => {
      const database = await startMariaDb();
      database.run(`SET GLOBAL time_zone = '-11:00'; USE pms;
        CREATE TABLE bookings (id int PRIMARY KEY, name varchar(50), updated timestamp(6) NULL);
        CREATE USER 'roost'@'%' IDENTIFIED BY '${password}'; GRANT SELECT ON bookings TO 'roost'@'%';`);
      return {
        config: { system: 'mysql', port: database.port, database: 'pms', user: 'roost', password },
        run: (statements) => void database.run(`USE pms; ${statements}`),
        [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
      };
    },
  ],
  [
    'PostgreSQL',
    hasPostgres,
    async () => {
      const database = await startPostgres();
      database.run(`ALTER DATABASE pms SET timezone = 'Pacific/Kiritimati';\n\\c pms
        CREATE TABLE bookings (id int PRIMARY KEY, name varchar(50), updated timestamptz);
        CREATE USER roost PASSWORD '${password}'; GRANT SELECT ON bookings TO roost;`);
      return {
        config: { system: 'postgres', port: database.port, database: 'pms', user: 'roost', password },
        run: (statements) => void database.run(`\\c pms\n${statements}`),
        [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
      };
    },
  ],
  [
    'SQLite',
    true,
    async () => {
      const folder = await temporaryFolder();
      const file = join(folder.path, 'watched.db');
      const database = new Sqlite(file);
      database.exec('CREATE TABLE bookings (id INTEGER PRIMARY KEY, name TEXT, updated TEXT)');
      return {
        config: { system: 'sqlite', file },
        run: (statements) => void database.exec(statements),
        async [Symbol.asyncDispose]() {
          database.close();
          await folder[Symbol.asyncDispose]();
        },
      };
    },
  ],
];

const told = (reading: Reading) => kept(reading).map(({ _change, id }) => `${_change} ${id}`);

for (const [name, isHere, open] of databases) {
  it.skipIf(!isHere)(
    `${name}: each change is told once, whatever the time of the last change does`,
    async () => {
      await using database = await open();
      // More than a page that nobody changed yet, and more than a page of one and the same time.
      const rows = Array.from({ length: 500 }, (_, i) =>
        i < 230 ? `(${i + 1}, 'Guest', NULL)` : `(${i + 1}, 'Guest', '2026-11-01 10:00:00.123456')`,
      );
      database.run(`INSERT INTO bookings VALUES ${rows.join(', ')};`);
      await using reading = await read({
        ...database.config,
        reads: 'table',
        table: 'bookings',
        keyColumn: 'id',
        changedColumn: 'updated',
      });
      const { writer } = reading.test.context;
      const remembered = () =>
        writer.prepare<[], { rows: number }>('SELECT COUNT(*) AS rows FROM source_rows').get()?.rows;
      await until(remembered, (count) => count === 500, 20_000);
      await reading.looks();
      expect(told(reading)).toEqual([]);
      const so: string[] = [];
      async function tells(statements: string, ...news: string[]): Promise<void> {
        database.run(statements);
        await until(
          () => told(reading),
          (changes) => changes.length >= so.length + news.length,
          20_000,
        );
        // What is read again is told no second time.
        await reading.looks();
        so.push(...news);
        expect(told(reading).toSorted()).toEqual(so.toSorted());
      }
      // Two at the same moment.
      await tells(
        "UPDATE bookings SET name = 'Ana', updated = '2026-11-02 10:00:00.000001' WHERE id IN (3, 400);",
        'changed 3',
        'changed 400',
      );
      // Committed after it was seen, stamped before.
      await tells("UPDATE bookings SET name = 'Ben', updated = '2026-11-02 09:59:59.5' WHERE id = 401;", 'changed 401');
      // The same moment again, other words.
      await tells("UPDATE bookings SET name = 'Cy' WHERE id = 400;", 'changed 400');
      await tells("INSERT INTO bookings VALUES (501, 'Dan', NULL);", 'added 501');
      // More than a page at one moment.
      await tells(
        "UPDATE bookings SET name = 'Eve', updated = '2026-11-03 10:00:00' WHERE id > 240 AND id <= 480;",
        ...Array.from({ length: 240 }, (_, i) => `changed ${i + 241}`),
      );
      // A time that goes back, one that was taken away, one far ahead, and a row that is gone: by comparing the whole.
      database.run(`UPDATE bookings SET name = 'Fe', updated = '2001-01-01 00:00:00' WHERE id = 490;
        UPDATE bookings SET name = 'Gus', updated = NULL WHERE id = 2;
        DELETE FROM bookings WHERE id = 1;`);
      reading.later(quarterHourMs);
      await tells('SELECT 1;', 'changed 490', 'changed 2', 'gone 1');
      await tells("UPDATE bookings SET name = 'Hal', updated = '2037-01-01 00:00:00' WHERE id = 10;", 'changed 10');
      reading.later(120_000);
      await reading.looks();
      database.run("UPDATE bookings SET name = 'Ida', updated = '2026-11-04 10:00:00' WHERE id = 11;");
      reading.later(quarterHourMs);
      await tells('SELECT 1;', 'changed 11');
    },
    120_000,
  );
}

for (const [name, isHere, open] of databases) {
  it.skipIf(!isHere).each(['', 'updated'])(
    `${name}: a key that two rows share is told, and nothing of it is sent until it is mended (changedColumn "%s")`,
    async (changedColumn) => {
      await using database = await open();
      database.run(`CREATE TABLE dk (id int, room varchar(9), updated varchar(30));
        INSERT INTO dk VALUES (1, '100', '2026-11-01'), (NULL, '99', '2026-11-01');`);
      const { system } = database.config;
      if (system !== 'sqlite') database.run(`GRANT SELECT ON dk TO ${system === 'mysql' ? "'roost'@'%'" : 'roost'};`);
      await using reading = await read({
        ...{ ...database.config, reads: 'table', table: 'dk', keyColumn: 'id', changedColumn, firstLook: 'taken' },
      });
      await until(
        () => told(reading),
        (changes) => changes.length === 1,
        20_000,
      );
      await until(reading.source, ({ health }) => health.lastTrouble !== null);
      expect(reading.source().health.lastTrouble?.says).toEqual(
        sentence('source.database_no_key', { table: 'dk', column: 'id' }),
      );
      database.run("INSERT INTO dk VALUES (5, '101', '2026-11-02'), (5, '102', '2026-11-03');");
      const { health } = await until(reading.source, ({ health }) => health.away !== null, 20_000);
      expect(health.away?.says).toEqual(
        sentence('source.database_key_twice', { table: 'dk', column: 'id', key: '5', count: 2 }),
      );
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(told(reading)).toEqual(['added 1']);
      database.run("UPDATE dk SET id = 6 WHERE room = '102';");
      await until(
        () => told(reading),
        (changes) => changes.length === 3,
        20_000,
      );
      await until(reading.source, ({ health }) => health.away === null);
      await reading.looks();
      expect(told(reading)).toEqual(['added 1', 'added 5', 'added 6']);
    },
    60_000,
  );
}

for (const [name, isHere, open] of databases) {
  it.skipIf(!isHere)(
    `${name}: rows that are gone all at once are held, and told once they stay away`,
    async () => {
      await using database = await open();
      const rows = Array.from({ length: 30 }, (_, i) => `(${i + 1}, 'Guest', '2026-11-01 10:00:00')`).join(', ');
      const fill = `INSERT INTO bookings VALUES ${rows};`;
      database.run(fill);
      await using reading = await read({
        ...{ ...database.config, reads: 'table', table: 'bookings', keyColumn: 'id' },
      });
      const remembered = () =>
        reading.test.context.writer.prepare<[], number>('SELECT COUNT(*) FROM source_rows').pluck().get();
      await until(remembered, (count) => count === 30, 20_000);
      await reading.looks();
      database.run('DELETE FROM bookings;');
      const { health } = await until(reading.source, ({ health }) => health.away !== null, 20_000);
      expect(health.away?.says).toMatchObject({
        key: 'source.database_gone_at_once',
        params: { table: 'bookings', gone: 30, of: 30 },
      });
      await reading.looks();
      database.run(fill);
      await until(reading.source, ({ health }) => health.away === null, 20_000);
      await reading.looks();
      expect(told(reading)).toEqual([]);
      // More than half of them; what is new meanwhile is told at once.
      database.run("DELETE FROM bookings WHERE id > 14; INSERT INTO bookings VALUES (99, 'New', NULL);");
      await until(reading.source, ({ health }) => health.away?.says.params.gone === 16, 20_000);
      reading.later(quarterHourMs);
      await reading.looks();
      expect(told(reading)).toEqual(['added 99']);
      reading.later(quarterHourMs);
      await until(
        () => told(reading),
        (changes) => changes.length === 17,
        20_000,
      );
      await until(reading.source, ({ health }) => health.away === null, 20_000);
      // Half of them, and all but one of a handful, are what they look like.
      database.run('DELETE FROM bookings WHERE id > 7 AND id < 99;');
      await until(
        () => told(reading),
        (changes) => changes.length === 24,
        20_000,
      );
      database.run('DELETE FROM bookings WHERE id < 99;');
      await until(
        () => told(reading),
        (changes) => changes.length === 31,
        20_000,
      );
      expect(told(reading).slice(1).toSorted()).toEqual(
        Array.from({ length: 30 }, (_, i) => `gone ${i + 1}`).toSorted(),
      );
    },
    60_000,
  );
}

it('rows that are gone all at once are told, or kept, at once where a person says so', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'watched.db');
  const database = new Sqlite(file);
  const rows = (from: number) => Array.from({ length: 31 - from }, (_, i) => `(${from + i})`).join(', ');
  database.exec(`CREATE TABLE bookings (id INTEGER PRIMARY KEY); INSERT INTO bookings VALUES ${rows(1)};`);
  await using reading = await read({ system: 'sqlite', file, reads: 'table', table: 'bookings', keyColumn: 'id' });
  const { handlers } = reading.test.intake;
  const { id } = reading.source();
  const sayGone = (gone: boolean) => handlers['sources.sayGone']({ id, gone }, operator);
  const awayIs = (key: string | null) =>
    until(reading.source, ({ health }) => (health.away?.says.key ?? null) === key, 20_000);
  const remembered = () =>
    reading.test.context.writer.prepare<[], number>('SELECT COUNT(*) FROM source_rows').pluck().get();
  await until(remembered, (count) => count === 30, 20_000);
  await expect(sayGone(true)).rejects.toMatchObject({ code: 'conflict' });
  database.exec('DELETE FROM bookings;');
  await awayIs('source.database_gone_at_once');
  expect((await sayGone(false)).health.away?.says.key).toBe('source.database_gone_kept');
  // Longer than they would be held, and though most are there again.
  reading.later(4 * quarterHourMs);
  database.exec(`INSERT INTO bookings VALUES ${rows(6)};`);
  await until(reading.source, ({ health }) => health.away?.says.params.gone === 5, 20_000);
  await reading.looks();
  expect(told(reading)).toEqual([]);
  database.exec('INSERT INTO bookings VALUES (1), (2), (3), (4), (5);');
  await awayIs(null);
  database.exec('DELETE FROM bookings WHERE id > 10;');
  await awayIs('source.database_gone_at_once');
  expect((await sayGone(true)).health.away).toBeNull();
  expect(told(reading).toSorted()).toEqual(Array.from({ length: 20 }, (_, i) => `gone ${i + 11}`).toSorted());
  const acts = reading.test.context.writer
    .prepare<[], { detail: string }>("SELECT detail FROM audit WHERE act = 'sources.sayGone' ORDER BY seq")
    .all();
  expect(acts.map(({ detail }) => JSON.parse(detail))).toMatchObject([
    { rows: 30, gone: false },
    { rows: 20, gone: true },
  ]);
  database.close();
});

it('a database that is away while rows are held is away since then, through every trouble after', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'watched.db');
  const database = new Sqlite(file);
  const rows = Array.from({ length: 30 }, (_, i) => `(${i + 1})`).join(', ');
  database.exec(`CREATE TABLE bookings (id INTEGER PRIMARY KEY); INSERT INTO bookings VALUES ${rows};`);
  await using reading = await read({ system: 'sqlite', file, reads: 'table', table: 'bookings', keyColumn: 'id' });
  const remembered = () =>
    reading.test.context.writer.prepare<[], number>('SELECT COUNT(*) FROM source_rows').pluck().get();
  await until(remembered, (count) => count === 30, 20_000);
  await reading.looks();
  database.exec('DELETE FROM bookings;');
  const awayAs = async (key: string) =>
    (await until(reading.source, ({ health }) => health.away?.says.key === key, 20_000)).health.away?.since ?? 0;
  const held = await awayAs('source.database_gone_at_once');
  reading.later(quarterHourMs);
  database.exec('ALTER TABLE bookings RENAME TO others;');
  const away = await awayAs('source.database_no_watched');
  expect(away).toBeGreaterThanOrEqual(held + quarterHourMs);
  reading.later(quarterHourMs);
  database.exec('CREATE TABLE bookings (other int);');
  expect(await awayAs('source.database_no_column')).toBe(away);
  database.close();
});

for (const [name, isHere, open] of databases) {
  it.skipIf(!isHere)(
    `${name}: a column that is added, renamed or dropped changes no row, and is said`,
    async () => {
      await using database = await open();
      const rows = Array.from({ length: 300 }, (_, i) => `(${i + 1}, 'Guest', '2026-11-01 10:00:00')`).join(', ');
      database.run(`INSERT INTO bookings VALUES ${rows};`);
      await using reading = await read({
        ...{ ...database.config, reads: 'table', table: 'bookings', keyColumn: 'id' },
      });
      const remembered = (word: string) => () =>
        reading.test.context.writer
          .prepare<[string], number>('SELECT COUNT(*) FROM source_rows WHERE INSTR(raw, ?) > 0')
          .pluck()
          .get(word);
      const all = (count: number | undefined) => count === 300;
      await until(remembered('"id"'), all, 20_000);
      await reading.looks();
      const said = (added: string, dropped: string) =>
        sentence('source.database_other_columns', { table: 'bookings', added, dropped });
      database.run("ALTER TABLE bookings ADD COLUMN room varchar(9) DEFAULT '101';");
      await until(remembered('"room"'), all, 20_000);
      await until(reading.source, ({ health }) => health.lastTrouble !== null);
      expect(reading.source().health.lastTrouble?.says).toEqual(said('room', '–'));
      database.run('ALTER TABLE bookings RENAME COLUMN name TO guest;');
      await until(remembered('"guest"'), all, 20_000);
      await until(reading.source, ({ health }) => health.lastTrouble?.says.params.dropped === 'name');
      expect(reading.source().health.lastTrouble?.says).toEqual(said('guest', 'name'));
      expect(told(reading)).toEqual([]);
      // What does change meanwhile is told.
      database.run("ALTER TABLE bookings DROP COLUMN room; UPDATE bookings SET guest = 'Ana' WHERE id = 250;");
      await until(
        () => told(reading),
        (changes) => changes.length > 0,
        20_000,
      );
      await reading.looks();
      expect(told(reading)).toEqual(['changed 250']);
    },
    60_000,
  );
}

/** When clocks in Berlin went from 03:00 to 02:00 again. */
const backAt = Date.UTC(2026, 9, 25, 1);
const minuteMs = 60_000;
/** As a clock in Berlin, or one that is an hour slower, shows it. */
const shown = (atMs: number, hoursAhead: number) =>
  new Date(atMs + hoursAhead * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

it.skipIf(!hasMariaDb).each([
  ['TIMESTAMP', 'timestamp(6)', ''],
  ['TIMESTAMP with an index', 'timestamp(6)', ', INDEX (updated)'],
  ['DATETIME', 'datetime(6)', ', INDEX (updated)'],
])(
  'MariaDB in Berlin, %s: in the hour that comes twice no change is missed, and none is told twice',
  async (_name, type, index) => {
    await using database = await startMariaDb(undefined, 'Europe/Berlin');
    database.run(`USE pms; CREATE TABLE bookings (id int PRIMARY KEY, name varchar(50), updated ${type} NULL${index});
      CREATE USER 'roost'@'%' IDENTIFIED BY '${password}'; GRANT SELECT ON bookings TO 'roost'@'%';`);
    const isInstant = type.startsWith('timestamp');
    /** So many minutes before or after the clocks went back, as the column is written by a program in Berlin. */
    const stamp = (minutes: number) => {
      const at = backAt + minutes * minuteMs;
      return isInstant ? shown(at, 0) : shown(at, minutes < 0 ? 2 : 1);
    };
    const write = (statements: string) => database.run(`USE pms; SET time_zone = '+00:00'; ${statements}`);
    const rows = Array.from({ length: 300 }, (_, i) => `(${i + 1}, 'Guest', '${stamp(-120)}')`);
    write(`INSERT INTO bookings VALUES ${rows.join(', ')};`);
    await using reading = await read({
      ...{ system: 'mysql', port: database.port, database: 'pms', user: 'roost', password },
      ...{ reads: 'table', table: 'bookings', keyColumn: 'id', changedColumn: 'updated' },
    });
    const remembered = () =>
      reading.test.context.writer.prepare<[], number>('SELECT COUNT(*) FROM source_rows').pluck().get();
    await until(remembered, (count) => count === 300, 20_000);
    const so: string[] = [];
    async function changes(minutes: number, ...ids: readonly number[]): Promise<void> {
      for (const id of ids) {
        write(`UPDATE bookings SET name = 'at ${minutes}', updated = '${stamp(minutes)}' WHERE id = ${id};`);
      }
      so.push(...ids.map((id) => `changed ${id}`));
      // What no clock can tell, since it shows the same twice, is found by comparing the whole table.
      if (!isInstant && minutes >= 0) reading.later(quarterHourMs);
      await until(
        () => told(reading),
        (found) => found.length >= so.length,
        20_000,
      );
      await reading.looks();
      expect(told(reading).toSorted()).toEqual(so.toSorted());
      // What was changed then is older than what is read again.
      reading.later(61_000);
    }
    await changes(-50, 1);
    await changes(-20, 2, 3);
    await changes(-1, 4);
    await changes(5, 5);
    await changes(25, 6, 2);
    await changes(31, 7);
    await changes(59, 8);
    await changes(61, 9);
    // More than a page, spread over both of the hours, at once.
    const spread = Array.from({ length: 240 }, (_, i) => i + 50);
    write(
      spread
        .map((id, i) => `UPDATE bookings SET name = 'Sp', updated = '${stamp(i / 2 - 60)}' WHERE id = ${id};`)
        .join('\n'),
    );
    so.push(...spread.map((id) => `changed ${id}`));
    reading.later(quarterHourMs);
    await until(
      () => told(reading),
      (found) => found.length >= so.length,
      30_000,
    );
    await reading.looks();
    expect(told(reading).toSorted()).toEqual(so.toSorted());
  },
  120_000,
);
