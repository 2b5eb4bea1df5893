/** An event that goes out late says how late it is, counted from when the PMS handed it over. */
import { expect, it } from 'vitest';
import { writeSpoolFiles } from '../../electron/engine/intake/spool-file.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import { createFakeClock, minuteMs } from '../support/clock.ts';
import { afterAttempts, booking, delivered, deliveryOf, pass, passAttempts } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { down, isSignedWith, startReceiver, up } from '../support/receiver.ts';

const header = 'x-roostsync-late-seconds';
const threeYearsMs = 3 * 365 * 86_400_000;

it('an event says how late it is from a minute on: on retries, on resends, and in its attempt’s headers', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  const { id: endpoint, secret } = await test.addEndpoint(receiver);
  const lateOf = (n: number) => receiver.requests[n]?.headers[header];

  receiver.answerWith(down);
  const event = await booking(test, 'bk_1');
  await passAttempts(test, event, 2);
  receiver.answerWith(up);
  await passAttempts(test, event, 3);
  const { id, attemptsMade } = await deliveryOf(test, event, delivered);
  expect([0, 1, 2].map(lateOf)).toEqual([undefined, '60', '360']);
  expect(receiver.requests.every((request) => isSignedWith(request, secret))).toBe(true);
  const kept = attemptsMade.map(({ requestHeaders }) => new Map(requestHeaders).get('X-RoostSync-Late-Seconds'));
  expect(kept).toEqual([undefined, '60', '360']);

  await pass(test, 60 * minuteMs);
  await test.call('deliveries.resend', { id });
  await receiver.received(4);
  expect(lateOf(3)).toBe('3960');
  await test.call('endpoints.test', { id: endpoint });
  expect(receiver.requests[4]?.headers['x-roostsync-test']).toBe('true');
  expect(lateOf(4)).toBeUndefined();
});

it('how late it is does not depend on a clock that was set meanwhile, and counts what it waited while paused', async () => {
  await using receiver = await startReceiver();
  const clock = createFakeClock(Date.now() - threeYearsMs);
  await using test = await startTestEngine({ clock });
  const { id } = await test.addEndpoint(receiver);
  await test.call('endpoints.pause', { id });
  const event = await booking(test, 'bk_1');
  await test.clock.advance(40_000);
  test.clock.setWall(threeYearsMs);
  await test.clock.advance(50_000);
  await test.call('endpoints.resume', { id });
  await deliveryOf(test, event, delivered);
  expect(receiver.requests[0]?.headers[header]).toBe('90');
});

it('what was handed over while the app was closed is as late as it waited in the spool folder', async () => {
  await using folder = await temporaryFolder();
  await using receiver = await startReceiver();
  const clock = createFakeClock(Date.now());
  const options = { dataFolder: folder.path, clock, vault: createTestVault() };
  const first = await startTestEngine(options);
  await first.addEndpoint(receiver);
  await first.stop();
  const spooledAtMs = clock.wallMs();
  const id = createIdSource().event(spooledAtMs);
  await writeSpoolFiles(folder.path, [
    { id, spooledAtMs, text: JSON.stringify({ event: 'booking.created', data: { booking_id: 'bk_1' } }) },
  ]);
  await clock.advance(5 * minuteMs);
  await using test = await startTestEngine(options);
  await deliveryOf(test, id, afterAttempts(1));
  expect(receiver.requests[0]?.headers[header]).toBe('300');
});

it('a person’s own header cannot have that name', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  const headers = [{ name: 'X-ROOSTSYNC-late-seconds', value: '1' }];
  await expect(test.addEndpoint(receiver, { headers })).rejects.toThrow('X-ROOSTSYNC-late-seconds');
});
