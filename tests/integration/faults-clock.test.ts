import { describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { catalogue } from '../../shared/events.ts';
import { createFakeClock, minuteMs } from '../support/clock.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type ReceivedRequest, type Receiver, startReceiver } from '../support/receiver.ts';

const dayMs = 86_400_000;
const booking = catalogue['booking.created'].sample;

/** An event whose first attempt has just failed, so that its retry is due in a minute. */
async function failedOnce(test: TestEngine, receiver: Receiver): Promise<void> {
  receiver.answerNext({ status: 500 });
  await test.addEndpoint(receiver);
  await test.post('booking.created', booking);
  await test.until(
    async () => (await test.call('deliveries.list', {})).rows[0],
    (row) => row?.failures === 1,
  );
  receiver.clear();
}

const lateSecondsOf = (request: ReceivedRequest | undefined): number =>
  Number(request?.headers['x-roostsync-late-seconds']);

describe('a clock that somebody sets', () => {
  it.each([
    ['back by three days', -3 * dayMs],
    ['back by ten years', -3650 * dayMs],
    ['forward by three days', 3 * dayMs],
    ['forward by ten minutes', 10 * minuteMs],
    ['forward by an hour', 60 * minuteMs],
    ['back by an hour', -60 * minuteMs],
    ['forward by ten years', 3650 * dayMs],
  ])('%s: the retry comes a minute after the failure, neither sooner nor later', async (_, byMs) => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await failedOnce(test, receiver);
    test.clock.setWall(byMs);
    await test.clock.advance(minuteMs - 2_000);
    expect(receiver.requests).toHaveLength(0);
    await test.clock.advance(2_000);
    const [retry] = await receiver.received(1);
    // Signed when it was sent, by the clock as it stands then.
    const signedAt = Number(retry?.headers['webhook-timestamp']) * 1000;
    expect(Math.abs(signedAt - test.clock.wallMs())).toBeLessThan(2_000);
    // It has waited for a minute, whatever the clock shows.
    expect(lateSecondsOf(retry)).toBeGreaterThanOrEqual(60);
    expect(lateSecondsOf(retry)).toBeLessThan(70);
  });

  it('49 days later, past every 32-bit count of milliseconds, a retry comes when it is due', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await failedOnce(test, receiver);
    test.clock.sleep(2 ** 32 - 30_000);
    receiver.answerNext({ status: 500 });
    test.engine.resume();
    const [retry] = await receiver.received(1);
    expect(lateSecondsOf(retry)).toBeGreaterThanOrEqual(Math.floor(2 ** 32 / 1000) - 30);
    expect(lateSecondsOf(retry)).toBeLessThan(2 ** 32 / 1000 + 60);
    await test.until(
      async () => (await test.call('deliveries.list', {})).rows[0],
      (row) => row?.failures === 2,
    );
    await test.clock.advance(5 * minuteMs - 1_000);
    expect(receiver.requests).toHaveLength(1);
    await test.clock.advance(2_000);
    await receiver.received(2);
  });

  it('what is due in more than 24.8 days does not come at once, as a timer of Node’s would', async () => {
    let ran = false;
    const cancel = systemClock.after(2 ** 31 + 60_000, () => {
      ran = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    cancel();
    expect(ran).toBe(false);
  });

  it('set back between two events: they keep their order, and go out in it', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver, { limits: { inFlight: 1, perSecond: 1000 } });
    const first = await test.post('booking.created', { booking_id: 'bk_1' });
    await receiver.received(1);
    test.clock.setWall(-5 * dayMs);
    const second = await test.post('booking.cancelled', { booking_id: 'bk_1' });
    await receiver.received(2);
    expect(receiver.requests.map(({ headers }) => headers['x-roostsync-event-id'])).toEqual([
      first.body.id,
      second.body.id,
    ]);
    const { rows } = await test.call('events.list', {});
    expect(rows.map(({ id }) => id)).toEqual([second.body.id, first.body.id]);
  });

  it('a PC that slept through a retry sends it on waking', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await failedOnce(test, receiver);
    test.engine.suspend();
    test.clock.sleep(8 * 3_600_000);
    expect(receiver.requests).toHaveLength(0);
    test.engine.resume();
    await test.clock.advance(1_000);
    await receiver.received(1);
  });

  it('a PC that hibernated for three days, untold, sends what is due once, one first, and signs it afresh', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await failedOnce(test, receiver);
    for (let n = 0; n < 5; n += 1) await test.post('order.created', { order_id: `or_${n}`, total: n });
    await receiver.received(5);
    receiver.clear();
    // No word of the system's before it or after: only the clocks tell.
    test.clock.sleep(3 * dayMs);
    await test.clock.advance(2 * minuteMs);
    const [retry, ...more] = await receiver.received(1);
    expect(more).toEqual([]);
    expect(Math.abs(Number(retry?.headers['webhook-timestamp']) * 1000 - test.clock.wallMs())).toBeLessThan(
      2 * minuteMs,
    );
    expect(lateSecondsOf(retry)).toBeGreaterThanOrEqual(60);
  });
});

describe('summer time', () => {
  it.each([
    ['begins', '2026-03-29T00:59:30Z', '01:59', '03:00'],
    ['ends', '2026-10-25T00:59:30Z', '02:59', '02:00'],
  ])(
    '%s: a retry across it comes when it is due, once, and the day counts each event once',
    async (_, at, ...hours) => {
      const timeZone = 'Europe/Berlin';
      await using receiver = await startReceiver();
      await using test = await startTestEngine({
        clock: createFakeClock(Date.parse(at)),
        defaults: { propertyId: 'prop_test', timeZone },
      });
      const shown = () =>
        new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(test.clock.wallMs());
      const before = shown();
      await failedOnce(test, receiver);
      await test.clock.advance(minuteMs - 2_000);
      expect([before, shown()]).toEqual(hours);
      expect(receiver.requests).toHaveLength(0);
      await test.clock.advance(2_000);
      const [retry] = await receiver.received(1);
      expect(lateSecondsOf(retry)).toBeLessThan(70);
      await test.clock.advance(2 * 3_600_000);
      expect(receiver.requests).toHaveLength(1);
      expect(await test.call('situation.get', {})).toMatchObject({ waiting: 0, eventsToday: 1, deliveredToday: 1 });
    },
  );
});
