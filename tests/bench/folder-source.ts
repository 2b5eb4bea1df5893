/**
 * A file of many rows that a system leaves in a folder, until it lies in `processed`: beside the bare limit of reading the
 * same file and inserting its rows, a page of them in each commit.
 */
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { lookAtFile, rowsOfFile } from '../../electron/engine/sources/reading/read-file.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startEngineUnderTest } from './engine-under-test.ts';
import type { Measured } from './report.ts';
import { refuseLess } from './rows-taken.ts';
import { delay, watched, watching } from './watched.ts';

const page = 500;

export async function measureFolderSource(rows: number, nodeOptions: readonly string[]): Promise<Measured[]> {
  await using folder = await temporaryFolder();
  // Paused, so that each event has its delivery and none goes out.
  await using engine = await startEngineUnderTest({
    ...{ urls: ['http://127.0.0.1:9/'], paused: true, ...watching },
    nodeOptions: [...watching.nodeOptions, ...nodeOptions],
  });
  const exported = join(folder.path, 'export');
  mkdirSync(exported);
  await engine.control.call('sources.add', {
    ...{ name: 'Export', kind: 'folder', config: { folder: exported }, shaping: { preset: 'generic_csv' } },
  });
  const taken = async (name: string, count: number): Promise<number> => {
    // As a system does that writes under another name first: it is whole at once.
    writeFileSync(join(exported, `${name}.tmp`), csvOf(name, count));
    await delay(1_000);
    const began = performance.now();
    renameSync(join(exported, `${name}.tmp`), join(exported, name));
    while (readdirSync(exported).includes(name)) await delay(5);
    return (performance.now() - began) / 1_000;
  };
  await taken('warm.csv', page);
  await watched(engine);
  const seconds = await taken('bookings.csv', rows);
  const loop = await watched(engine);
  refuseLess(engine.dataFolder, 'bookings.csv', rows + page);
  const part = 'folder';
  const what = `${rows} CSV rows`;
  return [
    { part, what, value: rows / seconds, unit: 'rows/s', bare: await bareRows(rows) },
    { part, what: `${what}: until the file lies in processed`, value: seconds, unit: 's' },
    { part, what: 'longest turn: most CPU time', value: loop.longestCpu, unit: 'ms', goal: { atMost: 20 } },
    { part, what: 'longest turn: by the clock, without its commit', value: loop.longest, unit: 'ms' },
  ];
}

function csvOf(run: string, rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, n) => `in;${run}-${n};María Peña ${n};${100 + (n % 60)};2026-03-20 14:00;6000.00`,
  );
  return `event;booking_id;guest_name;room;checkin;total\r\n${lines.join('\r\n')}\r\n`;
}

/** Rows a second: looked at, read, and inserted into one table with one index. */
async function bareRows(rows: number): Promise<number> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'bare.csv');
  writeFileSync(file, csvOf('bare', rows));
  const database = new BetterSqlite3(join(folder.path, 'bare.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE events (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, data TEXT NOT NULL) STRICT');
  database.exec('CREATE UNIQUE INDEX by_id ON events (id)');
  const insert = database.prepare('INSERT INTO events (id, data) VALUES (?, ?)');
  const commit = database.transaction((some: readonly { readonly raw: string; readonly number: number }[]) => {
    for (const { raw, number } of some) insert.run(`evt_${number}`, raw);
  });
  const wanted = { format: null, delimiter: null, charset: null, path: null };
  const began = performance.now();
  const { form } = await lookAtFile(file, wanted);
  let some: { raw: string; number: number }[] = [];
  for await (const row of rowsOfFile(file, form)) {
    if (some.push(row) < page) continue;
    commit(some);
    some = [];
  }
  commit(some);
  const seconds = (performance.now() - began) / 1_000;
  database.close();
  return rows / seconds;
}
