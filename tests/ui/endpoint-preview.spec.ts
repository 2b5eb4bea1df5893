/** The endpoint's form as an IT helper uses it: what an address is, what would be sent, and which events. */
import type { Page } from '@playwright/test';
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, looks, test, wear } from './support/relay.ts';

const preview = (page: Page) => page.getByRole('region', { name: 'What is sent' });
/** The message itself, without the events that are offered. */
const message = (page: Page) => preview(page).getByRole('figure');

test('an address is known, what it is sent is shown of a real event, and its template is mended in place', async ({
  page,
  relay,
}) => {
  await relay.post('booking.created', { guest_name: 'Zoë Dela Cruz', booking_id: 'BK-1' });
  await relay.post('guest.checkin', { guest_name: 'Ana Lim', booking_id: 'BK-2' });
  await relay.open(page, '/endpoints/new');
  const address = page.getByLabel('Address', { exact: true });
  await address.fill('https://hooks.slack.com/triggers/T0/1/x');
  await expect(page.getByText('Known address: Slack')).toBeVisible();
  await expect(page.getByText('This is the address of a Slack workflow')).toBeVisible();
  await address.fill('https://hooks.slack.com/services/T0000/B0000/abcdefghijklmnop');
  await expect(page.getByText('This is the address of a Slack workflow')).toBeHidden();

  // The newest event, as it reads in the channel; then the last of another type.
  await expect(message(page)).toContainText('Checked in');
  await expect(message(page)).toContainText('Ana Lim');
  await preview(page).getByRole('button', { name: 'Event shown' }).click();
  await page.getByRole('option', { name: 'New booking' }).click();
  await expect(message(page)).toContainText('Zoë Dela Cruz');
  await preview(page).getByRole('button', { name: 'Event shown' }).click();
  await page.getByRole('option', { name: 'Payment received' }).click();
  await expect(preview(page)).toContainText('this is our sample of');
  await page.setViewportSize({ width: 1920, height: 1000 });
  await expectAccessible(page);
  await page.screenshot({ path: 'test-results/pictures/endpoint-preview-chat-1920.png' });
  await page.setViewportSize({ width: 1280, height: 800 });
  await keepPictures(page, 'endpoint-preview-chat');

  // One's own from the usual one, a fault told at the field with its place, and mended.
  await page.getByRole('button', { name: 'Start from the usual one and change it' }).click();
  const template = page.getByRole('textbox', { name: 'A template of your own' });
  await expect(template).toHaveValue(/message\.title/);
  await template.fill('{\n  "text": "{{ message.line | shout }}"\n}');
  await expect(page.getByText('Line 2, column 12: There is no filter "shout".').first()).toBeVisible();
  await page.getByRole('button', { name: 'Go to the place' }).click();
  await expect(template).toBeFocused();
  expect(await template.evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBe(13);
  await template.fill('{\n  "text": "{{ message.line | upcase }}"\n}');
  await expect(message(page)).toContainText('PAYMENT RECEIVED');
  await expect(page.getByText('There is no filter')).toHaveCount(0);

  // What makes a message, but none that the service takes.
  await template.fill('{ "message": "{{ data.notes }}" }');
  await expect(preview(page).getByRole('status')).toHaveText(
    'This would be refused there: Expected one of text, blocks, attachments, with something in it; got "message".',
  );
  await expectAccessible(page);
});

test('a template of which nothing is taken is refused at its field, one that makes too much asked about', async ({
  page,
  relay,
}) => {
  await relay.open(page, '/endpoints/new');
  await page.getByLabel('Address', { exact: true }).fill('https://discord.com/api/webhooks/1234/abcdef');
  const template = page.getByRole('textbox', { name: 'A template of your own' });
  const next = page.getByRole('button', { name: 'Continue' });
  await template.fill('{ "message": "{{ message.line }}" }');
  await next.click();
  await page.getByRole('checkbox', { name: /guest\.checkin/ }).click({ force: true });
  await next.click();
  const create = page.getByRole('button', { name: 'Save as draft' });
  await create.click();
  await expect(page.getByText('Discord can take no message of this template.')).toBeVisible();
  await expect(template).toHaveAttribute('aria-invalid', 'true');

  await template.fill('{ "content": "{% for i in (1..2001) %}x{% endfor %}" }');
  await expect(page.getByText('Discord can take no message of this template.')).toBeHidden();
  await next.click();
  await next.click();
  await create.click();
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await expect(dialog).toContainText('content has 2001 characters; expected at most 2000.');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Use it all the same' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('discord.com');
});

test('what goes out is shown before token, user and password are at hand', async ({ page, relay }) => {
  await relay.open(page, '/endpoints/new');
  const address = page.getByLabel('Address', { exact: true });
  for (const url of ['https://engine.example/api/v1/publish', 'https://mq.example/api/exchanges/%2F/roost/publish']) {
    await address.fill(url);
    await expect(preview(page).getByText('The message itself').first()).toBeVisible();
    await expect(preview(page)).toContainText('booking.created');
    await expect(page.getByText(/config\.|input\./)).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Please fill this in.')).toHaveCount(2);
  await address.fill('http://localhost:1880/hook');
  await expect(page.getByText('That has to be allowed first')).toBeVisible();
});

test('rules are written by keyboard, count as one types, and are kept', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  for (const total of [1000, 5000, 9000]) await relay.post('booking.created', { total, booking_id: `BK-${total}` });
  const id = await relay.endpoint('Head office', receiver, { events: ['booking.created'] });
  await relay.open(page, `/endpoints/${id}/edit`);
  await page.getByRole('button', { name: 'Add a rule' }).press('Enter');
  await expect(page.getByText('Finish a rule to see')).toBeVisible();
  await page.getByRole('combobox', { name: 'Member' }).focus();
  await page.keyboard.type('data.tot');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Member' })).toHaveValue('data.total');
  await page.getByRole('button', { name: /Comparison/ }).press('Enter');
  await page.getByRole('option', { name: 'is greater than' }).press('Enter');
  await page.getByRole('textbox', { name: 'Value' }).fill('x');
  await page.getByRole('textbox', { name: 'Value' }).blur();
  await expect(page.getByText('A number such as 5000')).toBeVisible();
  await page.getByRole('textbox', { name: 'Value' }).fill('4000');
  await expect(page.getByText('2 of the last 3 events of these types would pass.')).toBeVisible();
  await expectAccessible(page);
  await keepPictures(page, 'endpoint-rules');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Only where data.total is greater than 4000.')).toBeVisible();
  receiver.clear();
  await relay.post('booking.created', { total: 100, booking_id: 'BK-a' });
  await relay.post('booking.created', { total: 8000, booking_id: 'BK-b' });
  expect((await receiver.received(1))[0]?.text).toContain('BK-b');
  expect((await relay.call('endpoints.get', { id })).rules).toEqual({
    match: 'all',
    of: [{ path: 'data.total', is: 'greater', value: 4000 }],
  });
});

test('what a kind cannot do without is asked for before one goes on, where it stands', async ({ page, relay }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await relay.open(page, '/endpoints/new');
  const address = page.getByLabel('Address', { exact: true });
  await address.fill(`https://api.telegram.org/bot123456789:${'A'.repeat(35)}/sendMessage`);
  const goOn = page.getByRole('button', { name: 'Continue' });
  await goOn.click();
  await expect(page.getByText('Telegram needs to know which chat to write into')).toBeVisible();
  const chat = page.getByLabel('The chat’s number');
  await expect(chat).toBeFocused();
  await chat.fill('-1001234567890');
  await goOn.click();
  await expect(page.getByText('Only these are sent there.')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  // An engine's token, or a header of one's own, which is asked for in the same step.
  await address.fill('https://engine.example/api/v1/publish');
  await goOn.click();
  await expect(page.getByText('A token is needed there')).toBeVisible();
  await page.getByRole('button', { name: 'Add a header' }).click();
  await page.getByLabel('Header', { exact: true }).fill('Authorization');
  await page.getByLabel('Value', { exact: true }).fill('Basic cmVsYXk=');
  await goOn.click();
  await expect(page.getByText('Only these are sent there.')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  // A mail address where its server belongs; then a server, and nobody to write to.
  await address.fill('manager@hotel.example');
  await address.blur();
  await expect(page.getByText('This is a mail address.')).toBeVisible();
  await address.fill('smtp://mail.hotel.example:587');
  await goOn.click();
  const from = page.getByLabel('From', { exact: true });
  await expect(from).toBeFocused();
  await expect(from).toBeInViewport();
  await expect(page.getByText('Please fill this in.').first()).toBeVisible();
});

test('a mail is shown with its subject and recipients, in every look', async ({ page, relay }) => {
  await relay.post('booking.created', { guest_name: 'Zoë Dela Cruz' });
  for (const look of looks) {
    await wear(relay, look);
    await relay.open(page, '/endpoints/new');
    await page.locator('input[name=url]').fill('smtps://mail.example.com');
    await page.locator('input[name="config.to"]').fill('desk@hotel.example');
    const mail = page.locator('dl').last();
    await expect(mail).toContainText('desk@hotel.example');
    await expect(mail).toContainText('Zoë Dela Cruz');
    await expectAccessible(page);
    await keepPictures(page, `endpoint-preview-mail-${look.language}`);
  }
});

test('any of the last events of a type can be shown, and the preview is in sight at 1024 by 700', async ({
  page,
  relay,
}) => {
  for (const [booking, guest] of [
    ['BK-1', 'Ana Lim'],
    ['BK-2', 'Ben Reyes'],
    ['BK-3', 'Cora Tan'],
  ] as const) {
    await relay.post('booking.created', { booking_id: booking, guest_name: guest });
  }
  await relay.post('guest.checkin', { booking_id: 'BK-4', guest_name: 'Dan Uy' });
  await page.setViewportSize({ width: 1024, height: 700 });
  await relay.open(page, '/endpoints/new');
  await page
    .getByLabel('Address', { exact: true })
    .fill('https://hooks.slack.com/services/T0000/B0000/abcdefghijklmnop');
  await expect(message(page).getByText('Dan Uy')).toBeInViewport();

  const which = preview(page).getByRole('button', { name: 'Which one' });
  await which.click();
  await expect(page.getByRole('option')).toHaveCount(5);
  await page.getByRole('option', { name: /BK-2/ }).click();
  await expect(message(page)).toContainText('Ben Reyes');
  await expect(which).toContainText('BK-2');
  await page.screenshot({ path: 'test-results/pictures/endpoint-preview-1024.png' });

  // Of another type it is that one's newest again.
  await preview(page).getByRole('button', { name: 'Event shown' }).click();
  await page.getByRole('option', { name: 'New booking' }).click();
  await expect(message(page)).toContainText('Cora Tan');
  await which.click();
  await expect(page.getByRole('option')).toHaveCount(4);
  await page.getByRole('option', { name: /BK-1/ }).click();
  await expect(message(page)).toContainText('Ana Lim');
  await expectAccessible(page);
});
