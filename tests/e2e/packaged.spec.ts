/** What `npm run package:dir` makes: its fuses, what is in it and what is not, and whether it delivers. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, pictureOf, test } from './app.ts';
import { root, whyNot } from './desktop-at-hand.ts';
import { booking, connect } from './endpoints.ts';
import { packageApp, packageForWindows } from './package-app.ts';

const unpacked = join(root, 'release', 'linux-unpacked');
const archive = join(unpacked, 'resources', 'app.asar');

test.describe.configure({ mode: 'serial' });
test.skip(process.platform !== 'linux', 'the unpacked app is looked into on Linux');

test.beforeAll(() => {
  if (whyNot() === null) packageApp();
});

test.beforeEach(() => test.skip(whyNot() !== null, `the desktop app was not tested, because ${whyNot()}`));

test('its fuses close the ways around the app', async () => {
  const wire = await getCurrentFuseWire(join(unpacked, 'roost-relay-desktop'));
  const expected: [FuseV1Options, FuseState][] = [
    [FuseV1Options.RunAsNode, FuseState.DISABLE],
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
    [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
    [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
    [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
  ];
  for (const [fuse, state] of expected) expect(wire[fuse], FuseV1Options[fuse]).toBe(state);
  // An Electron of before this fuse has none to flip.
  const fileProtocol = wire[FuseV1Options.GrantFileProtocolExtraPrivileges];
  expect([undefined, FuseState.DISABLE]).toContain(fileProtocol);
});

test('it holds what runs, and no sources, maps, tests or development dependencies', () => {
  const files = listPackage(archive, { isPack: false });
  const packages = new Set(files.flatMap((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  expect([...packages]).toEqual(['better-sqlite3']);
  for (const file of ['/dist/main.cjs', '/dist/preload.cjs', '/dist/engine-process.cjs', '/dist/window/index.html']) {
    expect(files).toContain(file);
  }
  expect(
    files.filter((file) => /\.(ts|tsx|map|md|cpp|c|h|gyp)$|\/(tests?|src|deps)(\/|$)|electron-builder/.test(file)),
  ).toEqual([]);
  const natives = readdirSync(unpacked, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.node'));
  expect(natives).toEqual([
    `resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
  ]);
  expect(files.filter((file) => file.endsWith('.node'))).toHaveLength(1);
  expect(existsSync(join(unpacked, 'resources', 'default_app.asar'))).toBe(false);
});

test('packed for Windows on another system, it has Windows’ module and pictures, and no other system’s', async () => {
  packageForWindows();
  const folder = join(root, 'release', 'win-unpacked');
  const natives = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.node'));
  expect(natives).toEqual(['resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds/win32-x64.node']);
  const module = readFileSync(join(folder, natives[0] ?? ''));
  expect(module.subarray(0, 2).toString('latin1')).toBe('MZ');
  const files = listPackage(join(folder, 'resources', 'app.asar'), { isPack: false });
  expect(files.filter((file) => file.endsWith('.ico'))).toHaveLength(10);
  const wire = await getCurrentFuseWire(join(folder, 'Roost Relay.exe'));
  expect(wire[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE);
});

test('nothing in it tells of the machine that it was made on', () => {
  for (const name of ['main', 'preload', 'engine-process', 'reader-thread', 'sender-thread']) {
    expect(readFileSync(join(root, 'dist', `${name}.cjs`), 'utf8')).not.toContain(root);
  }
});

test("the archive's content starts and delivers an event", async ({ property }) => {
  const folder = mkdtempSync(join(tmpdir(), 'roost-archive-'));
  try {
    const copy = join(folder, 'app.asar');
    cpSync(archive, copy);
    cpSync(`${archive}.unpacked`, `${copy}.unpacked`, { recursive: true });
    extractAll(copy, join(folder, 'app'));
    const app = await property.start({ appFolder: join(folder, 'app') });
    const { receiver, token } = await connect(app);
    expect((await property.post(token, booking('bk_1'))).status).toBe(202);
    await receiver.received(1);
    await expect.poll(async () => (await app.call('deliveries.list', {})).rows[0]?.state).toBe('delivered');
    await app.page.goto('app://bundle/#/');
    await expect(app.page.locator('h1').first()).toBeVisible();
    pictureOf('packaged');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
