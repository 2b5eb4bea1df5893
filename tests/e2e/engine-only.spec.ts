/** The engine before anybody has signed in, as a task of the system's starts it; then the desktop app on the same data. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { booking, connect } from './endpoints.ts';

const health = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/v1/health`).then(
    ({ ok }) => ok,
    () => false,
  );

test('it takes and delivers events without a window, and gives way to the desktop app, which loses nothing', async ({
  property,
}) => {
  const set = await property.start();
  const { receiver, token } = await connect(set);
  await set.quit();

  const engine = property.startEngineOnly();
  const ended = new Promise((resolve) => engine.once('exit', resolve));
  await expect.poll(() => health(property.port), { timeout: 20_000 }).toBe(true);
  expect((await property.post(token, booking('bk_night'))).status).toBe(202);
  await receiver.received(1, 15_000);

  // Somebody signs in: no message, no second start, no port elsewhere.
  const app = await property.start();
  expect(await ended).toBe(0);
  const { intake, waiting } = await app.call('situation.get', {});
  expect([intake.missed, waiting]).toEqual([null, 0]);
  expect((await property.post(token, booking('bk_day'))).status).toBe(202);
  await receiver.received(2, 15_000);
  const log = readFileSync(join(property.folder, 'data', 'logs', 'desktop.log'), 'utf8');
  expect(log).toContain('gives way');

  // The task begins again, after somebody else’s sign-out: the desktop app has the folder, and keeps it.
  const again = property.startEngineOnly();
  expect(await new Promise((resolve) => again.once('exit', resolve))).toBe(0);
  expect((await app.call('situation.get', {})).intake.missed).toBeNull();
});
