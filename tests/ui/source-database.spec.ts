/** A real MariaDB and a real PostgreSQL are connected by the form, as an IT helper does it, until the first row has arrived. */
import type { Page } from '@playwright/test';
import { certificateOfKind, testAuthority } from '../support/certificates.ts';
import { hasMariaDb, hasPostgres, startMariaDb, startPostgres } from '../support/databases.ts';
import type { Receiver } from '../support/receiver.ts';
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, type Relay, test } from './support/relay.ts';

const choose = async (page: Page, field: string, option: string) => {
  await page.getByRole('button', { name: new RegExp(`${field}$`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

async function openForm(page: Page, relay: Relay, database: string, name: string): Promise<void> {
  await relay.open(page, '/sources/new');
  await choose(page, 'System', 'Another system: shape what it sends');
  await choose(page, 'How it tells what happens', 'Triggers in its database');
  await choose(page, 'Database', database);
  await page.getByLabel('Name', { exact: true }).fill(name);
}

async function fillIn(page: Page, port: number): Promise<void> {
  await page.getByLabel('Name of the database').fill('pms');
  await page.getByText('Port and encryption').click();
  await page.getByLabel('Port', { exact: true }).fill(String(port));
}

const tryIt = (page: Page) => page.getByRole('button', { name: 'Try the connection' }).click();
const scriptOf = async (page: Page): Promise<string> =>
  (await page.getByRole('region', { name: 'Script for the system’s database' }).textContent()) ?? '';
const put = `INSERT INTO roost_outbox (event, payload) VALUES ('order.created', '{"order_id":"o1"}');`;

async function switchOn(page: Page, receiver: Receiver): Promise<void> {
  await page.getByRole('button', { name: 'Set it up' }).click();
  await expect(page.getByRole('list', { name: 'Its last messages' })).toContainText('roost_outbox 1');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByRole('button', { name: 'Take them in' }).click();
  expect((await receiver.received(1))[0]?.text).toMatch(/"order_id": ?"o1"/);
}

test('MariaDB on this PC', async ({ page, relay }) => {
  test.skip(!hasMariaDb, 'MariaDB is not installed (apt-get install mariadb-server)');
  test.slow();
  const receiver = await relay.receiver();
  await relay.endpoint('Bookkeeping', receiver);
  await using database = await startMariaDb();
  await openForm(page, relay, 'MySQL, MariaDB', 'Till');
  await fillIn(page, database.port);
  await expect(page.getByText('This connection is not encrypted; it does not leave this PC.')).toBeVisible();
  await tryIt(page);
  await expect(
    page.getByText('does not let roost_relay in. Are user, password and the database’s name right?'),
  ).toBeVisible();
  database.run(`USE pms; ${await scriptOf(page)}`);
  database.run(`USE pms; ${put}`);
  await tryIt(page);
  await expect(page.getByText('The database answers, and the table roost_outbox can be read.')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Its first rows' })).toContainText('becomes an event');
  await expectAccessible(page);
  await keepPictures(page, 'source-mariadb');
  await switchOn(page, receiver);
  await expect(page.getByRole('region', { name: 'Where it reads' })).toContainText('This connection is not encrypted');
});

test('PostgreSQL, encrypted, with an authority of its own', async ({ page, relay }) => {
  test.skip(!hasPostgres, 'PostgreSQL is not installed (apt-get install postgresql)');
  test.slow();
  const receiver = await relay.receiver();
  await relay.endpoint('Bookkeeping', receiver);
  await using database = await startPostgres(await certificateOfKind('valid', ['localhost']));
  await openForm(page, relay, 'PostgreSQL', 'Odoo');
  database.run(`\\c pms\n${await scriptOf(page)}\n${put}`);
  await page.getByLabel('Address', { exact: true }).fill('localhost');
  await fillIn(page, database.port);
  await page.getByText('Encrypted (TLS)').click();
  await tryIt(page);
  await expect(page.getByText('comes from an authority that this PC does not know')).toBeVisible();
  await keepPictures(page, 'source-postgres-unknown');
  await page.getByLabel('Certificate of its own authority').fill((await testAuthority()).caPem);
  await tryIt(page);
  await expect(page.getByText('This connection is encrypted')).toBeVisible();
  await keepPictures(page, 'source-postgres');
  await switchOn(page, receiver);
  await expect(page.getByRole('region', { name: 'Where it reads' })).toContainText('This connection is encrypted');
});

test('SQL Server is said to be untried', async ({ page, relay }) => {
  await openForm(page, relay, 'SQL Server', 'Old PMS');
  await expect(page.getByText('not yet been tried on a real SQL Server')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Script for the system’s database' })).toContainText('roost_outbox');
});
