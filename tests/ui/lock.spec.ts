/** The PIN and the locked window, as somebody at the front desk meets them. */
import type { Locator, Page } from '@playwright/test';
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
  await expect(page.getByRole('main').getByText('All is well')).toBeVisible();
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

test('a form that is half filled is there with what was typed once the window is unlocked, and nothing of it before', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.call('lock.setPin', { pin });
  // A lunch break lies between: what a page was made with is kept for longer than answers usually are.
  await page.clock.install();
  const typed = 'Half of a name';
  const name = () => page.getByLabel('Name', { exact: true });
  const forms: readonly { readonly path: string; readonly field: () => Locator; fill?(): Promise<void> }[] = [
    {
      path: '/endpoints/new',
      field: name,
      // Its second step: the first one is not on the page any more.
      async fill() {
        await page.getByLabel('Address', { exact: true }).fill(receiver.url);
        await page.getByRole('button', { name: 'Continue' }).click();
      },
    },
    { path: `/endpoints/${id}/edit`, field: name },
    { path: '/sources/new', field: name },
    { path: '/settings/general', field: name },
    {
      path: '/export',
      field: () => page.getByRole('dialog').getByLabel('Why is that needed?'),
      async fill() {
        await page.getByRole('button', { name: 'Every night or month…' }).click();
        await page.getByRole('dialog').getByText('With guests’ data').click();
      },
    },
  ];
  await relay.open(page, '/events');
  for (const { path, field, fill } of forms) {
    await test.step(path, async () => {
      await relay.go(page, path);
      await fill?.();
      await field().fill(typed);
      await relay.call('lock.screen', {});
      await expectNothingBehindIt(page);
      await page.clock.fastForward('20:00');
      await expectNothingBehindIt(page);
      await expect(page.getByText(typed)).toBeHidden();
      await expect(field()).toBeHidden();
      await page.getByLabel('PIN', { exact: true }).fill(pin);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: 'Locked' })).toBeHidden();
      await expect(field()).toHaveValue(typed);
      await expect(field()).toBeFocused();
    });
  }
  // It can be gone on with: the dialog is still the one that was open.
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('navigation')).toBeVisible();
});

test('a form whose page is loaded anew behind the lock has what was typed once it is unlocked, but for secrets', async ({
  page,
  relay,
}) => {
  const receiver = await relay.receiver();
  const id = await relay.endpoint('Door locks', receiver);
  await relay.call('lock.setPin', { pin });
  await relay.open(page, '/events');
  for (const path of [`/endpoints/${id}/edit`, '/sources/new']) {
    await test.step(path, async () => {
      await relay.go(page, path);
      const name = page.getByLabel('Name', { exact: true });
      await name.fill('Half of a name');
      await relay.call('lock.screen', {});
      await expectNothingBehindIt(page);
      await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(1);
      await page.reload();
      await expectNothingBehindIt(page);
      expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('Half');
      await page.getByLabel('PIN', { exact: true }).fill(pin);
      await page.keyboard.press('Enter');
      await expect(name).toHaveValue('Half of a name');
      await expect(page).toHaveURL(new RegExp(`#${path}$`));
    });
  }
});

test('neither eyes, keys nor a screen reader come behind the lock', async ({ page, relay }) => {
  await relay.post('booking.created', { booking_id: 'bk_12', guest_name: 'Maria Santos' });
  await relay.call('lock.setPin', { pin });
  await relay.open(page, '/events');
  await expect(page.getByRole('main')).toContainText('Maria');
  await relay.call('lock.screen', {});
  await expectNothingBehindIt(page);
  await expectAccessible(page);
  await expect(page.locator('body')).not.toContainText('Maria', { useInnerText: true });
  expect(await page.locator('body').ariaSnapshot()).not.toContain('Maria');
  await page.keyboard.press('Control+k');
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press('Tab');
    const isInSight = await page.evaluate(
      () => document.activeElement === document.body || document.activeElement?.checkVisibility(),
    );
    expect(isInSight).toBe(true);
  }
  await expectNothingBehindIt(page);
});

test('the address of a locked window names no guest, also loaded anew or gone back in, and leads to the same once it is unlocked', async ({
  page,
  relay,
}) => {
  await relay.call('lock.setPin', { pin });
  await relay.open(page, '/deliveries?text=Pe%C3%B1a&state=waiting');
  const search = page.getByRole('searchbox').first();
  await expect(search).toHaveValue('Peña');
  await page.evaluate(() => {
    location.hash = '#/events?text=Santos';
  });
  await expect(search).toHaveValue('Santos');
  const locked = page.getByRole('heading', { name: 'Locked' });
  const unlock = async () => {
    await page.keyboard.type(pin);
    await page.keyboard.press('Enter');
    await expect(locked).toBeHidden();
  };
  await relay.call('lock.screen', {});
  await expect(locked).toBeVisible();
  await expect(page).toHaveURL(/#\/events$/);
  await page.goBack();
  await expect(page).toHaveURL(/#\/deliveries$/);
  await unlock();
  await expect(page).toHaveURL(/#\/deliveries\?text=Pe%C3%B1a&state=waiting$/);
  await expect(search).toHaveValue('Peña');

  await relay.call('lock.screen', {});
  await expect(locked).toBeVisible();
  await page.reload();
  await expect(locked).toBeVisible();
  await expect(page).toHaveURL(/#\/deliveries$/);
  // What the tab keeps for later is nobody's to read.
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(/deliveries|text|Pe/);
  await unlock();
  await expect(page.getByRole('navigation')).toBeVisible();
  await expect(page).toHaveURL(/#\/deliveries\?text=Pe%C3%B1a&state=waiting$/);
  await expect(search).toHaveValue('Peña');
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  // A link that names a guest, opened in a browser that is locked.
  await relay.call('lock.screen', {});
  await relay.open(page, '/events?text=Santos');
  await expect(locked).toBeVisible();
  await expect(page).toHaveURL(/#\/events$/);
});

/** To eyes, keys and screen readers the lock is all that there is. */
async function expectNothingBehindIt(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page.getByRole('heading')).toHaveCount(1);
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
}
