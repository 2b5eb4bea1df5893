/** The system's time zone is set to another one while the app runs, as somebody who arrives with a laptop does. */
import { expect, pictureOf, test } from './app.ts';
import { booking, connect } from './endpoints.ts';
import { ownZone, zoneObstacle } from './own-zone.ts';

const obstacle = zoneObstacle();
test.skip(obstacle !== null, obstacle ?? '');

/** As the window writes it, on today's and on another day. */
const timeIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at);

test('within a minute the window tells times in the new zone; what is due stays due, and nothing goes out for it', async ({
  property,
}) => {
  const zone = ownZone(property.folder, property.binary, 'Asia/Manila');
  const app = await property.start({ executable: zone.executable });
  const { receiver, endpoint, token } = await connect(app);
  expect((await app.call('situation.get', {})).timeZone).toBe('Asia/Manila');
  receiver.answerWith({ status: 503, headers: { 'retry-after': '7200' } });
  await property.post(token, booking('bk_1'));
  await receiver.received(1);
  const row = async () => (await app.call('deliveries.list', {})).rows[0];
  await expect.poll(async () => (await row())?.state).toBe('waiting');
  await property.post(token, booking('bk_2'));
  const due = async () =>
    (await app.call('deliveries.list', {})).rows.map(({ id, nextAttemptAt }) => [id, nextAttemptAt]);
  const before = await due();
  const { waiting } = await app.call('endpoints.get', { id: endpoint.id });
  const at = (await row())?.nextAttemptAt ?? 0;
  expect(at).toBeGreaterThan(Date.now() + 3_600_000);

  await app.page.goto('app://bundle/#/');
  const main = app.page.getByRole('main');
  await expect(main).toContainText(timeIn('Asia/Manila', at));
  pictureOf('zone-manila');
  zone.set('Australia/Adelaide');
  await expect(main).toContainText(timeIn('Australia/Adelaide', at), { timeout: 75_000 });
  await expect(main).not.toContainText(timeIn('Asia/Manila', at));
  pictureOf('zone-adelaide');
  expect((await app.call('situation.get', {})).timeZone).toBe('Australia/Adelaide');
  expect(await due()).toEqual(before);
  expect((await app.call('endpoints.get', { id: endpoint.id })).waiting).toBe(waiting);
  expect(receiver.requests).toHaveLength(1);
  // It goes on as before: what is new is taken, and waits behind what is due.
  expect((await property.post(token, booking('bk_3'))).status).toBe(202);
});
