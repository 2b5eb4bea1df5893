/** A SQLite file of another program, opened to be read. */
import Sqlite from 'better-sqlite3';
import type { SqlConfig } from '../../../../shared/source-kinds/sql.ts';
import { type Database, type DatabaseValue, rowOf, textJson } from './database.ts';

function shownValue(value: unknown): string | Uint8Array | null {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : textJson(String(value));
  return textJson(String(value));
}

/** A real number may be written as a whole one that is too large to be one there. */
const asGiven = (value: DatabaseValue): DatabaseValue =>
  typeof value === 'bigint' && BigInt.asIntN(64, value) !== value ? Number(value) : value;

/** The native module is loaded with the first database, whichever that is. */
export function loadModule(): void {
  new Sqlite(':memory:').close();
}

export async function connect({ file }: SqlConfig): Promise<Database> {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 2_000 });
  return {
    async rows(statement, values) {
      const rows = database
        .prepare<unknown[], Record<string, unknown>>(statement)
        .safeIntegers(true)
        .all(...values.map(asGiven));
      return rows.map((row) => rowOf(Object.entries(row).map(([name, value]) => [name, shownValue(value)])));
    },
    async close() {
      database.close();
    },
  };
}
