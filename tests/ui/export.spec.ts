/** The export against the real engine: the file holds what the filters show, and no guest. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, test } from './support/relay.ts';

async function downloaded(page: Page): Promise<string> {
  await expect(page.getByText('The export is done.')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

test('the filtered log becomes a file with exactly its rows and columns, and without its guests', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Bookkeeping', receiver);
  await relay.post('booking.created', { booking_id: 'bk_1', guest_name: 'Juan dela Cruz', email: 'juan@example.com' });
  await relay.post('payment.received', { payment_id: 'pay_1', booking_id: 'bk_2' });
  await receiver.received(2);
  await relay.open(page, '/export?event=booking.created');
  await expect(page.getByText('1 delivery matches these filters.')).toBeVisible();
  await expect(page.getByText('Guests stay here')).toBeVisible();
  await page.getByRole('button', { name: 'Preview' }).click();
  const preview = page.getByRole('table', { name: 'First rows of the file' });
  await expect(preview.locator('mark')).toHaveText(['Guest 1']);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/export-preview.png`, fullPage: true });
  await page.getByText('Columns: 25 of 25').click();
  await page.getByRole('checkbox', { name: 'detail' }).click({ force: true });
  await expect(page.getByText('Columns: 24 of 25')).toBeVisible();
  await page.getByRole('button', { name: 'Export to a file…' }).click();
  const [head = '', row = '', ...rest] = (await downloaded(page)).trim().split('\r\n');
  expect(head).not.toContain('detail');
  expect(row).toContain('Guest 1');
  expect(row).not.toContain('Juan');
  expect(rest).toEqual([]);
  await page.reload();
  await expect(page.getByText('Columns: 24 of 25')).toBeVisible();
});

test('guests’ data leaves only for a reason that is given, and who did it can be read', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Bookkeeping', receiver);
  await relay.post('booking.created', { booking_id: 'bk_1', guest_name: 'Juan dela Cruz' });
  await receiver.received(1);
  await relay.open(page, '/export');
  await page.getByRole('button', { name: 'Export with guests’ data…' }).click();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/export-full.png` });
  const everything = page.getByRole('button', { name: 'Export everything' });
  await expect(everything).toBeDisabled();
  await page.getByLabel('Why is that needed?').fill('tax inspection');
  await everything.click();
  expect(await downloaded(page)).toContain('Juan dela Cruz');
});

test('the filters stand in the address, and Back takes one away', async ({ page, relay }) => {
  await relay.open(page, '/export');
  await page.getByRole('button', { name: /^State:/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Waiting' }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/#\/export\?state=waiting/);
  await page.goBack();
  await expect(page).toHaveURL(/#\/export$/);
});

test('a rule of the property decides what leaves, in the preview at once, and asks for the PIN where there is one', async ({
  page,
  relay,
}) => {
  await relay.post('booking.created', { booking_id: 'bk_1', guest_name: 'Juan dela Cruz', shuttle: 'van with sign' });
  await relay.open(page, '/export');
  await page.getByRole('button', { name: 'What', exact: false }).first().click();
  await page.getByRole('option', { name: /^Events/ }).click();
  await page.getByRole('button', { name: 'Preview' }).click();
  const preview = page.getByRole('table', { name: 'First rows of the file' });
  await expect(preview).not.toContainText('van with sign');
  const rules = page.getByRole('region', { name: 'What counts as personal' });
  await rules.getByRole('textbox').fill('shut tle');
  await rules.getByRole('button', { name: 'Add the rule' }).click();
  await expect(rules).toContainText('Letters, digits and _');
  await relay.call('lock.setPin', { pin: '730415' });
  await relay.restart();
  await relay.open(page, '/export');
  await page.getByRole('button', { name: 'What', exact: false }).first().click();
  await page.getByRole('option', { name: /^Events/ }).click();
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(preview).toBeVisible();
  await rules.getByRole('textbox').fill('shuttle');
  await rules.getByRole('button', { name: 'Goes', exact: false }).click();
  await page.getByRole('option', { name: 'Stays' }).click();
  await rules.getByRole('button', { name: 'Add the rule' }).click();
  await page.getByRole('dialog', { name: 'Enter the PIN' }).getByLabel('PIN', { exact: true }).fill('730415');
  await page.keyboard.press('Enter');
  await expect(rules.getByRole('table', { name: 'Your own rules' })).toContainText('shuttle');
  await expect(preview).toContainText('van with sign');
  await rules.getByText('The built-in rules').click();
  await expect(rules.getByRole('table', { name: 'The built-in rules' })).toContainText('guest_name');
  await expectAccessible(page);
  await keepPictures(page, 'privacy-rules');
});

test('an export is scheduled from what is chosen, run, changed and removed', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Bookkeeping', receiver);
  await relay.open(page, '/export?state=delivered');
  await page.getByRole('button', { name: 'Every night or month…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export by itself' });
  await expect(dialog).toContainText('The folder “exports” of the data folder');
  await expectAccessible(page);
  await keepPictures(page, 'schedule-new');
  await dialog.getByRole('button', { name: 'Schedule it' }).click();
  await expect(dialog).toBeHidden();
  const schedule = page.getByRole('region', { name: 'Deliveries, every night' });
  await expect(schedule).toContainText('1 filter');
  await expect(schedule).toContainText('kept for 90 days');
  await expect(schedule.getByText('With guests’ data')).toBeHidden();
  await schedule.getByRole('button', { name: 'Run now' }).click();
  await expect(schedule).toContainText(/Last:.*0 rows, .*deliveries \d{4}-\d\d-\d\d\.csv/);
  await schedule.scrollIntoViewIfNeeded();
  await expectAccessible(page);
  await keepPictures(page, 'schedule-list');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    schedule.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('time_local');

  await schedule.getByRole('button', { name: 'Change…' }).click();
  const change = page.getByRole('dialog', { name: 'Change the scheduled export' });
  await change.getByRole('button', { name: 'When' }).click();
  await page.getByRole('option', { name: 'Every month, the month before' }).click();
  await change.getByText('With guests’ data').click();
  await expect(change.getByRole('button', { name: 'Save' })).toBeDisabled();
  await change.getByLabel('Why is that needed?').fill('tax inspection');
  await keepPictures(page, 'schedule-change');
  await change.getByRole('button', { name: 'Save' }).click();
  const asked = page.getByRole('alertdialog', { name: 'Write guests’ data by itself?' });
  await keepPictures(page, 'schedule-full');
  await asked.getByRole('button', { name: 'Write everything' }).click();
  const monthly = page.getByRole('region', { name: 'Deliveries, every month' });
  await expect(monthly.getByText('With guests’ data')).toBeVisible();
  const [kept] = await relay.call('schedules.list', {});
  expect(kept).toMatchObject({ every: 'month', fullReason: 'tax inspection', filter: { states: ['delivered'] } });

  await monthly.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(monthly).toBeHidden();
  expect(await relay.call('schedules.list', {})).toEqual([]);
});
