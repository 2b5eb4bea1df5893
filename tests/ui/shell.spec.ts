/** The frame of the window in a real browser: keys, palette, what the content security policy lets through. */
import { expectNothingCutOff, settle } from './support/proof.ts';
import { expect, test } from './support/relay.ts';

test('nothing on any page breaks the content security policy, and nothing is thrown', async ({ page, relay }) => {
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  await relay.open(page, '/');
  for (const path of [
    'deliveries',
    'endpoints',
    'events',
    'sources',
    'sources/new',
    'bench',
    'export',
    'settings',
    'settings/network',
  ]) {
    await page.evaluate((to) => {
      window.location.hash = `#/${to}`;
    }, path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await settle(page);
  }
  expect(problems).toEqual([]);
});

test('the palette leads anywhere by keyboard alone', async ({ page, relay }) => {
  await relay.endpoint('Bookkeeping', await relay.receiver());
  await relay.open(page, '/');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sourc');
  await expect(page.getByRole('option').first()).toContainText('Sources');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('pause');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Deliveries are paused for an hour.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await relay.call('situation.get', {})).pausedUntil).toBeNull();
});

test('the sheet of keys opens with ? and closes with Escape', async ({ page, relay }) => {
  await relay.open(page, '/');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the first Tab offers to skip the navigation', async ({ page, relay }) => {
  await relay.open(page, '/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#content')).toBeFocused();
});

test('at 200 % zoom everything is still there', async ({ page, relay }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await relay.open(page, '/');
  for (const path of ['/', '/sources', '/sources/new', '/settings/network', '/export']) {
    await page.evaluate((to) => {
      window.location.hash = `#${to}`;
    }, path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNothingCutOff(page);
  }
});

test('a window without a session says how to get one', async ({ page, relay }) => {
  await relay.open(page, '/');
  const address = page.url();
  await page.context().clearCookies();
  await page.goto(address.replace('#/', '?again#/'));
  // As it can be pasted where this engine was started from.
  await expect(page.getByText(/npm run -s relay -- --data .+ open/)).toBeVisible();
});
