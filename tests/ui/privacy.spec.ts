/** What is kept and for how long, a guest who asks to be forgotten, and who did what: in the window. */
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, test } from './support/relay.ts';

test('a guest is forgotten after what would go was shown, and who did it is found', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.post('booking.created', { booking_id: 'bk_12', guest_name: 'Maria Santos' });
  await relay.post('booking.created', { booking_id: 'bk_13', guest_name: 'Kenji Ito' });
  await receiver.received(2);
  await relay.call('endpoints.pause', { id });
  const waiting = await relay.post('guest.checkin', { booking_id: 'bk_12', guest_name: 'Maria Santos' });
  await relay.open(page, `/events/${waiting}`);
  await page.getByRole('link', { name: 'Forget this guest…' }).click();
  await expect(page.getByRole('textbox', { name: 'Booking' })).toHaveValue('bk_12');
  await page.getByRole('button', { name: 'Show what would go' }).click();
  const what = page.getByRole('region', { name: 'What would go' });
  await expect(what).toContainText('Not arrived yet: 1 delivery to Door locks. It is cancelled.');
  await expect(what).toContainText('2 events with 2 deliveries');
  await expectAccessible(page);
  await keepPictures(page, 'forget');
  await page.getByRole('button', { name: 'Forget this guest…' }).click();
  await page.getByRole('button', { name: 'Forget for good' }).click();
  await expect(page.getByRole('table', { name: 'Forgotten before' })).toContainText('Done', { timeout: 60_000 });
  await relay.open(page, `/events/${waiting}`);
  await expect(page.getByText(/^Forgotten on .+ by .+: what was sent is not here any more\./)).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('Maria');
  await keepPictures(page, 'forgotten');
  await relay.open(page, '/settings/activity');
  await page.getByRole('button', { name: 'What: Anything' }).click();
  await page.getByRole('menuitemcheckbox', { name: /Guests' data/ }).click();
  await page.keyboard.press('Escape');
  const acts = page.getByRole('table', { name: 'Who did what' });
  await expect(acts.getByRole('row')).toHaveCount(2);
  await expect(acts).toContainText('Forgot a guest');
});

test('an event of a namesake is left out by its tick, is counted, and keeps everything', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.call('endpoints.pause', { id });
  const hers = await relay.post('booking.created', { booking_id: 'bk_12', guest_name: 'Maria Santos' });
  const other = await relay.post('booking.created', { booking_id: 'bk_77', guest_name: 'Maria Santos' });
  await relay.open(page, '/settings/forget?name=Maria%20Santos');
  await page.getByRole('button', { name: 'Show what would go' }).click();
  const what = page.getByRole('region', { name: 'What would go' });
  await expect(what.getByRole('checkbox', { checked: true })).toHaveCount(2);
  await what.getByRole('checkbox', { name: /bk_77/ }).click({ force: true });
  await expect(what).toContainText('1 event is left out and stays as it is.');
  // Whoever looks at one of them and comes back finds the ticks as they were left.
  await what.getByRole('listitem').filter({ hasText: 'bk_77' }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Maria Santos');
  await page.goBack();
  await expect(what.getByRole('checkbox', { checked: true })).toHaveCount(1);
  await expect(what.getByRole('checkbox', { name: /bk_77/ })).not.toBeChecked();
  await expect(what).toContainText('1 event is left out and stays as it is.');
  await expectAccessible(page);
  await keepPictures(page, 'forget-left-out');
  await page.getByRole('button', { name: 'Forget this guest…' }).click();
  const sure = page.getByRole('alertdialog', { name: 'Forget this guest for good?' });
  await expect(sure).toContainText('Not arrived yet: 1 delivery to Door locks. It is cancelled.');
  await expect(sure).toContainText('1 event with 1 delivery');
  await expect(sure).toContainText('1 event is left out and stays as it is. 1 event that you left out still holds');
  await keepPictures(page, 'forget-left-out-sure');
  await sure.getByRole('button', { name: 'Forget for good' }).click();
  const before = page.getByRole('table', { name: 'Forgotten before' });
  await expect(before).toContainText('Done', { timeout: 60_000 });
  await expect(before).toContainText('1 event that you left out still holds what was looked for');
  expect((await relay.call('events.get', { id: hers as never })).gone).toBe('forgotten');
  expect(await relay.call('events.get', { id: other as never })).toMatchObject({
    gone: null,
    summary: { guest: 'Maria Santos' },
  });
});

test('shorter days are saved only after what they remove was shown', async ({ page, relay }) => {
  await relay.open(page, '/settings/storage');
  const field = page.getByRole('textbox', { name: 'What events said (days)' });
  await field.fill('7');
  await field.press('Tab');
  await page.getByRole('button', { name: 'Look and save…' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Keep data for these days?' })).toContainText(
    'Nothing of what is here now would go',
  );
  await page
    .getByRole('alertdialog', { name: 'Keep data for these days?' })
    .getByRole('button', { name: 'Save' })
    .click();
  await expect.poll(async () => (await relay.call('settings.get', {})).keep.payloadDays).toBe(7);
});

test("last week's page is printed without the frame around it", async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Door locks', receiver);
  await relay.post('payment.received', { payment_id: 'p1', amount: 1500.25 });
  await receiver.received(1);
  const mail = await relay.call('endpoints.add', {
    endpoint: {
      ...{ kind: 'mail', url: 'smtps://127.0.0.1:9', description: 'Owner', events: ['payment.received'] },
      config: { from: 'a@hotel.example', to: ['owner@hotel.example'] },
    },
  });
  await relay.open(page, '/week?back=0');
  // Asked for in two clicks, the second of which sends it to be looked at.
  const mails = page.getByRole('region', { name: 'Every Monday by mail' });
  await mails.getByRole('switch', { name: 'Owner' }).click({ force: true });
  await mails.getByRole('button', { name: 'Send this week as a test' }).click();
  await expect(page.getByText('The test did not reach Owner. Its page says why.')).toBeVisible();
  expect((await relay.call('endpoints.get', { id: mail.endpoint.id })).events).toContain('relay.week');
  await expect(page.getByRole('region', { name: 'Money, as the events say it' })).toContainText('1,500.25');
  await expectAccessible(page);
  await keepPictures(page, 'week');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print or save as PDF' })).toBeHidden();
  await page.screenshot({ path: 'test-results/pictures/week-print.png' });
});

test('a kept message of a guest who was forgotten says by whom and when', async ({ page, relay }) => {
  const { id } = await relay.call('sources.add', { name: 'Till', draft: true });
  const text = '{"event":"nonsense","data":{"guest_name":"Zora Quillfeather"}}';
  await relay.call('sources.paste', { id, text });
  const [kept] = await relay.call('sources.messages', { id, limit: 1 });
  await relay.open(page, `/sources/${id}`);
  await expect(page.getByRole('main')).toContainText('Zora Quillfeather');
  await relay.call('forget.start', { sought: { name: 'Zora Quillfeather' }, confirmed: true });
  await expect
    .poll(async () => (await relay.call('messages.get', { id: kept?.id ?? 0 })).state, { timeout: 30_000 })
    .toBe('dropped');
  await relay.go(page, '/sources');
  await relay.go(page, `/sources/${id}`);
  await expect(page.getByRole('main')).toContainText(/the guest was forgotten on .+ by .+: it cannot be taken in\./);
  await expect(page.getByRole('main')).not.toContainText('Zora');
});
