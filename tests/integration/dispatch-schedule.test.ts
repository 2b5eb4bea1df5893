/** The schedule, failing, trials and recovery, against a real receiver and a clock that the test moves. */
import { describe, expect, it } from 'vitest';
import { type EndpointId, retryDelaysMs, trialIntervalMs } from '../../shared/domain.ts';
import type { DeliveryRow } from '../../shared/schemas.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const rows = async (test: TestEngine): Promise<readonly DeliveryRow[]> =>
  (await test.call('deliveries.list', {})).rows.toReversed();
const endpoint = (test: TestEngine, id: EndpointId) => test.call('endpoints.get', { id });
/** Everything that was begun has been recorded. */
const attempts = (test: TestEngine, event: number, n: number) =>
  test.until(
    async () => (await rows(test))[event],
    (row) => row?.attempts === n && row.state !== 'sending',
  );

/** Lets the endpoint fail until its first delivery has `n` failures. */
async function failTimes(test: TestEngine, receiver: Receiver, n: number): Promise<void> {
  for (let failures = 1; failures <= n; failures += 1) {
    await receiver.received(failures);
    await attempts(test, 0, failures);
    if (failures < n) await pass(test, retryDelaysMs[failures - 1] ?? 0);
  }
}

/** Hours pass as on a PC that is busy until a minute before their end: what fell due meanwhile runs once, not each hour. */
async function pass(test: TestEngine, ms: number): Promise<void> {
  const slowlyMs = Math.min(ms, 60_000);
  await test.clock.stride(ms - slowlyMs);
  await test.clock.advance(slowlyMs);
}

describe('the schedule', () => {
  it('tries again after 1 min, 5 min, 30 min, 2 h and 24 h, to the millisecond, then needs attention', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerWith({ status: 500 });
    await test.addEndpoint(receiver);
    await test.post('booking.created', { booking_id: 'bk_1' });
    for (const [index, delayMs] of retryDelaysMs.entries()) {
      await receiver.received(index + 1);
      await attempts(test, 0, index + 1);
      await pass(test, delayMs - 1);
      expect(receiver.requests).toHaveLength(index + 1);
      await test.clock.advance(1);
    }
    await receiver.received(6);
    const row = await attempts(test, 0, 6);
    expect(row).toMatchObject({ state: 'needs_attention', failures: 6, status: 500 });
    expect(new Set(receiver.requests.map(({ headers }) => headers['x-roostsync-event-id'])).size).toBe(1);
    expect(receiver.requests.map(({ headers }) => headers['x-roostsync-attempt'])).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
    ]);
  });

  it('waits as long as the receiver asks for, and that counts for nothing', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerNext({ status: 429, headers: { 'retry-after': '120' } });
    await test.addEndpoint(receiver);
    await test.post('booking.created', { booking_id: 'bk_1' });
    expect(await attempts(test, 0, 1)).toMatchObject({ failures: 0, state: 'waiting', reason: 'throttled' });
    await test.post('booking.created', { booking_id: 'bk_2' });
    await test.clock.advance(119_000);
    expect(receiver.requests).toHaveLength(1);
    await test.clock.advance(1_000);
    await receiver.received(3);
  });

  it('a receiver that says it is gone pauses the endpoint, and the event waits', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerNext({ status: 410 });
    const { id } = await test.addEndpoint(receiver);
    await test.post('booking.created', { booking_id: 'bk_1' });
    expect(await attempts(test, 0, 1)).toMatchObject({ state: 'waiting', failures: 0, reason: 'endpoint_paused' });
    expect(await endpoint(test, id)).toMatchObject({ state: 'paused', pausedBy: null });
    await test.call('endpoints.resume', { id });
    await receiver.received(2);
  });
});

describe('a receiver that goes and comes', () => {
  it('gets what is in the middle of its retries with its first success, what failed in an earlier outage included', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver, { limits: { inFlight: 1, perSecond: 100 } });
    const said = () => receiver.requests.map(({ text }) => JSON.parse(text).data.booking_id as string);
    receiver.answerWith({ status: 502 });
    await test.post('booking.created', { booking_id: 'bk_1' });
    await attempts(test, 0, 1);
    await test.clock.advance(retryDelaysMs[0]);
    await attempts(test, 0, 2);
    // It is back for a moment, and gone again before the first one has got through.
    receiver.answerWith((request) => ({ status: request.text.includes('bk_2') ? 200 : 502 }));
    await test.post('booking.created', { booking_id: 'bk_2' });
    await attempts(test, 1, 1);
    await attempts(test, 0, 3);
    receiver.answerWith({ status: 502 });
    await test.post('booking.created', { booking_id: 'bk_3' });
    await attempts(test, 2, 1);
    await test.clock.advance(retryDelaysMs[0]);
    await attempts(test, 2, 2);
    expect((await rows(test)).map(({ state }) => state)).toEqual(['waiting', 'delivered', 'waiting']);
    // The first has half an hour to wait, the third five minutes: a new event ends that for both.
    receiver.clear();
    receiver.answerWith({ status: 200 });
    await test.post('booking.created', { booking_id: 'bk_4' });
    await receiver.received(3);
    expect(said()[0]).toBe('bk_4');
    expect(said().slice(1).sort()).toEqual(['bk_1', 'bk_3']);
  });

  it('gets one event that alone it refuses again and again at its own times only', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver, { limits: { inFlight: 1, perSecond: 100 } });
    receiver.answerWith((request) => (request.text.includes('bk_bad') ? { does: 'reset' } : { status: 200 }));
    await test.post('booking.created', { booking_id: 'bk_bad' });
    await attempts(test, 0, 1);
    for (let n = 1; n <= 4; n += 1) {
      await test.post('booking.created', { booking_id: `bk_${n}` });
      await attempts(test, n, 1);
    }
    // With the first success it might have been the receiver's trouble; with the others it is its own.
    expect(await attempts(test, 0, 2)).toMatchObject({ failures: 2, state: 'waiting', reason: 'retry' });
  });
});

describe('an endpoint that is failing', () => {
  it('is tried every 30 minutes with the oldest untried event, and recovers with everything that waited', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerWith({ status: 500 });
    const { id } = await test.addEndpoint(receiver, { limits: { inFlight: 1, perSecond: 100 } });
    await test.post('booking.created', { booking_id: 'bk_1' });
    await failTimes(test, receiver, 5);
    expect(await endpoint(test, id)).toMatchObject({ state: 'failing' });
    await test.post('booking.created', { booking_id: 'bk_2' });
    await test.post('booking.created', { booking_id: 'bk_3' });
    await test.clock.advance(trialIntervalMs - 1);
    expect(receiver.requests).toHaveLength(5);
    await test.clock.advance(1);
    await receiver.received(6);
    expect(await attempts(test, 1, 1)).toMatchObject({ failures: 0, state: 'waiting', reason: 'endpoint_failing' });
    receiver.answerWith({ status: 200 });
    await test.clock.advance(trialIntervalMs);
    const all = await receiver.received(9);
    expect(all.slice(5).map(({ text }) => JSON.parse(text).data.booking_id)).toEqual(['bk_2', 'bk_2', 'bk_1', 'bk_3']);
    expect(await endpoint(test, id)).toMatchObject({ state: 'active', failingSince: null });
    const { recoveries } = await test.call('situation.get', {});
    expect(recoveries).toMatchObject([{ endpointId: id, waited: 2 }]);
  });

  it('gives what used up its retries one further attempt, but nothing that was overtaken', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerWith({ status: 500 });
    const { id } = await test.addEndpoint(receiver);
    await test.post('booking.created', { booking_id: 'bk_1' });
    await test.post('booking.created', { booking_id: 'bk_2' });
    for (const delayMs of retryDelaysMs) {
      await test.until(
        () => rows(test),
        (all) => all.every((row) => row.state !== 'sending' && row.attempts > 0),
      );
      await pass(test, delayMs);
    }
    const used = await test.until(
      () => rows(test),
      (all) => all.every((row) => row.state === 'needs_attention'),
    );
    expect(used.map((row) => row.failures)).toEqual([6, 6]);
    expect(await endpoint(test, id)).toMatchObject({ state: 'failing' });
    receiver.clear();
    receiver.answerWith({ status: 200 });
    // The trial that is due goes out with something newer of the second booking, and gets through.
    await test.post('booking.cancelled', { booking_id: 'bk_2' });
    await test.clock.advance(trialIntervalMs);
    const after = await test.until(
      () => rows(test),
      (all) => all[0]?.state === 'delivered' && all[2]?.state === 'delivered',
    );
    expect(after[1]?.state).toBe('needs_attention');
    expect(receiver.requests).toHaveLength(2);
  });

  it('an event that is refused while others get through does not make it failing', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerWith((request) => ({ status: request.text.includes('bk_bad') ? 500 : 200 }));
    const { id } = await test.addEndpoint(receiver);
    await test.post('booking.created', { booking_id: 'bk_bad' });
    await attempts(test, 0, 1);
    await test.post('booking.created', { booking_id: 'bk_good' });
    await receiver.received(2);
    for (let n = 1; n < 5; n += 1) {
      await attempts(test, 0, n);
      await pass(test, retryDelaysMs[n - 1] ?? 0);
    }
    await attempts(test, 0, 5);
    expect(await endpoint(test, id)).toMatchObject({ state: 'degraded' });
  });
});
