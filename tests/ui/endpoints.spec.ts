/** Endpoints against the real engine and real receivers: adding, testing, pausing, removing, rotating. */
import type { Page } from '@playwright/test';
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, test } from './support/relay.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

test('an endpoint is added in guided steps, tested with its answer shown, and enabled', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  receiver.answerWith({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":"thank you"}' });
  await relay.open(page, '/endpoints');
  await page.getByRole('link', { name: 'Add an endpoint' }).first().click();
  await expect(page.locator('[aria-current=step]')).toContainText('Address');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Please fill this in.')).toBeVisible();
  await page.getByLabel('Address', { exact: true }).fill('http://hooks.example.com/x');
  await expect(page.getByText('has to begin with https://')).toBeVisible();
  await page.getByLabel('Address', { exact: true }).fill(receiver.url);
  await page.getByRole('button', { name: 'Continue' }).click();

  await expect(page.locator('[aria-current=step]')).toContainText('Events');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Choose at least one event.')).toBeVisible();
  await page.getByRole('checkbox', { name: /guest\.checkin/ }).click({ force: true });
  await expect(page.getByText('Sent when a guest checks in.')).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('Door locks');
  await page.getByRole('button', { name: 'Continue' }).click();

  await expect(page.locator('[aria-current=step]')).toContainText('Secret and headers');
  await page.getByRole('button', { name: 'Add a header' }).click();
  await page.getByLabel('Header', { exact: true }).fill('X-Api-Key');
  await page.getByLabel('Value', { exact: true }).fill('k_19f3a7');
  await page.getByText('Certificate, pace and order').click();
  await page.getByLabel('Certificate of a receiver on the local network').fill(receiver.caPem);
  await page.getByRole('button', { name: 'Save as draft' }).click();

  await expect(page.locator('[aria-current=step]')).toContainText('Test and enable');
  await expect(page.getByText('Give this secret to the receiver')).toBeVisible();
  await expect(page.getByText(/^whsec_/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Enable', exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(page.getByText(/Door locks took it: 200 in/)).toBeVisible();
  await expect(page.getByText('"thank you"')).toBeVisible();
  const [request] = await receiver.received(1);
  expect(request?.headers['x-api-key']).toBe('k_19f3a7');
  expect(request?.headers['x-roostsync-test']).toBe('true');
  await page.getByRole('button', { name: 'Enable', exact: true }).click();
  await expect(heading(page, 'Door locks')).toBeVisible();
  receiver.clear();
  await relay.post('guest.checkin');
  expect((await receiver.received(1))[0]?.text).toContain('guest.checkin');
});

test('an endpoint whose test fails is enabled only anyway, which is said and recorded', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Guest messages', receiver, { enable: false });
  receiver.answerWith({ status: 401 });
  await relay.open(page, `/endpoints/${id}`);
  await page.getByRole('link', { name: 'Test and enable' }).click();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(page.getByText('The test arrived at Guest messages and was refused (401).')).toBeVisible();
  await page.getByRole('button', { name: 'Enable anyway' }).click();
  const question = page.getByRole('alertdialog', { name: 'Enable anyway' });
  await expect(question).toContainText('Events will be sent to Guest messages, and may fail.');
  await question.getByRole('button', { name: 'Enable anyway' }).click();
  await expect(heading(page, 'Guest messages')).toBeVisible();
  await expect.poll(async () => (await relay.call('endpoints.get', { id })).switch).toBe('on');
  const { rows } = await relay.call('audit.list', {});
  expect(
    rows.some(({ act, detail }) => act.startsWith('endpoints.enable') && JSON.stringify(detail).includes('true')),
  ).toBe(true);
});

test('what the engine refuses stands at its field', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.open(page, `/endpoints/${id}/edit`);
  await page.getByRole('button', { name: 'Add a header' }).click();
  await page.getByLabel('Header', { exact: true }).fill('Content-Length');
  await page.getByLabel('Value', { exact: true }).fill('1');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/Content-Length/).last()).toBeVisible();
  await expect(page).toHaveURL(/edit/);
});

test('a changed name and pace are kept, and the address stays where none is given', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.open(page, `/endpoints/${id}/edit`);
  await page.getByLabel('Name', { exact: true }).fill('Room doors');
  await page.getByText('Certificate, pace and order').click();
  await page.getByLabel('Requests per second').fill('2.5');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(heading(page, 'Room doors')).toBeVisible();
  await expect(page.getByText('up to 5 at a time, 2.5 a second')).toBeVisible();
  expect((await relay.call('endpoints.revealAddress', { id })).url).toBe(receiver.url);
  await relay.post('booking.created');
  await receiver.received(1);
});

test('secrets are masked, and shown on purpose', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.open(page, `/endpoints/${id}`);
  const { secret } = await relay.call('endpoints.revealSecret', { id });
  await expect(page.getByText(secret)).toBeHidden();
  await expect(page.getByText(receiver.url)).toBeHidden();
  await page.getByRole('button', { name: 'Show' }).nth(1).click();
  await expect(page.getByText(secret)).toBeVisible();
  await page.getByRole('button', { name: 'Hide' }).click();
  await expect(page.getByText(secret)).toBeHidden();
});

test('a secret that is shown hides itself again after 30 seconds', async ({ page, relay }) => {
  const id = await relay.endpoint('Door locks', await relay.receiver());
  const { secret } = await relay.call('endpoints.revealSecret', { id });
  await page.clock.install();
  await relay.open(page, `/endpoints/${id}`);
  await page.getByRole('button', { name: 'Show' }).nth(1).click();
  await expect(page.getByText(secret)).toBeVisible();
  await expect(page.getByText('Hides again after 30 seconds.')).toBeVisible();
  await page.clock.runFor(29_000);
  await expect(page.getByText(secret)).toBeVisible();
  await page.clock.runFor(1_500);
  await expect(page.getByText(secret)).toBeHidden();
});

test('pausing asks until when, holds the events, and can be undone', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.open(page, `/endpoints/${id}`);
  await page.getByRole('button', { name: 'Pause…' }).click();
  await page.getByRole('button', { name: 'Pause Door locks' }).click();
  await expect(page.getByText(/^Paused by .* until .*Events go on queueing\.$/)).toBeVisible();
  await relay.post('booking.created');
  await expect(page.getByText('oldest')).toBeVisible();
  expect(receiver.requests).toHaveLength(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await receiver.received(1);
});

test('removing names the endpoint and what is cancelled with it, and can be undone', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.call('endpoints.pause', { id });
  await relay.post('booking.created');
  await relay.open(page, `/endpoints/${id}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  const question = page.getByRole('alertdialog', { name: 'Remove Door locks?' });
  await expect(question).toContainText('1 waiting delivery is cancelled.');
  await question.getByRole('button', { name: 'Remove Door locks' }).click();
  await expect(page.getByText(/This endpoint was removed/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText(/This endpoint was removed/)).toBeHidden();
  expect((await relay.call('endpoints.get', { id })).waiting).toBe(1);
});

test('a removed endpoint is found again in the list', async ({ page, relay }) => {
  const id = await relay.endpoint('Door locks', await relay.receiver());
  await relay.call('endpoints.remove', { id });
  await relay.open(page, '/endpoints');
  await expect(page.getByText('No endpoint yet')).toBeVisible();
  await page.getByText('Show removed endpoints').click();
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect.poll(async () => (await relay.call('endpoints.list', {})).length).toBe(1);
});

test('everything that waits is sent when asked for', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  receiver.answerWith({ status: 500 });
  await relay.post('booking.created', { booking_id: 'bk_1' });
  await relay.post('booking.created', { booking_id: 'bk_2' });
  await receiver.received(2);
  receiver.clear();
  receiver.answerWith({ status: 200 });
  await relay.open(page, `/endpoints/${id}`);
  await page.getByRole('button', { name: 'Send everything that waits' }).click();
  await expect(page.getByText('2 deliveries go out to Door locks now, in order.')).toBeVisible();
  await receiver.received(2);
});

test('a secret is changed as a guided swap: made, tested, switched', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.open(page, `/endpoints/${id}`);
  await page.getByRole('button', { name: 'Change the secret…' }).click();
  await page.getByRole('button', { name: 'Make the new secret' }).click();
  const card = page.getByRole('region', { name: 'The secret is being changed' });
  await expect(card).toContainText('New secret made');
  const { next } = await relay.call('endpoints.revealSecret', { id });
  await card.getByRole('button', { name: 'Test the new secret' }).click();
  await expect(card).toContainText('A test with the new secret succeeded');
  await card.getByRole('button', { name: 'Switch now' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Switch now' }).click();
  await expect(card).toBeHidden();
  expect((await relay.call('endpoints.revealSecret', { id })).secret).toBe(next);
});

test('a receiver’s verification is ready to copy in four languages', async ({ page, relay }) => {
  const id = await relay.endpoint('Door locks', await relay.receiver());
  await relay.open(page, `/endpoints/${id}`);
  for (const [language, sign] of [
    ['Node', 'timingSafeEqual'],
    ['Python', 'compare_digest'],
    ['PHP', 'hash_equals'],
    ['C#', 'FixedTimeEquals'],
  ] as const) {
    await page.getByRole('tab', { name: language }).click();
    await expect(page.getByRole('tabpanel')).toContainText(sign);
  }
});

test('an endpoint that is not there is said, with a way back', async ({ page, relay }) => {
  await relay.open(page, '/endpoints');
  await page.goto(`${new URL(page.url()).origin}/#/endpoints/ep_00000000000000000000000000`);
  await expect(page.getByRole('link', { name: 'All endpoints' })).toBeVisible();
});

test('what an endpoint is sent is told by its address, chosen otherwise, and changed later', async ({
  page,
  relay,
}) => {
  await relay.open(page, '/endpoints/new');
  const kind = page.getByRole('button', { name: /What it is sent/ });
  await expect(kind).toContainText('Webhook');
  await page.getByLabel('Address', { exact: true }).fill('https://hooks.zapier.com/hooks/catch/1/2/');
  await expect(kind).toContainText('Zapier');
  await page.screenshot({ path: 'test-results/pictures/endpoint-new-kind.png' });
  await kind.click();
  await page.getByRole('option', { name: 'Make.com' }).click();
  await expect(kind).toContainText('Make.com');

  await kind.click();
  await page.getByRole('option', { name: /^Slack/ }).click();
  await expect(page.getByText(/^This address is one of Zapier.*cannot take what is chosen/)).toBeVisible();
  await page.getByLabel('Address', { exact: true }).fill('https://example.com/hook');
  await expect(page.getByText('This address is none of Slack')).toBeVisible();

  const id = await relay.endpoint('Bookkeeping', await relay.receiver());
  await relay.open(page, `/endpoints/${id}/edit`);
  await expect(page.getByText('Stays as it is, whatever the address')).toBeVisible();
  await page.getByLabel('Address', { exact: true }).fill('https://hotel.app.n8n.cloud/webhook/1');
  await expect(page.getByText(/^This address looks like one of n8n/)).toBeVisible();
  await page.getByLabel('Address', { exact: true }).fill('');
  await page.getByRole('button', { name: /What it is sent/ }).click();
  await page.getByRole('option', { name: 'Make.com' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Bookkeeping' })).toBeVisible();
  expect(await relay.call('endpoints.get', { id })).toMatchObject({ kind: 'make', config: {} });
});

test('a chat’s address asks for a message, and an endpoint from before is told so', async ({ page, relay }) => {
  const url = 'https://hooks.slack.com/services/T0/B0/x1y2z3';
  const { endpoint } = await relay.call('endpoints.add', {
    endpoint: { url, kind: 'webhook', description: 'Chat', events: ['booking.created'] },
    confirmed: true,
  });
  await relay.open(page, `/endpoints/${endpoint.id}`);
  await expect(page.getByText('does not take events as they are')).toContainText('Slack');
  await page.getByRole('link', { name: 'Change' }).first().click();
  await page.getByRole('button', { name: /What it is sent/ }).click();
  await page.getByRole('option', { name: /^Slack/ }).click();
  await page.getByLabel(/^A template of your own/).fill('{"text": "{{ message.line | escape_slack }}"}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Show it').click();
  await expect(page.getByText('{"text": "{{ message.line | escape_slack }}"}')).toBeVisible();
  await expect(page.getByText('does not take events as they are')).toHaveCount(0);
  await expectAccessible(page);
  await keepPictures(page, 'endpoint-chat');
});

test('where nobody can verify a signature no secret is handed over', async ({ page, relay }) => {
  await relay.open(page, '/endpoints/new');
  await page.getByLabel('Address', { exact: true }).fill('https://hooks.slack.com/services/T0/B0/x1y2z3');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('checkbox', { name: /booking\.created/ }).click({ force: true });
  await page.getByRole('button', { name: 'Continue' }).click();
  const why = page.getByText('Nobody verifies a signature there');
  await expect(why).toBeVisible();
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await expect(page.locator('[aria-current=step]')).toContainText('Test and enable');
  await expect(why).toBeVisible();
  await expect(page.getByText('Give this secret to the receiver')).toHaveCount(0);
  const [added] = await relay.call('endpoints.list', {});
  await relay.open(page, `/endpoints/${added?.id}`);
  await expect(why).toBeVisible();
  await expect(page.getByText('Verifying the signature')).toHaveCount(0);
});

test('a mail endpoint is asked for its server, and for nothing that a webhook has', async ({ page, relay }) => {
  await relay.open(page, '/endpoints/new');
  await page.getByLabel('Address', { exact: true }).fill('smtps://mail.example.com');
  await expect(page.getByRole('button', { name: /What it is sent/ })).toContainText(/mail/i);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Please fill this in.').first()).toBeVisible();
  await page.getByLabel('From').fill('Bay Breeze <desk@baybreeze.example>');
  await page.getByLabel(/^To;/).fill('manager@baybreeze.example, owner@baybreeze.example');
  await page.getByLabel(/^Login name/).fill('desk');
  const password = page.getByLabel('Password');
  await password.fill('a-mail-password');
  await expect(password).toHaveAttribute('type', 'password');
  await keepPictures(page, 'endpoint-mail-new');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('checkbox', { name: /booking\.created/ }).click({ force: true });
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Certificate, pace and order')).toBeVisible();
  await expect(page.getByText('Signing secret')).toHaveCount(0);
  await expect(page.getByText('Custom headers')).toHaveCount(0);
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await expect(page.locator('[aria-current=step]')).toContainText('Test and enable');
  await keepPictures(page, 'endpoint-mail-test');
  const [added] = await relay.call('endpoints.list', {});
  if (added === undefined) throw new Error('nothing was added');
  const { id } = added;
  expect(added).toMatchObject({
    kind: 'mail',
    config: { to: ['manager@baybreeze.example', 'owner@baybreeze.example'], user: 'desk' },
    kindSecrets: [{ name: 'password' }],
    limits: { inFlight: 1, perSecond: 2 },
  });
  await relay.open(page, `/endpoints/${id}`);
  await expect(page.getByText('None: mail carries no signature.')).toBeVisible();
  await expect(page.getByText('Verifying the signature')).toHaveCount(0);
  await keepPictures(page, 'endpoint-mail');
  await relay.open(page, `/endpoints/${id}/edit`);
  await page.getByLabel(/^Login name/).fill('front-desk');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('front-desk')).toBeVisible();
  expect(await relay.call('endpoints.get', { id })).toMatchObject({ kindSecrets: [{ name: 'password' }] });
});
