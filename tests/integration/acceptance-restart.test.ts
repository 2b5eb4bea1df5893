import { describe, expect, it } from 'vitest';
import type { EngineOptions } from '../../electron/engine/engine.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { createFakeClock, type FakeClock, hourMs, minuteMs } from '../support/clock.ts';
import { afterAttempts, booking, delivered, deliveryOf, pass, passAttempts } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { down, isSignedWith, type Receiver, startReceiver, up } from '../support/receiver.ts';

const dayMs = 24 * hourMs;

/** A property's PC whose engine can be stopped and started again, on one clock. */
async function pc(options: Partial<EngineOptions> = {}) {
  const folder = await temporaryFolder();
  const clock: FakeClock = createFakeClock();
  const receiver: Receiver = await startReceiver();
  const vault = createTestVault();
  const start = () => startTestEngine({ ...options, dataFolder: folder.path, clock, vault });
  let test: TestEngine = await start();
  return {
    ...{ clock, receiver },
    get test() {
      return test;
    },
    /** @param whileOff what happens to the clock meanwhile */
    async restart(whileOff: () => void = () => undefined): Promise<TestEngine> {
      await test.stop();
      whileOff();
      test = await start();
      return test;
    },
    async [Symbol.asyncDispose]() {
      await test.stop();
      await receiver.stop();
      await folder.remove();
    },
  };
}

describe('after a restart', () => {
  it('a retry comes when it was due, to the millisecond', async () => {
    await using at = await pc();
    const { receiver, clock } = at;
    receiver.answerWith(down);
    await at.test.addEndpoint(receiver);
    const event = await booking(at.test, 'bk_1');
    const { nextAttemptAt } = await passAttempts(at.test, event, 2);
    const test = await at.restart(() => clock.sleep(minuteMs));
    expect(await deliveryOf(test, event)).toMatchObject({ failures: 2, attempts: 2, nextAttemptAt });
    receiver.clear();
    await test.clock.advanceTo((nextAttemptAt ?? 0) - 1);
    expect(receiver.requests).toHaveLength(0);
    await clock.advance(1);
    const [got] = await receiver.received(1);
    expect(got?.headers['x-roostsync-attempt']).toBe('3');
  });

  it('what fell due while the PC was off goes out at once, in order', async () => {
    await using at = await pc();
    const { receiver, clock } = at;
    receiver.answerWith(down);
    await at.test.addEndpoint(receiver, { limits: { inFlight: 1, perSecond: 100 } });
    const events = [];
    for (const n of [1, 2, 3]) events.push(await booking(at.test, `bk_${n}`));
    for (const event of events) await deliveryOf(at.test, event, afterAttempts(1));
    const behind = await booking(at.test, 'bk_2', 'booking.updated');
    receiver.clear();
    receiver.answerWith(up);
    const test = await at.restart(() => clock.sleep(3 * dayMs));
    await test.clock.advance(0);
    for (const event of [...events, behind]) await deliveryOf(test, event, delivered);
    const ids = receiver.requests.map(({ headers }) => headers['x-roostsync-event-id']);
    expect(ids.indexOf(behind)).toBeGreaterThan(ids.indexOf(events[1]));
    expect(ids).toHaveLength(4);
  });

  it('a failing endpoint is failing since the same time, and its trial goes out at its time', async () => {
    await using at = await pc();
    const { receiver, clock } = at;
    receiver.answerWith(down);
    const { id } = await at.test.addEndpoint(receiver);
    await passAttempts(at.test, await booking(at.test, 'bk_0'), 5);
    const waiting = await booking(at.test, 'bk_1');
    const before = await at.test.call('endpoints.get', { id });
    const test = await at.restart(() => clock.sleep(10 * minuteMs));
    const after = await test.call('endpoints.get', { id });
    expect([after.state, after.failingSince, after.nextTrialAt]).toEqual([
      'failing',
      before.failingSince,
      before.nextTrialAt,
    ]);
    receiver.clear();
    await test.clock.advanceTo((before.nextTrialAt ?? 0) - 1);
    expect(receiver.requests).toHaveLength(0);
    receiver.answerWith(up);
    await clock.advance(1);
    await deliveryOf(test, waiting, delivered);
    expect((await test.call('situation.get', {})).recoveries).toHaveLength(1);
  });

  it('a receiver that asked to slow down is still left alone until its time', async () => {
    await using at = await pc();
    const { receiver, clock } = at;
    receiver.answerNext({ status: 503, headers: { 'retry-after': '3600' } });
    await at.test.addEndpoint(receiver);
    const event = await booking(at.test, 'bk_1');
    const throttled = await deliveryOf(at.test, event, afterAttempts(1));
    expect(throttled).toMatchObject({ reason: 'throttled', failures: 0 });
    const test = await at.restart();
    const other = await booking(test, 'bk_2');
    await pass(test, hourMs - 1_000);
    expect(receiver.requests).toHaveLength(1);
    await clock.advance(2_000);
    expect(await deliveryOf(test, event, delivered)).toMatchObject({ failures: 0 });
    await deliveryOf(test, other, delivered);
  });

  it('a pause of everything, of one endpoint, and a removal are as they were', async () => {
    await using at = await pc();
    await using other = await startReceiver();
    const { receiver, clock } = at;
    const { id } = await at.test.addEndpoint(receiver);
    const { id: removed } = await at.test.addEndpoint(other);
    await at.test.call('endpoints.pause', { id, until: (clock.wallMs() + 2 * hourMs) as never });
    await at.test.call('relay.pause', { forMs: hourMs });
    const event = await booking(at.test, 'bk_1');
    await at.test.call('endpoints.remove', { id: removed });
    const test = await at.restart();
    expect((await test.call('situation.get', {})).pausedUntil).toBe(clock.wallMs() + hourMs);
    await pass(test, hourMs + minuteMs);
    expect([receiver.requests.length, other.requests.length]).toEqual([0, 0]);
    await pass(test, hourMs);
    await deliveryOf(test, event, delivered, id);
    await test.call('endpoints.restore', { id: removed });
    await deliveryOf(test, event, delivered, removed);
  });

  it('a rotation goes on signing with both, and ends at its time though the PC was off then', async () => {
    await using at = await pc();
    const { receiver, clock } = at;
    const { id, secret } = await at.test.addEndpoint(receiver);
    const { secret: next } = await at.test.call('endpoints.rotate', { id });
    let test = await at.restart(() => clock.sleep(23 * hourMs));
    await deliveryOf(test, await booking(test, 'bk_1'), delivered);
    test = await at.restart(() => clock.sleep(2 * hourMs));
    await deliveryOf(test, await booking(test, 'bk_2'), delivered);
    const [during, after] = receiver.requests;
    expect(during && isSignedWith(during, secret)).toBe(true);
    expect(during && isSignedWith(during, next, 'x-roostsync-signature-next')).toBe(true);
    expect(after && isSignedWith(after, next)).toBe(true);
    expect(after?.headers['x-roostsync-signature-next']).toBeUndefined();
  });

  it('a resend of many goes on where it was, and sends nothing of it twice', async () => {
    await using at = await pc();
    const { receiver, clock } = at;
    const { id } = await at.test.addEndpoint(receiver, { limits: { inFlight: 1, perSecond: 1000 } });
    for (let n = 0; n < 6; n += 1) await booking(at.test, `bk_${n}`);
    await at.test.until(
      async () => (await at.test.call('deliveries.count', { filter: { states: ['delivered'] } })).total,
      (count) => count === 6,
    );
    await at.test.call('endpoints.change', { id, change: { limits: { inFlight: 1, perSecond: 1 } } });
    await clock.advance(1_000);
    receiver.clear();
    const job = await at.test.call('deliveries.resendAll', { filter: {} });
    await receiver.received(1);
    await clock.advance(1_000);
    await receiver.received(2);
    await clock.advance(500);
    await at.test.until(
      () => at.test.call('jobs.get', { id: job.id }),
      ({ done }) => done === 2,
    );
    await at.test.call('jobs.pause', { id: job.id });
    const test = await at.restart();
    await clock.advance(3_000);
    expect(await test.call('jobs.get', { id: job.id })).toMatchObject({ state: 'paused', done: 2, total: 6 });
    expect(receiver.requests).toHaveLength(2);
    await test.call('jobs.resume', { id: job.id });
    for (let n = 0; n < 40 && receiver.requests.length < 6; n += 1) {
      await clock.advance(500);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await clock.advance(1_000);
    const done = await test.until(
      () => test.call('jobs.get', { id: job.id }),
      ({ state }) => state === 'done',
    );
    expect(done).toMatchObject({ done: 6, delivered: 6, failed: 0 });
    const ids = receiver.requests.map(({ headers }) => headers['x-roostsync-event-id']);
    expect(new Set(ids).size).toBe(6);
    expect(ids).toHaveLength(6);
  });

  it('a resend of many still says why some of it failed', async () => {
    await using at = await pc();
    await using other = await startReceiver();
    const { receiver, clock } = at;
    const { id } = await at.test.addEndpoint(receiver, { limits: { inFlight: 1, perSecond: 1 } });
    const { id: paused } = await at.test.addEndpoint(other, { description: 'Bookkeeping' });
    const event = await booking(at.test, 'bk_1');
    await deliveryOf(at.test, event, delivered, id);
    await deliveryOf(at.test, event, delivered, paused);
    await at.test.call('endpoints.pause', { id: paused });
    await at.test.call('relay.pause', { forMs: hourMs });
    const job = await at.test.call('deliveries.resendAll', { filter: {} });
    await at.test.until(
      async () => {
        await clock.advance(250);
        return at.test.call('jobs.get', { id: job.id });
      },
      ({ failed }) => failed === 1,
    );
    const test = await at.restart();
    const problem = sentence('problem.endpoint_paused', { name: 'Bookkeeping' });
    expect(await test.call('jobs.get', { id: job.id })).toMatchObject({ state: 'running', problem });
    await clock.advance(hourMs);
    const done = await test.until(
      async () => {
        await clock.advance(250);
        return test.call('jobs.get', { id: job.id });
      },
      ({ state }) => state === 'done',
    );
    expect(done).toMatchObject({ done: 2, delivered: 1, failed: 1, problem });
  });

  it('a single resend that could not go out yet goes out once it can, and once', async () => {
    await using at = await pc();
    const { receiver, clock } = at;
    await at.test.addEndpoint(receiver);
    const event = await booking(at.test, 'bk_1');
    const { id } = await deliveryOf(at.test, event, delivered);
    await at.test.call('relay.pause', { forMs: hourMs });
    expect(await at.test.call('deliveries.resend', { id })).toMatchObject({ resendWaits: 'all_paused' });
    await at.test.call('deliveries.resend', { id });
    receiver.clear();
    let test = await at.restart();
    expect(await deliveryOf(test, event)).toMatchObject({ state: 'delivered', resendWaits: 'all_paused' });
    await pass(test, hourMs);
    const [got] = await receiver.received(1);
    expect(got?.headers['x-roostsync-event-id']).toBe(event);
    await deliveryOf(test, event, ({ resendWaits }) => resendWaits === null);
    test = await at.restart();
    await deliveryOf(test, await booking(test, 'bk_2'), delivered);
    await clock.advance(minuteMs);
    expect(receiver.requests).toHaveLength(2);
  });

  it('a single resend that was cut off by it is sent again, one that was cancelled is not', async () => {
    await using at = await pc();
    const { receiver } = at;
    await at.test.addEndpoint(receiver);
    const event = await booking(at.test, 'bk_1');
    const { id } = await deliveryOf(at.test, event, delivered);
    receiver.clear();
    receiver.answerNext({ does: 'hang' });
    await at.test.call('deliveries.resend', { id });
    await receiver.received(1);
    await at.restart();
    await receiver.received(2);
    receiver.answerWith(down);
    const refused = await booking(at.test, 'bk_2');
    const failed = await deliveryOf(at.test, refused, afterAttempts(1));
    await at.test.call('relay.pause', { forMs: hourMs });
    await at.test.call('deliveries.resend', { id: failed.id });
    await at.test.call('deliveries.cancel', { id: failed.id });
    receiver.clear();
    const test = await at.restart();
    await pass(test, 2 * hourMs);
    expect(await deliveryOf(test, refused)).toMatchObject({ state: 'cancelled', resendWaits: null });
    expect(receiver.requests).toHaveLength(0);
  });

  it('with the clock set back by a day: no retry is early or a day late, new events follow, order holds', async () => {
    await using at = await pc();
    const { receiver, clock } = at;
    receiver.answerWith((request) => (JSON.parse(request.text).data.booking_id === 'bk_1' ? down : up));
    await at.test.addEndpoint(receiver);
    const event = await booking(at.test, 'bk_1');
    await passAttempts(at.test, event, 1);
    await at.test.clock.advance(1_000);
    const test = await at.restart(() => clock.setWall(-dayMs));
    const behind = await booking(test, 'bk_1', 'booking.updated');
    const other = await booking(test, 'bk_2');
    await deliveryOf(test, other, delivered);
    expect((await test.call('events.list', {})).rows.map(({ id }) => id)).toEqual([other, behind, event]);
    receiver.answerWith(up);
    await clock.advance(58_000);
    expect((await deliveryOf(test, event)).attempts).toBe(1);
    await clock.advance(minuteMs + 2_000);
    await deliveryOf(test, event, delivered);
    await deliveryOf(test, behind, delivered);
  });
});
