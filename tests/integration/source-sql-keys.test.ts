/** A watched table of many pages, in real databases: whatever type its key and its time of change have, every row is read. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { hasMariaDb, hasPostgres, startMariaDb, startPostgres } from '../support/databases.ts';
import { temporaryFolder } from '../support/folder.ts';
import { kept, read } from '../support/sql-reading.ts';
import { until } from '../support/until.ts';

const password = 'correct horse';
const many = 1_000;
const newest = many - 7;

if (!hasMariaDb) console.warn('SKIPPED: MariaDB is not installed (apt-get install mariadb-server)');
if (!hasPostgres) console.warn('SKIPPED: PostgreSQL is not installed (apt-get install postgresql)');

interface Watched extends AsyncDisposable {
  readonly config: Record<string, unknown>;
  run(statements: string): void;
}

/** How a key is declared, and the row of that number has it. */
type Keys = readonly (readonly [declared: string, key: (no: number) => string])[];

const hex = (no: number) => no.toString(16).padStart(32, '0');
const uuid = (no: number) => `'${hex(no * 7919).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}'`;
const beyondDoubles = (no: number) => `${9_007_199_254_740_993n + BigInt(no)}`;

const databases: readonly (readonly [string, boolean, Keys, () => Promise<Watched>])[] = [
  [
    'MariaDB',
    hasMariaDb,
    [
      ['bigint', beyondDoubles],
      ['bigint unsigned', (no) => `${18_446_744_073_709_551_615n - BigInt(no)}`],
      ['decimal(30,10)', (no) => `12345678901234567890.${10_000 + no}`],
      ['binary(16)', (no) => `X'${hex(no * 7919)}'`],
      ['varbinary(20)', (no) => `X'ff${hex(no).slice(-6)}00'`],
      ['uuid', uuid],
      ['varchar(20)', (no) => `'${no}'`],
      ['varchar(20) character set latin1 collate latin1_swedish_ci', (no) => `'${no % 2 ? 'É' : 'a'}${no}'`],
      ['varchar(20) collate utf8mb4_bin', (no) => `'${no % 2 ? 'Ü' : 'u'}${no}'`],
      ['datetime(3)', (no) => `'2026-01-01 00:00:00.${`${no}`.padStart(3, '0').slice(-3)}'`],
      ['bit(40)', (no) => `${no}`],
    ],
    async () => {
      const database = await startMariaDb();
      database.run(`CREATE USER 'roost'@'%' IDENTIFIED BY '${password}'; GRANT SELECT ON pms.* TO 'roost'@'%';`);
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
    [
      ['bigint', beyondDoubles],
      ['numeric', (no) => `12345678901234567890.${10_000 + no}`],
      ['uuid', uuid],
      ['bytea', (no) => `'\\x${hex(no * 7919)}'`],
      ['text', (no) => `'${no}'`],
      ['text collate "C"', (no) => `'${no % 2 ? 'É' : 'e'}${no}'`],
      ['char(12)', (no) => `'${no}'`],
      ['double precision', (no) => `${no} / 3.0`],
    ],
    async () => {
      const database = await startPostgres();
      database.run(`\\c pms
        CREATE USER roost PASSWORD '${password}'; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO roost;`);
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
    [
      ['', (no) => `${no}`],
      ['', beyondDoubles],
      ['', (no) => `'${no}'`],
      ['', (no) => (no % 3 === 0 ? `${no}` : no % 3 === 1 ? `'${no}'` : `X'${hex(no)}'`)],
      ['', (no) => `${no} / 3.0`],
      ['text', (no) => `'${no}'`],
      ['text collate nocase', (no) => `'${no % 2 ? 'A' : 'b'}${no}'`],
      ['integer', beyondDoubles],
      ['real', (no) => `${no}`],
      ['blob', (no) => `X'${hex(no)}'`],
    ],
    async () => {
      const folder = await temporaryFolder();
      const file = join(folder.path, 'watched.db');
      const database = new Sqlite(file);
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

for (const [name, isHere, keys, open] of databases) {
  it.skipIf(!isHere)(
    `${name}: a watched table is read to its end, whatever its key is`,
    async () => {
      await using database = await open();
      for (const [index, [declared, key]] of keys.entries()) {
        for (const changedColumn of name === 'SQLite' && index < 4 ? ['', 'changed'] : ['']) {
          const table = `t${index}${changedColumn}`;
          // In SQLite a time of change without a type, too: seconds as a number.
          const changed = name === 'SQLite' ? 'changed' : 'changed int';
          const rows = Array.from({ length: many }, (_, i) => `(${key(i + 1)}, 'Guest', ${1_700_000_000 + i})`);
          database.run(`CREATE TABLE ${table} (k ${declared}, name varchar(9), ${changed});
            INSERT INTO ${table} VALUES ${rows.join(', ')};`);
          await using reading = await read({
            ...{ ...database.config, reads: 'table', table, keyColumn: 'k', changedColumn },
          });
          const remembered = () =>
            reading.test.context.writer.prepare<[], number>('SELECT COUNT(*) FROM source_rows').pluck().get();
          const what = `${declared} ${changedColumn}`;
          await until(remembered, (count) => count === many, 20_000).catch(() => {
            const { away, lastTrouble } = reading.source().health;
            const says = JSON.stringify(away ?? lastTrouble);
            throw new Error(`${what}: ${remembered()} of ${many} rows were read; ${says}`);
          });
          expect(kept(reading), what).toEqual([]);
          database.run(`UPDATE ${table} SET name = 'Ana', changed = 1800000000 WHERE k = ${key(newest)};`);
          const told = await until(
            () => kept(reading),
            (messages) => messages.length > 0,
            20_000,
          );
          expect(told, what).toMatchObject([{ _change: 'changed', name: 'Ana' }]);
        }
      }
    },
    300_000,
  );
}

it.each(databases.map(([name, isHere, , open]) => ({ name, isHere, open })))(
  '$name: bytes are a text in base64, flags a number',
  async ({ name, isHere, open }) => {
    if (!isHere) return;
    await using database = await open();
    const bytes = name === 'PostgreSQL' ? `'\\x00ff80'` : `X'00ff80'`;
    const [small, large, flag] = { MariaDB: ['varbinary(9)', 'blob', 'bit(1)'], PostgreSQL: ['bytea', 'bytea', 'int'] }[
      name
    ] ?? ['blob', 'blob', 'int'];
    database.run(`CREATE TABLE b (id int, small ${small}, large ${large}, none ${small}, flag ${flag}, name varchar(9));
      INSERT INTO b VALUES (1, ${bytes}, ${bytes}, NULL, 1, 'Zoë');`);
    await using reading = await read({
      ...{ ...database.config, reads: 'table', table: 'b', keyColumn: 'id', firstLook: 'taken' },
    });
    const [row] = await until(
      () => kept(reading),
      (messages) => messages.length > 0,
      20_000,
    );
    expect(row).toMatchObject({ id: 1, small: 'AP+A', large: 'AP+A', none: null, flag: 1, name: 'Zoë' });
  },
  60_000,
);
