/** The PIN and the screen's lock, as a window, a browser and the command line meet them: the engine itself keeps them. */
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEngine } from '../../electron/engine/engine.ts';
import { type CallInput, type EngineCallName, recordedActs } from '../../shared/api.ts';
import type { Actor } from '../../shared/domain.ts';
import { createFakeClock } from '../support/clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { freePort } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';

const pin = '730415';
const clock = createFakeClock(Date.now());
let folder: TemporaryFolder;
let relay: TestEngine;
const window = (session = 'one'): Actor => ({ account: 'desk', surface: 'window', session });

/** What a window is answered: its value, or the code of the refusal. */
async function ask<Name extends EngineCallName>(name: Name, input: CallInput<Name>, actor: Actor = window()) {
  const result = await relay.engine.call(name, input, actor);
  return result.ok ? result.value : result.error.code;
}
const wrong = (actor: Actor = window()) => ask('lock.enter', { pin: '999111' }, actor);
const minutes = (count: number) => clock.advance(count * 60_000);

async function start() {
  relay = await startTestEngine({ dataFolder: folder.path, clock });
}
beforeAll(async () => {
  folder = await temporaryFolder();
  await start();
});
afterAll(async () => {
  await relay.stop();
  await folder.remove();
});

test('a PIN is 4 to 12 digits that nobody guesses first, and what was given is not repeated', async () => {
  for (const chosen of ['123', '12345678901234', '73o4', '0000', '2345', '9876']) {
    const refused = await relay.engine.call('lock.setPin', { pin: chosen }, window());
    expect([chosen, refused.ok]).toEqual([chosen, false]);
    expect(JSON.stringify(refused)).not.toContain(chosen);
  }
  expect(await ask('lock.get', {})).toMatchObject({ pin: false, locked: false });
  expect(await ask('lock.setPin', { pin })).toMatchObject({ pin: true, locked: false, triesLeft: 5 });
});

describe('with a PIN', () => {
  beforeAll(() => ask('lock.setPin', { pin }, { account: 'it', surface: 'command_line' }));

  const guarded: readonly (readonly [EngineCallName, object])[] = [
    ['endpoints.revealSecret', { id: 'ep_01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
    ['endpoints.rotate', { id: 'ep_01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
    ['sources.replaceToken', { id: 'src_01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
    ['deliveries.resendAll', { filter: {} }],
    ['endpoints.sendPast', { id: 'ep_01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
    ['forget.start', { sought: { mail: 'maria@example.com' } }],
    ['backup.start', { file: null }],
    ['settings.change', { change: { privacyRules: [{ member: 'guest_name', treatment: 'keep' }] } }],
    ['lock.change', { lockAfterMinutes: null }],
  ];

  test.each(guarded)('%s asks for it in the window and in a browser', async (name, input) => {
    expect(await ask(name, input as never, window('browser'))).toBe('pin_needed');
  });

  test('a full export does, a redacted one does not', async () => {
    const request = { what: 'deliveries', format: 'csv', file: null } as const;
    const other = window('browser');
    const full = { ...request, full: { reason: 'for the auditor' }, confirmed: true };
    expect(await ask('export.start', full as never, other)).toBe('pin_needed');
    expect(await ask('export.start', request, other)).toMatchObject({ kind: 'export' });
    const schedule = { every: 'night', format: 'csv', folder: null } as const;
    const fully = { schedule: { ...schedule, full: { reason: 'for the auditor' } }, confirmed: true };
    expect(await ask('schedules.add', fully as never, other)).toBe('pin_needed');
    expect(await ask('schedules.add', { schedule }, other)).toMatchObject({ every: 'night' });
  });

  test('once entered it is not asked for again for two minutes, in that window alone', async () => {
    await clock.advance(120_000);
    expect(await ask('deliveries.resendAll', { filter: {} })).toBe('pin_needed');
    expect(await ask('lock.enter', { pin })).toMatchObject({ pin: true });
    expect(await ask('endpoints.revealSecret', { id: 'ep_01ARZ3NDEKTSV4RRFFQ69G5FAV' as never })).toBe('not_found');
    expect(await ask('deliveries.resendAll', { filter: {} }, window('browser'))).toBe('pin_needed');
    await clock.advance(120_000);
    expect(await ask('deliveries.resendAll', { filter: {} })).toBe('pin_needed');
  });

  test('after five wrong ones it is closed for a quarter of an hour, all at once or over a restart, and says what to do', async () => {
    const tries = await Promise.all(Array.from({ length: 20 }, () => wrong()));
    expect(tries.filter((code) => code === 'bad_input')).toHaveLength(4);
    await relay.stop();
    await start();
    const closed = await relay.engine.call('lock.enter', { pin }, window());
    expect(closed).toMatchObject({ ok: false, error: { code: 'not_possible' } });
    expect(!closed.ok && closed.error.says.params).toEqual({ untilAt: expect.closeTo(clock.wallMs() + 900_000, -4) });
    expect(!closed.ok && closed.error.message).toContain('pin remove');
    await minutes(14);
    expect(await ask('lock.enter', { pin })).toBe('not_possible');
    await minutes(1);
    expect(await ask('lock.enter', { pin })).toMatchObject({ triesLeft: 5, closedUntil: null });
  });

  test('changing and removing it ask for the present one', async () => {
    expect(await ask('lock.setPin', { pin: '580213' })).toBe('bad_input');
    expect(await ask('lock.removePin', {})).toBe('bad_input');
    expect(await ask('lock.setPin', { pin: '580213', present: pin })).toMatchObject({ pin: true });
    expect(await ask('lock.setPin', { pin, present: '580213' })).toMatchObject({ pin: true });
  });
});

describe('a window that locks', () => {
  beforeAll(() => ask('lock.setPin', { pin }, { account: 'it', surface: 'command_line' }));

  test('does so when nobody has been at it, and is then told how things are and nothing else', async () => {
    await ask('lock.enter', { pin });
    expect(await ask('lock.change', { lockAfterMinutes: 5 })).toMatchObject({ lockAfterMinutes: 5 });
    await minutes(4);
    expect(await ask('lock.active', {})).toBeNull();
    await minutes(4);
    expect(await ask('situation.get', {})).toMatchObject({ timeZone: expect.any(String) });
    await minutes(1);
    for (const name of Object.keys({ 'situation.get': 0, 'settings.get': 0, 'lock.active': 0, 'jobs.list': 0 })) {
      expect([name, await ask(name as 'situation.get', {})]).toEqual([name, 'locked']);
    }
    expect(await ask('lock.get', {})).toMatchObject({ locked: true, says: { key: expect.stringMatching(/./) } });
    // The tray, the engine and the command line go on.
    expect(await ask('situation.get', {}, { account: 'desk', surface: 'tray' })).toMatchObject({});
    expect(await ask('lock.enter', { pin })).toMatchObject({ locked: false, says: null });
    expect(await ask('settings.get', {})).toMatchObject({});
  });

  test('stays locked over a reload and a restart, each by itself', async () => {
    await ask('lock.enter', { pin }, window('two'));
    await ask('lock.change', { lockAfterMinutes: null });
    expect(await ask('lock.screen', {})).toMatchObject({ locked: true });
    expect(await ask('settings.get', {})).toBe('locked');
    expect(await ask('settings.get', {}, window('two'))).toMatchObject({});
    expect(await ask('lock.get', {})).toMatchObject({ locked: true, hidingKey: null });
    await relay.stop();
    await start();
    expect(await ask('settings.get', {})).toBe('locked');
    expect(await ask('lock.removePin', { present: pin })).toBe('locked');
    expect(await ask('lock.enter', { pin })).toMatchObject({ locked: false });
  });
});

test('a window has one key to what it hides, which no other is told', async () => {
  const keyOf = async (actor: Actor) => ((await ask('lock.get', {}, actor)) as { hidingKey: string | null }).hidingKey;
  const key = await keyOf(window());
  expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32);
  expect(await keyOf(window())).toBe(key);
  expect(await keyOf(window('two'))).not.toBe(key);
  for (const surface of ['tray', 'command_line'] as const) expect(await keyOf({ account: 'desk', surface })).toBeNull();
});

test('every act of it is in the audit, and the PIN is nowhere: not in log, database, bundle or answers', async () => {
  const { rows } = (await ask('audit.list', { filter: { acts: ['lock.*'] } as never })) as {
    rows: { act: string; detail: unknown }[];
  };
  const told = new Set(rows.map(({ act }) => act));
  for (const act of ['lock.enter', 'lock.setPin', 'lock.change', 'lock.screen', 'lock.wrongPin']) {
    expect([act, told.has(act)]).toEqual([act, true]);
  }
  expect(recordedActs.filter((name) => name.startsWith('lock.')).length).toBeGreaterThan(4);
  await ask('lock.enter', { pin });
  expect(await ask('support.save', { file: null })).toMatchObject({ file: expect.any(String) });
  const bundle = (await ask('support.preview', {})) as { text: string }[];
  expect(JSON.stringify(bundle)).not.toContain(pin);
  expect(JSON.stringify(relay.log)).not.toContain(pin);
  const files = await readdir(folder.path, { recursive: true, withFileTypes: true });
  expect(files.some(({ name }) => name === 'pin.json')).toBe(true);
  for (const file of files.filter((one) => one.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name)).catch(() => Buffer.alloc(0));
    expect([file.name, bytes.includes(pin)]).toEqual([file.name, false]);
  }
  if (process.platform !== 'win32') expect((await stat(join(folder.path, 'pin.json'))).mode & 0o077).toBe(0);
});

test('a forgotten one: the command line is not asked, removes it, and the audit says so', async () => {
  expect(await ask('lock.screen', {})).toMatchObject({ locked: true });
  const shown = await relayInProcess(folder.path, ['pin', 'show']);
  expect(shown.out).toContain('PIN');
  expect((await relayInProcess(folder.path, ['pin', 'lock-after', '0'])).code).toBe(2);
  const file = join(folder.path, '..', `pin-${Date.now()}`);
  await writeFile(file, '1111\n');
  const easy = await relayInProcess(folder.path, ['pin', 'set', '--pin-file', file]);
  expect([easy.code, easy.err]).toEqual([2, expect.stringContaining('--pin-file')]);
  expect(easy.err).not.toContain('1111');
  await rm(file);
  expect((await relayInProcess(folder.path, ['pin', 'remove'])).code).toBe(0);
  expect(await ask('settings.get', {})).toMatchObject({});
  const again = await relayInProcess(folder.path, ['pin', 'remove']);
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('no PIN')]);
});

test('a file that was taken away is noted; one that cannot be read opens nothing', async () => {
  await ask('lock.setPin', { pin });
  await relay.stop();
  await rm(join(folder.path, 'pin.json'));
  await start();
  const { rows } = (await ask('audit.list', { filter: { acts: ['lock.pinGone'] } as never })) as { rows: unknown[] };
  expect(rows).toHaveLength(1);
  await relay.stop();
  await writeFile(join(folder.path, 'pin.json'), '{"salt":');
  const engine = await startEngine({
    dataFolder: folder.path,
    version: '1.0.0',
    vault: createTestVault(),
    logger: relay.log,
    readerThread: new URL('../../electron/engine/reader-thread.ts', import.meta.url),
    intakePort: await freePort(),
    clock,
  });
  relay = { ...relay, engine, stop: () => engine.stop({ graceMs: 0 }) };
  expect(await ask('settings.get', {})).toBe('locked');
  expect(await ask('lock.enter', { pin })).toBe('not_possible');
  expect((await relayInProcess(folder.path, ['pin', 'remove'])).code).toBe(0);
});
