/**
 * A thousand rows a second written into an outbox, read by a source of the kind `sql`: whether it keeps up, and how long a row
 * waits. A database is looked at every five seconds, so a row waits up to that long. The bare limit reads the same rows and
 * commits a thousand at a time.
 */
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import mysql from 'mysql2/promise';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { outboxScript } from '../../shared/source-kinds/outbox-script.ts';
import { hasMariaDb, startMariaDb } from '../support/databases.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startEngineUnderTest } from './engine-under-test.ts';
import type { Measured } from './report.ts';
import { delay, watched, watching } from './watched.ts';

const perSecond = 1_000;
const part = 'rows of an outbox in MariaDB, 1,000 a second';

/** One paused endpoint, so that each event has its delivery. */
export async function measureDatabase(seconds: number, nodeOptions: readonly string[]): Promise<Measured[]> {
  if (!hasMariaDb) return [{ part, what: 'taken in (MariaDB is not installed)', value: null, unit: 'rows/s' }];
  await using database = await startMariaDb();
  const password = 'bench';
  database.run(`USE pms; ${outboxScript({ database: 'mysql', system: 'plain', prefix: '', user: 'roost', password })}`);
  const pms = await mysql.createConnection({
    socketPath: join(database.folder, 'db.sock'),
    user: 'root',
    database: 'pms',
  });
  await using engine = await startEngineUnderTest({
    urls: ['http://127.0.0.1:9/'],
    paused: true,
    ...watching,
    nodeOptions: [...watching.nodeOptions, ...nodeOptions],
  });
  const log = new BetterSqlite3(databaseFile(engine.dataFolder), { readonly: true });
  const taken = log.prepare<[], number>('SELECT COALESCE(MAX(seq), 0) FROM events').pluck();
  try {
    const config = { system: 'mysql', port: database.port, database: 'pms', user: 'roost', password };
    const { id } = await engine.control.call('sources.add', { name: 'Outbox', kind: 'sql', config });
    let written = 0;
    const put = async (rows: number) => {
      const values = Array.from({ length: rows }, (_, i) => ['order.created', payload(written + i)]);
      await pms.query('INSERT INTO roost_outbox (event, payload) VALUES ?', [values]);
      written += rows;
    };
    // As the source is after its first look.
    await put(500);
    while ((taken.get() ?? 0) < written) await delay(50);
    await watched(engine);

    const total = written + perSecond * seconds;
    /** When a row was there, by its number. */
    const writtenAt: number[] = [];
    const lags: number[] = [];
    const began = performance.now();
    let seen = written;
    const look = () => {
      const now = performance.now();
      const upTo = Math.min(taken.get() ?? 0, written);
      for (; seen < upTo; seen += 1) lags.push(now - (writtenAt[seen] ?? now));
    };
    while (written < total) {
      const due = Math.min(total, total - perSecond * seconds + ((performance.now() - began) / 1000) * perSecond);
      const rows = Math.floor(due) - written;
      if (rows > 0) {
        const from = written;
        await put(rows);
        const now = performance.now();
        for (let row = from; row < written; row += 1) writtenAt[row] = now;
      }
      look();
      await delay(20);
    }
    const wroteMs = performance.now() - began;
    while (seen < total) {
      look();
      await delay(20);
    }
    const tookMs = performance.now() - began;
    const loop = await watched(engine);
    const source = (await engine.control.call('sources.list', {})).find((one) => one.id === id);
    if (source?.kept !== 0 || source.eventsToday !== total) {
      throw new Error(`${total} rows were written; ${source?.eventsToday} became events, ${source?.kept} are kept`);
    }
    lags.sort((one, other) => one - other);
    return [
      {
        part,
        what: 'taken in, until the last one',
        value: (perSecond * seconds) / (tookMs / 1000),
        unit: 'rows/s',
        bare: await bareLoop(config, total),
        // All of them, and one look after the last.
        goal: { atLeast: (perSecond * seconds) / (seconds + 6) },
      },
      { part, what: 'written', value: (perSecond * seconds) / (wroteMs / 1000), unit: 'rows/s' },
      { part, what: 'a row waits, half of them', value: at(lags, 0.5), unit: 'ms' },
      { part, what: 'a row waits, slowest 1 %', value: at(lags, 0.99), unit: 'ms', goal: { atMost: 6_500 } },
      { part, what: 'the last row, after it was written', value: tookMs - wroteMs, unit: 'ms' },
      {
        part,
        what: 'longest turn of the delivering thread: CPU time',
        value: loop.longestCpu,
        unit: 'ms',
        goal: { atMost: 20 },
      },
      { part, what: 'longest turn by the clock, without its commit', value: loop.longest, unit: 'ms' },
      { part, what: 'longest garbage collection', value: loop.longestCollection, unit: 'ms' },
      { part, what: 'longest commit', value: loop.longestCommit, unit: 'ms' },
    ];
  } finally {
    log.close();
    await pms.end();
  }
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;

const payload = (no: number): string =>
  `{"order_id":"ord_${no}","outlet":"Poolside Bar","total":6000.00,"guest_name":"Mar\\u00eda Pe\\u00f1a"}`;

/** The same rows, a thousand with each SELECT and commit. */
async function bareLoop(config: { port: number; user: string; password: string; database: string }, rows: number) {
  await using folder = await temporaryFolder();
  const store = new BetterSqlite3(join(folder.path, 'bare.db'));
  store.pragma('journal_mode = WAL');
  store.pragma('synchronous = FULL');
  store.exec('CREATE TABLE events (seq INTEGER PRIMARY KEY, type TEXT NOT NULL, data TEXT NOT NULL) STRICT');
  const insert = store.prepare('INSERT INTO events VALUES (?, ?, ?)');
  const commit = store.transaction((page: readonly { id: number; event: string; payload: string }[]) => {
    for (const row of page) insert.run(row.id, row.event, row.payload);
  });
  const { port, user, password, database } = config;
  const connection = await mysql.createConnection({ host: '127.0.0.1', port, user, password, database });
  const began = performance.now();
  for (let last = 0, read = 0; read < rows; ) {
    const [found] = await connection.query(
      'SELECT id, event, CAST(payload AS CHAR) AS payload FROM roost_outbox WHERE id > ? ORDER BY id LIMIT 1000',
      [last],
    );
    const page = found as { id: number; event: string; payload: string }[];
    commit(page);
    last = page.at(-1)?.id ?? Number.MAX_SAFE_INTEGER;
    read += page.length;
    if (page.length === 0) break;
  }
  const seconds = (performance.now() - began) / 1000;
  await connection.end();
  store.close();
  return rows / seconds;
}
