import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { relayInProcess } from '../support/command-line.ts';
import { connectControl } from '../support/control.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';

let place: TemporaryFolder;
const whole = () => join(place.path, 'whole');
const wal = (folder: string) => `${databaseFile(folder)}-wal`;
const inDatabase = 5;
const inLog = 10;

/** A folder of an engine that was killed: events in the database, and more in its log alone. */
beforeAll(async () => {
  place = await temporaryFolder();
  for (const [count, name, end] of [
    [inDatabase, 'kept', 'stop'],
    [inLog, 'log', 'kill'],
  ] as const) {
    const engine = await startEngineProcess({ dataFolder: whole() });
    const control = await connectControl(whole());
    if (name === 'kept') await control.call('settings.change', { change: { propertyId: 'prop_test' } });
    for (let n = 0; n < count; n += 1) {
      const dataText = JSON.stringify({ booking_id: `${name}_${n}` });
      await control.call('events.emit', { event: 'booking.created', dataText });
    }
    await engine[end]();
  }
}, 60_000);
afterAll(() => place.remove());

const copyOf = (name: string): string => {
  const folder = join(place.path, name);
  cpSync(whole(), folder, { recursive: true });
  return folder;
};

it.each([
  ['a place of it damaged', (file: string) => scribble(file, Math.floor(statSync(file).size / 2))],
  ['it gone', (file: string) => rmSync(file)],
])(
  'what the database’s log held behind the damage is said, never silent: %s',
  async (what, damage) => {
    const folder = copyOf(what);
    damage(wal(folder));
    {
      await using engine = await startEngineProcess({ dataFolder: folder });
      const control = await connectControl(folder);
      const { count, newest } = eventsIn(folder);
      const { lost } = (await control.call('situation.get', {})).database;
      expect(lost?.count).toBe(inDatabase + inLog - count);
      expect(lost?.count).toBeGreaterThan(0);
      expect(lost?.since).toBe(newest);
      const doctor = await relayInProcess(folder, ['doctor']);
      expect(doctor.out).toMatch(/cut off \d+ that the PMS was told are safe/);
      expect(doctor.out).toContain('have it send again what is missing here');
      await engine.kill();
    }
    await using engine = await startEngineProcess({ dataFolder: folder });
    const control = await connectControl(folder);
    const { lost } = (await control.call('situation.get', {})).database;
    await control.call('events.emit', { event: 'booking.created', dataText: '{"booking_id":"later"}' });
    // Counted once: the next start finds nothing new.
    expect(eventsIn(folder).count).toBe(inDatabase + inLog - (lost?.count ?? 0) + 1);
    // Whoever has noted a number of the lost ones must not find another event under it.
    expect(eventsIn(folder).lastSeq).toBe(inDatabase + inLog + 1);
    expect(await engine.stop()).toBe(0);
    expect(engine.output()).not.toMatch(/\n\s+at /);
  },
  40_000,
);

it('nothing is said where nothing is lost: killed, the note cut off, or a backup restored', async () => {
  const folder = copyOf('nothing lost');
  const note = join(folder, 'relay.last');
  expect(statSync(note).mode & 0o077).toBe(0);
  const lost = async (damage: () => void) => {
    damage();
    await using _engine = await startEngineProcess({ dataFolder: folder });
    return (await (await connectControl(folder)).call('situation.get', {})).database.lost;
  };
  expect(await lost(() => {})).toBeNull();
  expect(await lost(() => writeFileSync(note, '0000000000000099 00'))).toBeNull();
  {
    await using engine = await startEngineProcess({ dataFolder: folder });
    const control = await connectControl(folder);
    const { id } = await control.call('backup.start', { file: null });
    await expect.poll(async () => (await control.call('jobs.get', { id })).state, { timeout: 20_000 }).toBe('done');
    await control.call('events.emit', { event: 'booking.created', dataText: '{"booking_id":"after the backup"}' });
    expect(readFileSync(note, 'utf8')).toMatch(/^0{14}16 /);
    await engine.kill();
  }
  expect((await relayInProcess(folder, ['restore', '--last', '--yes'])).code).toBe(0);
  expect(await lost(() => {})).toBeNull();
  expect(existsSync(note)).toBe(true);
}, 60_000);

function eventsIn(folder: string): { readonly count: number; readonly newest: number; readonly lastSeq: number } {
  const database = new BetterSqlite3(databaseFile(folder), { readonly: true });
  const found = database
    .prepare('SELECT COUNT(*) AS count, MAX(received_at) AS newest, MAX(seq) AS lastSeq FROM events')
    .get();
  database.close();
  return found as { count: number; newest: number; lastSeq: number };
}

/** Eight bytes from there on are others. */
function scribble(file: string, from: number): void {
  const bytes = readFileSync(file);
  for (let at = from; at < from + 8; at += 1) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
}
