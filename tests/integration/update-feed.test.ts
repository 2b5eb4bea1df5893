/** electron-updater itself against a feed on loopback: what it takes, and what it must not. */

import { spawnSync } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { verifyFeed } from '../../electron/shell/updates/signed-feed.ts';
import { parseUpdatePolicy } from '../../electron/shell/updates/update-policy.ts';
import {
  canCheckSignature,
  type UpdaterParts,
  type Updates,
  watchForUpdates,
} from '../../electron/shell/updates/updates.ts';
import { testAuthority } from '../support/certificates.ts';
import { createTestMishaps } from '../support/ports.ts';
import { type FeedName, newerProgram, startUpdateFeed, type UpdateFeed } from '../support/update-feed.ts';

let feed: UpdateFeed;
let folder: string;
beforeAll(async () => {
  feed = await startUpdateFeed();
});
afterAll(() => feed[Symbol.asyncDispose]());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'updates-'));
  writeFileSync(join(folder, 'Roost Relay.AppImage'), 'version 1.0.0');
  writeFileSync(join(folder, 'app-update.yml'), 'provider: generic\nupdaterCacheDirName: relay-updater\n');
  vi.stubEnv('APPIMAGE', join(folder, 'Roost Relay.AppImage'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** As the installed app has it, but for Electron: Node fetches, and nothing quits. */
async function electronUpdater(): Promise<UpdaterParts> {
  const [{ AppImageUpdater, NoOpLogger }, { ElectronHttpExecutor }, { GenericProvider }, { caPem }] = await Promise.all(
    [
      import('electron-updater'),
      import('electron-updater/out/electronHttpExecutor.js'),
      import('electron-updater/out/providers/GenericProvider.js'),
      testAuthority(),
    ],
  );
  const updater = new AppImageUpdater(null, {
    ...{ version: '1.0.0', name: 'roost-relay', isPackaged: true, appUpdateConfigPath: join(folder, 'app-update.yml') },
    ...{ userDataPath: folder, baseCachePath: folder, whenReady: async () => {} },
    ...{ relaunch: () => {}, quit: () => {}, onQuit: () => {} },
  });
  updater.logger = new NoOpLogger();
  const executor = new ElectronHttpExecutor();
  Object.assign(executor, {
    createRequest: (options: object, callback: () => void) => request({ ...options, ca: caPem }, callback),
  });
  Object.assign(updater, { httpExecutor: executor });
  return { updater, Generic: GenericProvider };
}

/** Follows one feed until it is known what became of it. */
async function follow(name: FeedName): Promise<Updates['state']> {
  const policy = parseUpdatePolicy(feed.policy);
  const updates = watchForUpdates({
    ...{ isInstalled: true, policy, canCheckSignature: () => canCheckSignature('linux', folder, policy) },
    ...{ loadUpdater: electronUpdater, every: () => () => {}, nowMs: () => 1_000, onState: () => {} },
    ...{ log: () => {}, own: createTestMishaps().own },
  });
  updates.follow(feed.url(name));
  await expect.poll(() => updates.state.state, { timeout: 10_000 }).not.toMatch(/looking|fetching/);
  return updates.state;
}

/** What lies ready to be put in place. */
function fetched(): string[] {
  const pending = join(folder, 'relay-updater', 'pending');
  if (!existsSync(pending)) return [];
  return readdirSync(pending)
    .filter((name) => name.endsWith('.AppImage'))
    .map((name) => readFileSync(join(pending, name), 'utf8'));
}

describe.skipIf(process.platform === 'win32')('an update on Linux', () => {
  test('that is newer, and signed, is fetched and ready', async () => {
    expect(await follow('newer')).toMatchObject({ state: 'ready', version: '2.0.0' });
    expect(fetched()).toEqual([newerProgram]);
  });

  test('that is older is not even fetched, though it is signed', async () => {
    expect(await follow('older')).toMatchObject({ state: 'newest', version: null });
    expect(feed.asked.filter((path) => path.startsWith('/older/') && path.endsWith('.AppImage'))).toEqual([]);
    expect(fetched()).toEqual([]);
  });

  test.each([
    ['without a signature', 'unsigned', 'There is no latest-linux.yml.sig'],
    ['signed by somebody else', 'impostor', 'does not fit'],
    ['whose feed was changed after it was signed', 'changed', 'does not fit'],
    ['that was signed for another system', 'misplaced', 'does not fit'],
  ] as const)('%s is not used, and nothing of it fetched', async (_what, name, problem) => {
    expect(await follow(name)).toMatchObject({ state: 'not_signed', problem: expect.stringContaining(problem) });
    expect(feed.asked.filter((path) => path.startsWith(`/${name}/`) && path.endsWith('.AppImage'))).toEqual([]);
    expect(fetched()).toEqual([]);
  });

  test('whose file is another one than the signed feed names is thrown away', async () => {
    expect(await follow('tampered')).toMatchObject({ state: 'failed', problem: expect.stringContaining('sha512') });
    expect(fetched()).toEqual([]);
  });

  test('comes from no address but the build’s own', async () => {
    const policy = { ...parseUpdatePolicy(feed.policy), feeds: [feed.url('newest')] };
    const updates = watchForUpdates({
      ...{ isInstalled: true, policy, canCheckSignature: () => true },
      ...{ loadUpdater: electronUpdater, every: () => () => {}, nowMs: () => 1_000, onState: () => {} },
      ...{ log: () => {}, own: createTestMishaps().own },
    });
    const before = feed.asked.length;
    const own = feed.url('newest');
    for (const address of [feed.url('newer'), `${own}/../newer`, `${own}?x`, own.replace('//', '//user@'), `${own}x`]) {
      updates.follow(address);
      expect([address, updates.state.state]).toEqual([address, 'not_allowed']);
    }
    expect(feed.asked).toHaveLength(before);
  });
});

test('a build without a key takes no update where nothing else would check it', () => {
  const policy = parseUpdatePolicy('{"publicKey": null, "feeds": ["https://updates.example/relay/"]}');
  expect(policy.feeds).toEqual(['https://updates.example/relay']);
  expect(canCheckSignature('linux', folder, policy)).toBe(false);
  expect(canCheckSignature('win32', folder, policy)).toBe(false);
  expect(() => parseUpdatePolicy('{"publicKey": null, "feeds": ["http://updates.example"]}')).toThrow('https');
  expect(() => parseUpdatePolicy('{"publicKey": "AAAA", "feeds": []}')).toThrow('publicKey');
  expect(() => parseUpdatePolicy('{"publicKey": null, "feeds": [], "any": true}')).toThrow('any');
});

test('a publisher makes a key once, and signs what an installed app then takes', () => {
  const run = (...args: string[]) => {
    const done = spawnSync(process.execPath, ['electron/packaging/sign-feed.ts', ...args], { encoding: 'utf8' });
    return { status: done.status, said: done.stdout + done.stderr };
  };
  const [key, updates, yml] = ['publisher.pem', 'updates.json', 'latest-linux.yml'].map((name) => join(folder, name));
  if (key === undefined || updates === undefined || yml === undefined) throw new Error('three names, three paths');
  const publicKey = /"publicKey": "(.+)"/.exec(run('--new-key', key).said)?.[1] ?? '';
  const privateKey = readFileSync(key, 'utf8');
  if (process.platform !== 'win32') expect(statSync(key).mode & 0o777).toBe(0o600);
  expect(run('--new-key', key)).toMatchObject({ status: 1, said: expect.stringContaining('EEXIST') });
  expect(readFileSync(key, 'utf8')).toBe(privateKey);

  writeFileSync(yml, 'version: 2.0.0\n');
  writeFileSync(updates, JSON.stringify({ publicKey: null, feeds: [] }));
  const sign = () => run('--key', key, '--updates', updates, folder);
  expect(sign()).toMatchObject({ status: 1, said: expect.stringContaining('not the private half of publicKey') });
  writeFileSync(updates, JSON.stringify({ publicKey, feeds: [] }));
  expect(sign()).toMatchObject({ status: 0 });
  const policy = parseUpdatePolicy(readFileSync(updates, 'utf8'));
  if (policy.publicKey === null) throw new Error('the key was read');
  const signature = readFileSync(`${yml}.sig`, 'utf8');
  expect(() =>
    verifyFeed('latest-linux.yml', 'version: 2.0.0\n', signature, policy.publicKey as KeyObject),
  ).not.toThrow();
});
