import { describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../support/clock.ts';
import { afterAttempts, booking, delivered, deliveryOf, pass, passAttempts } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { down, type ReceivedRequest, startReceiver, up } from '../support/receiver.ts';

describe('one delivery by hand', () => {
  it('cancelled lets the one behind it go, and restored goes out itself', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith((request) => (request.headers['x-roostsync-event'] === 'booking.created' ? down : up));
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    const stuck = await booking(test, 'bk_1');
    const { id } = await passAttempts(test, stuck, 1);
    const behind = await booking(test, 'bk_1', 'booking.updated');
    await test.call('deliveries.cancel', { id });
    await deliveryOf(test, behind, delivered);
    await pass(test, hourMs);
    expect(await deliveryOf(test, stuck)).toMatchObject({ state: 'cancelled', reason: 'by_hand', attempts: 1 });
    receiver.answerWith(up);
    await test.call('deliveries.restore', { id });
    expect(await deliveryOf(test, stuck, delivered)).toMatchObject({ attempts: 2 });
  });

  it('resent after it was delivered carries the same event id and a higher attempt, and stays delivered if refused', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    const { id } = await deliveryOf(test, event, delivered);
    receiver.answerWith(down);
    await test.call('deliveries.resend', { id });
    const resent = await deliveryOf(test, event, afterAttempts(2));
    expect(resent).toMatchObject({ state: 'delivered', failures: 0 });
    expect(resent.attemptsMade.map(({ kind, counts }) => [kind, counts])).toEqual([
      ['scheduled', false],
      ['resend', false],
    ]);
    const { headers } = receiver.requests[1] as ReceivedRequest;
    expect([headers['x-roostsync-event-id'], headers['x-roostsync-attempt']]).toEqual([event, '2']);
    expect((await test.call('endpoints.list', {}))[0]?.state).toBe('active');
  });

  it('in need of attention and resent with success lets nothing wait, and keeps its history', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith({ status: 422 });
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    const { id } = await passAttempts(test, event, 6);
    receiver.answerWith(up);
    await test.call('deliveries.resend', { id });
    const sent = await deliveryOf(test, event, delivered);
    expect(sent.attemptsMade).toHaveLength(7);
    expect((await test.call('situation.get', {})).needsAttention).toBe(0);
  });
});

describe('many deliveries by hand', () => {
  it('cancelled in the middle sends no more, whatever had been lined up', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver, { limits: { inFlight: 5, perSecond: 1000 } });
    for (let n = 0; n < 30; n += 1) await booking(test, `bk_${n}`);
    await receiver.received(30);
    await test.until(
      async () => (await test.call('deliveries.count', { filter: { states: ['delivered'] } })).total,
      (n) => n === 30,
    );
    await test.call('endpoints.change', { id, change: { limits: { inFlight: 5, perSecond: 2 } } });
    receiver.clear();
    await test.clock.advance(2_000);
    const job = await test.call('deliveries.resendAll', { filter: {} });
    await receiver.received(2);
    await test.call('jobs.cancel', { id: job.id });
    for (let second = 0; second < 20; second += 1) {
      await test.clock.advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(receiver.requests.length).toBeLessThanOrEqual(4);
    expect(await test.call('jobs.get', { id: job.id })).toMatchObject({ state: 'cancelled' });
  });

  it('of those that wait for their turn: every request has a number of its own, and none is lost', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith(down);
    await using test = await startTestEngine();
    await test.addEndpoint(receiver, { limits: { inFlight: 5, perSecond: 2 } });
    const events = [];
    for (let n = 0; n < 8; n += 1) events.push(await booking(test, `bk_${n}`));
    await receiver.received(2);
    await test.call('deliveries.resendAll', { filter: { states: ['waiting'] } });
    for (let second = 0; second < 30; second += 1) {
      await test.clock.advance(500);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    receiver.answerWith(up);
    await test.clock.advance(minuteMs);
    for (const event of events) {
      for (let step = 0; step < 20 && !delivered(await deliveryOf(test, event)); step += 1) {
        await test.clock.advance(1_000);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const { attemptsMade, attempts, state } = await deliveryOf(test, event, delivered);
      const ordinals = attemptsMade.map(({ ordinal }) => ordinal).sort((one, other) => one - other);
      expect(ordinals).toEqual(ordinals.map((_, n) => n + 1));
      expect([state, attempts]).toEqual(['delivered', ordinals.length]);
    }
    const sent = receiver.requests.map(
      ({ headers }) => `${headers['x-roostsync-event-id']} ${headers['x-roostsync-attempt']}`,
    );
    expect(new Set(sent).size).toBe(sent.length);
  });

  it('to an endpoint that is removed meanwhile comes to its end', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver, { limits: { inFlight: 5, perSecond: 1 } });
    const events = [];
    for (let n = 0; n < 3; n += 1) events.push(await booking(test, `bk_${n}`));
    const { id: job } = await test.call('deliveries.resendAll', { filter: {} });
    await test.until(
      () => test.call('jobs.get', { id: job }),
      ({ total }) => total === 3,
    );
    await test.call('endpoints.remove', { id });
    const done = await test.until(
      async () => {
        await test.clock.advance(500);
        return test.call('jobs.get', { id: job });
      },
      ({ state }) => state === 'done',
    );
    expect(done).toMatchObject({ total: 3, done: 3 });
    const sent = receiver.requests.length;
    await pass(test, hourMs);
    expect(receiver.requests).toHaveLength(sent);
  });

  it('to an endpoint that is paused says why nothing was sent', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver, { description: 'Make' });
    await deliveryOf(test, await booking(test, 'bk_1'), delivered);
    await test.call('endpoints.pause', { id });
    const { id: job } = await test.call('deliveries.resendAll', { filter: {} });
    const done = await test.until(
      async () => {
        await test.clock.advance(500);
        return test.call('jobs.get', { id: job });
      },
      ({ state }) => state === 'done',
    );
    expect(done).toMatchObject({
      total: 1,
      delivered: 0,
      failed: 1,
      problem: { key: 'problem.endpoint_paused', params: { name: 'Make' } },
    });
  });

  it('what waits while everything is paused for a while goes out by itself afterwards', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    await test.call('relay.pause', { forMs: hourMs });
    const event = await booking(test, 'bk_1');
    expect(await deliveryOf(test, event)).toMatchObject({ state: 'waiting', reason: 'all_paused' });
    await pass(test, hourMs + minuteMs);
    await deliveryOf(test, event, delivered);
  });
});

describe('“try now”', () => {
  it('sends a retry ahead of its time, which counts as the schedule’s', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith(down);
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    await passAttempts(test, event, 2);
    await test.call('endpoints.tryNow', { id });
    const tried = await deliveryOf(test, event, afterAttempts(3));
    expect(tried).toMatchObject({ failures: 3 });
    expect(tried.attemptsMade.map(({ byHand }) => byHand)).toEqual([false, false, true]);
    expect((tried.nextAttemptAt ?? 0) - (tried.attemptsMade.at(-1)?.endedAt ?? 0)).toBe(30 * minuteMs);
  });

  it('at a failing endpoint is the trial, and the next one follows half an hour after it', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith(down);
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await passAttempts(test, await booking(test, 'bk_0'), 5);
    const waiting = await booking(test, 'bk_1');
    await pass(test, 10 * minuteMs);
    await test.call('endpoints.tryNow', { id });
    const tried = await deliveryOf(test, waiting, afterAttempts(1));
    expect(tried.attemptsMade[0]).toMatchObject({ kind: 'trial', byHand: true, counts: false });
    const endpoint = await test.call('endpoints.get', { id });
    expect((endpoint.nextTrialAt ?? 0) - (tried.attemptsMade[0]?.endedAt ?? 0)).toBe(30 * minuteMs);
  });

  it('at a failing endpoint for which only one booking waits sends that booking’s first one', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith(down);
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const first = await booking(test, 'bk_0');
    await passAttempts(test, first, 5);
    const behind = await booking(test, 'bk_0', 'booking.updated');
    receiver.answerWith(up);
    await test.call('endpoints.tryNow', { id });
    await deliveryOf(test, first, delivered);
    await deliveryOf(test, behind, delivered);
    expect((await test.call('endpoints.get', { id })).state).toBe('active');
  });
});

describe('“try now” reports what came of it', () => {
  it('delivered or not, in the receiver’s case, and frees the rest when it is', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith(down);
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const events = [await booking(test, 'bk_1'), await booking(test, 'bk_2')];
    for (const event of events) await deliveryOf(test, event, afterAttempts(1));
    expect(await test.call('endpoints.tryNow', { id })).toMatchObject({
      tried: { outcome: 'endpoint_down' },
      says: { key: 'outcome.server_error' },
    });
    receiver.answerWith(up);
    const { tried, says } = await test.call('endpoints.tryNow', { id });
    expect([tried?.outcome, says.key]).toEqual(['delivered', 'outcome.delivered']);
    for (const event of events) await deliveryOf(test, event, delivered);
  });

  it('says so where nothing waits, and why where nothing may go out', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    expect(await test.call('endpoints.tryNow', { id })).toMatchObject({
      tried: null,
      says: { key: 'problem.try_nothing_waits' },
    });
    expect(await test.call('endpoints.sendWaiting', { id })).toMatchObject({
      deliveries: 0,
      held: { key: 'problem.try_nothing_waits' },
    });
    receiver.answerWith({ status: 429, headers: { 'retry-after': '7200' } });
    const event = await booking(test, 'bk_1');
    await deliveryOf(test, event, afterAttempts(1));
    await test.call('relay.pause', { forMs: 3_600_000 });
    expect(await test.call('endpoints.tryNow', { id })).toMatchObject({ says: { key: 'problem.try_all_paused' } });
    expect(await test.call('endpoints.sendWaiting', { id })).toMatchObject({
      deliveries: 1,
      held: { key: 'problem.try_all_paused' },
    });
    await test.call('relay.resume', {});
    receiver.answerWith(up);
    expect(await test.call('endpoints.tryNow', { id })).toMatchObject({ tried: { outcome: 'delivered' } });
    await test.call('endpoints.pause', { id, until: null });
    await expect(test.call('endpoints.tryNow', { id })).rejects.toThrow(/is paused/);
  });
});
