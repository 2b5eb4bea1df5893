/** Events from before, in the window: sent to an endpoint, to one at the event, from the test bench; and the same address twice. */
import type { Page } from '@playwright/test';
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, type Relay, test } from './support/relay.ts';

const guests = ['Ana Reyes', 'Ben Cruz', 'Carla Diaz', 'Dan Evia', 'Ella Faith', 'Kenji Ito'];

/** Check-ins that came before there was anybody who wanted them. Returns the events' ids. */
async function checkIns(relay: Relay, names: readonly string[] = guests): Promise<string[]> {
  const ids: string[] = [];
  for (const guest_name of names) {
    ids.push(await relay.post('guest.checkin', { booking_id: `bk_${guest_name.slice(0, 3)}`, guest_name }));
  }
  return ids;
}

const work = (page: Page, name: string) => page.getByRole('region', { name: `Sending past events to ${name}` });

test('an event that nobody wanted is sent to an endpoint that a person chooses, and what came of it is shown', async ({
  page,
  relay,
}) => {
  const [locks, books] = [await relay.receiver(), await relay.receiver()];
  await relay.endpoint('Door locks', locks, { events: ['guest.checkin'] });
  await relay.endpoint('Bookkeeping', books, { events: ['payment.received'] });
  await relay.endpoint('New website', books, { enable: false });
  books.answerWith({
    status: 422,
    body: '{"detail":"sku is unknown"}',
    headers: { 'content-type': 'application/json' },
  });
  const id = await relay.post('inventory.low', { item_id: 'it_1', name: 'Bath soap' });
  await relay.open(page, `/events/${id}`);
  await expect(page.getByText('It went to no endpoint: none wanted it when it came.')).toBeVisible();
  await page.getByRole('button', { name: 'Send to…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Bath soap running low: send to…' });
  await expect(dialog.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  // A draft takes nothing, so it is not offered.
  await expect(dialog.getByRole('checkbox')).toHaveCount(2);
  await expect(dialog.getByText('Does not ask for events of this kind.').first()).toBeVisible();
  await expectAccessible(page);
  await dialog.getByText('Door locks').click();
  await expect(dialog.getByRole('button', { name: 'Send to Door locks' })).toBeEnabled();
  await dialog.getByText('Bookkeeping').click();
  await dialog.getByRole('button', { name: 'Send to 2 endpoints' }).click();
  await expect(dialog.getByText(/Door locks took it \(200/)).toBeVisible();
  await expect(dialog.getByText(/Bookkeeping refused this message \(422\)/)).toBeVisible();
  await keepPictures(page, 'send-to-result-light');
  const [got] = await locks.received(1);
  expect(got?.headers['x-roostsync-event-id']).toBe(id);
  expect(got?.text).toContain('Bath soap');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('link', { name: 'Door locks' })).toBeVisible();
});

test('an event that an endpoint has had is sent there again only after a yes, by the keyboard alone', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Door locks', receiver);
  const [id = ''] = await checkIns(relay, ['Ana Reyes']);
  await receiver.received(1);
  receiver.clear();
  await relay.open(page, `/events/${id}`);
  await page.getByRole('button', { name: 'Send to…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Check-in of Ana Reyes: send to…' });
  await expect(dialog.getByText('Has had it.', { exact: true })).toBeVisible();
  await dialog.getByRole('checkbox', { name: /Door locks/ }).focus();
  await page.keyboard.press('Space');
  await dialog.getByRole('button', { name: 'Send to Door locks' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/Door locks has had this event/)).toBeVisible();
  expect(receiver.requests).toHaveLength(0);
  await dialog.getByRole('button', { name: 'Send all the same' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/Door locks took it \(200/)).toBeVisible();
  expect((await receiver.received(1))[0]?.headers['x-roostsync-event-id']).toBe(id);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('past events go out at the endpoint’s pace; whoever leaves and comes back can pause and stop them', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  await checkIns(relay);
  const id = await relay.endpoint('Door locks', receiver);
  await relay.call('endpoints.change', { id, change: { limits: { inFlight: 1, perSecond: 0.2 } } });
  await relay.open(page, `/endpoints/${id}`);
  await expect(page.getByText('6 events from before can be sent')).toBeVisible();
  await page.getByRole('link', { name: 'Send past events' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Send past events to Door locks' })).toBeVisible();
  await expect(page.getByText(/^6 events can be sent from /)).toBeVisible();
  await expectAccessible(page);
  await keepPictures(page, 'past-events-light');
  await page.getByRole('button', { name: 'Send 6 events to Door locks' }).click();
  await expect(work(page, 'Door locks')).toContainText(/\d of 6/);
  // Nothing can be asked for twice while it is under way.
  await expect(page.getByRole('button', { name: /^Send \d events? to Door locks/ })).toBeHidden();
  for (const path of ['/', '/deliveries', `/endpoints/${id}/past`]) {
    await relay.open(page, path);
    await expect(work(page, 'Door locks')).toContainText(/\d of 6/);
  }
  await work(page, 'Door locks').getByRole('button', { name: 'Pause' }).click();
  await expect(work(page, 'Door locks')).toContainText(/Paused after \d of 6/);
  await relay.open(page, '/');
  await expect(work(page, 'Door locks')).toContainText(/Paused after \d of 6/);
  await keepPictures(page, 'past-events-paused-light');
  // Held back is not cancelled, wherever it is listed.
  for (const path of ['/events', '/deliveries']) {
    await relay.open(page, path);
    await expect(page.getByText('Held back', { exact: true }).first()).toBeVisible();
    await expect(page.getByText('Cancelled', { exact: true })).toBeHidden();
  }
  await relay.open(page, '/');
  await work(page, 'Door locks').getByRole('button', { name: 'Go on' }).click();
  await expect(work(page, 'Door locks').getByRole('button', { name: 'Pause' })).toBeVisible();
  await work(page, 'Door locks').getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText(/Stopped after \d of 6\. The others stay as they are\./)).toBeVisible();
  const sent = receiver.requests.length;
  expect(sent).toBeLessThan(6);
  await relay.open(page, `/endpoints/${id}/past`);
  await expect(page.getByText(new RegExp(`^${6 - sent} events? can be sent`))).toBeVisible();
});

test('single events can be chosen, and no other goes out', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const ids = await checkIns(relay, ['Ana Reyes', 'Ben Cruz', 'Carla Diaz']);
  const id = await relay.endpoint('Door locks', receiver);
  await relay.open(page, `/endpoints/${id}/past`);
  await page.getByText('Choose single events').click();
  const list = page.getByRole('list', { name: 'Events that can be chosen, newest first' });
  await expect(list.getByRole('checkbox')).toHaveCount(3);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Choose none' }).click();
  await expect(page.getByText('There is nothing to be sent.')).toBeVisible();
  await list.getByText('Check-in of Ben Cruz').click();
  await page.getByRole('button', { name: 'Send 1 event to Door locks' }).click();
  await expect(page.getByText('Sent 1 past event to Door locks.')).toBeVisible();
  await expect(page.getByText('1 delivered, 0 to be tried again')).toBeVisible();
  expect(receiver.requests.map(({ headers }) => headers['x-roostsync-event-id'])).toEqual([ids[1]]);
});

test('the form of past events is gone through by the keyboard alone', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const ids = await checkIns(relay, ['Ana Reyes', 'Ben Cruz', 'Carla Diaz']);
  await relay.post('inventory.low', { item_id: 'it_1', name: 'Bath soap' });
  const id = await relay.endpoint('Door locks', receiver, { events: ['guest.checkin', 'inventory.low'] });
  await relay.open(page, `/endpoints/${id}`);
  const focused = page.locator(':focus');
  /** Tabs on until what has this name has the focus: nothing is clicked, and nothing is given the focus. */
  const tabTo = async (name: string | RegExp) => {
    for (let press = 0; press < 60; press += 1) {
      await page.keyboard.press('Tab');
      if ((await focused.count()) === 0) continue;
      const said = await focused.evaluate((one) => {
        const label = 'labels' in one ? (one as HTMLInputElement).labels?.[0]?.textContent : null;
        return one.getAttribute('aria-label') ?? label ?? one.textContent ?? '';
      });
      if (typeof name === 'string' ? said.includes(name) : name.test(said)) return;
    }
    throw new Error(`Tab does not come to ${name}`);
  };
  await tabTo('Send past events');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Send past events to Door locks' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send 4 events to Door locks' })).toBeEnabled();
  // Without the one kind …
  await tabTo('Item running low');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Send 3 events to Door locks' })).toBeEnabled();
  // … and without the one event, on a page that does not jump away under the focus.
  await tabTo('Choose single events');
  await page.keyboard.press('Space');
  await expect(page.getByRole('list', { name: /^Events that can be chosen/ }).getByRole('checkbox')).toHaveCount(3);
  await tabTo('Ben Cruz');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Send 2 events to Door locks' })).toBeEnabled();
  await tabTo('Send 2 events to Door locks');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Sent 2 past events to Door locks.')).toBeVisible();
  const got = (await receiver.received(2)).map(({ headers }) => headers['x-roostsync-event-id']);
  expect(got.sort()).toEqual([ids[0], ids[2]].sort());
});

test('pointing at the bench asks first; what it took is sent on by choice, and the rest left', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await checkIns(relay, ['Ana Reyes']);
  await receiver.received(1);
  receiver.clear();
  await relay.call('bench.start', {});
  await relay.open(page, '/bench');
  await page.getByRole('button', { name: 'Point here: Door locks' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Door locks');
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect((await relay.call('endpoints.get', { id })).toBench).toBeNull();
  await page.getByRole('button', { name: 'Point here: Door locks' }).click();
  await question.getByRole('button', { name: 'Point here' }).click();
  await expect.poll(async () => (await relay.call('endpoints.get', { id })).toBench).not.toBeNull();
  const [ben = ''] = await checkIns(relay, ['Ben Cruz', 'Carla Diaz']);
  await expect.poll(async () => (await relay.call('endpoints.get', { id })).swallowed).toBe(2);
  await relay.open(page, '/');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('test bench');
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('All');
  await expect(page.getByText('To the test bench', { exact: true })).toBeVisible();
  await expect(page.getByText('Active', { exact: true })).toBeHidden();
  await relay.open(page, '/events');
  await expect(page.getByRole('row').filter({ hasText: 'To the test bench' })).toHaveCount(2);
  await relay.open(page, `/endpoints/${id}`);
  await expect(page.getByRole('heading', { name: 'Door locks sends to the test bench' })).toBeVisible();
  await relay.open(page, '/bench');
  await page.getByRole('button', { name: 'Back to its address: Door locks' }).click();
  await relay.open(page, '/');
  await page.getByRole('link', { name: 'Send on' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'Send on to Door locks what the test bench took' }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByText('Choose single events').click();
  await page.getByText('Check-in of Carla Diaz').click();
  await page.getByRole('button', { name: 'Send 1 event to Door locks' }).click();
  expect((await receiver.received(1))[0]?.headers['x-roostsync-event-id']).toBe(ben);
  await page.getByRole('button', { name: 'They were only for testing' }).click();
  await expect.poll(async () => (await relay.call('endpoints.get', { id })).swallowed).toBe(0);
  expect(receiver.requests).toHaveLength(1);
});

test('the same address twice is said before it is added, and an endpoint that is brought back asks likewise', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  const old = await relay.endpoint('Door locks', receiver);
  await relay.call('endpoints.remove', { id: old });
  await relay.endpoint('Room doors', receiver);
  await relay.open(page, '/endpoints/new');
  await page.getByLabel('Address', { exact: true }).fill(receiver.url);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('checkbox', { name: /guest\.checkin/ }).click({ force: true });
  await page.getByLabel('Name', { exact: true }).fill('Twice');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Save as draft' }).click();
  const question = page.getByRole('alertdialog', { name: 'Use this address?' });
  await expect(question).toContainText('Room doors');
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(await relay.call('endpoints.list', {})).toHaveLength(1);
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await question.getByRole('button', { name: 'Use it all the same' }).click();
  await expect(page.locator('[aria-current=step]')).toContainText('Test and enable');
  expect(await relay.call('endpoints.list', {})).toHaveLength(2);

  await relay.open(page, `/endpoints/${old}`);
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect(question).toContainText('Room doors');
  await question.getByRole('button', { name: 'Use it all the same' }).click();
  await expect(page.getByText(/This endpoint was removed/)).toBeHidden();
});
