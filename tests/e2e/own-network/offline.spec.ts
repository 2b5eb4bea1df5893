/** The only network interface goes down and comes back, while events wait. */
import { expect, pictureOf, type RunningApp, test } from '../app.ts';
import { booking, connect, connectTo } from '../endpoints.ts';
import { canReadToasts, forgetToasts, shownToasts, toastsOnScreen } from '../notifications.ts';
import { leaveTray, openTrayMenu, trayColour } from '../screen.ts';
import { startInternet } from './internet.ts';

const hideWindow = (app: RunningApp) =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());

test('no internet: one toast, the tray and the banner say so; back: one toast, and all goes out', async ({
  property,
}) => {
  test.skip(!canReadToasts(), 'the toasts of this desktop cannot be read: there is no dunst');
  const app = await property.start();
  await using internet = await startInternet();
  const away = await connectTo(app, 'Bookkeeping', internet.receiver);
  const near = await connect(app, 'Kitchen printer');
  expect([away.endpoint.local, near.endpoint.local]).toEqual([false, true]);
  await forgetToasts();
  await hideWindow(app);

  internet.cable('down');
  for (let n = 0; n < 3; n += 1) expect((await property.post(away.token, booking(`bk_${n}`))).status).toBe(202);
  // What stands on the property's own network needs no internet.
  await near.receiver.received(3, 15_000);
  await expect.poll(trayColour, { timeout: 30_000 }).toBe('blue');
  await expect.poll(toastsOnScreen).toBe(1);
  pictureOf('offline-toast-and-tray');
  await openTrayMenu();
  pictureOf('offline-tray-menu');
  leaveTray();
  await app.electron.evaluate(({ app: electronApp }) => electronApp.emit('second-instance'));
  await app.page.goto('app://bundle/#/');
  await expect(app.page.getByText(/This PC has had no network connection since/).first()).toBeVisible();
  await expect(app.page.getByText(/3 events are safe and waiting/).first()).toBeVisible();
  pictureOf('offline-banner');
  await hideWindow(app);
  const [gone, ...more] = shownToasts();
  expect(gone?.title).toMatch(/^This PC has had no network connection since \d/);
  expect(gone?.body).toContain('3 events are safe and waiting');
  expect(more).toEqual([]);
  expect(away.receiver.count).toBe(0);
  const { rows } = await app.call('deliveries.list', { filter: { endpointIds: [away.endpoint.id] } });
  expect(rows).toHaveLength(3);
  // The oldest may still be on its way over a connection that was open: TCP takes its time to see that it is dead.
  for (const { state, failures } of rows) expect([['waiting', 'sending'].includes(state), failures]).toEqual([true, 0]);

  internet.cable('up');
  await expect.poll(() => away.receiver.count, { timeout: 30_000 }).toBe(3);
  await expect.poll(trayColour).toBe('green');
  await expect.poll(toastsOnScreen).toBe(1);
  pictureOf('online-again');
  const [back, ...others] = shownToasts();
  expect(back?.title).toMatch(/^The internet is back\./);
  expect(others.map(({ title }) => title)).toEqual([gone?.title]);
});
