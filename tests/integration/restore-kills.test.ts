/** A restore without an engine is cut off between any two of its steps: the next one finishes it, and nothing is lost. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RestoreWithoutEngine } from '../../electron/engine/engine.ts';
import { restoreWithoutEngine } from '../../electron/engine/restore-without-engine.ts';
import { readyFile } from '../../electron/engine/store/damage/pending-restore.ts';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';

const child = fileURLToPath(new URL('../support/restore-child.ts', import.meta.url));
const actor = { account: 'tester', surface: 'command_line' } as const;
let place: TemporaryFolder;
const whole = () => join(place.path, 'whole');
/** One at which part of the data lies aside. */
let cutOffStep = 0;
const names = ['first.db', 'second.db'] as const;

/** Two backups, and events since that stand in the log alone. */
beforeAll(async () => {
  place = await temporaryFolder();
  const data = join(place.path, 'running');
  const engine = await startTestEngine({ dataFolder: data });
  mkdirSync(join(data, 'backups'), { mode: 0o700 });
  const backedUp = async (name: string) => {
    const job = await engine.call('backup.start', { file: join(data, 'backups', name) });
    await engine.until(
      () => engine.call('jobs.get', { id: job.id }),
      ({ state }) => state === 'done',
    );
  };
  await post(engine, 'one');
  await backedUp(names[0]);
  await post(engine, 'two');
  await backedUp(names[1]);
  await post(engine, 'three');
  cpSync(data, whole(), { recursive: true, filter: (path) => !/control\.json$|relay\.lock/.test(path) });
  await engine.stop();
}, 60_000);
afterAll(() => place[Symbol.asyncDispose]());

const post = (engine: TestEngine, id: string) => engine.post('order.created', { order_id: id });

/** As it is after the kill. @returns null where the restore came to its end before it */
function killedAt(step: number, name = 'killed'): string | null {
  const data = join(place.path, `${name}-${step}`);
  cpSync(whole(), data, { recursive: true });
  const env = { ...process.env, DATA: data, BACKUP: join(data, 'backups', names[0]), KILL_AT: String(step) };
  const { signal, status, stderr } = spawnSync(process.execPath, [child], { env, encoding: 'utf8' });
  if (signal === 'SIGKILL') return data;
  expect([status, stderr]).toEqual([0, '']);
  return null;
}

const eventsIn = (folder: string): number => {
  const database = new BetterSqlite3(join(folder, 'relay.db'), { readonly: true });
  try {
    return database.prepare<[], number>('SELECT COUNT(*) FROM events').pluck().get() ?? 0;
  } finally {
    database.close();
  }
};
/** As the doctor's, the support bundle's or a person's tool would. */
function glanceAt(folder: string): void {
  const database = new BetterSqlite3(join(folder, 'relay.db'), { readonly: true });
  database.pragma('user_version');
  database.close();
}
const keptFolders = (data: string): string[] =>
  readdirSync(data)
    .filter((name) => name.startsWith('before-restore-') && readdirSync(join(data, name)).includes('relay.db'))
    .map((name) => join(data, name));
const restore = (data: string, name: string, more: Partial<RestoreWithoutEngine> = {}) =>
  restoreWithoutEngine({ dataFolder: data, file: join(data, 'backups', name), look: false, actor, ...more });

test('whatever step it was cut off at, the same once more finds no damage and ends it', async () => {
  let begun = 0;
  let step = 1;
  for (; ; step += 1) {
    const data = killedAt(step);
    if (data === null) break;
    // Whoever looks changes nothing, and whoever reads the database meanwhile spoils nothing.
    const looked = await restore(data, names[0], { look: true });
    expect([step, looked.presentDamaged, looked.carriesOver]).toEqual([step, false, false]);
    if (looked.cutOff !== null) {
      begun += 1;
      cutOffStep = step;
    }
    const found = readdirSync(data);
    if (found.includes('relay.db')) glanceAt(data);
    const isOver = keptFolders(data).length === 1 && !found.includes(basename(readyFile(data)));
    const { restored, cutOff } = await restore(data, names[0]);
    expect([step, cutOff]).toEqual([step, looked.cutOff]);
    expect([step, restored?.carriedOver, restored?.missing]).toEqual([step, false, 0]);
    expect([step, eventsIn(data)]).toEqual([step, 1]);
    // What was there is whole, its log with it; where the first had come to its end, the second put that one aside as well.
    const kept = keptFolders(data).map(eventsIn);
    expect([step, kept]).toEqual([step, isOver ? [3, 1] : [3]]);
  }
  expect(step).toBeGreaterThan(20);
  expect(begun).toBeGreaterThan(3);
}, 240_000);

test('whole data without endpoints is no data that cannot be read', async () => {
  const data = join(place.path, 'whole-again');
  cpSync(whole(), data, { recursive: true });
  expect((await restore(data, names[0], { look: true })).setUp.unreadable).toBe(false);
  expect((await restore(data, names[0])).restored?.setUpLeft?.unreadable).toBe(false);
});

test('where another backup is asked for, the one that was cut off is finished first', async () => {
  const data = killedAt(cutOffStep, 'another') ?? '';
  const relay = (...args: string[]) => relayInProcess(data, ['restore', ...args]);
  expect((await relay(names[1])).out).toMatch(/A restore of another backup was cut off before its end\./);
  expect((await relay(names[0])).out).toMatch(/A restore of this backup was cut off before its end\./);
  const { out, code } = await relay(names[1], '--yes');
  expect([code, out]).toEqual([0, expect.stringMatching(/second\.db has taken the data's place.*of another backup/s)]);
  expect(out).not.toMatch(/damaged/);
  expect(eventsIn(data)).toBe(2);
  expect(keptFolders(data).map(eventsIn).sort()).toEqual([1, 3]);
  expect((await relay(names[1])).out).not.toContain('cut off');
});
