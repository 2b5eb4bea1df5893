/**
 * The bare limits of the machine, measured in the same run: what better-sqlite3 commits with
 * `synchronous=FULL`, and what undici posts signed with no database behind it. The product can come near
 * them; it cannot pass them.
 */
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Pool } from 'undici';
import { temporaryFolder } from '../support/folder.ts';
import { eventNumber } from './events.ts';

/** Events a second into one table with one index, so many in each commit. */
export async function bareCommits(events: number, inEachCommit: number): Promise<number> {
  await using folder = await temporaryFolder();
  const database = new BetterSqlite3(join(folder.path, 'bare.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE events (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, data TEXT NOT NULL) STRICT');
  database.exec('CREATE UNIQUE INDEX by_id ON events (id)');
  const insert = database.prepare('INSERT INTO events (id, data) VALUES (?, ?)');
  const rows = Array.from({ length: events }, (_, n) => eventNumber(n, 'bare')).map(
    (event) => [event.id, JSON.stringify(event.data)] as const,
  );
  const commit = database.transaction((from: number) => {
    for (const row of rows.slice(from, from + inEachCommit)) insert.run(...row);
  });
  const began = performance.now();
  for (let from = 0; from < rows.length; from += inEachCommit) commit(from);
  const seconds = (performance.now() - began) / 1000;
  database.close();
  return events / seconds;
}

/**
 * Signed posts a second, kept alive, so many connections to each address; each event goes to every address.
 * Runs in a process of its own (bare-poster.ts), as the engine does.
 */
export async function barePosts(urls: readonly string[], events: number, connections: number): Promise<number> {
  const secret = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
  const bodies = Array.from({ length: events }, (_, n) => Buffer.from(JSON.stringify(eventNumber(n, 'bare').data)));
  const pools = urls.map((url) => ({
    path: new URL(url).pathname,
    pool: new Pool(new URL(url).origin, { connections }),
  }));
  const began = performance.now();
  await Promise.all(
    pools.map(async ({ pool, path }) => {
      let next = 0;
      await Promise.all(
        Array.from({ length: connections }, async () => {
          for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
            const signature = createHmac('sha256', secret).update(body).digest('hex');
            const headers = { 'content-type': 'application/json', 'x-roostsync-signature': `sha256=${signature}` };
            const answer = await pool.request({ path, method: 'POST', body, headers });
            await answer.body.dump();
          }
        }),
      );
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  await Promise.all(pools.map(({ pool }) => pool.close()));
  return (events * urls.length) / seconds;
}
