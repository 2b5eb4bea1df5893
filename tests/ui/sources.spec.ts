/** Sources against the real intake: the curl that is shown works when it is pasted. */
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { seed } from '../support/seed.ts';
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, test } from './support/relay.ts';

const shell = promisify(execFile);

test('a new source’s curl, pasted into a terminal, brings an event in', async ({ page, relay }) => {
  await relay.open(page, '/sources');
  await page.getByRole('link', { name: 'Connect a source' }).first().click();
  await page.getByLabel('Name').fill('Front desk PMS');
  await page.getByRole('button', { name: 'Create source and token' }).click();
  await expect(page.getByText('This is the only time the token is shown.')).toBeVisible();
  const curl = await page.getByRole('region', { name: 'curl' }).textContent();
  const { stdout } = await shell('sh', ['-c', `${curl} --silent --write-out ' %{http_code}'`]);
  expect(stdout).toMatch(/ 202$/);
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'What came in' })).toContainText('Events today1');
});

test('the copied token is the token', async ({ page, relay }) => {
  await relay.open(page, '/sources/new');
  await page.getByLabel('Name').fill('Spa');
  await page.getByRole('button', { name: 'Create source and token' }).click();
  const token = page.getByRole('figure').filter({ hasText: /^Token/ });
  await token.getByRole('button', { name: 'Copy' }).click();
  await expect(token.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await token.getByRole('region', { name: 'Token' }).textContent(),
  );
});

test('a replaced token takes the old one’s place at once', async ({ page, relay }) => {
  const old = await relay.call('sources.add', { name: 'Restaurant POS' });
  await relay.open(page, `/sources/${old.id}`);
  await page.getByRole('button', { name: 'New token…' }).click();
  await page.getByRole('button', { name: 'Make a new token' }).click();
  await expect(page.getByText('This is the only time the token is shown.')).toBeVisible();
  const status = async (token: string) =>
    (
      await fetch(old.url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{"event":"inventory.low","data":{"item_id":"it_1"}}',
      })
    ).status;
  expect(await status(old.token)).toBe(401);
  const fresh = await page
    .getByRole('figure')
    .filter({ hasText: /^Token/ })
    .getByRole('region')
    .textContent();
  expect(await status(fresh ?? '')).toBe(202);
});

test('what was refused is shown with the member at fault', async ({ page, relay }) => {
  const { token, url } = await relay.call('sources.add', { name: 'Front desk PMS' });
  const refused = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"event":"booking.moved","data":{}}',
  });
  expect(refused.status).toBe(400);
  await relay.open(page, '/sources');
  const table = page.getByRole('table', { name: 'Not taken in' });
  await expect(table).toContainText('Front desk PMS');
  await expect(table.getByRole('row').nth(1)).toContainText('event');
});

test('files that cannot be read are named on Today and on their source’s page', async ({ page, relay }) => {
  const folder = join(relay.dataFolder, '..', `refused-${Date.now()}`);
  await mkdir(folder);
  try {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await writeFile(join(folder, `${name}.csv`), 'event;order_id\nx\n');
    }
    const { id } = await relay.call('sources.add', { name: 'Export', kind: 'folder', config: { folder } });
    await relay.open(page, '/');
    const card = page.getByRole('region', { name: '6 files of Export could not be read' });
    await expect(card).toContainText(/: (?:[a-f]\.csv, ){4}[a-f]\.csv and 1 more\./, { timeout: 30_000 });
    await expectAccessible(page);
    await keepPictures(page, 'today-files-rejected');
    await relay.open(page, `/sources/${id}`);
    await expect(page.getByRole('region', { name: 'Where it reads' })).toContainText(/not whole(?:[a-f]\.csv, )+/);
    const table = page.getByRole('table', { name: 'Not taken in' });
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await expect(table).toContainText(`${name}.csv`);
    await page
      .getByRole('button', { name: /^Open refused file/ })
      .first()
      .click();
    await expect(page.getByRole('dialog', { name: 'A refused file' })).toContainText('lies in “rejected”');
    await page.keyboard.press('Escape');
    await rm(join(folder, 'rejected'), { recursive: true });
    await relay.open(page, '/');
    await expect(card).toBeHidden({ timeout: 30_000 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('what a PMS sent once is opened, mended and taken in', async ({ page, relay }) => {
  const { id, secretUrl } = await relay.call('sources.add', { name: 'Odoo', propertyId: 'prop_1' });
  const sent = '{"_action":"Webhook(#7)","_id":12,"_model":"pos.order"}';
  expect((await fetch(secretUrl, { method: 'POST', body: sent })).status).toBe(400);
  await relay.open(page, `/sources/${id}`);
  await page.getByRole('button', { name: /^Open refused request/ }).click();
  const body = page.getByRole('textbox', { name: 'What it sent' });
  await expect(body).toHaveValue(sent);
  await expectAccessible(page);
  await keepPictures(page, 'refusal-light');
  await page.getByRole('button', { name: 'Take it in' }).click();
  await expect(page.getByRole('dialog')).toContainText('_action: there is no such member');
  await body.fill('{"event":"order.created","data":{"order_id":12}}');
  await page.getByRole('button', { name: 'Take it in' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('table', { name: 'Not taken in' })).toContainText('Taken in after all');
  await expect(page.getByRole('region', { name: 'What came in' })).toContainText('Events today1');
});

test('a revoked source is refused and can still be looked at, and what is kept of it is taken in', async ({
  page,
  relay,
}) => {
  const { id, token, url } = await relay.call('sources.add', { name: 'Old PMS' });
  await relay.call('sources.paste', { id, text: '{"event":"nonsense","data":{}}' });
  await relay.open(page, `/sources/${id}`);
  await page.getByRole('button', { name: 'Revoke…' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('One message of it is kept, not taken in. It stays');
  await page.getByRole('button', { name: 'Revoke Old PMS' }).click();
  await expect(page.getByText('Its token and secret address are refused.')).toBeVisible();
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"event":"inventory.low","data":{"item_id":"it_1"}}',
  });
  expect(answer.status).toBe(401);
  await expect(page.getByText('One message of it is still kept')).toBeVisible();
  await keepPictures(page, 'source-revoked-kept');
  await page.getByRole('link', { name: 'Sources', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Old PMS' })).toBeHidden();
  const kept = page.getByRole('table', { name: 'Not taken in' }).getByRole('row', { name: /Old PMS/ });
  await kept.getByRole('button', { name: /^Open kept message/ }).click();
  await page.getByRole('textbox', { name: 'What came' }).fill('{"event":"inventory.low","data":{"item_id":"it_1"}}');
  await page.getByRole('button', { name: 'Take it in' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: /^Open kept message/ })).toBeHidden();
  await page.getByText('Show revoked sources').click();
  await expect(page.getByRole('link', { name: 'Old PMS' })).toBeVisible();
});

test('a source that is quieter than usual says so, on Today and on its own page, until it is heard again', async ({
  page,
  relay,
}) => {
  // Three weeks of some 300 events a day, and nothing for the last three hours.
  await relay.engine.stop();
  for (const name of ['db', 'db-wal', 'db-shm', 'made'])
    await rm(join(relay.dataFolder, `relay.${name}`), { force: true });
  seed(relay.dataFolder, {
    ...{ deliveries: 6_000, endpoints: 1, days: 20, attempts: false },
    endMs: Date.now() - 3 * 3_600_000,
  });
  await relay.restart();
  const [source] = await relay.call('sources.list', {});
  if (!source) throw new Error('the log has no source');
  await relay.open(page, '/');
  const card = page.getByRole('link', { name: new RegExp(source.name) });
  await expect(card).toContainText('Quiet');
  await expect(card).toContainText(/usually \d+ by now/);
  await keepPictures(page, 'today-quiet-light');
  await relay.open(page, `/sources/${source.id}`);
  await expect(page.getByRole('region', { name: new RegExp(`${source.name} is quieter`) })).toBeVisible();
  await expectAccessible(page);
  await keepPictures(page, 'source-quiet-light');

  const { token, url } = await relay.call('sources.replaceToken', { id: source.id });
  const posted = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"event":"inventory.low","data":{"item_id":"it_1"}}',
  });
  expect(posted.status).toBe(202);
  await expect(page.getByRole('region', { name: new RegExp(`${source.name} is quieter`) })).toBeHidden();
});

test('Odoo is set up in a draft: its first message shows as it comes, its types are mended, and it is switched on', async ({
  page,
  relay,
}) => {
  await relay.open(page, '/sources/new');
  await page.getByRole('button', { name: /System/ }).click();
  await page.getByRole('option', { name: 'Odoo' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Odoo');
  await page.getByLabel('Property id').fill('prop_1');
  await page.getByRole('button', { name: 'Set it up' }).click();
  await expect(page.getByText('Waiting for the first message…')).toBeVisible();
  const steps = await page
    .getByRole('region', { name: 'How to set up Odoo' })
    .getByRole('listitem')
    .nth(1)
    .textContent();
  const address = /http:\/\/127\.0\.0\.1:\d+\/v1\/in\/[\w-]+/.exec(steps ?? '')?.[0] ?? '';
  const post = (state: string, no: number) =>
    fetch(address, {
      method: 'POST',
      body: `{"_action":"x","_id":${no},"_model":"hotel.reservation","state":"${state}","write_date":"2026-03-15 10:30:00"}`,
    });
  expect((await post('confirm', 7)).status).toBe(202);
  const list = page.getByRole('list', { name: 'Its last messages' });
  await expect(list).toContainText('becomes an event');
  await expect(list).toContainText('New booking');
  expect((await post('onboard', 8)).status).toBe(202);
  await expect(list).toContainText('The type "hotel.reservation:onboard" is not in the table of types.');
  await keepPictures(page, 'source-draft');

  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByRole('button', { name: 'Edit shape and types…' }).click();
  await page.getByLabel('Table of types').fill('{"hotel.reservation:*":"booking.created","*":"guest.checkin"}');
  await expect(page.getByText('Of 2 that are kept, 2 can be taken in.')).toBeVisible();
  await expectAccessible(page);
  await keepPictures(page, 'source-shape');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Take them in' }).click();
  await expect(page.getByText('Taken in: 2 events. Still kept: 0.')).toBeVisible();
  const { rows } = await relay.call('events.list', { limit: 10 });
  expect(rows.map(({ event }) => event)).toEqual(['guest.checkin', 'guest.checkin']);
});
