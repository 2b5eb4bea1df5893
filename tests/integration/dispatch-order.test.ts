/** Order within a booking, independence of everything else, and limits that really limit. */
import { describe, expect, it } from 'vitest';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

const bookings = (requests: readonly { readonly text: string }[]) =>
  requests.map(({ text }) => {
    const { event, data } = JSON.parse(text);
    return `${event} ${data.booking_id ?? data.order_id}`;
  });

describe('order', () => {
  it('a cancellation never overtakes its booking, and holds up no other one', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    let refused = 0;
    receiver.answerWith((request) => {
      if (!request.text.includes('"bk_1"') || refused > 0) return { status: 200 };
      refused += 1;
      return { status: 503 };
    });
    await test.addEndpoint(receiver);
    await test.post('booking.created', { booking_id: 'bk_1' });
    await test.post('booking.cancelled', { booking_id: 'bk_1' });
    await test.post('booking.created', { booking_id: 'bk_2' });
    // The same number as an order is another thing.
    await test.post('order.created', { order_id: 'bk_1x' });
    await receiver.received(3);
    const waiting = await test.until(
      async () => (await test.call('deliveries.list', { filter: { states: ['waiting'] } })).rows,
      (rows) => rows.length === 2 && rows.some(({ reason }) => reason === 'order'),
    );
    expect(waiting.map(({ event, reason }) => [event, reason])).toEqual([
      ['booking.cancelled', 'order'],
      ['booking.created', 'retry'],
    ]);
    await test.clock.advance(60_000);
    const all = await receiver.received(5);
    expect(bookings(all.slice(3))).toEqual(['booking.created bk_1', 'booking.cancelled bk_1']);
  });

  it('keeps what can wait, too, in the order of its booking, and leaves nothing behind it', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const first = Promise.withResolvers<void>();
    receiver.answerWith(({ text }) => (text.includes('booking.created') ? { after: first.promise } : { status: 200 }));
    await test.addEndpoint(receiver, { limits: { inFlight: 20, perSecond: 1000 } });
    await test.post('order.created', { order_id: 'o_1' });
    await receiver.received(1);
    const types = ['booking.created', 'inventory.low', 'payment.received', 'booking.updated', 'inventory.low'] as const;
    for (const event of types) await test.post(event, { booking_id: 'bk_1' });
    // All of them are looked at while the first is in flight, what can wait last.
    await test.post('order.created', { order_id: 'o_2' });
    await receiver.received(3);
    first.resolve();
    const sent = bookings(await receiver.received(7)).filter((text) => text.endsWith('bk_1'));
    expect(sent).toEqual(types.map((event) => `${event} bk_1`));
  });

  it('many of one booking go out one after the other, and the log says what they wait for', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerNext({ does: 'hang' });
    await test.addEndpoint(receiver, { limits: { inFlight: 20, perSecond: 1000 } });
    await test.post('booking.created', { booking_id: 'bk_1' });
    await receiver.received(1);
    for (let n = 0; n < 10; n += 1) await test.post('booking.updated', { booking_id: 'bk_1', n });
    const { rows } = await test.call('deliveries.list', { filter: {} });
    expect(rows.map(({ state, reason }) => reason ?? state)).toEqual([...Array(10).fill('order'), 'sending']);
    await test.clock.advance(30_000);
    await test.until(
      async () => (await test.call('deliveries.list', { filter: { states: ['waiting'] } })).rows,
      (waiting) => waiting.length === 11 && waiting.every(({ reason }) => reason !== 'due'),
    );
    expect(receiver.requests).toHaveLength(1);
    await test.clock.advance(60_000);
    const all = await receiver.received(12);
    expect(all.slice(2).map(({ text }) => JSON.parse(text).data.n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('one that goes out as a resend when its turn has come lets those behind it follow', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const first = Promise.withResolvers<void>();
    const other = Promise.withResolvers<void>();
    await test.addEndpoint(receiver, { limits: { inFlight: 2, perSecond: 1000 } });
    receiver.answerNext({ status: 503 });
    await test.post('booking.created', { booking_id: 'bk_refused' });
    await test.until(
      async () => (await test.call('situation.get', {})).endpoints[0]?.retrying,
      (retrying) => retrying === 1,
    );
    receiver.answerNext({ status: 200, after: first.promise }, { status: 200, after: other.promise });
    await test.post('booking.created', { booking_id: 'bk_1', n: 0 });
    await receiver.received(2);
    // They line up behind the first one; then the only other way out is taken.
    for (const n of [1, 2]) await test.post('booking.updated', { booking_id: 'bk_1', n });
    await test.post('booking.created', { booking_id: 'bk_other' });
    await receiver.received(3);
    const { id: job } = await test.call('deliveries.resendAll', { filter: { states: ['waiting'] } });
    await test.until(
      () => test.call('jobs.get', { id: job }),
      ({ total }) => total === 3,
    );
    first.resolve();
    expect(bookings((await receiver.received(6)).slice(3))).toEqual([
      'booking.created bk_refused',
      'booking.updated bk_1',
      'booking.updated bk_1',
    ]);
    await test.post('booking.cancelled', { booking_id: 'bk_1' });
    expect(bookings((await receiver.received(7)).slice(6))).toEqual(['booking.cancelled bk_1']);
    other.resolve();
  });

  it('is kept by a resend of many: what waits behind an older one goes out after it', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerNext({ status: 503 }, { status: 503 });
    await test.addEndpoint(receiver);
    await test.post('booking.created', { booking_id: 'bk_1' });
    await receiver.received(1);
    await test.post('booking.cancelled', { booking_id: 'bk_1' });
    const { id } = await test.call('deliveries.resendAll', { filter: { states: ['waiting'] } });
    const job = await test.until(
      async () => {
        await test.clock.advance(250);
        return test.call('jobs.get', { id });
      },
      ({ state }) => state === 'done',
    );
    expect(job).toMatchObject({ done: 2, delivered: 0, failed: 1, problem: { key: 'problem.resend_in_turn' } });
    await test.clock.advance(60_000);
    expect(bookings(await receiver.received(4))).toEqual([
      'booking.created bk_1',
      'booking.created bk_1',
      'booking.created bk_1',
      'booking.cancelled bk_1',
    ]);
  });

  it('an endpoint may switch it off', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerNext({ status: 503 });
    await test.addEndpoint(receiver, { ordered: false });
    await test.post('booking.created', { booking_id: 'bk_1' });
    await receiver.received(1);
    await test.post('booking.cancelled', { booking_id: 'bk_1' });
    expect(bookings(await receiver.received(2))).toEqual(['booking.created bk_1', 'booking.cancelled bk_1']);
  });
});

describe('limits', () => {
  it('one hung receiver never delays another endpoint', async () => {
    await using hung = await startReceiver();
    await using well = await startReceiver();
    await using test = await startTestEngine();
    hung.answerWith({ does: 'hang' });
    await test.addEndpoint(hung);
    await test.addEndpoint(well, { limits: { inFlight: 5, perSecond: 1000 } });
    for (let n = 0; n < 20; n += 1) await test.post('booking.created', { booking_id: `bk_${n}` });
    await well.received(20);
    expect(hung.requests.length).toBeLessThanOrEqual(5);
  });

  it('a rate of ten a second lets ten out in any second', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver, { limits: { inFlight: 50, perSecond: 10 } });
    for (let n = 0; n < 25; n += 1) await test.post('booking.created', { booking_id: `bk_${n}` });
    await receiver.received(10);
    await test.clock.advance(999);
    expect(receiver.requests).toHaveLength(10);
    await test.clock.advance(1);
    await receiver.received(20);
    await test.clock.advance(1_000);
    await receiver.received(25);
  });
});
