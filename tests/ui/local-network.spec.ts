/** The listener for a PMS on another machine, switched on and off on the screen, and really posted through. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { freePort } from '../support/engine-process.ts';
import { otherMachine } from './support/other-machine.ts';
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, test, wear } from './support/relay.ts';

const shell = promisify(execFile);
const card = (page: Page) => page.getByRole('region', { name: 'PMS on another machine' });

async function switchOn(page: Page, options: { host: RegExp; port: number; allow: string; tls: boolean }) {
  await card(page).getByText('Take events from other machines of the property').click();
  await card(page)
    .getByRole('button', { name: /Address of this PC/ })
    .click();
  await page.getByRole('option', { name: options.host }).click();
  await card(page).getByLabel('Port', { exact: true }).fill(String(options.port));
  await page.keyboard.press('Tab');
  await card(page).getByLabel('Machines that may send').fill(options.allow);
  if (!options.tls) await card(page).getByText('Encrypted (HTTPS)').click();
}

test('a PMS on another machine sends over HTTPS with the curl that its source shows', async ({ page, relay }) => {
  test.setTimeout(180_000);
  using machine = otherMachine();
  test.skip(machine === null, 'needs root and a network namespace for the other machine');
  if (machine === null) return;
  const receiver = await relay.receiver();
  await relay.endpoint('Bookkeeping', receiver);
  const folder = await mkdtemp(join(tmpdir(), 'roost-other-machine-'));
  try {
    await relay.open(page, '/settings/network');
    const port = await freePort();
    const host = new RegExp(`^${machine.ownAddress.replaceAll('.', '\\.')}`);
    await switchOn(page, { host, port, allow: machine.address, tls: true });
    await card(page).getByRole('button', { name: 'Save' }).click();
    const address = `https://${machine.ownAddress}:${port}`;
    await expect(card(page)).toContainText(`Other machines send to ${address} now.`);
    const fingerprint = (await relay.call('situation.get', {})).intake.lan?.fingerprint ?? '';
    expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    await expect(card(page)).toContainText(fingerprint);
    await expectAccessible(page);
    await card(page).getByText('Fingerprint of its certificate').scrollIntoViewIfNeeded();
    await keepPictures(page, 'local-network-on-light');

    await relay.open(page, '/sources/new');
    await page.getByLabel('Name').fill('Front desk PMS');
    await page.getByRole('button', { name: 'Create source and token' }).click();
    const curl = page.getByRole('region', { name: 'curl' });
    await expect(curl).toContainText('curl http://127.0.0.1:');
    await page.getByRole('button', { name: /Where the PMS runs/ }).click();
    await page.getByRole('option', { name: /On another machine/ }).click();
    await expect(curl).toContainText(`curl ${address}/v1/events`);
    await expect(page.getByText(fingerprint)).toBeVisible();
    await expectAccessible(page);
    await curl.scrollIntoViewIfNeeded();
    await keepPictures(page, 'source-elsewhere-light');
    const certificate = (await page.getByRole('region', { name: 'roost-relay.pem' }).textContent()) ?? '';
    await writeFile(join(folder, 'roost-relay.pem'), certificate);
    const command = `${await curl.textContent()} --silent --show-error --max-time 10 --write-out ' %{http_code}'`;
    expect(await machine.run(command, folder)).toMatch(/ 202$/);
    const [request] = await receiver.received(1);
    expect(JSON.parse(request?.text ?? '{}')).toMatchObject({ event: 'booking.created' });
    // Without the certificate it knows no such PC, and the token stays where it is.
    expect(await machine.run(command.replace('--cacert roost-relay.pem', ''), folder)).toMatch(/certificate/);

    const { lan } = await relay.call('settings.get', {});
    await relay.call('settings.change', { change: { lan: { ...lan, allow: ['198.51.100.7'] } } });
    await expect.poll(() => machine.run(command, folder), { timeout: 20_000 }).toMatch(/not_allowed.* 403$/s);
    expect(receiver.requests).toHaveLength(1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('without encryption it is said plainly, only allowed addresses get in, and off is off', async ({
  page,
  relay,
}) => {
  await relay.open(page, '/settings/network');
  const port = await freePort();
  const wrong = { host: /^All networks of this PC/, port, allow: '192.168.1.300', tls: false };
  await switchOn(page, wrong);
  await card(page).getByRole('button', { name: 'Save' }).click();
  await expect(card(page)).toContainText('“192.168.1.300” is no address');
  await expect(card(page)).toContainText('anyone in the local network can read guests’ data and the token');
  await card(page).getByLabel('Machines that may send').fill('127.0.0.2');
  await wear(relay, { theme: 'dark', language: 'en' });
  await card(page).getByRole('button', { name: 'Save' }).click();
  await expect(card(page)).toContainText('Other machines send to http://');
  const { token } = await relay.call('sources.add', { name: 'Front desk PMS' });
  const post = (from: string) =>
    shell('curl', [
      ...['--silent', '--show-error', '--max-time', '5', '--interface', from, '--write-out', ' %{http_code}'],
      ...['-H', `Authorization: Bearer ${token}`, '-H', 'Content-Type: application/json'],
      ...['-d', '{"event":"inventory.low","data":{"item_id":"it_1"}}', `http://127.0.0.1:${port}/v1/events`],
    ]).then(
      ({ stdout }) => stdout,
      ({ stderr }: { stderr: string }) => stderr,
    );
  expect(await post('127.0.0.2')).toMatch(/ 202$/);
  expect(await post('127.0.0.3')).toMatch(/127\.0\.0\.3 is not among those that may post here.* 403$/s);
  await page.reload();
  await expectAccessible(page);
  await card(page).getByText('Encrypted (HTTPS)').scrollIntoViewIfNeeded();
  await keepPictures(page, 'local-network-plain-dark');

  await card(page).getByText('Take events from other machines of the property').click();
  await card(page).getByRole('button', { name: 'Save' }).click();
  await expect(card(page)).not.toContainText('Other machines send to');
  expect(await post('127.0.0.2')).toMatch(/connect/i);
});

test('a listener that cannot start says why', async ({ page, relay }) => {
  const { lan } = await relay.call('settings.get', {});
  // As when this PC has another address since: one that it has not is no longer taken from a person.
  const gone = { ...lan, enabled: true, host: '203.0.113.9', allow: ['203.0.113.0/24'] };
  await expect(relay.call('settings.change', { change: { lan: gone } })).rejects.toThrow('no network address');
  const database = new Database(join(relay.dataFolder, 'relay.db'));
  database
    .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    .run('setting.lan', JSON.stringify(gone));
  database.close();
  await relay.restart();
  await relay.open(page, '/settings/network');
  await expect(card(page)).toContainText('Other machines cannot send now.');
  await expect(card(page).getByRole('button', { name: /Address of this PC/ })).toContainText('not there now');
  await page.setViewportSize({ width: 1024, height: 700 });
  await card(page).getByText('Other machines cannot send now.').scrollIntoViewIfNeeded();
  await keepPictures(page, 'local-network-problem-light');
});
