/** A FIAS interface is connected in the window, against one of our own. */
import { startFiasInterface } from '../support/fias-interface.ts';
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, test } from './support/relay.ts';

test('an interface is connected only once a person has said that nothing else is', async ({ page, relay }) => {
  await using line = await startFiasInterface();
  await relay.open(page, '/sources/new');
  await page.getByRole('button', { name: /^System|System$/ }).click();
  await page.getByRole('option', { name: 'OPERA or Suite8' }).click();
  await expect(page.getByText('not yet tried on a real interface')).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('OPERA');
  await page.getByLabel('Address of the interface').fill('127.0.0.1');
  await page.getByLabel('Port').fill(String(line.port));
  await page.getByRole('button', { name: 'Create source and token' }).click();
  await expect(page.getByRole('alert')).toContainText('throws the other one out');
  expect(line.connections()).toBe(0);
  await expectAccessible(page);
  await keepPictures(page, 'source-fias');
  await page.getByRole('checkbox', { name: 'Nothing else is connected' }).click({ force: true });
  await page.getByRole('button', { name: 'Create source and token' }).click();
  await expect.poll(() => line.received.some((record) => record.startsWith('LA|'))).toBe(true);
  line.send('GI|RN204|G#9|GNPeña, Zoë|GSN|');
  await expect.poll(async () => (await relay.call('events.list', { filter: {} })).rows[0]?.event).toBe('guest.checkin');
});
