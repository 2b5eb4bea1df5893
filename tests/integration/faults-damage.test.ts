import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { relayInProcess } from '../support/command-line.ts';
import { connectControl } from '../support/control.ts';
import { spawnEngine, startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';

let place: TemporaryFolder;
const whole = () => join(place.path, 'whole');

/** A folder as a property's is: events that wait for an endpoint, and a backup. */
beforeAll(async () => {
  place = await temporaryFolder();
  mkdirSync(whole());
  await using engine = await startEngineProcess({ dataFolder: whole() });
  const control = await connectControl(whole());
  await control.call('settings.change', { change: { propertyId: 'prop_test' } });
  await control.call('endpoints.add', {
    confirmed: true,
    endpoint: { url: 'https://hooks.example.com/x', events: ['booking.created'] },
  });
  for (let n = 0; n < 40; n += 1) {
    const dataText = JSON.stringify({ booking_id: `bk_${n}`, note: 'x'.repeat(2_000) });
    await control.call('events.emit', { event: 'booking.created', dataText });
  }
  const { id } = await control.call('backup.start', { file: null });
  await vi.waitUntil(async () => (await control.call('jobs.get', { id })).state === 'done', 20_000);
  expect(await engine.stop()).toBe(0);
}, 60_000);
afterAll(() => place.remove());

function damaged(name: string, damage: (folder: string) => void): string {
  const folder = join(place.path, name);
  cpSync(whole(), folder, { recursive: true });
  damage(folder);
  return folder;
}

/** Overwrites so many bytes from there on. */
function scribble(file: string, from: number, length: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, from, from + length);
  writeFileSync(file, bytes);
}

const keyFile = (folder: string) => join(folder, 'data-key.json');

const restoring = 'restore --last';
const refusals: readonly [what: string, damage: (folder: string) => void, says: RegExp, next: string][] = [
  ['header', (of) => scribble(databaseFile(of), 0, 100), /is damaged\. Restore the last backup\./, restoring],
  ['cut off', (of) => truncateSync(databaseFile(of), 6_000), /is damaged\. Restore the last backup\./, restoring],
  ['first pages', (of) => scribble(databaseFile(of), 4_096, 80_000), /is damaged\. Restore the last/, restoring],
  ['emptied', (of) => truncateSync(databaseFile(of), 0), /is missing or empty, though there was one\./, restoring],
  ['gone', (of) => rmSync(databaseFile(of)), /is missing or empty, though there was one\./, restoring],
  [
    'gone, no backup',
    (of) => {
      rmSync(databaseFile(of));
      rmSync(join(of, 'backups'), { recursive: true });
    },
    /is missing or empty, though there was one\./,
    'There is no backup in',
  ],
  ['key emptied', (of) => writeFileSync(keyFile(of), ''), /key file .* is damaged/, '--new-key'],
  ['key gone', (of) => rmSync(keyFile(of)), /key file .* is missing/, '--new-key'],
  ['key cut off', (of) => truncateSync(keyFile(of), 40), /key file .* is damaged/, '--new-key'],
  [
    'key too short',
    (of) => writeFileSync(keyFile(of), '{"wrapper":"key_file","key":"AAAA"}'),
    /key file .* is damaged/,
    '--new-key',
  ],
  [
    'a folder in its place',
    (of) => {
      rmSync(databaseFile(of));
      mkdirSync(databaseFile(of));
    },
    /cannot be read or written now\./,
    'See whether',
  ],
  [
    'lock is a folder',
    (of) => {
      rmSync(join(of, 'relay.lock'));
      mkdirSync(join(of, 'relay.lock'));
    },
    /cannot be read or written now\./,
    'See whether',
  ],
];

describe('a start on damage ends with one sentence and the next step', () => {
  it.each(refusals)(
    '%s',
    async (what, damage, says, next) => {
      const folder = damaged(what, damage);
      const { exited, output } = await spawnEngine({ dataFolder: folder });
      expect([await exited, output()]).toEqual([1, expect.stringMatching(says)]);
      expect(output()).toContain(next);
      expect(output()).toMatch(/^roost-relay: /);
      expect(output()).not.toMatch(/\n\s+at |Error:/);
    },
    20_000,
  );
});

it.each([
  ['another key', (of: string) => writeFileSync(keyFile(of), `{"wrapper":"key_file","key":"${'A'.repeat(43)}="}`)],
  ['preferences that are none', (of: string) => writeFileSync(join(of, 'preferences.json'), '{"language":')],
  [
    'files where folders belong',
    (of: string) => {
      for (const name of ['logs', 'spool', 'exports']) {
        rmSync(join(of, name), { recursive: true, force: true });
        writeFileSync(join(of, name), '');
      }
    },
  ],
])(
  'with %s it takes events all the same, and the doctor says what is wrong',
  async (what, damage) => {
    const folder = damaged(what, damage);
    await using engine = await startEngineProcess({ dataFolder: folder });
    const control = await connectControl(folder);
    const sent = { event: 'booking.created', dataText: '{"booking_id":"bk_new"}' };
    expect((await control.call('events.emit', sent)).duplicate).toBe(false);
    expect((await control.call('events.list', {})).rows.length).toBe(41);
    const states = (await control.call('doctor.run', {})).map(({ state }) => state);
    if (what !== 'preferences that are none') expect(states).toContain(what === 'another key' ? 'problem' : 'warning');
    expect(await engine.stop()).toBe(0);
    expect(engine.output()).not.toMatch(/\n\s+at /);
  },
  30_000,
);

it('a key that is missing is made anew at a person’s word alone; what it sealed is kept, and opens once it is back', async () => {
  const folder = damaged('key to be made anew', (of) => rmSync(keyFile(of)));
  const sealedNow = () => {
    const database = new BetterSqlite3(databaseFile(folder), { readonly: true });
    const all = database.prepare('SELECT url FROM endpoints').pluck().all();
    database.close();
    return all;
  };
  const before = sealedNow();
  {
    await using engine = await startEngineProcess({ dataFolder: folder, options: ['--new-key'] });
    const control = await connectControl(folder);
    expect((await control.call('endpoints.list', {})).map(({ unreadable }) => unreadable)).toEqual([
      ['address', 'secret'],
    ]);
    expect((await control.call('situation.get', {})).vault).toEqual({ state: 'ok', unreadable: 1 });
    expect(await engine.stop()).toBe(0);
  }
  expect(sealedNow()).toEqual(before);
  cpSync(keyFile(whole()), keyFile(folder));
  await using engine = await startEngineProcess({ dataFolder: folder });
  const control = await connectControl(folder);
  expect((await control.call('situation.get', {})).vault).toEqual({ state: 'ok', unreadable: 0 });
  expect(await engine.stop()).toBe(0);
}, 30_000);

it('the last backup is restored by the command line while no engine can run, and kept aside is what was there', async () => {
  const folder = damaged('to be restored', (of) => scribble(databaseFile(of), 0, 100));
  const looked = await relayInProcess(folder, ['restore', '--last']);
  expect([looked.code, looked.out]).toEqual([0, expect.stringMatching(/Do it: .* restore .*--yes$/m)]);
  const restored = await relayInProcess(folder, ['restore', '--last', '--yes']);
  expect([restored.code, restored.out]).toEqual([0, expect.stringContaining("has taken the data's place")]);
  await using engine = await startEngineProcess({ dataFolder: folder });
  const control = await connectControl(folder);
  expect(await control.call('events.list', {})).toMatchObject({ rows: expect.toSatisfy((rows) => rows.length === 40) });
  expect((await control.call('backup.list', {})).lastRestore).not.toBeNull();
  expect(engine.output()).not.toMatch(/\n\s+at /);
}, 30_000);

it('without any backup that is whole it says so', async () => {
  const folder = damaged('nothing whole', (of) => {
    rmSync(join(of, 'backups'), { recursive: true });
    mkdirSync(join(of, 'backups'));
    writeFileSync(join(of, 'backups', 'hourly 2026-01-01T00-00-00.db'), 'no database');
  });
  const refused = await relayInProcess(folder, ['restore', '--last', '--yes']);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('cannot be restored')]);
});
