/** From the first start to a delivered, failed, resent and recovered event, in the real app. */
import { execFileSync } from 'node:child_process';
import { isSignedWith } from '../support/receiver.ts';
import { expect, pictureOf, type RunningApp, test } from './app.ts';
import { booking, type Connected, connect } from './endpoints.ts';
import { canReadToasts, forgetToasts, shownToasts, toastsOnScreen } from './notifications.ts';
import { closeActiveWindow, hasScreenTools, leaveTray, openTrayMenu, trayColour } from './screen.ts';

/** Fails the oldest delivery until its endpoint counts as failing. */
async function makeFail(app: RunningApp, { receiver, endpoint }: Connected): Promise<void> {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    if (attempt > 1) await app.call('endpoints.tryNow', { id: endpoint.id });
    await receiver.received(attempt, 15_000);
    await expect
      .poll(async () => (await app.call('deliveries.list', {})).rows.at(-1)?.failures, { timeout: 15_000 })
      .toBe(attempt);
  }
}

const stateOf = async (app: RunningApp, { endpoint }: Connected) =>
  (await app.call('endpoints.get', { id: endpoint.id })).state;

test('the first start shows the window, the tray, and the first step', async ({ property }) => {
  const app = await property.start();
  await expect(app.page.locator('h1').first()).toBeVisible();
  expect(await app.call('surface.info', {})).toMatchObject({ surface: 'desktop', platform: process.platform });
  // Nothing is set up yet, and it says so: green would be a promise.
  if (hasScreenTools()) await expect.poll(trayColour).toBe('grey');
  pictureOf('first-start');
});

test('an event from curl is delivered, signed, to an HTTPS receiver', async ({ property }) => {
  const app = await property.start();
  const { receiver, secret, token } = await connect(app);
  const answer = execFileSync('curl', [
    ...['-sS', '-X', 'POST', `http://127.0.0.1:${property.port}/v1/events`],
    ...['-H', `Authorization: Bearer ${token}`, '-H', 'Content-Type: application/json'],
    ...['-d', JSON.stringify(booking('bk_1'))],
  ]);
  const { id } = JSON.parse(answer.toString()) as { id: string };
  const [request] = await receiver.received(1);
  expect(request && isSignedWith(request, secret)).toBe(true);
  expect(request?.headers['x-roostsync-event-id']).toBe(id);
  expect(JSON.parse(request?.text ?? '{}')).toMatchObject({ event: 'booking.created', property_id: 'hotel-1' });
  await app.page.goto('app://bundle/#/deliveries');
  await expect(app.page.getByText('Juan dela Cruz').first()).toBeVisible();
  pictureOf('delivered');
});

test('a failing receiver leads to one toast, the tray state and the banner; its recovery ends all three', async ({
  property,
}) => {
  test.skip(!canReadToasts(), 'the toasts of this desktop cannot be read: there is no dunst');
  const app = await property.start();
  const connected = await connect(app);
  const { receiver, endpoint, token } = connected;
  await forgetToasts();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  receiver.answerWith({ status: 500, body: 'no' });
  await property.post(token, booking('bk_1'));
  await makeFail(app, connected);
  await expect.poll(() => stateOf(app, connected)).toBe('failing');
  await property.post(token, booking('bk_2'));

  await expect.poll(toastsOnScreen).toBe(1);
  await expect.poll(trayColour).toBe('red');
  pictureOf('failing-toast-and-tray');
  await openTrayMenu();
  pictureOf('failing-tray-menu');
  leaveTray();

  await app.electron.evaluate(({ app: electronApp }) => electronApp.emit('second-instance'));
  await app.page.goto('app://bundle/#/');
  await expect(app.page.getByText('Bookkeeping answers with an error (500)').first()).toBeVisible();
  await app.page.waitForTimeout(2500);
  pictureOf('failing-banner');
  const toasts = shownToasts().filter(({ title }) => title.includes('Bookkeeping'));
  expect(toasts.map(({ title }) => title)).toEqual(['Bookkeeping answers with an error (500)']);
  expect(toasts[0]?.body).toContain('Nothing is lost:');

  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  receiver.answerWith({ status: 200 });
  await app.call('endpoints.tryNow', { id: endpoint.id });
  await expect.poll(() => stateOf(app, connected)).toBe('active');
  await receiver.until((requests) => new Set(requests.map(({ text }) => text)).size === 2, 20_000);
  await expect.poll(trayColour).toBe('green');
  await expect.poll(toastsOnScreen).toBe(1);
  pictureOf('recovered');
  expect(shownToasts()[0]?.title).toBe('Bookkeeping works again');
});

test('a delivered event is sent again on request, under the same id', async ({ property }) => {
  const app = await property.start();
  const { receiver, token } = await connect(app);
  await property.post(token, booking('bk_1'));
  await receiver.received(1);
  await expect.poll(async () => (await app.call('deliveries.list', {})).rows[0]?.state).toBe('delivered');
  const [row] = (await app.call('deliveries.list', {})).rows;
  if (!row) throw new Error('no delivery');
  await app.call('deliveries.resend', { id: row.id });
  const [first, second] = await receiver.received(2);
  expect(second?.headers['x-roostsync-event-id']).toBe(first?.headers['x-roostsync-event-id']);
  expect(second?.body).toEqual(first?.body);
  pictureOf('resent');
});

test('closing the window leaves the app at work in the tray, and a second start shows it again', async ({
  property,
}) => {
  test.skip(!hasScreenTools(), 'there is no xdotool to close the window with');
  const app = await property.start();
  const { receiver, token } = await connect(app);
  await app.page.bringToFront();
  await forgetToasts();
  closeActiveWindow();
  const isVisible = () => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await expect.poll(isVisible).toBe(false);
  pictureOf('closed-to-tray');
  await expect.poll(trayColour).toBe('green');
  if (canReadToasts()) await expect.poll(() => shownToasts()[0]?.title).toBe('Roost Relay goes on working');
  await property.post(token, booking('bk_1'));
  await receiver.received(1);

  const second = await property.startAgain();
  expect(second).toBe(0);
  await expect.poll(isVisible).toBe(true);
  pictureOf('second-start');
});

test('where there is no tray, closing the window minimises it', async ({ property }) => {
  test.skip(process.platform !== 'linux' || !hasScreenTools(), 'only Linux desktops come without a tray');
  const app = await property.start({ env: { XDG_CURRENT_DESKTOP: 'GNOME' } });
  expect(await app.call('surface.info', {})).toMatchObject({ tray: false });
  await app.page.bringToFront();
  closeActiveWindow();
  const window = () =>
    app.electron.evaluate(({ BrowserWindow }) => {
      const [shown] = BrowserWindow.getAllWindows();
      return [shown?.isMinimized(), BrowserWindow.getAllWindows().length];
    });
  await expect.poll(window).toEqual([true, 1]);
});
