/** The export against the real engine: the file holds what the filters show. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './support/relay.ts';

test('the filtered log becomes a file with exactly its rows', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Bookkeeping', receiver);
  await relay.post('booking.created', { booking_id: 'bk_1', guest_name: 'Juan dela Cruz' });
  await relay.post('payment.received', { payment_id: 'pay_1', booking_id: 'bk_2' });
  await receiver.received(2);
  await relay.open(page, '/export?event=payment.received');
  await expect(page.getByText('1 delivery matches these filters.')).toBeVisible();
  await expect(page.getByText('Guests’ data leaves with this file')).toBeVisible();
  await page.getByRole('button', { name: /Format/ }).click();
  await page.getByRole('option', { name: /JSON Lines/ }).click();
  await page.getByRole('button', { name: 'Export to a file…' }).click();
  await expect(page.getByText('The export is done.')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('payment.received');
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
