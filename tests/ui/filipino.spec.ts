/** In Filipino nothing of the window's or the engine's own words is English, whatever goes wrong. */
import type { Page } from '@playwright/test';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { englishOn } from './support/english.ts';
import { settle } from './support/proof.ts';
import { expect, type Relay, test, wear } from './support/relay.ts';

const names = ['Door locks', 'Bookkeeping', 'Guest messages', 'Channel manager', 'Dashboard', 'Old address'];

/** One endpoint for each way of failing, and what a PMS can do wrong. */
async function everythingFails(relay: Relay): Promise<Receiver> {
  const [gone, picky, away] = [await relay.receiver(), await relay.receiver(), await relay.receiver()];
  const expired = await startReceiver({ certificate: 'expired' });
  await relay.endpoint('Bookkeeping', gone);
  await relay.endpoint('Guest messages', picky);
  await relay.endpoint('Door locks', away);
  const paused = await relay.endpoint('Dashboard', gone);
  await relay.call('endpoints.pause', { id: paused });
  for (const [description, url] of [
    ['Channel manager', expired.url],
    ['Old address', 'https://hooks.roost-relay.invalid/events'],
  ] as const) {
    const { endpoint } = await relay.call('endpoints.add', {
      confirmed: true,
      endpoint: { url, description, caPem: expired.caPem, events: ['booking.created', 'guest.checkin'] },
    });
    await relay.call('endpoints.enable', { id: endpoint.id, override: true });
  }
  gone.answerWith({ status: 404 });
  picky.answerWith({ status: 422, body: '{"error":"phone is required"}' });
  await away.stop();
  await relay.post('booking.created', { booking_id: 'bk_1', guest_name: 'Kenji Ito', total: 'six thousand' });
  await relay.post('guest.checkin', { booking_id: 'bk_2', guest_name: 'Ana Reyes' });
  const source = await relay.call('sources.add', { name: 'Restaurant POS' });
  const headers = { authorization: `Bearer ${source.token}`, 'content-type': 'application/json' };
  const order = (total: number) => `{"event":"order.created","id":"or-1","data":{"order_id":"or_1","total":${total}}}`;
  for (const body of ['{"event":"booking.create","data":{}}', '{"event":"order.created","data":7}', 'no json']) {
    expect((await fetch(source.url, { method: 'POST', headers, body })).status).toBe(400);
  }
  expect((await fetch(source.url, { method: 'POST', headers, body: order(1) })).status).toBe(202);
  expect((await fetch(source.url, { method: 'POST', headers, body: order(2) })).status).toBe(409);
  return expired;
}

const expectFilipino = async (page: Page, where: string) => {
  await settle(page);
  expect([where, ...(await englishOn(page, names))]).toEqual([where]);
};

test('every screen, with everything failing', async ({ page, relay }) => {
  test.setTimeout(240_000);
  await using _expired = await everythingFails(relay);
  await wear(relay, { theme: 'light', language: 'fil' });
  await expect
    .poll(async () => (await relay.call('deliveries.list', {})).rows.filter(({ outcome }) => outcome !== null).length, {
      timeout: 60_000,
    })
    .toBeGreaterThan(7);

  await relay.open(page, '/');
  for (const path of [
    '/',
    '/deliveries',
    '/endpoints',
    '/endpoints/new',
    '/events',
    '/events/story?about=Kenji',
    '/events/test',
    '/sources',
    '/sources/new',
    '/bench',
    '/export',
    ...['general', 'notifications', 'network', 'storage', 'activity', 'about'].map((name) => `/settings/${name}`),
  ]) {
    await relay.go(page, path);
    await expectFilipino(page, path);
  }
  for (const { id, endpointName } of (await relay.call('deliveries.list', {})).rows) {
    await relay.go(page, `/deliveries?delivery=${id}`);
    await expectFilipino(page, `delivery to ${endpointName}`);
  }
  for (const { id, name } of await relay.call('endpoints.list', {})) {
    await relay.go(page, `/endpoints/${id}`);
    await expectFilipino(page, `endpoint ${name}`);
    await relay.go(page, `/endpoints/${id}/past`);
    await page.getByText('Pumili ng mga event').click();
    await expectFilipino(page, `past events of ${name}`);
  }
  for (const { id } of (await relay.call('events.list', {})).rows) {
    await relay.go(page, `/events/${id}`);
    await expectFilipino(page, `event ${id}`);
    await page.getByRole('button', { name: 'Ipadala sa…' }).click();
    await expectFilipino(page, `event ${id}, to be sent`);
    await page.keyboard.press('Escape');
  }
  for (const { id, name } of await relay.call('sources.list', {})) {
    await relay.go(page, `/sources/${id}`);
    await expectFilipino(page, `source ${name}`);
  }
});

test('what the engine refuses is said in Filipino, at the field and as a notice', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const paused = await relay.endpoint('Dashboard', receiver);
  await relay.call('endpoints.pause', { id: paused });
  await relay.post('guest.checkin', { booking_id: 'bk_2', guest_name: 'Ana Reyes' });
  await wear(relay, { theme: 'light', language: 'fil' });

  await relay.open(page, '/endpoints/new');
  await page.getByRole('textbox').first().fill('https://ana:secret@hooks.example.com/events');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox').first().press('Space');
  await page.locator('form button[type=submit]').click();
  await page.locator('form button[type=submit]').click();
  await expect(page.getByText(/Hindi ipinapadala ang username at password/)).toBeVisible();
  await expectFilipino(page, 'a refused address');

  const [row] = (await relay.call('deliveries.list', {})).rows;
  await relay.open(page, `/deliveries?delivery=${row?.id}`);
  await expect(page.getByRole('complementary').getByRole('button', { name: 'Ipadala ulit' })).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.getByText('Nakahinto ang Dashboard. Ituloy muna ito.')).toBeVisible();
  await expectFilipino(page, 'a refused resend');
});

test('the doctor, the palette and the sheet of keys', async ({ page, relay }) => {
  await wear(relay, { theme: 'light', language: 'fil' });
  await relay.open(page, '/settings/about');
  await page
    .getByRole('button')
    .filter({ has: page.locator('.lucide-stethoscope') })
    .click();
  await expect(page.getByText('Data folder')).toBeVisible();
  await expectFilipino(page, 'the doctor');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectFilipino(page, 'the palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectFilipino(page, 'the sheet of keys');
});

test('what React Aria says by itself', async ({ page, relay }) => {
  await wear(relay, { theme: 'light', language: 'fil' });
  await relay.open(page, '/deliveries');
  await page.locator('main [aria-haspopup]').first().click();
  await expect(page.getByRole('menu')).toBeVisible();
  expect(await page.getByRole('button', { name: 'Isara' }).count()).toBeGreaterThan(0);
  await expectFilipino(page, 'a menu');
  await relay.open(page, '/settings/general');
  await page.getByRole('combobox').first().fill('Asia');
  await expect(page.getByRole('listbox')).toBeVisible();
  await expectFilipino(page, 'a list of suggestions');
});

test('English is found where it is', async ({ page, relay }) => {
  await wear(relay, { theme: 'light', language: 'en' });
  await relay.open(page, '/settings/general');
  await expect.poll(async () => (await englishOn(page, names)).length).toBeGreaterThan(20);
});
