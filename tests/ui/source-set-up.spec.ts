/** A system is connected in the window as an IT helper does it: its folder or its database, tried, seen, switched on. */
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Sqlite from 'better-sqlite3';
import { expectAccessible, expectNothingCutOff, keepPictures } from './support/proof.ts';
import { expect, test } from './support/relay.ts';

const choose = async (page: Page, field: string, option: string) => {
  await page.getByRole('button', { name: new RegExp(`${field}$`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

test('a system’s database is connected by the script that is shown', async ({ page, relay }) => {
  const receiver = await relay.receiver();
  await relay.endpoint('Bookkeeping', receiver);
  const file = join(relay.dataFolder, '..', `pms-${Date.now()}.db`);
  const database = new Sqlite(file);
  try {
    await relay.open(page, '/sources/new');
    await choose(page, 'System', 'Another system: shape what it sends');
    await choose(page, 'How it tells what happens', 'Triggers in its database');
    await choose(page, 'Database', 'SQLite');
    await page.getByLabel('Name', { exact: true }).fill('Till');
    await page.getByLabel('File', { exact: true }).fill(file);
    await page.getByRole('button', { name: 'Try the connection' }).click();
    await expect(page.getByText('The database has no table roost_outbox')).toBeVisible();
    const script = await page.getByRole('region', { name: 'Script for the system’s database' }).textContent();
    database.exec(script ?? '');
    database
      .prepare('INSERT INTO roost_outbox (event, payload) VALUES (?, ?)')
      .run('order.created', '{"order_id":"o1"}');
    await page.getByRole('button', { name: 'Try the connection' }).click();
    await expect(page.getByRole('list', { name: 'Its first rows' })).toContainText('becomes an event');
    await expectAccessible(page);
    await keepPictures(page, 'source-sql');
    await page.getByRole('button', { name: 'Set it up' }).click();
    await expect(page.getByRole('list', { name: 'Its last messages' })).toContainText('roost_outbox 1');
    await keepPictures(page, 'source-sql-draft');
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.getByRole('button', { name: 'Take them in' }).click();
    expect((await receiver.received(1))[0]?.text).toContain('"order_id":"o1"');
    database.close();
    rmSync(file);
    await expect(page.getByRole('region', { name: 'Where it reads' })).toContainText('cannot be read');
    await page.getByRole('link', { name: 'Sources', exact: true }).click();
    await expect(page.getByRole('row', { name: /Till/ })).toContainText('Cannot be read');
  } finally {
    database.close();
    rmSync(file, { force: true });
  }
});

test('a folder of CSV files is connected, and one that is gone is said', async ({ page, relay }) => {
  const folder = join(relay.dataFolder, '..', `export-${Date.now()}`);
  mkdirSync(folder);
  chmodSync(folder, 0o700);
  try {
    writeFileSync(join(folder, 'a.csv'), Buffer.from('event;booking_id;guest_name\r\nin;b1;Peña\r\n', 'latin1'));
    await relay.open(page, '/sources/new');
    await choose(page, 'System', 'CSV');
    await page.getByLabel('Folder', { exact: true }).fill(`${folder}-none`);
    await page.getByRole('button', { name: 'Try the connection' }).click();
    await expect(page.getByText('There is no folder')).toBeVisible();
    await page.getByLabel('Folder', { exact: true }).fill(folder);
    await expect(page.getByRole('region', { name: 'How to set up CSV' })).toContainText(folder);
    await page.getByRole('button', { name: 'Try the connection' }).click();
    await expect(
      page.getByText('a.csv is CSV in WINDOWS-1252; what stands between its cells: semicolon.'),
    ).toBeVisible();
    await expect(page.getByRole('list', { name: 'Its first rows' })).toContainText('"guest_name":"Peña"');
    await keepPictures(page, 'source-folder');
    await page.getByRole('button', { name: 'Set it up' }).click();
    await expect(page.getByRole('list', { name: 'Its last messages' })).toContainText('a.csv row 2');
    expect(readdirSync(folder)).toContain('processed');
    await expect(page.getByRole('region', { name: 'Where it reads' })).toContainText(
      'a.csv is CSV in WINDOWS-1252; what stands between its cells: semicolon. It is no UTF-8, so Windows-1252 is a guess.',
    );
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.getByRole('button', { name: 'Take them in' }).click();
    await expect(page.getByText('Taken in: 1 events. Still kept: 0.')).toBeVisible();
    // Nothing to post to: no token, no curl.
    await expect(page.getByRole('button', { name: 'New token…' })).toBeHidden();
    rmSync(folder, { recursive: true });
    await expect(page.getByText(`The folder ${folder} is not there.`).first()).toBeVisible();
    await expectAccessible(page);
    await expectNothingCutOff(page);
    await keepPictures(page, 'source-folder-away');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
