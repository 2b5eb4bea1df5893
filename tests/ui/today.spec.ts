/** Today against the real engine: the sentence and the cards follow what really happens. */
import { expect, test } from './support/relay.ts';

// An engine is killed here, which a process of its own can be.
test.use({ ownProcess: true });

test('a property that is new is led through its first steps', async ({ page, relay }) => {
  await relay.open(page, '/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Nothing is set up yet/);
  await expect(page.locator('li[aria-current=step]')).toContainText('Connect the PMS');
  await page.getByRole('region', { name: 'First steps' }).getByRole('link', { name: 'Connect a source' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Connect a source' })).toBeVisible();
});

test('what is delivered is said within a moment, without anybody asking', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Bookkeeping', receiver);
  await relay.open(page, '/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/connect your PMS as a source/);
  await relay.post('booking.created');
  await receiver.received(1);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /The one event of today was delivered .* Nothing to do\./,
  );
  await expect(page.getByRole('link', { name: /Front desk PMS/ })).toContainText('Connected');
  await expect(page.getByRole('link', { name: /^Bookkeeping/ })).toContainText('Active');
});

test('a receiver that fails shows as waiting, and “Send” after it is back empties the queue', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Bookkeeping', receiver);
  receiver.answerWith({ status: 500 });
  await relay.open(page, '/');
  await relay.post('booking.created');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/1 event for Bookkeeping is waiting/);
  await expect(page.getByRole('link', { name: /^Bookkeeping/ })).toContainText('Degraded');
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('1 event waits for Bookkeeping');
  const waits = page.getByRole('region', { name: '1 event for Bookkeeping is waiting' });
  await expect(waits).toContainText('had a problem of its own (500)');
  receiver.answerWith({ status: 200 });
  await relay.call('endpoints.tryNow', { id });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/delivered/);
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('All is well');
});

test('a pause of everything is a card that ends it', async ({ page, relay }) => {
  await relay.endpoint('Bookkeeping', await relay.receiver());
  await relay.call('relay.pause', { forMs: 3_600_000 });
  await relay.open(page, '/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Deliveries are paused until/);
  await page.getByRole('button', { name: 'Resume now' }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/paused/);
});

test('a receiver that says it is gone pauses its endpoint, and a card says whose turn it is', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Old website', receiver);
  receiver.answerWith({ status: 410 });
  await relay.open(page, '/');
  await relay.post('booking.created');
  const card = page.getByRole('region', { name: 'Old website says this address is gone for good' });
  await expect(card).toContainText('Nothing is lost: 1 event is safe on this PC.');
  await expect(card).toContainText('For your IT helper');
  await card.getByRole('link', { name: 'Change address' }).click();
  await expect(page).toHaveURL(/#\/endpoints\/ep_\w+\/edit/);
  // To resume is a try at the same address, and is not said to be more.
  await page.goBack();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Endpoints' }).click();
  await page.getByRole('link', { name: 'Old website' }).click();
  await expect(page.getByText(/^Paused, since its receiver said that it is gone\./)).toBeVisible();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(page.getByText(/^Old website is tried once more at the same address\./)).toBeVisible();
  await receiver.received(2);
  await expect(page.getByText(/^Paused, since its receiver said that it is gone\./)).toBeVisible();
});

test('an engine that is gone is said', async ({ page, relay }) => {
  await relay.endpoint('Bookkeeping', await relay.receiver());
  await relay.call('sources.add', { name: 'Front desk PMS' });
  await relay.open(page, '/');
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('All is well');
  await relay.engine.kill();
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('The engine is being restarted');
});

test('what is over stays on Today as a story: a receiver that took nothing, and deliveries that a crash cut off', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Bookkeeping', receiver);
  receiver.answerWith({ status: 500 });
  const guests = ['Ana Reyes', 'Ben Cruz', 'Carla Diaz'];
  for (const guest_name of guests) await relay.post('guest.checkin', { booking_id: `bk_${guest_name}`, guest_name });
  await relay.open(page, '/');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Bookkeeping');
  await expect
    .poll(async () => (await relay.call('endpoints.get', { id })).trouble?.takesNothing, { timeout: 15_000 })
    .toBe(true);
  const story = page.getByRole('region', { name: 'What happened today' });
  // While it lasts it is no story yet.
  await expect(story).toBeHidden();
  receiver.answerWith({ status: 200 });
  await relay.call('endpoints.tryNow', { id });
  await expect(story).toContainText(
    /Bookkeeping took nothing for \d+ seconds? at \d\d:\d\d\. All 3 events were kept and delivered by \d\d:\d\d\./,
  );
  await expect(page.getByRole('heading', { level: 1 })).toContainText('All 3 events of today were delivered');

  receiver.clear();
  receiver.answerWith({ does: 'hang' });
  for (const guest_name of ['Dan Evia', 'Ella Faith']) {
    await relay.post('guest.checkin', { booking_id: `bk_${guest_name}`, guest_name });
  }
  const cutOff = (await receiver.received(2)).map(({ headers }) => headers['webhook-id']);
  await relay.engine.kill();
  receiver.clear();
  receiver.answerWith({ status: 200 });
  await relay.restart();
  const again = (await receiver.received(2)).map(({ headers }) => headers['webhook-id']);
  expect(again.sort()).toEqual(cutOff.sort());
  await relay.open(page, '/');
  await expect(story).toContainText('2 interrupted deliveries were sent again');
  // What went before is still told.
  await expect(story).toContainText('Bookkeeping took nothing');
});
