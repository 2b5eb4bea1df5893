/**
 * What was told of incidents before a restore: a backup remembers less, and whoever was told once would be told again as if
 * it were new. What the present data remembers is carried into what takes its place, marked as carried: whether an incident
 * goes on there is seen at the first looks, and of one that does not nobody hears that it is over.
 */
import { existsSync } from 'node:fs';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { noticeWas } from '../notices.ts';
import type { Row } from './wreck.ts';

/**
 * Inside a transaction of what takes the place.
 * @param from the database that was put aside; damaged, it is told anew at the worst
 */
export function carryToldNotices(from: string, into: Database): void {
  if (!existsSync(from)) return;
  const put = into.prepare(`INSERT OR REPLACE INTO notices (outlet, id, condition, told_at, announced, amount)
    VALUES (@outlet, @id, @condition, @told_at, @announced, @amount)`);
  for (const row of toldIn(from)) {
    put.run({ ...row, announced: row.announced === noticeWas.seen ? noticeWas.seen : noticeWas.carried });
  }
}

/** None where they cannot be read. */
function toldIn(from: string): readonly Row[] {
  let present: Database | null = null;
  try {
    present = new BetterSqlite3(from, { readonly: true });
    return present.prepare<[], Row>('SELECT outlet, id, condition, told_at, announced, amount FROM notices').all();
  } catch (error) {
    if (error instanceof BetterSqlite3.SqliteError) return [];
    throw error;
  } finally {
    present?.close();
  }
}
