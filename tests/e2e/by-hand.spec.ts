/** A person sets the property up in the window, with the mouse and the keyboard, and works with tray and toasts. */
import { startReceiver } from '../support/receiver.ts';
import { expect, pictureOf, test } from './app.ts';
import { booking, connect } from './endpoints.ts';
import { canReadToasts, clickToast, forgetToasts, toastsOnScreen } from './notifications.ts';
import { hasScreenTools, leaveTray, openTrayMenu, pickFromTrayMenu, trayColour } from './screen.ts';

test('a source is connected, an endpoint made, tested and enabled in the window, and an event goes through', async ({
  property,
}) => {
  await using receiver = await startReceiver();
  const { page } = await property.start();
  await page
    .getByRole('link', { name: 'Connect a source' })
    .or(page.getByRole('button', { name: 'Connect a source' }))
    .first()
    .click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Front desk PMS');
  await page.getByRole('button', { name: 'Create source and token' }).click();
  const shown = page.getByText(/rrt_[\w-]+/).first();
  await expect(shown).toBeVisible();
  const token = /rrt_[\w-]+/.exec((await shown.textContent()) ?? '')?.[0] ?? '';
  pictureOf('source-made');

  await page.goto('app://bundle/#/endpoints/new');
  await page.getByRole('textbox', { name: 'Address' }).fill(receiver.url);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('All nine').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Bookkeeping');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Certificate, pace and order').click();
  await page.getByRole('textbox', { name: /Certificate of a receiver/ }).fill(receiver.caPem);
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(page.getByText(/Bookkeeping took it: 200/)).toBeVisible();
  pictureOf('endpoint-tested');
  await page.getByRole('button', { name: 'Enable', exact: true }).click();
  await expect(page.getByText(/Bookkeeping is enabled/)).toBeVisible();
  receiver.clear();

  expect((await property.post(token, booking('bk_1'))).status).toBe(202);
  await receiver.received(1);
  await page.goto('app://bundle/#/');
  await expect(page.getByText('Active').first()).toBeVisible();
  await expect(page.getByText('1 event today').first()).toBeVisible();
  pictureOf('set-up-by-hand');
});

test('everything is paused for an hour from the tray, and resumed from there', async ({ property }) => {
  test.skip(!hasScreenTools(), 'there is no xdotool to use the tray with');
  const app = await property.start();
  const { receiver, token } = await connect(app);
  await openTrayMenu();
  pickFromTrayMenu({ fromBottom: 2 });
  await expect.poll(trayColour).toBe('grey');
  await property.post(token, booking('bk_1'));
  await expect.poll(async () => (await app.call('situation.get', {})).waiting).toBe(1);
  await app.page.waitForTimeout(1500);
  expect(receiver.requests).toHaveLength(0);
  await openTrayMenu();
  pictureOf('paused-tray-menu');
  pickFromTrayMenu({ fromBottom: 2 });
  await receiver.received(1, 15_000);
  await expect.poll(trayColour).toBe('green');
  const acts = (await app.call('audit.list', {})).rows.filter(({ surface }) => surface === 'tray');
  expect(acts.map(({ act }) => act)).toEqual(['relay.resume', 'relay.pause']);
  leaveTray();
});

test('quitting from the tray says what stops, and keeps working when told so', async ({ property }) => {
  test.skip(!hasScreenTools(), 'there is no xdotool to use the tray with');
  const app = await property.start();
  const ended = new Promise((resolve) => app.electron.process().once('exit', resolve));
  await app.electron.evaluate(({ dialog }) => {
    const asked = dialog as unknown as { kept: string[]; showMessageBox: unknown };
    asked.kept = [];
    asked.showMessageBox = async (options: { message: string; detail: string }) => {
      asked.kept.push(`${options.message} ${options.detail}`);
      return { response: asked.kept.length === 1 ? 1 : 0 };
    };
  });
  await openTrayMenu();
  pickFromTrayMenu({ fromBottom: 1 });
  const said = () => app.electron.evaluate(({ dialog }) => (dialog as unknown as { kept: string[] }).kept);
  await expect.poll(said).toHaveLength(1);
  expect((await said())[0]).toContain('no events are taken from the PMS and nothing is sent');
  expect((await app.tryCall('situation.get', {})).ok).toBe(true);
  await openTrayMenu();
  pickFromTrayMenu({ fromBottom: 1 });
  await ended;
});

test('a click on a toast opens the right place in the window', async ({ property }) => {
  test.skip(!canReadToasts(), 'the toasts of this desktop cannot be clicked: there is no dunst');
  const app = await property.start();
  const { receiver, endpoint, token } = await connect(app);
  await forgetToasts();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  receiver.answerWith({ status: 410, body: 'gone' });
  await property.post(token, booking('bk_1'));
  await expect.poll(toastsOnScreen).toBe(1);
  pictureOf('gone-toast');
  clickToast();
  const place = () =>
    app.electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return window?.isVisible() ? window.webContents.getURL() : 'hidden';
    });
  await expect.poll(place).toBe(`app://bundle/#/endpoints/${endpoint.id}`);
  await expect(app.page.getByRole('heading', { name: 'Bookkeeping' }).first()).toBeVisible();
  await expect.poll(toastsOnScreen).toBe(0);
  pictureOf('toast-clicked');
});

test('no toast for what the window shows', async ({ property }) => {
  test.skip(!canReadToasts(), 'the toasts of this desktop cannot be read: there is no dunst');
  const app = await property.start();
  const { receiver, token } = await connect(app);
  await app.page.goto('app://bundle/#/');
  await app.page.bringToFront();
  await forgetToasts();
  receiver.answerWith({ status: 410, body: 'gone' });
  await property.post(token, booking('bk_1'));
  await expect(app.page.getByText('Bookkeeping says this address is gone for good').first()).toBeVisible();
  await app.page.waitForTimeout(4000);
  expect(toastsOnScreen()).toBe(0);
});
