/** A SQLite file of another program, opened to be read. */
import Sqlite from 'better-sqlite3';
import type { SqlConfig } from '../../../../shared/source-kinds/sql.ts';
import type { Database } from './database.ts';
import { textJson } from './database.ts';

function jsonOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : textJson(String(value));
  return textJson(Buffer.isBuffer(value) ? value.toString('base64') : String(value));
}

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
        .all(...values);
      return rows.map((row) => new Map(Object.entries(row).map(([name, value]) => [name, jsonOf(value)])));
    },
    async close() {
      database.close();
    },
  };
}
