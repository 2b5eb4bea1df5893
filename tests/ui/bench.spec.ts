/** The test bench against the real engine. */
import { expect, test } from './support/relay.ts';

test('the bench shows what arrives with the verdict on its signature, and answers as told', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.open(page, '/bench');
  await page.getByRole('button', { name: 'Start the test bench' }).click();
  await expect(page.getByText('Nothing has arrived yet')).toBeVisible();
  await page.getByRole('button', { name: 'Point here: Door locks' }).click();
  await expect(page.getByText('Here now')).toBeVisible();

  await relay.post('guest.checkin', { booking_id: 'bk_1', guest_name: 'Kenji Ito' });
  const requests = page.getByRole('list', { name: 'Requests, newest first' });
  await expect(requests).toContainText('guest.checkin');
  await expect(requests).toContainText('Signature valid');
  await expect(requests).toContainText('answered 200');
  expect(receiver.requests).toHaveLength(0);
  await requests.getByText('guest.checkin', { exact: true }).click();
  await expect(requests).toContainText('"Kenji Ito"');
  await requests.getByRole('tab', { name: 'Headers' }).click();
  await expect(requests).toContainText(/x-roostsync-event-id/i);

  await page.getByRole('button', { name: /How it answers/ }).click();
  await page.getByRole('option', { name: /Has an error/ }).click();
  await relay.post('guest.checkin', { booking_id: 'bk_2', guest_name: 'Ana Reyes' });
  await expect(requests).toContainText('answered 500');

  await page.getByRole('button', { name: 'Back to its address: Door locks' }).click();
  await expect(page.getByText('Here now')).toBeHidden();
  expect((await relay.call('endpoints.revealAddress', { id })).url).toBe(receiver.url);
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('Nothing has arrived yet')).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('The test bench is off', { exact: true }).first()).toBeVisible();
});

test('a test event leads from the bench to the bench', async ({ page, relay }) => {
  await relay.endpoint('Door locks', await relay.receiver());
  await relay.call('bench.start', {});
  await relay.open(page, '/bench');
  await page.getByRole('button', { name: 'Point here: Door locks' }).click();
  await page.getByRole('link', { name: 'Send a test event: Door locks' }).click();
  await page.getByRole('button', { name: 'Send to Door locks' }).click();
  await expect(page.getByText(/Door locks took it \(200/)).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('list', { name: 'Requests, newest first' })).toContainText('Signature valid');
});
