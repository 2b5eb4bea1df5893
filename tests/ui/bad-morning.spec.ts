/** A morning on which much is wrong at once, in the window: what a manager reads, and what a helper finds. */
import type { Page } from '@playwright/test';
import { rows } from './support/list.ts';
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, type Relay, test } from './support/relay.ts';

// An engine is killed here, which a process of its own can be.
test.use({ ownProcess: true });

const json = { 'content-type': 'application/json' };
/** The window at its smallest. */
const small = { width: 1024, height: 700 };

/** Five receivers in trouble in five ways, one pointed at the bench, one that is well, and events that nobody wants. */
async function aBadMorning(relay: Relay) {
  const [gone, cut, broken, busy, kiosk, picky, well] = await Promise.all(
    Array.from({ length: 7 }, () => relay.receiver()),
  );
  if (!gone || !cut || !broken || !busy || !kiosk || !picky || !well) throw new Error('a receiver is missing');
  const events = ['guest.checkin' as const];
  const ids = {
    bookkeeping: await relay.endpoint('Bookkeeping', gone, { events }),
    channels: await relay.endpoint('Channel manager', cut, { events }),
    housekeeping: await relay.endpoint('Housekeeping', broken, { events }),
    messages: await relay.endpoint('Guest messages', busy, { events }),
    kiosk: await relay.endpoint('Kiosk', kiosk, { events }),
    locks: await relay.endpoint('Door locks', picky, { events }),
    reports: await relay.endpoint('Reports', well, { events }),
  };
  gone.answerWith({ status: 404, body: 'no such hook' });
  cut.answerWith({ does: 'reset' });
  broken.answerWith({ status: 500 });
  busy.answerWith({ status: 429, headers: { 'retry-after': '3600' } });
  picky.answerWith(({ text }) =>
    text.includes('Kenji') ? { status: 422, headers: json, body: '{"detail":"phone is required"}' } : { status: 200 },
  );
  await relay.call('bench.start', {});
  await relay.call('bench.point', { id: ids.kiosk, confirmed: true });
  const guests = ['Ana Reyes', 'Ben Cruz', 'Carla Diaz', 'Kenji Ito'];
  for (const [n, guest_name] of guests.entries()) {
    // The last one is refused after the others were taken.
    if (n === 3) await picky.received(3);
    await relay.post('guest.checkin', { booking_id: `bk_${n}`, guest_name });
  }
  await relay.post('inventory.low', { item_id: 'it_1' });
  for (const receiver of [gone, broken]) await receiver.received(3, 15_000);
  await well.received(4);
  return { ids, broken };
}

const main = (page: Page) => page.getByRole('main');
const headline = (page: Page) => page.getByRole('heading', { level: 1 });
const group = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const trouble = (page: Page, name: RegExp) => main(page).getByRole('region', { name });
const details = (page: Page) => page.getByRole('complementary', { name: 'Delivery' });

test('what a manager reads and a helper finds, at the smallest size', async ({ page, relay }) => {
  test.setTimeout(180_000);
  await page.setViewportSize(small);
  const { ids, broken } = await aBadMorning(relay);

  await test.step('one sentence by name, with whose turn it is, and one more', async () => {
    await relay.open(page, '/');
    await expect(headline(page)).toHaveText(
      /^Bookkeeping has taken nothing since \d\d:\d\d: “no such hook”\. Your IT helper must give it a new address; 4 events wait safely\. \d more things are not as they should be, \d of them for you\.$/,
    );
    await expect(page.getByRole('region', { name: 'Status' })).toContainText(
      'Bookkeeping does not accept this address',
    );
    await expect(main(page)).not.toContainText(/All \d+ events|All is well|Everything/);
    // Words are set with figures of their own width.
    await expect(headline(page)).toHaveCSS('font-variant-numeric', 'normal');
  });

  await test.step('lists by whose turn it is, and one main button', async () => {
    await expect(group(page, 'For your IT helper')).toContainText('Bookkeeping does not accept this address');
    await expect(group(page, 'For your IT helper')).toContainText('no such hook');
    await expect(group(page, 'For your IT helper')).toContainText('Kiosk sends to the test bench');
    await expect(group(page, 'For you')).toContainText('Channel manager closes the connection without an answer');
    await expect(group(page, 'For you')).toContainText('Housekeeping answers with an error (500)');
    await expect(group(page, 'Nothing to do: it mends itself')).toContainText(/Guest messages asks us to slow down/);
    await expect(trouble(page, /Door locks/)).toContainText('phone is required');
    const primary = main(page).locator('a.bg-brand, button.bg-brand');
    // What is the manager's own comes first, and so does its button.
    await expect(group(page, 'For you')).toBeInViewport();
    await expect(primary).toHaveText(['Try now']);
    await expect(primary).toBeInViewport();
    for (const [name, state] of [
      ['Bookkeeping', 'Takes nothing'],
      ['Guest messages', 'Asks to slow down'],
      ['Kiosk', 'To the test bench'],
      ['Reports', 'Active'],
    ] as const) {
      await expect(main(page).getByRole('link', { name: new RegExp(`^${name} ${state}`) })).toBeVisible();
    }
    await expectAccessible(page);
    await keepPictures(page, 'bad-morning-light');
    await page.setViewportSize(small);
  });

  await test.step('an endpoint that fails now and then says why on its own page, in the receiver’s words', async () => {
    await relay.open(page, `/endpoints/${ids.locks}`);
    await expect(main(page)).toContainText('Degraded');
    await expect(
      main(page)
        .getByText(/phone is required/)
        .first(),
    ).toBeInViewport();
    await relay.open(page, '/endpoints');
    await expect(page.getByRole('row', { name: /Bookkeeping/ })).toContainText('Ask those who run Bookkeeping');
    await expect(page.getByRole('row', { name: /Door locks/ })).toContainText('phone is required');
    // Six of them are read without scrolling, whatever is wrong with each.
    await expect(page.getByRole('row').nth(6)).toBeInViewport({ ratio: 1 });
  });

  await test.step('one that took the next event still tells why the one before is tried again', async () => {
    await relay.post('guest.checkin', { booking_id: 'bk_9', guest_name: 'Dan Evia' });
    await relay.open(page, '/');
    await expect(trouble(page, /1 event for Door locks did not get through/)).toContainText('phone is required');
    // The chart has a scale: whole numbers from nothing up, beside the hours.
    const chart = main(page).getByRole('region', { name: 'Deliveries, last 24 hours' });
    await expect(chart.locator('text').filter({ hasText: /^0$/ })).toHaveCount(1);
    expect(
      await chart
        .locator('text')
        .filter({ hasText: /^[1-9]\d*$/ })
        .count(),
    ).toBeGreaterThan(1);
  });

  await test.step('the receiver’s words and the right next step stand above the fold of the details', async () => {
    await relay.open(page, '/deliveries?text=kenji');
    await rows(page).filter({ hasText: 'Door locks' }).click();
    await expect(details(page).getByText('It said: “phone is required”.')).toBeInViewport({ ratio: 1 });
    await expect(details(page).getByRole('button', { name: 'Resend' })).toHaveClass(/bg-brand/);
    await rows(page).filter({ hasText: 'Bookkeeping' }).click();
    await expect(details(page).getByRole('link', { name: 'Change address' })).toHaveClass(/bg-brand/);
    await expect(details(page).getByRole('link', { name: 'Change address' })).toBeInViewport({ ratio: 1 });
    await expect(details(page).getByRole('button', { name: 'Resend' })).not.toHaveClass(/bg-brand/);
  });

  await test.step('the details are as wide as a helper wants them, their attempts stand in columns, ids are copied', async () => {
    const before = (await details(page).boundingBox())?.width ?? 0;
    const divider = page.getByRole('separator', { name: 'Width of the details' });
    await divider.focus();
    for (let n = 0; n < 5; n += 1) await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await details(page).boundingBox())?.width ?? 0).toBeGreaterThan(before);
    await page.reload();
    await expect.poll(async () => (await details(page).boundingBox())?.width ?? 0).toBeGreaterThan(before);
    // The frame is there before what it shows.
    await expect(details(page)).toContainText(/evt_\w{26}/);
    const id = /evt_\w{26}/.exec((await details(page).textContent()) ?? '')?.[0] ?? '';
    await details(page)
      .getByRole('button', { name: /Event id/ })
      .click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(id);
  });

  await test.step('each state is filtered by its sign, and with how many there are', async () => {
    await relay.open(page, '/deliveries');
    await page.getByRole('button', { name: 'State: Any state' }).click();
    const states = page.getByRole('menuitemcheckbox');
    await expect(states).toHaveCount(8);
    for (const state of await states.all()) {
      await expect(state.locator('svg').first()).toBeVisible();
      await expect(state).toHaveText(/\D\d+$/);
    }
    await expect(states.filter({ hasText: 'To the test bench' })).toHaveText(/5$/);
    await expect(states.filter({ hasText: 'Delivered' })).toHaveText(/9$/);
    // Nobody cancelled what the bench took.
    await expect(states.filter({ hasText: 'Cancelled' })).toHaveText(/\D0$/);
    await page.keyboard.press('Escape');
  });

  await test.step('one focus ring', async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('j');
    const ringed = () =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('#content *')].filter((one) => {
            const { outlineStyle, outlineWidth } = getComputedStyle(one);
            return outlineStyle !== 'none' && outlineWidth !== '0px';
          }).length,
      );
    await expect.poll(ringed).toBe(1);
  });

  await test.step('“Try now” sends the oldest and says what came of it; what waits follows by itself', async () => {
    await relay.open(page, `/endpoints/${ids.housekeeping}`);
    broken.clear();
    await page.getByRole('banner').or(main(page)).getByRole('button', { name: 'Try now' }).first().click();
    await expect(page.getByText(/Housekeeping .*\(500\)/).last()).toBeVisible();
    expect((await broken.received(1))[0]?.text).toContain('Ana Reyes');
    broken.clear();
    broken.answerWith({ status: 200 });
    await main(page).getByRole('button', { name: 'Try now' }).first().click();
    const sent = await broken.received(5);
    expect(sent[0]?.text).toContain('Ana Reyes');
    await expect(main(page)).toContainText('Active');
    await expect(main(page).getByRole('region', { name: /answers with an error/ })).toBeHidden();
    // Attempts stand in columns: what came of each is at the same place.
    await relay.open(page, `/deliveries?text=ana&endpoint=${ids.housekeeping}`);
    await rows(page).first().click();
    const came = details(page).locator('ol').getByRole('button');
    await expect(came.first()).toBeVisible();
    const places = await came.evaluateAll((attempts) =>
      attempts
        .map((attempt) => attempt.lastElementChild?.getBoundingClientRect())
        .map((box) => [box?.left, box?.right]),
    );
    expect(places.length).toBeGreaterThan(1);
    expect(new Set(places.map((place) => place.join())).size).toBe(1);
    // Both that a person tried are told as such.
    await expect(came.filter({ hasText: 'Tried by hand' })).toHaveCount(2);
  });
});

test('an attempt that a crash cut off is “interrupted” for ever, and the day’s story tells of it', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Door locks', receiver);
  receiver.answerNext({ does: 'hang' });
  await relay.post('guest.checkin', { booking_id: 'bk_1', guest_name: 'Kenji Ito' });
  await receiver.received(1);
  await relay.engine.kill();
  await relay.restart();
  const [first, second] = await receiver.received(2, 20_000);
  expect(second?.headers['x-roostsync-event-id']).toBe(first?.headers['x-roostsync-event-id']);
  await relay.open(page, '/');
  await expect(page.getByRole('region', { name: 'What happened today' })).toContainText(
    /1 interrupted delivery was sent again with the same id/,
  );
  await relay.open(page, '/deliveries');
  await rows(page).first().click();
  await expect(details(page).getByRole('button', { name: /First try.*interrupted/ })).toBeVisible();
  await expect(details(page)).not.toContainText('under way');
});

test('the story of a guest has their payments and orders, and a room finds what happened in it', async ({
  page,
  relay,
}) => {
  await relay.endpoint('Reports', await relay.receiver());
  await relay.post('guest.checkin', { booking_id: 'bk_7', guest_name: 'Kenji Ito', room: 'Room 204' });
  await relay.post('payment.received', { payment_id: 'pay_7', booking_id: 'bk_7', guest_name: undefined });
  await relay.post('order.completed', { order_id: 'or_7', booking_id: 'bk_7', guest_name: undefined });
  await relay.post('order.created', { order_id: 'or_8', booking_id: undefined, guest_name: 'Kenji Ito' });
  await relay.post('guest.checkin', { booking_id: 'bk_8', guest_name: 'Ana Reyes', room: 'Room 101' });
  for (const about of ['bk_7', 'Kenji Ito']) {
    await relay.open(page, `/events/story?about=${encodeURIComponent(about)}`);
    const story = page.getByRole('list', { name: 'Story, oldest first' });
    for (const event of ['guest.checkin', 'payment.received', 'order.completed']) {
      await expect(story).toContainText(event);
    }
    await expect(story).not.toContainText('Ana Reyes');
  }
  await relay.open(page, '/events');
  await page.getByRole('searchbox', { name: 'Search events' }).fill('Room 204');
  await expect(rows(page).filter({ hasText: 'Ana Reyes' })).toHaveCount(0);
  await expect(rows(page).filter({ hasText: 'Kenji Ito' }).first()).toBeVisible();
});
