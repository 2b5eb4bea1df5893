import { describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../support/clock.ts';
import { booking, delivered, deliveryOf, pass, passAttempts } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { down, isSignedWith, type ReceivedRequest, startReceiver, up } from '../support/receiver.ts';

describe('a paused endpoint', () => {
  it('keeps a retry’s place, and on resuming sends what fell due meanwhile at once', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith(down);
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    const failed = await passAttempts(test, event, 2);
    await test.call('endpoints.pause', { id });
    await pass(test, hourMs);
    expect(await deliveryOf(test, event)).toMatchObject({ attempts: 2, failures: 2, reason: 'endpoint_paused' });
    receiver.answerWith(up);
    await test.call('endpoints.resume', { id });
    await test.clock.advance(0);
    expect(await deliveryOf(test, event, delivered)).toMatchObject({ attempts: 3, failures: 2 });
    expect(failed.nextAttemptAt).toBeLessThan(test.clock.wallMs());
  });

  it('ends its pause at the time that was given, and queues what comes until then', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await test.call('endpoints.pause', { id, until: (test.clock.wallMs() + hourMs) as never });
    const event = await booking(test, 'bk_1');
    await pass(test, hourMs - minuteMs);
    expect(receiver.requests).toHaveLength(0);
    await pass(test, 2 * minuteMs);
    await deliveryOf(test, event, delivered);
    expect((await test.call('endpoints.get', { id })).state).toBe('active');
  });

  it('whose pause ends is told of, though nothing waits for it', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await test.call('endpoints.pause', { id, until: (test.clock.wallMs() + hourMs) as never });
    await pass(test, hourMs - minuteMs);
    const told = new Set<string>();
    test.engine.onPush((push) => {
      if (push.name === 'changed') for (const topic of push.payload.topics) told.add(topic);
    });
    await pass(test, 2 * minuteMs);
    await test.clock.advance(1000);
    expect((await test.call('endpoints.get', { id })).state).toBe('active');
    expect([...told]).toEqual(expect.arrayContaining(['endpoints', 'deliveries', 'situation']));
  });

  it('paused while a request is under way still takes its answer', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith({ delayMs: 300 });
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    await receiver.received(1);
    await test.call('endpoints.pause', { id });
    expect(await deliveryOf(test, event, delivered)).toMatchObject({ attempts: 1 });
  });

  it('keeps no connection', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const connectedFor = async (bookingId: string) =>
      (await deliveryOf(test, await booking(test, bookingId), delivered)).attemptsMade[0]?.timings?.connectMs ?? null;
    expect([await connectedFor('bk_1'), await connectedFor('bk_2')]).toEqual([expect.any(Number), null]);
    await test.call('endpoints.pause', { id });
    await test.call('endpoints.resume', { id });
    expect(await connectedFor('bk_3')).toEqual(expect.any(Number));
  });

  it('may be tested, which changes nothing about what waits', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await test.call('endpoints.pause', { id });
    const event = await booking(test, 'bk_1');
    expect((await test.call('endpoints.test', { id })).ok).toBe(true);
    expect(receiver.requests[0]?.headers['x-roostsync-test']).toBe('true');
    expect(await deliveryOf(test, event)).toMatchObject({ state: 'waiting', attempts: 0 });
    expect((await test.call('endpoints.get', { id })).state).toBe('paused');
  });
});

describe('a removed endpoint', () => {
  it('cancels what waits, and brought back keeps each one’s place in the schedule', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith(down);
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const retried = await booking(test, 'bk_1');
    const before = await passAttempts(test, retried, 2);
    const behind = await booking(test, 'bk_1', 'booking.updated');
    expect(await test.call('endpoints.remove', { id })).toEqual({ cancelled: 2 });
    expect(await deliveryOf(test, retried)).toMatchObject({ state: 'cancelled', reason: 'endpoint_removed' });
    await booking(test, 'bk_2');
    await pass(test, minuteMs);
    receiver.clear();
    await test.call('endpoints.restore', { id });
    expect(await deliveryOf(test, retried)).toMatchObject({ state: 'waiting', nextAttemptAt: before.nextAttemptAt });
    expect(receiver.requests).toHaveLength(0);
    receiver.answerWith(up);
    await pass(test, 5 * minuteMs);
    await deliveryOf(test, behind, delivered);
    expect(receiver.requests.map(({ headers }) => headers['x-roostsync-event-id'])).toEqual([retried, behind]);
  });

  it('removed while a request is under way: what the receiver took is delivered, and is not sent again', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith({ delayMs: 300 });
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    await receiver.received(1);
    await test.call('endpoints.remove', { id });
    await deliveryOf(test, event, delivered);
    await test.call('endpoints.restore', { id });
    await test.clock.advance(minuteMs);
    expect(receiver.requests).toHaveLength(1);
  });

  it('was paused, and is paused again when it is brought back', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await test.call('endpoints.pause', { id });
    await booking(test, 'bk_1');
    await test.call('endpoints.remove', { id });
    expect((await test.call('endpoints.restore', { id })).state).toBe('paused');
    expect((await test.call('endpoints.get', { id })).waiting).toBe(1);
    expect(receiver.requests).toHaveLength(0);
  });

  it('brought back with a long queue while sweeps run gets back all of it', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver, { limits: { inFlight: 50, perSecond: 1000 } });
    await test.call('endpoints.pause', { id });
    const count = 700;
    // Not all at once: who shows no token yet has few connections.
    for (let n = 0; n < count; n += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, i) => booking(test, `bk_${n + i}`)));
    }
    expect(await test.call('endpoints.remove', { id })).toEqual({ cancelled: count });
    let restored = false;
    const restoring = test.call('endpoints.restore', { id }).finally(() => {
      restored = true;
    });
    // Waking from sleep sweeps at once.
    for (let turn = 0; turn < 5000 && !restored; turn += 1) {
      test.engine.resume();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await restoring).toMatchObject({ state: 'paused' });
    await pass(test, minuteMs);
    expect((await test.call('endpoints.get', { id })).waiting).toBe(count);
  });
});

describe('an endpoint changed while deliveries wait', () => {
  it('at a new address: the next retry goes there, in its time, with the address read only then', async () => {
    await using old = await startReceiver();
    await using other = await startReceiver();
    old.answerWith(down);
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(old);
    const event = await booking(test, 'bk_1');
    await passAttempts(test, event, 1);
    const changed = await test.call('endpoints.change', { id, change: { url: other.url } });
    expect(changed).toMatchObject({ testedAt: null, switch: 'on' });
    expect(other.requests).toHaveLength(0);
    await test.clock.advance(minuteMs);
    await deliveryOf(test, event, delivered);
    expect(other.requests.map(({ headers }) => headers['x-roostsync-attempt'])).toEqual(['2']);
    expect(old.requests).toHaveLength(1);
  });

  it('with a new secret that takes over at the end of the overlap: what waited is signed with it', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith(down);
    await using test = await startTestEngine();
    const { id, secret } = await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    await passAttempts(test, event, 1);
    const { secret: next } = await test.call('endpoints.rotate', { id, overlapMs: 10 * minuteMs });
    await passAttempts(test, event, 2);
    receiver.answerWith(up);
    await passAttempts(test, event, 3);
    const [, during] = receiver.requests;
    expect(during && isSignedWith(during, secret)).toBe(true);
    expect(during && isSignedWith(during, next, 'x-roostsync-signature-next')).toBe(true);
    expect(String(during?.headers['webhook-signature']).split(' ')).toHaveLength(2);

    receiver.answerWith(down);
    const later = await booking(test, 'bk_2');
    await passAttempts(test, later, 1);
    await pass(test, 11 * minuteMs);
    receiver.answerWith(up);
    await test.call('endpoints.sendWaiting', { id });
    await deliveryOf(test, later, delivered);
    const last = receiver.requests.at(-1);
    expect(last && isSignedWith(last, next)).toBe(true);
    expect(last?.headers['x-roostsync-signature-next']).toBeUndefined();
    expect(String(last?.headers['webhook-signature']).split(' ')).toHaveLength(1);
  });

  it('with a secret that is switched over by two at once: the new one stays', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const { secret } = await test.call('endpoints.rotate', { id });
    await Promise.all([test.call('endpoints.finishRotation', { id }), test.call('endpoints.finishRotation', { id })]);
    await deliveryOf(test, await booking(test, 'bk_1'), delivered);
    expect(isSignedWith(receiver.requests[0] as ReceivedRequest, secret)).toBe(true);
  });

  it('without order: what waited behind another one goes out, and with order again it waits', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith((request) => (request.headers['x-roostsync-event'] === 'booking.created' ? down : up));
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await passAttempts(test, await booking(test, 'bk_1'), 1);
    const behind = await booking(test, 'bk_1', 'booking.updated');
    expect(await deliveryOf(test, behind, ({ reason }) => reason === 'order')).toMatchObject({ attempts: 0 });
    await test.call('endpoints.change', { id, change: { ordered: false } });
    await deliveryOf(test, behind, delivered);
    await test.call('endpoints.change', { id, change: { ordered: true } });
    const again = await booking(test, 'bk_1', 'booking.updated');
    expect(await deliveryOf(test, again, ({ reason }) => reason === 'order')).toMatchObject({ attempts: 0 });
  });

  it('unsubscribed from an event keeps what it was to get already', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith(down);
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    await passAttempts(test, event, 1);
    await test.call('endpoints.change', { id, change: { events: ['order.created'] } });
    receiver.answerWith(up);
    await test.clock.advance(minuteMs);
    await deliveryOf(test, event, delivered);
    const unwanted = await booking(test, 'bk_2');
    expect((await test.call('events.get', { id: unwanted as never })).deliveries.total).toBe(0);
  });
});
