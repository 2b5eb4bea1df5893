/** Events, stories and test events against the real engine. */
import { expect, test } from './support/relay.ts';

test('events are listed with what became of them, and one of them is told in full', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Door locks', receiver);
  await relay.post('booking.created', {
    booking_id: 'bk_7',
    guest_name: 'Kenji Ito',
    card_number: '4111 1111 1111 1111',
  });
  await receiver.received(1);
  await relay.open(page, '/events');
  const row = page.getByRole('row', { name: /Booking of Kenji Ito/ });
  await expect(row).toContainText('Front desk PMS');
  await expect(row).toContainText('Delivered');
  await row.getByRole('link', { name: 'Booking of Kenji Ito' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booking of Kenji Ito' })).toBeVisible();
  await expect(page.getByText('1 card number or secret was masked')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Its deliveries' })).toContainText('Door locks');
  await expect(page.getByText('4111 1111 1111 1111')).toBeHidden();
});

test('events can be searched and filtered, and the address says it', async ({ page, relay }) => {
  await relay.post('booking.created', { booking_id: 'bk_1', guest_name: 'Kenji Ito' });
  await relay.post('guest.checkin', { booking_id: 'bk_2', guest_name: 'Ana Reyes' });
  await relay.open(page, '/events');
  await expect(page.getByRole('row')).toHaveCount(3);
  await page.keyboard.press('/');
  await page.keyboard.type('ana');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page).toHaveURL(/text=ana/);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: 'Event: All events' }).click();
  await page.getByRole('menuitemcheckbox', { name: /New booking/ }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('row').last()).toContainText('Kenji Ito');
});

test('a booking’s whole story is told oldest first, by id and by the guest’s name', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Door locks', receiver);
  const kenji = { booking_id: 'bk_7', guest_name: 'Kenji Ito' };
  await relay.post('booking.created', kenji);
  await relay.post('guest.checkin', kenji);
  await relay.post('guest.checkin', { booking_id: 'bk_8', guest_name: 'Ana Reyes' });
  await relay.post('guest.checkout', kenji);
  await receiver.received(4);
  await relay.open(page, '/events/story');
  for (const about of ['bk_7', 'Kenji Ito']) {
    await page.getByRole('searchbox').fill(about);
    await page.getByRole('button', { name: 'Find' }).click();
    await expect(page.getByRole('heading', { level: 1, name: `The story of ${about}` })).toBeVisible();
    const story = page.getByRole('list', { name: 'Story, oldest first' });
    await expect(story.getByRole('link', { name: / of Kenji Ito$/ })).toHaveText([
      'Booking of Kenji Ito',
      'Check-in of Kenji Ito',
      'Check-out of Kenji Ito',
    ]);
    await expect(story).not.toContainText('Ana Reyes');
  }
  await page.getByRole('searchbox').fill('nobody');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByText('Nothing is known of “nobody”')).toBeVisible();
});

test('a test event goes to the chosen endpoint only, with the data as it was edited', async ({ page, relay }) => {
  const [locks, books] = [await relay.receiver(), await relay.receiver()];
  await relay.endpoint('Door locks', locks, { events: ['guest.checkin'] });
  await relay.endpoint('Bookkeeping', books);
  await relay.open(page, '/events/test');
  await page.getByRole('button', { name: /Endpoint/ }).click();
  await page.getByRole('option', { name: /Door locks/ }).click();
  await expect(page.getByText('Door locks is not subscribed to booking.created')).toBeVisible();
  await page
    .getByRole('button', { name: /^(New booking|.*Event$)/ })
    .first()
    .click();
  await page.getByRole('option', { name: /Check-in/ }).click();
  const editor = page.getByRole('textbox', { name: 'Data' });
  await expect(editor).toHaveValue(/"checked_in_at"/);
  await editor.fill('{"guest_name": ');
  await expect(page.getByText(/This is no JSON/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send to Door locks' })).toBeDisabled();
  await editor.fill('{"booking_id": "bk_1", "guest_name": "Somebody Else"}');
  await page.getByRole('button', { name: 'Send to Door locks' }).click();
  await expect(page.getByText(/Door locks took it \(200/)).toBeVisible();
  const [request] = await locks.received(1);
  expect(JSON.parse(request?.text ?? '').data).toEqual({ booking_id: 'bk_1', guest_name: 'Somebody Else' });
  expect(request?.headers['x-roostsync-test']).toBe('true');
  expect(books.requests).toHaveLength(0);
});
