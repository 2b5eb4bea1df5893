/** Events, stories and test events against the real engine. */
import type { Page } from '@playwright/test';
import { rows, scrollToTheEnd } from './support/list.ts';
import { expect, type Relay, test } from './support/relay.ts';

const grid = (page: Page) => page.getByRole('grid', { name: 'Events, newest first' });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

/** Posts check-ins of so many guests, each of a booking of its own: the last one is the newest. */
async function manyCheckIns(relay: Relay, count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await relay.post('guest.checkin', { booking_id: `bk_${n}`, guest_name: `Guest ${n}` });
}

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
  await row.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booking of Kenji Ito' })).toBeVisible();
  await expect(page.getByText('1 card number or secret was masked')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Its deliveries' })).toContainText('Door locks');
  await expect(page.getByText('4111 1111 1111 1111')).toBeHidden();
});

test('events can be searched and filtered, and the address says it', async ({ page, relay }) => {
  await relay.post('booking.created', { booking_id: 'bk_1', guest_name: 'Kenji Ito' });
  await relay.post('guest.checkin', { booking_id: 'bk_2', guest_name: 'Ana Reyes' });
  await relay.open(page, '/events');
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press('/');
  await page.keyboard.type('ana');
  await expect(rows(page)).toHaveCount(1);
  await expect(page).toHaveURL(/text=ana/);
  await page.goBack();
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByRole('searchbox', { name: 'Search events' })).toHaveValue('');
  await page.goForward();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: 'Event: All events' }).click();
  await page.getByRole('menuitemcheckbox', { name: /New booking/ }).click();
  await page.keyboard.press('Escape');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText('Kenji Ito');
  await page.getByRole('button', { name: 'Time: Any time' }).click();
  await page.getByRole('button', { name: 'Last hour' }).click();
  await expect(page).toHaveURL(/event=booking.created&last=1h/);
  await expect(rows(page)).toHaveCount(1);
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Event: New booking' })).toBeVisible();
});

test('keys lead through the events: j, k and Enter, and Back to the same row', async ({ page, relay }) => {
  await manyCheckIns(relay, 3);
  await relay.open(page, '/events');
  await expect(rows(page)).toHaveCount(3);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const second = (await rows(page).nth(1).getAttribute('id')) ?? '';
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', second);
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Check-in of Guest 1')).toBeVisible();
  await page.goBack();
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', second);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Check-in of Guest 0')).toBeVisible();
});

test('at the top what comes in appears by itself', async ({ page, relay }) => {
  await manyCheckIns(relay, 1);
  await relay.open(page, '/events');
  await expect(rows(page)).toHaveCount(1);
  await manyCheckIns(relay, 2);
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByRole('button', { name: /new$/ })).toBeHidden();
});

test('a row follows what becomes of its event', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  receiver.answerWith({ status: 503 });
  await manyCheckIns(relay, 1);
  await relay.open(page, '/events');
  await expect(rows(page).first()).toContainText('0 of 1 delivered');
  receiver.answerWith({ status: 200 });
  await relay.call('endpoints.tryNow', { id });
  await expect(rows(page).first()).toContainText(/Delivered$/);
});

test('a long list of events is scrolled without an end, and Back finds it where it was left', async ({
  page,
  relay,
}) => {
  await manyCheckIns(relay, 260);
  await page.clock.install();
  await relay.open(page, '/events');
  await expect(rows(page).first()).toContainText('Guest 259');
  await scrollToTheEnd(page, grid(page), 'Guest 0');
  for (let press = 0; press < 5; press++) await page.keyboard.press('PageUp');
  const marked = (await grid(page).getAttribute('aria-activedescendant')) ?? '';
  await expect(page.locator(`#${marked}`)).toBeInViewport();
  const before = await page.locator(`#${marked}`).boundingBox();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'This event' })).toBeVisible();
  // Longer than rows out of sight are kept.
  await page.clock.fastForward(11_000);
  await page.goBack();
  await expect(page.locator(`#${marked}`)).toBeInViewport();
  const after = await page.locator(`#${marked}`).boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(2);
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
