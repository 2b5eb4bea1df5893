import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import {
  columnsThat,
  impersonalTables,
  places,
  retentionKinds,
  tables,
} from '../../electron/engine/privacy/inventory.ts';
import { migrate } from '../../electron/engine/store/migrate.ts';

const database = new Database(':memory:');
migrate(database);
const present = database
  .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
  .pluck()
  .all();
const columnsOf = (table: string) =>
  database.prepare<[], { name: string; type: string }>(`SELECT name, type FROM pragma_table_info('${table}')`).all();

test('each table is in the inventory of personal data, or known to hold none', () => {
  expect([...tables.map(({ table }) => table), ...impersonalTables].sort()).toEqual([...present].sort());
});

test.each(tables)('each text of $table is in the inventory', ({ table, columns }) => {
  const texts = columnsOf(table).filter(({ type }) => type === 'TEXT' || type === 'BLOB');
  const sealed =
    /^(?:id|host|url|ca_pem|headers|header_names|events|switch.*|health|kind.*|secrets|token_hash|path_hash|property_id|state|name|masked_address|verified_issuer|bench_.*|last_outcome|outcome)$/;
  const said = Object.keys(columns);
  expect(said.filter((name) => !texts.some((column) => column.name === name))).toEqual([]);
  expect(texts.map(({ name }) => name).filter((name) => !said.includes(name) && !sealed.test(name))).toEqual([]);
});

test("bodies that a PMS or a receiver wrote are found by what they hold, and each kind of retention is somebody's", () => {
  expect(columnsThat('payload', 'answer')).toEqual([
    { table: 'events', column: 'data' },
    { table: 'attempts', column: 'response_body' },
    { table: 'attempts', column: 'response_headers' },
    { table: 'attempts', column: 'sent_body' },
    { table: 'attempts', column: 'test_body' },
    { table: 'refusals', column: 'body' },
    { table: 'refusals', column: 'request' },
    { table: 'messages', column: 'raw' },
    { table: 'source_rows', column: 'raw' },
  ]);
  const kept = new Set([...tables, ...places].map((place) => place.kept));
  // Answers lie in the table of attempts, and go before them.
  expect(retentionKinds.filter((kind) => !kept.has(kind))).toEqual(['answers']);
});
