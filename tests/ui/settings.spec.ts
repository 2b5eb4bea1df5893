/** Settings against the real engine. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './support/relay.ts';

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
  await relay.open(page, '/settings/activity');
  const table = page.getByRole('table', { name: 'Who did what' });
  await expect(table).toContainText('Connected a source');
  await expect(table).toContainText('(window)');
});

test('the check-up names what it looked at', async ({ page, relay }) => {
  await relay.open(page, '/settings/about');
  await page.getByRole('button', { name: 'Run the check-up' }).click();
  await expect(page.getByRole('region', { name: 'Check-up' }).getByRole('listitem').first()).toBeVisible();
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
