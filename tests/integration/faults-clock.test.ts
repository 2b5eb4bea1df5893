import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/events.ts';
import { minuteMs } from '../support/clock.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

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

describe('a clock that somebody sets', () => {
  it.each([
    ['back by three days', -3 * dayMs],
    ['back by ten years', -3650 * dayMs],
    ['forward by three days', 3 * dayMs],
    ['forward by ten minutes', 10 * minuteMs],
  ])('%s: the retry comes a minute after the failure, neither sooner nor later', async (_, byMs) => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await failedOnce(test, receiver);
    test.clock.setWall(byMs);
    await test.clock.advance(minuteMs - 2_000);
    expect(receiver.requests).toHaveLength(0);
    await test.clock.advance(2_000);
    await receiver.received(1);
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
});
