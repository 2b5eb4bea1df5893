/** Whether each row that was left became an event, as the store has it: a count of today's is another after midnight. */
import BetterSqlite3 from 'better-sqlite3';
import { databaseFile } from '../../electron/engine/store/connection.ts';

/** @throws where another number of rows than `count` became events, or some are kept */
export function refuseLess(dataFolder: string, file: string, count: number): void {
  const database = new BetterSqlite3(databaseFile(dataFolder), { readonly: true });
  try {
    const number = (sql: string) => database.prepare<[], number>(sql).pluck().get() ?? 0;
    const events = number('SELECT count(*) FROM events');
    const kept = number("SELECT count(*) FROM messages WHERE state = 'kept'");
    if (events === count && kept === 0) return;
    throw new Error(`${file}: ${count} rows were left; ${events} became events, ${kept} are kept`);
  } finally {
    database.close();
  }
}
