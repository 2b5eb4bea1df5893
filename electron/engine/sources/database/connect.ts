/** A connection to whichever system it is. */
import type { SqlConfig } from '../../../../shared/source-kinds/sql.ts';
import type { Database } from './database.ts';
import { refusePlainFar } from './encryption.ts';

export async function connectTo(config: SqlConfig): Promise<Database> {
  await refusePlainFar(config);
  // Each driver is loaded where it is used alone.
  switch (config.system) {
    case 'mysql':
      return (await import('./mysql.ts')).connect(config);
    case 'postgres':
      return (await import('./postgres.ts')).connect(config);
    case 'mssql':
      return (await import('./mssql.ts')).connect(config);
    case 'sqlite':
      return (await import('./sqlite.ts')).connect(config);
  }
}
