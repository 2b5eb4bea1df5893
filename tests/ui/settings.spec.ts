/** Settings against the real engine. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { conditionTypes } from '../../shared/notices.ts';
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, type Relay, test, wear } from './support/relay.ts';

test('a property’s new name and time zone are kept', async ({ page, relay }) => {
  await relay.open(page, '/settings/general');
  await page.getByLabel('Name', { exact: true }).fill('Harbour Inn');
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Europe/Lis');
  await page.getByRole('option', { name: 'Europe/Lisbon' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  expect(await relay.call('settings.get', {})).toMatchObject({
    propertyName: 'Harbour Inn',
    timeZone: 'Europe/Lisbon',
  });
});

test('language and theme change at once, and stay after a reload', async ({ page, relay }) => {
  await relay.open(page, '/settings/general');
  await page.getByRole('button', { name: /Theme/ }).click();
  await page.getByRole('option', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: /Language/ }).click();
  await page.getByRole('option', { name: 'Filipino' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mga setting');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mga setting');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fil');
});

test('what was done is in the activity, by whom and from where', async ({ page, relay }) => {
  await relay.call('sources.add', { name: 'Spa' });
  await relay.call('settings.change', { change: { timeZone: 'Asia/Manila', intakeHosts: ['pms.hotel.example'] } });
  await relay.open(page, '/settings/activity');
  const table = page.getByRole('table', { name: 'Who did what' });
  await expect(table.getByRole('row', { name: /Changed settings/ }).first()).toContainText(
    'time zone, names of this PC',
  );
  await expect(table).toContainText('Connected a source');
  await expect(table).toContainText('(window)');
});

test('the activity says of an export with guests’ data that it was one, for what reason and into which file', async ({
  page,
  relay,
}) => {
  const full = { reason: 'tax inspection of May' };
  await relay.call('export.start', { what: 'deliveries', format: 'csv', file: null, full, confirmed: true });
  await relay.call('export.start', { what: 'events', format: 'csv', file: null });
  await relay.open(page, '/settings/activity');
  const rows = page.getByRole('table', { name: 'Who did what' }).getByRole('row', { name: /Made an export/ });
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('with guests’ data, for: “tax inspection of May”');
  await expect(rows.nth(1)).toContainText(/deliveries .*\.csv/);
  await expect(rows.first()).not.toContainText('guests’ data');
});

test('the check-up names what it looked at', async ({ page, relay }) => {
  await relay.open(page, '/settings/about');
  await page.getByRole('button', { name: 'Run the check-up' }).click();
  await expect(page.getByRole('region', { name: 'Check-up' }).getByRole('listitem').first()).toBeVisible();
});

test('a command that the check-up tells works where it is pasted', async ({ page, relay }) => {
  await relay.open(page, '/settings/about');
  await page.getByRole('button', { name: 'Run the check-up' }).click();
  const step = page.getByText(/^Run: .* source add /);
  await expect(step).toContainText(relay.dataFolder);
  const command = (await step.textContent())?.replace(/^Run: /, '') ?? '';
  const { stdout } = await promisify(execFile)('sh', ['-c', command]);
  expect(stdout).toContain('PMS');
  await expect.poll(async () => (await relay.call('sources.list', {})).map(({ name }) => name)).toEqual(['PMS']);
});

test('a backup can be downloaded from the browser', async ({ page, relay }) => {
  await relay.open(page, '/settings/storage');
  await page.getByRole('button', { name: 'Make a backup…' }).click();
  await expect(page.getByText('The backup is made.')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  expect((await readFile(await download.path())).byteLength).toBeGreaterThan(1000);
});

test('quiet hours are kept as they are typed, and a time that is none is not taken', async ({ page, relay }) => {
  await relay.open(page, '/settings/notifications');
  await page.getByText('Quiet hours', { exact: true }).click();
  await page.getByLabel('From', { exact: true }).fill('23:30');
  await page.getByLabel('To', { exact: true }).fill('25:00');
  await expect(page.getByText('Give a time such as 22:00.')).toBeVisible();
  await page.getByLabel('To', { exact: true }).fill('05:45');
  await expect(page.getByText('Give a time such as 22:00.')).toBeHidden();
  await expect
    .poll(async () => (await relay.call('preferences.get', {})).quietHours)
    .toEqual({ enabled: true, from: '23:30', to: '05:45' });
  // The whole day would be quiet: it is told, and taken once the other time is typed too.
  await page.getByLabel('From', { exact: true }).fill('05:45');
  await expect(page.getByText('Give another time: between two that are the same')).toBeVisible();
  await page.getByLabel('To', { exact: true }).fill('23:30');
  await expect
    .poll(async () => (await relay.call('preferences.get', {})).quietHours)
    .toEqual({ enabled: true, from: '05:45', to: '23:30' });
  await page.reload();
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('05:45');
  await page.getByText('Notify me when something is wrong').click();
  await expect(page.getByRole('switch', { name: /Quiet hours/ })).toBeDisabled();
});

test('somebody who does not sit at this PC is told in two clicks, and one more is a test', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Manager', receiver, { events: ['booking.created'] });
  await relay.open(page, '/settings/notifications');
  await page.getByText('Manager', { exact: true }).click();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(page.getByText('Manager took the test.')).toBeVisible();
  const [request] = await receiver.until((all) => all.some(({ headers }) => headers['x-roostsync-test'] === 'true'));
  expect(JSON.parse(request?.text ?? '{}')).toMatchObject({ event: 'relay.endpoint_failing' });
  const [endpoint] = await relay.call('endpoints.list', {});
  expect(endpoint?.events).toEqual(['booking.created', ...conditionTypes]);
  await expectAccessible(page);
  await keepPictures(page, 'settings-notices');
  await page.getByRole('link', { name: /^Add an endpoint for it/ }).click();
  await expect(page).toHaveURL(/\/endpoints\/new\?for=notices/);
});

test('a program on this very PC over plain HTTP is allowed with the reason in view, and is marked', async ({
  page,
  relay,
}) => {
  await relay.open(page, '/settings/network');
  const card = page.getByRole('region', { name: 'Programs on this very PC' });
  await expect(card).toContainText('never leaves this PC');
  await card.getByText('Endpoints may be programs on this PC over plain HTTP').click();
  await expect.poll(async () => (await relay.call('settings.get', {})).plainLoopback).toBe(true);
  const endpoint = {
    url: 'http://localhost:1880/roost',
    events: ['booking.created' as const],
    description: 'Node-RED',
  };
  await relay.call('endpoints.add', { endpoint, confirmed: true });
  await expect(card).toContainText('In use by Node-RED.');
  await card.scrollIntoViewIfNeeded();
  await keepPictures(page, 'settings-plain-http');
  await relay.open(page, '/endpoints');
  await expect(page.getByText('localhost:1880 · plain HTTP, this PC')).toBeVisible();
});

const restoreCard = (page: Page) => page.getByRole('region', { name: 'Restore', exact: true });
const question = (page: Page) => page.getByRole('alertdialog', { name: /^Restore .*\?$/ });

/** Makes a backup on the screen as a person does, under this passphrase. */
async function backUp(page: Page, relay: Relay, passphrase: string): Promise<void> {
  await relay.open(page, '/settings/storage');
  const field = page.getByLabel('Passphrase for another PC');
  await field.fill('short');
  await expect(page.getByText('At least 8 characters.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Make a backup…' })).toBeDisabled();
  await field.fill(passphrase);
  await page.getByRole('button', { name: 'Make a backup…' }).click();
  await expect(page.getByText('The backup is made.')).toBeVisible();
  await expect(field).toHaveValue('');
}

test('a backup with a passphrase is restored on the screen: wrong passphrase, cancelled, given up, done', async ({
  page,
  relay,
}) => {
  test.setTimeout(180_000);
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Bookkeeping', receiver);
  const { secret } = await relay.call('endpoints.revealSecret', { id });
  await relay.post('booking.created', { booking_id: 'bk_1', guest_name: 'Kenji Ito' });
  await receiver.received(1);
  await backUp(page, relay, 'seven wet umbrellas');

  // Something goes wrong afterwards, which the backup is to undo.
  await relay.call('endpoints.remove', { id });
  await relay.call('settings.change', { change: { propertyName: 'Typed over by mistake' } });

  await relay.open(page, '/settings/storage');
  const card = restoreCard(page);
  await expect(card).toContainText('Everything, made by hand');
  await card.getByRole('button', { name: 'Restore this backup…' }).click();
  await page.keyboard.press('Escape');
  await expect(question(page)).toBeHidden();
  await expect(card.getByRole('button', { name: 'Restore this backup…' })).toBeFocused();

  await card.getByRole('button', { name: 'Restore this backup…' }).click();
  await expect(question(page)).toContainText('The present ones are kept aside.');
  // Before the yes it is said what of the set-up would be otherwise.
  await expect(question(page)).toContainText('and as before that again: Bookkeeping; settings: propertyName.');
  const field = question(page).getByLabel('Its passphrase, if it has one');
  await field.fill('eight wet umbrellas');
  await page.keyboard.press('Enter');
  await expect(question(page)).toContainText('This is not the passphrase that the backup was made with.');
  await expectAccessible(page);
  await keepPictures(page, 'restore-wrong-passphrase-light');
  await field.fill('seven wet umbrellas');
  await question(page).getByRole('button', { name: 'Restore at the next start' }).click();
  await expect(question(page)).toBeHidden();
  await expect(card).toContainText('A backup is ready and takes the place of everything here');
  const waiting = page.getByText('A backup takes the place of everything at the next start').first();
  await expect(waiting).toBeVisible();

  await card.getByRole('button', { name: 'Keep what is here now' }).click();
  await expect(card).not.toContainText('A backup is ready');
  await expect(waiting).toBeHidden();
  await relay.restart();
  expect(await relay.call('settings.get', {})).toMatchObject({ propertyName: 'Typed over by mistake' });

  await relay.open(page, '/settings/storage');
  await card.getByRole('button', { name: 'Restore this backup…' }).click();
  await field.fill('seven wet umbrellas');
  await question(page).getByRole('button', { name: 'Restore at the next start' }).click();
  await expect(card).toContainText('A backup is ready');
  await page.reload();
  await expect(card).toContainText('A backup is ready');
  await card.scrollIntoViewIfNeeded();
  await keepPictures(page, 'restore-pending-light');
  await relay.open(page, '/');
  await expect(waiting).toBeVisible();
  await expectAccessible(page);
  await keepPictures(page, 'today-restore-pending-light');
  await page.getByRole('link', { name: 'Open settings' }).click();
  await expect(card).toContainText('A backup is ready');
  await relay.restart();

  await relay.open(page, '/settings/storage');
  await expect(card).toContainText('Last restored');
  await expect(card).toContainText(join(relay.dataFolder, 'before-restore-'));
  await expect(card).not.toContainText('A backup is ready');
  await expect(waiting).toBeHidden();
  await wear(relay, { theme: 'dark', language: 'en' });
  await page.reload();
  await card.getByRole('button', { name: 'Restore this backup…' }).scrollIntoViewIfNeeded();
  await expectAccessible(page);
  await keepPictures(page, 'restore-done-dark');
  expect(await relay.call('settings.get', {})).toMatchObject({ propertyName: 'Bay Breeze Hotel' });
  expect(await relay.call('endpoints.revealSecret', { id })).toMatchObject({ secret });
  await relay.open(page, '/settings/activity');
  await expect(page.getByRole('table', { name: 'Who did what' })).toContainText('Restored a backup');
  await relay.open(page, '/deliveries');
  await expect(page.getByRole('row', { name: /Kenji Ito/ })).toContainText('Delivered');
});

test('a file that is no backup is said so in the question, and changes nothing', async ({ page, relay }) => {
  const folder = join(relay.dataFolder, 'backups');
  await mkdir(folder, { recursive: true });
  await copyFile(import.meta.filename, join(folder, 'guests.db'));
  await relay.open(page, '/settings/storage');
  await restoreCard(page).getByRole('button', { name: 'Restore this backup…' }).click();
  await expect(question(page)).toContainText('it is no backup of Roost Relay');
  await expect(question(page).getByRole('button', { name: 'Restore at the next start' })).toBeDisabled();
  await question(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(restoreCard(page)).not.toContainText('A backup is ready');
});
