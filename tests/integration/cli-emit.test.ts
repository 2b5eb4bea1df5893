/** NDJSON over `emit` while the engine goes away: every line arrives, and none of them twice. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, test } from 'vitest';
import { type ControlFile, readControlFile } from '../../electron/engine/control/control-file.ts';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { runCommand, spawnCommand } from '../support/command-line.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';

const line = (n: number): string =>
  `${JSON.stringify({ event: 'booking.created', property_id: 'p', data: { booking_id: `bk_${n}` } })}\n`;
const lines = (count: number): string => Array.from({ length: count }, (_, n) => line(n)).join('');

/** Which bookings are stored, each as often as it is. */
function stored(folder: string): string[] {
  const database = new BetterSqlite3(databaseFile(folder), { readonly: true });
  try {
    return database.prepare<[], string>('SELECT entity_id FROM events ORDER BY seq').pluck().all();
  } finally {
    database.close();
  }
}

async function until(good: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await good())) {
    if (performance.now() > end) throw new Error('not in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const spooled = async (folder: string) => (await readdir(join(folder, 'spool')).catch(() => [])).length;

/** A way to the engine that breaks when the engine answers `emit`: it has stored by then, and nobody hears so. */
async function breakingWay(control: ControlFile): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((near) => {
    const far = connect(control.port, '127.0.0.1');
    let isEmitting = false;
    near
      .on('error', () => undefined)
      .on('data', (bytes) => {
        isEmitting ||= bytes.includes('POST /control/emit');
        far.write(bytes);
      });
    far
      .on('error', () => undefined)
      .on('data', (bytes) => {
        if (!isEmitting) return near.write(bytes);
        near.resetAndDestroy();
        return far.destroy();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

test('lines that were stored before the connection broke are not stored again from the spool folder', async () => {
  await using folder = await temporaryFolder();
  await using _engine = await startEngineProcess({ dataFolder: folder.path });
  const control = await readControlFile(folder.path);
  if (control === null) throw new Error('the engine left no control file');
  const way = await breakingWay(control);
  const file = join(folder.path, 'control.json');
  const written = await readFile(file, 'utf8');
  await writeFile(file, JSON.stringify({ ...JSON.parse(written), port: way.port }));
  const { code, out } = await runCommand(folder.path, ['emit', '--json'], lines(700));
  await writeFile(file, written);
  await way.close();
  expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ accepted: 700, spooled: 700 })]);
  expect(stored(folder.path)).toHaveLength(700);
  await until(async () => (await spooled(folder.path)) === 0);
  expect(stored(folder.path)).toHaveLength(700);
  // One event alone goes the same way.
  await writeFile(file, JSON.stringify({ ...JSON.parse(written), port: 1 }));
  const one = await runCommand(folder.path, ['emit', 'guest.checkin', '--payload', '{}', '--property', 'p', '--json']);
  expect(JSON.parse(one.out)).toMatchObject({ spooled: true });
}, 60_000);

test('an engine that is killed in the middle of it has every line in the end, and none twice', async () => {
  const count = 4_000;
  await using folder = await temporaryFolder();
  const engine = await startEngineProcess({ dataFolder: folder.path });
  const { child, ended } = spawnCommand(folder.path, ['emit', '--json']);
  child.stdin.write(lines(count));
  await until(() => stored(folder.path).length >= 1_000);
  await engine.kill();
  child.stdin.end();
  const { code, out } = await ended;
  expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ accepted: count, duplicates: 0 })]);
  const before = stored(folder.path).length;
  expect(before).toBeLessThan(count);
  await using _again = await startEngineProcess({ dataFolder: folder.path });
  await until(async () => (await spooled(folder.path)) === 0);
  const all = stored(folder.path);
  expect(all).toHaveLength(count);
  expect(new Set(all).size).toBe(count);
}, 120_000);
