/** The delivery log against the real engine and real receivers. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { isSignedWith } from '../support/receiver.ts';
import { rows, scrollToTheEnd } from './support/list.ts';
import { keepPictures } from './support/proof.ts';
import { expect, type Relay, test } from './support/relay.ts';

const shell = promisify(execFile);

const grid = (page: Page) => page.getByRole('grid', { name: 'Deliveries, newest first' });
const panel = (page: Page) => page.getByRole('complementary', { name: 'Delivery' });

/** Posts check-ins of these guests, each of a booking of its own. */
async function checkIns(relay: Relay, guests: readonly string[]): Promise<void> {
  for (const [index, guest_name] of guests.entries()) {
    await relay.post('guest.checkin', { booking_id: `bk_${guest_name.slice(0, 3)}_${index}`, guest_name });
  }
}

test('at the top what arrives appears by itself; scrolled away it is counted in a pill', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Door locks', receiver);
  await checkIns(
    relay,
    Array.from({ length: 30 }, (_, n) => `Guest ${n}`),
  );
  await receiver.received(30);
  await relay.open(page, '/deliveries');
  await expect(rows(page).first()).toContainText('Guest 29');
  await checkIns(relay, ['Ana Reyes']);
  await expect(rows(page).first()).toContainText('Ana Reyes');
  await expect(page.getByRole('button', { name: /new$/ })).toBeHidden();
  await grid(page).hover();
  await page.mouse.wheel(0, 400);
  await expect(rows(page).filter({ hasText: 'Guest 17' })).toBeVisible();
  await checkIns(relay, ['Juan dela Cruz', 'Kenji Ito']);
  await expect(page.getByRole('button', { name: '2 new' })).toBeVisible();
  await expect(rows(page).filter({ hasText: 'Kenji Ito' })).toHaveCount(0);
  await page.getByRole('button', { name: '2 new' }).click();
  await expect(rows(page).first()).toContainText('Kenji Ito');
  await expect(page.getByRole('button', { name: /new$/ })).toBeHidden();
});

test('rows picked with Ctrl and Shift are resent, and those that failed are listed', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Door locks', receiver);
  await checkIns(relay, ['Ana Reyes', 'Ben Cruz', 'Carla Diaz', 'Dan Evia']);
  await receiver.received(4);
  await relay.open(page, '/deliveries');
  await expect(rows(page)).toHaveCount(4);
  await rows(page)
    .first()
    .click({ modifiers: ['Control'] });
  await expect(page.getByText('1 selected')).toBeVisible();
  await rows(page)
    .nth(2)
    .click({ modifiers: ['Shift'] });
  await expect(page.getByText('3 selected')).toBeVisible();
  receiver.clear();
  receiver.answerWith({ status: 500 });
  await page.getByRole('button', { name: 'Resend 3…' }).click();
  await page.getByRole('button', { name: 'Resend 3 to Door locks' }).click();
  const sent = (await receiver.received(3)).map(({ text }) => /Ana Reyes|Ben Cruz|Carla Diaz|Dan Evia/.exec(text)?.[0]);
  expect(sent.toSorted()).toEqual(['Ben Cruz', 'Carla Diaz', 'Dan Evia']);
  await page.getByRole('region', { name: 'Resending' }).getByRole('link', { name: 'Show the 3 that failed' }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).filter({ hasText: 'Ana Reyes' })).toHaveCount(0);
});

test('a time window is given to the minute', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Door locks', receiver);
  await checkIns(relay, ['Ana Reyes']);
  await receiver.received(1);
  await relay.open(page, '/deliveries');
  await expect(rows(page)).toHaveCount(1);
  const narrow = async (side: string, day: string, clock: string) => {
    await page.goto(page.url().split('?')[0] ?? '');
    await page.getByRole('button', { name: /^Time/ }).click();
    const window = page.getByRole('dialog');
    const place = side === 'from' ? 0 : 1;
    await window.locator('input[type=date]').nth(place).fill(day);
    await window.locator('input[type=time]').nth(place).fill(clock);
    await window.locator('button[type=submit]').click();
  };
  await narrow('to', '2020-05-03', '08:41');
  await expect(page.getByText('Nothing matches these filters')).toBeVisible();
  expect(decodeURIComponent(page.url())).toMatch(/[?&]to=[^&]*:41:59\.999Z/);
  await narrow('from', '2020-05-03', '08:41');
  await expect(rows(page)).toHaveCount(1);
});

test('a row follows what happens to its delivery, where it stands', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  receiver.answerWith({ status: 503 });
  await checkIns(relay, ['Juan dela Cruz']);
  await relay.open(page, '/deliveries');
  await expect(rows(page).first()).toContainText('503');
  await expect(rows(page).first()).toContainText('Waiting');
  receiver.answerWith({ status: 200 });
  await relay.call('endpoints.tryNow', { id });
  await expect(rows(page).first()).toContainText('Delivered');
});

test('search and filters stand in the address, and Back goes through them', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Door locks', receiver);
  await checkIns(relay, ['Juan dela Cruz', 'Ana Reyes', 'Kenji Ito']);
  await receiver.received(3);
  await relay.open(page, '/deliveries');
  await expect(rows(page)).toHaveCount(3);
  await page.keyboard.press('/');
  await page.keyboard.type('kenji');
  await expect(rows(page)).toHaveCount(1);
  await expect(page).toHaveURL(/text=kenji/);
  await page.getByRole('button', { name: 'State: Any state' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Needs attention' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Nothing matches these filters')).toBeVisible();
  await page.goBack();
  await expect(rows(page)).toHaveCount(1);
  await page.goBack();
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByRole('searchbox', { name: 'Search deliveries' })).toHaveValue('');
});

test('a link brings a colleague to the same rows and the same delivery', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Door locks', receiver);
  await checkIns(relay, ['Juan dela Cruz', 'Ana Reyes']);
  await receiver.received(2);
  await relay.open(page, '/deliveries?text=ana');
  await rows(page).first().click();
  await expect(panel(page).getByRole('heading', { name: 'Check-in of Ana Reyes' })).toBeVisible();
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(panel(page).getByRole('heading', { name: 'Check-in of Ana Reyes' })).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
});

test('keys lead through the log: j, k, Enter, r and Esc', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Door locks', receiver);
  await checkIns(relay, ['Juan dela Cruz', 'Ana Reyes', 'Kenji Ito']);
  await receiver.received(3);
  await relay.open(page, '/deliveries');
  await expect(rows(page)).toHaveCount(3);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const second = await rows(page).nth(1).getAttribute('id');
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', second ?? '');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('heading', { name: 'Check-in of Ana Reyes' })).toBeVisible();
  await page.keyboard.press('k');
  await expect(panel(page).getByRole('heading', { name: 'Check-in of Kenji Ito' })).toBeVisible();
  receiver.clear();
  await page.keyboard.press('r');
  const [resent] = await receiver.received(1);
  expect(resent?.text).toContain('Kenji Ito');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(grid(page)).toBeFocused();
  // Rows are picked without a mouse, too.
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await expect(page.getByText('1 selected')).toBeVisible();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('2 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('2 selected')).toBeHidden();
});

test('the details tell what was sent, what was answered and what comes next', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Guest messages', receiver);
  receiver.answerWith({
    status: 422,
    headers: { 'content-type': 'application/json', 'x-trace': 'abc' },
    body: '{"error":"phone is required"}',
  });
  await checkIns(relay, ['Kenji Ito']);
  await receiver.received(1);
  await relay.open(page, '/deliveries');
  await rows(page).first().click();
  await expect(panel(page)).toContainText('Guest messages refused this message');
  await expect(panel(page)).toContainText(/tried again at \d\d:\d\d/);
  await expect(panel(page).getByRole('button', { name: /First try.*422/ })).toBeVisible();
  await expect(panel(page)).toContainText('"phone is required"');
  await panel(page).getByRole('tab', { name: 'Request' }).click();
  await expect(panel(page)).toContainText('"Kenji Ito"');
  await panel(page).getByRole('tab', { name: 'Headers' }).click();
  await expect(panel(page)).toContainText('x-trace');
  await expect(panel(page)).toContainText(/x-roostsync-signature/i);
});

test('a delivery can be cancelled, and that can be undone', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Guest messages', receiver);
  receiver.answerWith({ status: 500 });
  await checkIns(relay, ['Kenji Ito']);
  await receiver.received(1);
  await relay.open(page, '/deliveries');
  await rows(page).first().click();
  await panel(page).getByRole('button', { name: 'Cancel delivery' }).click();
  const question = page.getByRole('alertdialog', { name: 'Cancel this delivery?' });
  await expect(question).toContainText('Check-in of Kenji Ito will not be sent to Guest messages');
  await question.getByRole('button', { name: 'Cancel delivery' }).click();
  await expect(rows(page).first()).toContainText('Cancelled');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page).first()).toContainText('Waiting');
});

test('copied as cURL and pasted into a shell, it is the same request again, and the receiver verifies it', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  const { secret } = await relay.call('endpoints.revealSecret', { id });
  await checkIns(relay, ['Juan d’Arcy O\'Hara "Ñ"']);
  const [request] = await receiver.received(1);
  await relay.open(page, '/deliveries');
  await rows(page).first().click();
  await panel(page).getByRole('button', { name: 'Copy as cURL' }).click();
  await expect(page.getByText('Copied with the full address')).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain(`curl '${receiver.url}'`);
  const folder = await mkdtemp(join(tmpdir(), 'roost-curl-'));
  try {
    const ca = join(folder, 'ca.pem');
    await writeFile(ca, receiver.caPem);
    receiver.clear();
    await shell('sh', ['-c', `${command} --cacert ${ca} --silent --show-error --fail`]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const [pasted] = await receiver.received(1);
  if (!pasted) throw new Error('nothing was pasted');
  expect(pasted.body.equals(request?.body ?? Buffer.alloc(0))).toBe(true);
  expect(isSignedWith(pasted, secret)).toBe(true);
  const headers = Object.fromEntries(Object.entries(pasted.headers).map(([name, value]) => [name, String(value)]));
  expect(new Webhook(secret).verify(pasted.text, headers)).toMatchObject({ event: 'guest.checkin' });
  expect(pasted.headers['x-roostsync-event-id']).toBe(request?.headers['x-roostsync-event-id']);
});

test('many at once: counted by endpoint, confirmed by name, resent, with a receipt', async ({ page, relay }) => {
  const [locks, books] = [await relay.receiver(), await relay.receiver()];
  await relay.endpoint('Door locks', locks);
  await relay.endpoint('Bookkeeping', books);
  await checkIns(relay, ['Juan dela Cruz', 'Ana Reyes', 'Kenji Ito']);
  await locks.received(3);
  await books.received(3);
  locks.clear();
  await relay.open(page, '/deliveries');
  await page.getByRole('button', { name: 'Endpoint: All endpoints' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Door locks' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Resend 3…' }).click();
  const question = page.getByRole('alertdialog', { name: 'Resend what the filters show?' });
  await expect(question.getByRole('row', { name: 'Door locks 3' })).toBeVisible();
  await question.getByRole('button', { name: 'Resend 3 to Door locks' }).click();
  const job = page.getByRole('region', { name: 'Resending' });
  await expect(job).toContainText('Resent 3 deliveries.');
  await expect(job).toContainText('3 delivered, 0 failed');
  expect(await locks.received(3)).toHaveLength(3);
  await job.getByRole('button', { name: 'Close the receipt' }).click();
  await expect(job).toBeHidden();
});

test('a bulk resend can be paused, taken up again and stopped', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await checkIns(
    relay,
    Array.from({ length: 8 }, (_, n) => `Guest ${n}`),
  );
  await receiver.received(8);
  receiver.clear();
  await relay.call('endpoints.change', { id, change: { limits: { inFlight: 1, perSecond: 1 } } });
  await relay.open(page, '/deliveries?text=guest');
  await expect(page.getByRole('button', { name: 'Resend 8…' })).toBeVisible();
  await page.getByRole('button', { name: 'Resend 8…' }).click();
  await page.getByRole('button', { name: 'Resend 8 to Door locks' }).click();
  const job = page.getByRole('region', { name: 'Resending' });
  await job.getByRole('button', { name: 'Pause' }).click();
  await expect(job).toContainText(/Paused after \d of 8/);
  await keepPictures(page, 'resend-paused-light');
  // What was under way when it was paused has arrived by now; nothing follows.
  await page.waitForTimeout(1500);
  const sent = receiver.requests.length;
  await page.waitForTimeout(2500);
  expect(receiver.requests).toHaveLength(sent);
  // It is the engine's, not this page's: a window that is opened anew shows it as it stands.
  await page.reload();
  await expect(job).toContainText(/Paused after \d of 8/);
  await job.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(() => receiver.requests.length).toBeGreaterThan(sent);
  await job.getByRole('button', { name: 'Stop' }).click();
  await expect(job).toContainText(/Stopped after \d of 8/);
  await keepPictures(page, 'resend-stopped-light');
});

test('a long log is scrolled by pages, and only the rows in sight exist', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.call('endpoints.change', { id, change: { limits: { inFlight: 50, perSecond: 1000 } } });
  await checkIns(
    relay,
    Array.from({ length: 260 }, (_, n) => `Guest ${n}`),
  );
  await relay.open(page, '/deliveries');
  await expect(rows(page).first()).toContainText('Guest 259');
  await scrollToTheEnd(page, grid(page), 'Guest 0');
  await page.keyboard.press('Home');
  await expect(rows(page).first()).toContainText('Guest 259');
});

test('dense rows are remembered', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Door locks', receiver);
  await checkIns(relay, ['Juan dela Cruz']);
  await relay.open(page, '/deliveries');
  await expect(rows(page).first()).toHaveCSS('height', '52px');
  await page.getByRole('button', { name: 'Dense rows' }).click();
  await expect(rows(page).first()).toHaveCSS('height', '36px');
  await page.reload();
  await expect(rows(page).first()).toHaveCSS('height', '36px');
});
