/** What only an installed app does: it is started at login, and it replaces itself by an update. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { freePort } from '../support/engine-process.ts';
import { newerProgram, startUpdateFeed } from '../support/update-feed.ts';
import { expect, pictureOf, test } from './app.ts';
import { root, whyNot } from './desktop-at-hand.ts';
import { booking } from './endpoints.ts';
import { installApp } from './installed-app.ts';
import { canReadToasts, forgetToasts, shownToasts, toastsOnScreen } from './notifications.ts';
import { packageApp } from './package-app.ts';
import { hasScreenTools, trayColour, visibleWindows } from './screen.ts';

test.skip(process.platform !== 'linux', 'the unpacked app is made and tried on Linux');

test.beforeAll(() => {
  if (whyNot() === null) packageApp();
});
test.beforeEach(() => test.skip(whyNot() !== null, `the desktop app was not tested, because ${whyNot()}`));

/** What a desktop runs at login, read from the entry as the desktop entry specification says. */
function execLine(entry: string): string {
  const line = /^Exec=(.*)$/m.exec(entry)?.[1] ?? '';
  return line.replaceAll('\\\\', '\\').replaceAll('%%', '%');
}

const postTo = (port: number, token: string, id: string): Promise<number> =>
  fetch(`http://127.0.0.1:${port}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(booking(id)),
  }).then(
    ({ status }) => status,
    () => 0,
  );

test('it is started at login, hidden in the tray, and notices when the system has switched that off', async () => {
  test.skip(!canReadToasts() || !hasScreenTools(), 'the toasts and windows of this desktop cannot be read');
  await using installed = await installApp();
  const entryFile = join(installed.configFolder, 'autostart', 'roost-relay.desktop');
  const port = await freePort();
  const app = await installed.open(`--port=${port}`);
  const entry = readFileSync(entryFile, 'utf8');
  expect(await app.call('surface.info', {})).toMatchObject({ loginItemWorks: true });
  await app.call('settings.change', { change: { intakePort: port, propertyId: 'hotel-1' } });
  const { token } = await app.call('sources.add', { name: 'Front desk PMS' });

  // A tidy-up tool switches it off under an open window; the person switches it on again there.
  await app.page.goto('app://bundle/#/settings');
  const off = app.page.getByText(/has switched Roost Relay’s start off/);
  await expect(app.page.getByText('Start when this PC starts')).toBeVisible();
  await expect(off).toHaveCount(0);
  writeFileSync(entryFile, entry.replace('enabled=true', 'enabled=false'));
  expect(await postTo(port, token, 'bk_1')).toBe(202);
  await expect(off.first()).toBeVisible();
  pictureOf('autostart-off');
  // Doctor says so too: of the running app on the command line, and in its window.
  const dataFolder = join(installed.configFolder, '..', 'data', 'roost-relay');
  const doctor = () =>
    spawnSync(process.execPath, [join(root, 'electron', 'cli.ts'), 'doctor', '--data', dataFolder], {
      encoding: 'utf8',
    }).stdout.replace(/\s+/g, ' ');
  await expect
    .poll(doctor)
    .toMatch(/no longer starts when this PC starts.*among the start-up apps of its own settings/);
  await app.page.goto('app://bundle/#/settings/about');
  await app.page.getByRole('button', { name: 'Run the check-up' }).click();
  await expect(app.page.getByText(/among the start-up apps of its own settings/)).toBeVisible();
  await app.page.goto('app://bundle/#/settings');
  await app.page.getByRole('button', { name: 'Switch it on again' }).click();
  await expect.poll(() => readFileSync(entryFile, 'utf8')).toBe(entry);
  await expect(off).toHaveCount(0);
  // What it remembers of this incident ends with it; the next one is a new one.
  const remembered = () => {
    const database = new Sqlite(join(dataFolder, 'relay.db'), { readonly: true });
    const ids = database.prepare<[], string>('SELECT id FROM notices').pluck().all();
    database.close();
    return ids;
  };
  await expect.poll(remembered).not.toContain('autostart_off');
  const ended = new Promise((resolve) => app.child.once('exit', resolve));
  app.child.kill('SIGTERM');
  await ended;
  await forgetToasts();

  installed.run(execLine(entry));
  await expect.poll(() => postTo(port, token, 'bk_2'), { timeout: 30_000 }).toBe(202);
  await expect.poll(trayColour).not.toBe('none');
  expect(visibleWindows('Roost Relay')).toBe(0);
  pictureOf('started-at-login');
  writeFileSync(entryFile, entry.replace('[Desktop Entry]', '[Desktop Entry]\nHidden=true'));
  await postTo(port, token, 'bk_3');
  await expect.poll(toastsOnScreen).toBe(1);
  pictureOf('autostart-off-toast');
  expect(shownToasts().map(({ title }) => title)).toEqual(['Roost Relay no longer starts when this PC starts']);
});

test('updates: none without an address, and from no other than the build’s; the settings say what became of each; a good one is put in place on quitting', async () => {
  await using feed = await startUpdateFeed();
  await using installed = await installApp({ updates: feed.policy });
  // The feed's authority is the test's own, which Chromium's store does not know.
  const app = await installed.open(`--port=${await freePort()}`, '--ignore-certificate-errors');
  const before = readFileSync(installed.program, 'utf8');
  const state = async () => (await app.call('surface.info', {})).update?.state;
  expect(await state()).toBe('off');
  await app.page.goto('app://bundle/#/settings/about');
  const follow = async (address: string, says: string) => {
    await app.page.getByRole('textbox', { name: 'Update address' }).fill(address);
    await app.page.getByRole('button', { name: 'Save' }).click();
    await expect(app.page.getByText(says)).toBeVisible();
  };

  await follow('https://updates.example/relay', 'takes no updates from https://updates.example/relay');
  expect([feed.asked, await state()]).toEqual([[], 'off']);
  await follow(feed.url('newest'), 'This is the newest version.');
  await follow(feed.url('tampered'), 'Version 2.0.1 did not come whole and unchanged');
  await expect(app.page.getByText(/sha512 checksum mismatch/)).toBeVisible();
  pictureOf('update-refused');
  await follow(feed.url('unsigned'), 'not signed by the maker of this app');
  await expect(app.page.getByText(/There is no latest-linux.yml.sig/)).toBeVisible();
  await follow(feed.url('newer'), 'Version 2.0.0 is ready.');
  pictureOf('update-ready');
  expect(readFileSync(installed.program, 'utf8')).toBe(before);

  const ended = new Promise((resolve) => app.child.once('exit', resolve));
  app.child.kill('SIGTERM');
  await ended;
  expect(readFileSync(installed.program, 'utf8')).toBe(newerProgram);
  expect(existsSync(`${installed.program}.started`)).toBe(false);
});

test('“Restart to update” ends the engine, puts the update in place and starts it', async () => {
  await using feed = await startUpdateFeed();
  await using installed = await installApp({ updates: feed.policy });
  const port = await freePort();
  const app = await installed.open(`--port=${port}`, '--ignore-certificate-errors');
  await app.page.goto('app://bundle/#/settings/about');
  await app.page.getByRole('textbox', { name: 'Update address' }).fill(feed.url('newer'));
  await app.page.getByRole('button', { name: 'Save' }).click();
  const ended = new Promise((resolve) => app.child.once('exit', resolve));
  await app.page.getByRole('button', { name: 'Restart to update' }).click();
  expect(await ended).toBe(0);
  expect(readFileSync(installed.program, 'utf8')).toBe(newerProgram);
  await expect.poll(() => existsSync(`${installed.program}.started`)).toBe(true);
  // The engine said goodbye to its database: the next start has nothing to check.
  const logs = join(installed.configFolder, '..', 'data', 'roost-relay', 'logs');
  const said = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'));
  expect(said.join()).toContain('"msg":"stopped"');
});
