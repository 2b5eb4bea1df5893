/** The PIN and the locked window, as somebody at the front desk meets them. */
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, test } from './support/relay.ts';

const pin = '730415';

test('a PIN guards secrets and exports, and a locked window shows whether all is well and nothing of guests', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.post('guest.checkin', { booking_id: 'bk_12', guest_name: 'Maria Santos' });
  await receiver.received(1);
  await relay.open(page, '/settings/general');
  const card = page.getByRole('region', { name: 'PIN and lock' });
  await card.scrollIntoViewIfNeeded();
  await keepPictures(page, 'pin-none');
  await card.getByRole('button', { name: 'Set a PIN…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('New PIN').fill('1234');
  await dialog.getByLabel('The same again').fill('1234');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('That PIN is guessed first');
  await keepPictures(page, 'pin-set');
  await dialog.getByLabel('New PIN').fill(pin);
  await dialog.getByLabel('The same again').fill(pin);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(card.getByRole('button', { name: 'Lock now' })).toBeVisible();
  await keepPictures(page, 'pin-there');
  await card.getByRole('button', { name: 'Lock now' }).click();

  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await expect(page.getByText('All is well')).toBeVisible();
  await expectAccessible(page);
  await keepPictures(page, 'locked');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await expect(page.locator('body')).not.toContainText('Maria');
  await expect(page.getByRole('navigation')).toBeHidden();
  await page.keyboard.type('999111');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toContainText('That is not the PIN. 4 more tries.');
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation')).toBeVisible();

  // What was just unlocked is not asked again for two minutes; another browser is.
  await relay.restart();
  await relay.open(page, `/endpoints/${id}`);
  await page.getByRole('button', { name: 'Show', exact: true }).first().click();
  const asked = page.getByRole('dialog', { name: 'Enter the PIN' });
  await expectAccessible(page);
  await keepPictures(page, 'pin-asked');
  await asked
    .getByRole('textbox', { name: 'PIN' })
    .or(asked.getByLabel('PIN', { exact: true }))
    .first()
    .fill(pin);
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expect(page.getByRole('main')).toContainText(/whsec_|https:/);
  for (let tries = 0; tries < 5; tries += 1) await relay.call('lock.enter', { pin: '999111' }).catch(() => {});
  await relay.call('lock.screen', {});
  await page.reload();
  await expect(page.getByRole('main')).toContainText('The PIN was wrong five times. It can be tried again at');
  await relay.call('preferences.change', { change: { language: 'fil' } });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Naka-lock' })).toBeVisible();
  await keepPictures(page, 'locked-fil');
});
