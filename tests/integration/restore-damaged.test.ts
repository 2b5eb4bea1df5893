import { cpSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { copyUndelivered } from '../../electron/engine/upkeep/backup-copy.ts';
import { holdsOf } from '../../electron/engine/upkeep/backup-holds.ts';
import { finishRestore, stageRestore } from '../../electron/engine/upkeep/restore.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import type { EndpointId } from '../../shared/domain.ts';
import type { ChosenBackup } from '../../shared/schemas.ts';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const vault = createTestVault();
const waiting = 30;
const sentBefore = ['before_0', 'before_1'];
const sentSince = ['since_0', 'since_1', 'since_2'];
let place: TemporaryFolder;
let receiver: Receiver;
let endpointId: EndpointId;
let token: string;
let lateToken: string;
const whole = () => join(place.path, 'whole');

const post = (engine: TestEngine, id: string) => engine.post('booking.created', dataOf(id), { id: `pms-${id}` });
const dataOf = (id: string) => ({ booking_id: id, note: 'x'.repeat(3_000) });
const ids = () => receiver.requests.map(({ body }) => (JSON.parse(body.toString()) as Body).data.booking_id);
interface Body {
  readonly data: { readonly booking_id: string };
}

const nonsense = (name: string) => `{"event":"nonsense","data":{"name":"${name}"}}`;
const keep = async (engine: TestEngine, names: readonly string[]) => {
  const id = (await engine.call('sources.list', {}))[0]?.id as never;
  await engine.call('sources.paste', { id, text: names.map(nonsense).join('\n') });
};
const keptIn = async (engine: TestEngine) =>
  (await engine.call('sources.messages', { keptOnly: true, limit: 100 }))
    .map(({ raw }) => /"name":"(\w+)"/.exec(raw)?.[1])
    .sort();

/** A property that has a whole backup, a newer small one, and of the time since both delivered and waiting events. */
beforeAll(async () => {
  place = await temporaryFolder();
  receiver = await startReceiver();
  const engine = await startTestEngine({ dataFolder: whole(), vault });
  const { id } = await engine.addEndpoint(receiver, { limits: { inFlight: 20, perSecond: 1000 } });
  endpointId = id;
  token = engine.token;
  const delivered = async (names: readonly string[]) => {
    for (const name of names) expect((await post(engine, name)).status).toBe(202);
    await engine.until(ids, (found) => names.every((name) => found.includes(name)));
    await engine.until(
      () => engine.call('situation.get', {}),
      ({ waiting: left }) => left === 0,
    );
  };
  await delivered(sentBefore);
  await keep(engine, ['kept_before', 'dropped_since']);
  const job = await engine.call('backup.start', { file: null });
  await engine.until(
    () => engine.call('jobs.get', { id: job.id }),
    ({ state }) => state === 'done',
  );
  await delivered(sentSince);
  // Kept since, and settled since.
  await keep(engine, ['kept_since']);
  const before = await engine.call('sources.messages', { keptOnly: true, limit: 10 });
  const settled = before.find(({ raw }) => raw.includes('dropped_since'))?.id as never;
  await engine.call('messages.drop', { id: settled });
  // Set up since the backup: an endpoint that is tried later, a source, a setting.
  await engine.call('endpoints.add', {
    confirmed: true,
    endpoint: { url: receiver.url, description: 'Late receiver', caPem: receiver.caPem, events: ['order.created'] },
  });
  lateToken = (await engine.call('sources.add', { name: 'Late PMS' })).token;
  await engine.call('settings.change', { change: { propertyName: 'Seaside' } });
  // The small one of the hour, which lacks the log.
  copyUndelivered(whole(), join(whole(), 'backups', 'hourly 2099-11-28T16-47-24.db'));
  await engine.call('endpoints.pause', { id: endpointId });
  for (let n = 0; n < waiting; n += 1) expect((await post(engine, `waits_${n}`)).status).toBe(202);
  await engine.stop();
}, 60_000);
afterAll(async () => {
  await receiver.stop();
  await place.remove();
});

/** Fills the pages that hold these words; of the header, its hundred bytes. */
function damage(folder: string, words: readonly string[]): void {
  const file = databaseFile(folder);
  const bytes = readFileSync(file);
  for (const word of words) {
    if (word === 'header') bytes.fill(0xa5, 0, 100);
    // Of all pages that hold it the events' own: the table's, not an index's.
    else
      for (let at = bytes.indexOf(`"${word}","note"`); at >= 0; at = bytes.indexOf(`"${word}","note"`, at + 4_096)) {
        const page = Math.floor(at / 4_096) * 4_096;
        bytes.fill(0xa5, page, page + 4_096);
      }
  }
  writeFileSync(file, bytes);
}

test.each([
  ['a page of events', ['waits_11']],
  ['pages here and there', ['waits_3', 'since_1', 'waits_20', 'waits_29']],
  ['the header', ['header']],
  ['the header and a page', ['header', 'waits_7']],
])(
  '%s damaged: what can be read is carried over and delivered once, and what cannot is told',
  async (what, words) => {
    const folder = join(place.path, what);
    cpSync(whole(), folder, { recursive: true, preserveTimestamps: true });
    damage(folder, words);
    receiver.clear();

    const looked = await relayInProcess(folder, ['restore', '--last']);
    // The whole one, though another is newer, and what either means is said beforehand.
    expect(looked.out).toMatch(/asked for .* would take the place of all data/);
    expect(looked.out).toMatch(
      /holds everything of then\. Events: 2;[\s\S]*carried over[\s\S]*lacks the log and the keys/,
    );
    expect(looked.out).toMatch(/Set up since then, not in the backup, and carried over where it can/);
    expect(looked.out).toContain(setUpSince);
    const restored = await relayInProcess(folder, ['restore', '--last', '--yes']);
    expect([restored.code, restored.out]).toEqual([0, expect.stringContaining('were carried over')]);
    expect(restored.out).toContain(`Set up since the backup, and carried over: ${setUpSince}`);

    await using engine = await startTestEngine({ dataFolder: folder, vault });
    const situation = await engine.call('situation.get', {});
    const told = situation.database.restored;
    expect(told).toMatchObject({ carriedOver: true, holdsLog: true });
    // All that was acknowledged since is here, or is said to be missing.
    expect((told?.carried ?? 0) + (told?.missing ?? 0)).toBe(sentSince.length + waiting);
    const isWhole = words.every((word) => word === 'header');
    if (isWhole) expect(told?.missing).toBe(0);
    else expect(told?.missing).toBeGreaterThan(0);
    expect(told?.missing).toBeLessThan(waiting / 2);
    const list = JSON.parse(readFileSync(join(told?.keptIn ?? '', 'what-came-after.json'), 'utf8'));
    expect(list.carried.length).toBe(told?.carried);
    expect(existsSync(join(told?.keptIn ?? '', 'relay.db'))).toBe(true);
    const conditions = conditionsOf(situation, {
      engine: 'running',
      engineProblem: null,
      loginItemWorks: true,
      keepAwake: null,
    });
    expect(conditions.find(({ kind }) => kind === 'restored')).toMatchObject({
      turn: told?.missing === 0 ? 'nobody' : 'it_helper',
    });
    const doctor = await engine.call('doctor.run', {});
    expect(doctor.map(({ name }) => name.key)).toContain('doctor.restored');

    // What was set up since is here, and works: the source's token, the endpoint with its secret, the setting.
    const late = await fetch(`${engine.engine.intakeAddress}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${lateToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'order.created', data: { booking_id: 'waits_late' } }),
    });
    expect(late.status).toBe(202);
    const endpoints = await engine.call('endpoints.list', {});
    expect(endpoints.map(({ description }) => description)).toContain('Late receiver');
    expect(situation.vault.unreadable).toBe(0);
    // What is kept waits on, and what was settled since does not wait once more.
    expect(await keptIn(engine)).toEqual(['kept_before', 'kept_since']);
    expect((await engine.call('settings.get', {})).propertyName).toBe('Seaside');

    // It was paused since, and is still: what waits goes out once it is resumed, each once; what had arrived does not go out again.
    const expected = waiting - (told?.missing ?? 0);
    await engine.call('endpoints.resume', { id: endpointId });
    await engine.until(
      async () => {
        await engine.clock.advance(1_000);
        return new Set(ids().filter((name) => name.startsWith('waits'))).size;
      },
      (found) => found >= expected - 1,
    );
    expect(ids().filter((name) => !name.startsWith('waits'))).toEqual([]);
    expect(new Set(ids()).size).toBe(ids().length);
    // And the PMS that sends again is told that it is known.
    const again = await fetch(`${engine.engine.intakeAddress}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'booking.created', data: dataOf('since_0'), id: 'pms-since_0' }),
    });
    expect(await again.json()).toMatchObject({ duplicate: true });
  },
  60_000,
);

const rootOf = (folder: string, name: string): number => {
  const database = new BetterSqlite3(databaseFile(folder), { readonly: true });
  const page = database
    .prepare<[string], number>('SELECT rootpage FROM sqlite_master WHERE name = ?')
    .pluck()
    .get(name);
  database.close();
  return page ?? 0;
};

const setUpSince = 'endpoints: Late receiver; sources: Late PMS; scheduled exports: –; changed or removed since';

test('a backup over whole data names what was set up since before the yes, and in the story afterwards', async () => {
  const folder = join(place.path, 'set up since');
  cpSync(whole(), folder, { recursive: true, preserveTimestamps: true });
  const looked = await relayInProcess(folder, ['restore', '--last']);
  expect(looked.out).toContain(`Set up since then, and gone afterwards: ${setUpSince}`);
  expect(looked.out).toMatch(/settings: propertyName\./);
  const { out } = await relayInProcess(folder, ['restore', '--last', '--yes']);
  expect(out).toContain(`Gone: ${setUpSince}`);
  expect(out).not.toContain('Nothing to do');
  await using engine = await startTestEngine({ dataFolder: folder, vault });
  const situation = await engine.call('situation.get', {});
  const facts = { engine: 'running', engineProblem: null, loginItemWorks: true, keepAwake: null } as const;
  expect(conditionsOf(situation, facts).find(({ kind }) => kind === 'restored_set_up')).toMatchObject({
    turn: 'it_helper',
    meaning: { params: { endpoints: 'Late receiver', sources: 'Late PMS', settings: 'propertyName' } },
  });
  const doctor = await engine.call('doctor.run', {});
  const told = doctor.filter(({ name }) => name.key === 'doctor.restored').flatMap(({ says }) => says);
  expect(told.map(({ key }) => key)).toContain('conditions.restored_set_up.meaning');
});

/** A whole backup into which nothing can be carried over, for a reason that no later start gets over. */
function takesNothing(): string {
  return copied('takes nothing', (file) => {
    const database = new BetterSqlite3(file);
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON event_hours BEGIN SELECT RAISE(ABORT, 'no more hours'); END`);
    database.close();
  });
}

test('what cannot be carried over is told with why and what to do, and kept whole', async () => {
  const folder = join(place.path, 'not carried');
  cpSync(whole(), folder, { recursive: true, preserveTimestamps: true });
  damage(folder, ['waits_11']);
  const damagedBytes = readFileSync(databaseFile(folder));
  const { code, out } = await relayInProcess(folder, ['restore', takesNothing(), '--yes']);
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/could not be carried over, and is not sent: .*no more hours/),
  ]);
  expect(out).toMatch(/Have the PMS send again what it sent since/);
  await using engine = await startTestEngine({ dataFolder: folder, vault });
  const situation = await engine.call('situation.get', {});
  const restored = situation.database.restored;
  expect(restored).toMatchObject({
    carriedOver: false,
    carried: 0,
    notCarried: expect.stringContaining('no more hours'),
  });
  expect(readFileSync(join(restored?.keptIn ?? '', 'relay.db')).equals(damagedBytes)).toBe(true);
  const facts = { engine: 'running', engineProblem: null, loginItemWorks: true, keepAwake: null } as const;
  expect(conditionsOf(situation, facts).find(({ kind }) => kind === 'restored')).toMatchObject({
    tone: 'bad',
    turn: 'it_helper',
    toasts: true,
  });
  const doctor = await engine.call('doctor.run', {});
  expect(doctor.find(({ name }) => name.key === 'doctor.restored')).toMatchObject({ state: 'problem' });
});

test('what could not be carried over at a start stands in the log', async () => {
  const folder = join(place.path, 'not carried, at a start');
  cpSync(whole(), folder, { recursive: true, preserveTimestamps: true });
  const file = takesNothing();
  const { madeAt, holdsLog, lastSeq } = holdsOf(folder, file);
  const plan = { file, madeAt, holdsLog, lastSeq, carryOver: true };
  await finishRestore(folder, vault, { carried: stageRestore(folder, file), plan }, () => {});
  await using engine = await startTestEngine({ dataFolder: folder, vault });
  expect(engine.log.lines.join('\n')).toMatch(/could not be carried over.*no more hours|no more hours.*could not be/);
});

test('the same restore again carries over again: nothing that arrived goes out once more', async () => {
  const folder = join(place.path, 'twice, settled');
  cpSync(whole(), folder, { recursive: true, preserveTimestamps: true });
  damage(folder, ['waits_11']);
  const told: ChosenBackup['restored'][] = [];
  for (let n = 0; n < 3; n += 1) {
    const looked = await relayInProcess(folder, ['restore', '--last']);
    expect(looked.out).toContain(n === 0 ? 'The present data is damaged' : 'carried over again');
    const { out } = await relayInProcess(folder, ['restore', '--last', '--yes', '--json']);
    told.push((JSON.parse(out) as ChosenBackup).restored);
  }
  const [first, ...again] = told;
  const { carried, delivered, missing, setUpCarried } = first ?? {};
  for (const one of again) expect(one).toMatchObject({ carriedOver: true, carried, delivered, missing, setUpCarried });
  const lists = told.map((one) => JSON.parse(readFileSync(join(one?.keptIn ?? '', 'what-came-after.json'), 'utf8')));
  for (const list of lists) expect(list.missing).toEqual(lists[0].missing);
  receiver.clear();
  await using engine = await startTestEngine({ dataFolder: folder, vault });
  await engine.call('endpoints.resume', { id: endpointId });
  await engine.until(
    async () => {
      await engine.clock.advance(1_000);
      return new Set(ids()).size;
    },
    (found) => found >= waiting - (missing ?? 0) - 1,
  );
  expect(ids().filter((name) => !name.startsWith('waits'))).toEqual([]);
});

test('the same restore again leaves told what is missing since the first', async () => {
  const folder = join(place.path, 'twice');
  cpSync(whole(), folder, { recursive: true, preserveTimestamps: true });
  damage(folder, ['waits_11']);
  const told: ChosenBackup['restored'][] = [];
  for (let n = 0; n < 2; n += 1) {
    const { code, out } = await relayInProcess(folder, ['restore', '--last', '--yes', '--json']);
    expect(code).toBe(0);
    told.push((JSON.parse(out) as ChosenBackup).restored);
  }
  const [first, second] = told;
  expect(first?.missing).toBeGreaterThan(0);
  expect(second).toMatchObject({ missing: first?.missing, until: first?.until, missingSince: first?.madeAt });
  expect(existsSync(join(first?.keptIn ?? '', 'relay.db'))).toBe(true);
  expect(second?.keptIn).not.toBe(first?.keptIn);
  expect(existsSync(join(second?.keptIn ?? '', 'what-came-after.json'))).toBe(true);
});

test.each([
  ['an event that is to be sent', (folder: string) => damage(folder, ['waits_0'])],
  ['what claims go by', (folder: string) => damagePage(folder, rootOf(folder, 'deliveries_in_order'))],
])('damage that a start does not meet is told once it is met: %s', async (what, harm) => {
  const folder = join(place.path, `met later, ${what}`);
  cpSync(whole(), folder, { recursive: true, preserveTimestamps: true });
  harm(folder);
  await using engine = await startTestEngine({ dataFolder: folder, vault });
  await engine.call('endpoints.resume', { id: endpointId });
  const { database } = await engine.until(
    async () => {
      await engine.clock.advance(1_000);
      return engine.call('situation.get', {});
    },
    (situation) => situation.database.state === 'damaged',
  );
  expect(database.state).toBe('damaged');
  const doctor = await engine.call('doctor.run', {});
  expect(doctor.find(({ name }) => name.key === 'doctor.database')).toMatchObject({ state: 'problem' });
});

function damagePage(folder: string, page: number): void {
  const bytes = readFileSync(databaseFile(folder));
  bytes.fill(0xa5, (page - 1) * 4_096, page * 4_096);
  writeFileSync(databaseFile(folder), bytes);
}

const fileOf = (kind: string): string => {
  const folder = join(whole(), 'backups');
  return join(folder, readdirSync(folder).find((name) => name.startsWith(kind)) ?? '');
};
const copied = (name: string, change: (file: string) => void): string => {
  const file = join(place.path, `${name}.db`);
  cpSync(fileOf('asked for'), file);
  change(file);
  return file;
};

test.each([
  ['no database', () => copied('text', (file) => writeFileSync(file, 'root:x:0:0')), /it is no backup of Roost Relay/],
  ['nothing', () => copied('empty', (file) => truncateSync(file, 0)), /it is no backup of Roost Relay/],
  ['somebody else’s database', () => foreign(), /it is no backup of Roost Relay/],
  ['one that was cut off', () => copied('cut', (file) => truncateSync(file, 40_960)), /is damaged or was cut off/],
  ['one of a newer version', () => copied('newer', setNewer), /made by a newer version/],
  ['a folder', () => join(whole(), 'backups'), /is a folder\. Give a backup that lies in it/],
  ['a file that is not there', () => join(place.path, 'nowhere.db'), /There is no such file/],
  ['the database in use', () => databaseFile(whole()), /is a database in use, no backup\. .*roost-relay backup/],
])('%s is refused beforehand and with --yes alike, in one sentence', async (_what, make, says) => {
  const file = make();
  for (const more of [[], ['--yes']]) {
    const { code, err, out } = await relayInProcess(whole(), ['restore', file, ...more]);
    expect([code !== 0, out, err]).toEqual([true, '', expect.stringMatching(says)]);
    expect(err).not.toMatch(/SqliteError|unexpected/);
  }
  expect(existsSync(join(whole(), 'restore-ready.db'))).toBe(false);
});

test('without an engine the backups are listed, and what the small one lacks is said before it is restored', async () => {
  const listed = await relayInProcess(whole(), ['backups']);
  expect([listed.code, listed.out]).toEqual([0, expect.stringMatching(/hourly +settings, undelivered/)]);
  expect(listed.out).toMatch(/asked for +everything/);
  const looked = await relayInProcess(whole(), ['restore', fileOf('hourly')]);
  expect(looked.out).toMatch(/without the log of what was delivered and without the keys that drop duplicates/);
  // Nothing is damaged here: what came after would not go out, and that is said too.
  expect(looked.out).toMatch(/would be put aside, and not be sent/);
});

function foreign(): string {
  const file = join(place.path, 'foreign.db');
  const database = new BetterSqlite3(file);
  database.exec('CREATE TABLE IF NOT EXISTS guests (name TEXT)');
  database.pragma('user_version = 3');
  database.close();
  return file;
}

function setNewer(file: string): void {
  const database = new BetterSqlite3(file);
  database.pragma('user_version = 999');
  database.close();
}

test('the small backup holds what is kept', async () => {
  const folder = join(place.path, 'from the small one');
  cpSync(whole(), folder, { recursive: true, preserveTimestamps: true });
  const restored = await relayInProcess(folder, ['restore', 'hourly 2099-11-28T16-47-24.db', '--yes']);
  expect([restored.code, restored.err]).toEqual([0, '']);
  await using engine = await startTestEngine({ dataFolder: folder, vault });
  expect(await keptIn(engine)).toEqual(['kept_before', 'kept_since']);
});
