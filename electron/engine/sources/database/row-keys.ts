/** What tells a watched table's rows apart must do so: a key that two rows share would make each the change of the other. */
import { sentence } from '../../../../shared/sentences/sentence.ts';
import type { SqlConfig } from '../../../../shared/source-kinds/sql.ts';
import { type Database, type DatabaseRow, givenBack, markOf, plain } from './database.ts';
import { dialects, quotedTable } from './dialect.ts';
import { DatabaseTrouble } from './trouble.ts';

/** Of a key that is told, in characters. */
const longestKey = 100;

/** @throws DatabaseTrouble that names the key, where one of these rows is not the only one with its own */
export async function refuseTwice(database: Database, config: SqlConfig, rows: readonly DatabaseRow[]): Promise<void> {
  if (rows.length === 0) return;
  const dialect = dialects[config.system];
  const key = dialect.quoted(config.keyColumn);
  const keys = [...new Set(rows.map((row) => markOf(row, config.keyColumn)))].map((mark) => mark && givenBack(mark));
  const list = keys.map((_, i) => dialect.value(i + 1)).join(', ');
  // The database says what is the same: by its collation `a1` may be `A1`.
  const rest = `FROM ${quotedTable(dialect, config.table)} WHERE ${key} IN (${list}) GROUP BY ${key} HAVING COUNT(*) > 1`;
  const [twice] = await database.rows(dialect.first(1, `${key} AS one, COUNT(*) AS many`, rest), keys);
  if (twice === undefined) return;
  const { table, keyColumn: column } = config;
  const told = (plain(twice.get('one') ?? null) ?? '').slice(0, longestKey).toWellFormed();
  const count = Number(plain(twice.get('many') ?? null) ?? 2);
  throw new DatabaseTrouble(sentence('source.database_key_twice', { table, column, key: told, count }), null);
}

/** Whether a row has no key at all: it is none that could be known again. */
export async function hasNoKey(database: Database, config: SqlConfig): Promise<boolean> {
  const dialect = dialects[config.system];
  const rest = `FROM ${quotedTable(dialect, config.table)} WHERE ${dialect.quoted(config.keyColumn)} IS NULL`;
  return (await database.rows(dialect.first(1, '1 AS one', rest), [])).length > 0;
}
