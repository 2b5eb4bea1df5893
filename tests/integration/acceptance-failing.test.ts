import { describe, expect, it } from 'vitest';
import { minuteMs } from '../support/clock.ts';
import { afterAttempts, deliveryOf, pass, passAttempts, posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { down, type ReceivedRequest, startReceiver } from '../support/receiver.ts';

const halfHourMs = 30 * minuteMs;
const dayMs = 86_400_000;

const bookingOf = (request: ReceivedRequest): string => JSON.parse(request.text).data.booking_id;

/** Of a receiver that is down; 999 is no status of HTTP's, and sent all the same. */
const downStatuses = [500, 999];

/** One endpoint that is failing since the fifth failure of the booking `bk_0`. */
async function failing(status = 500) {
  const receiver = await startReceiver();
  receiver.answerWith({ status });
  const test = await startTestEngine();
  const { id } = await test.addEndpoint(receiver, { limits: { inFlight: 1, perSecond: 1000 } });
  const first = await posted(test, 'booking.created', { booking_id: 'bk_0' });
  const fifth = await passAttempts(test, first, 5);
  const endpoint = await test.call('endpoints.get', { id });
  expect(endpoint.state).toBe('failing');
  receiver.clear();
  return {
    ...{ receiver, test, id, first, fifth, endpoint },
    get: () => test.call('endpoints.get', { id }),
    async [Symbol.asyncDispose]() {
      await test.stop();
      await receiver.stop();
    },
  };
}

describe('an endpoint that is failing', () => {
  it('is marked by the fifth counted failure and not by the fourth, and the fifth retry still comes a day later', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith(down);
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const event = await posted(test, 'booking.created', { booking_id: 'bk_0' });
    await passAttempts(test, event, 4);
    expect((await test.call('endpoints.get', { id })).state).toBe('degraded');
    const fifth = await passAttempts(test, event, 5);
    const failedAt = fifth.attemptsMade.at(-1)?.endedAt ?? 0;
    const endpoint = await test.call('endpoints.get', { id });
    // Since the first failure, not since the one that made it known as failing.
    const since = fifth.attemptsMade[0]?.endedAt;
    expect(endpoint).toMatchObject({ state: 'failing', failingSince: since, nextTrialAt: failedAt + halfHourMs });
    expect(fifth.nextAttemptAt).toBe(failedAt + dayMs);
    const sixth = await passAttempts(test, event, 6);
    expect(sixth).toMatchObject({ state: 'needs_attention', failures: 6, nextAttemptAt: null });
  });

  it('gets the oldest untried event alone, every 30 minutes to the millisecond, which uses up nothing', async () => {
    await using at = await failing();
    const { test, receiver, endpoint } = at;
    const waiting = [];
    for (const n of [1, 2, 3]) waiting.push(await posted(test, 'booking.created', { booking_id: `bk_${n}` }));
    const trialAt = endpoint.nextTrialAt ?? 0;
    await pass(test, trialAt - 1 - test.clock.wallMs());
    expect(receiver.requests).toHaveLength(0);
    for (const round of [1, 2, 3]) {
      await test.clock.advance(1);
      await receiver.received(round);
      const tried = await deliveryOf(test, waiting[0] ?? '', afterAttempts(round));
      expect(tried).toMatchObject({ state: 'waiting', failures: 0, reason: 'endpoint_failing' });
      expect(tried.attemptsMade.at(-1)).toMatchObject({ kind: 'trial', counts: false });
      await pass(test, halfHourMs - 1);
      expect(receiver.requests.map(bookingOf)).toEqual(Array(round).fill('bk_1'));
    }
  });

  it('takes a trial that was refused as such into its schedule, and tries the next one half an hour later', async () => {
    await using at = await failing();
    const { test, receiver } = at;
    const refused = await posted(test, 'booking.created', { booking_id: 'bk_1' });
    const next = await posted(test, 'booking.created', { booking_id: 'bk_2' });
    receiver.answerNext({ status: 422 });
    await pass(test, halfHourMs);
    const tried = await deliveryOf(test, refused, afterAttempts(1));
    expect(tried).toMatchObject({ failures: 1, reason: 'retry', outcome: 'event_refused' });
    expect((await at.get()).state).toBe('failing');
    await test.clock.advance(minuteMs);
    await deliveryOf(test, refused, afterAttempts(2));
    expect((await deliveryOf(test, next)).attempts).toBe(0);
    await pass(test, halfHourMs - minuteMs);
    expect((await deliveryOf(test, next, afterAttempts(1))).attemptsMade[0]).toMatchObject({ kind: 'trial' });
  });

  it.each(downStatuses)(
    'tries with the oldest used-up delivery (%i) where nothing untried is there, and with nothing where none is',
    async (status) => {
      await using at = await failing(status);
      const { test, receiver, first } = at;
      await pass(test, halfHourMs);
      expect(receiver.requests).toHaveLength(0);
      await passAttempts(test, first, 6);
      receiver.clear();
      await pass(test, halfHourMs);
      const tried = await deliveryOf(test, first, afterAttempts(7));
      expect(tried).toMatchObject({ state: 'needs_attention', failures: 6 });
      expect(tried.attemptsMade.at(-1)).toMatchObject({ kind: 'trial', ordinal: 7, counts: false });
      receiver.answerWith({ status: 204 });
      await pass(test, halfHourMs);
      expect(await deliveryOf(test, first, afterAttempts(8))).toMatchObject({ state: 'delivered', failures: 6 });
      expect((await at.get()).state).toBe('active');
    },
  );

  it('comes back with the first 2xx: everything goes out in order, and the manager reads since when and how many', async () => {
    await using at = await failing();
    const { test, receiver, id, endpoint, first } = at;
    const events = [first];
    for (const n of [1, 2, 3]) events.push(await posted(test, 'booking.created', { booking_id: `bk_${n}` }));
    receiver.answerWith({ status: 200 });
    await pass(test, halfHourMs);
    await receiver.received(4);
    for (const event of events) await deliveryOf(test, event, ({ state }) => state === 'delivered');
    expect(receiver.requests.map(bookingOf)).toEqual(['bk_1', 'bk_0', 'bk_2', 'bk_3']);
    const { recoveries, waiting } = await test.call('situation.get', {});
    expect(waiting).toBe(0);
    expect(recoveries).toMatchObject([
      { endpointId: id, since: endpoint.failingSince, until: endpoint.nextTrialAt ?? 0, waited: 3 },
    ]);
  });

  it('comes back with a resend by hand, but a resend that fails changes nothing', async () => {
    await using at = await failing();
    const { test, receiver, first } = at;
    const other = await posted(test, 'booking.created', { booking_id: 'bk_1' });
    const before = await at.get();
    const was = await deliveryOf(test, first);
    await test.call('deliveries.resend', { id: was.id });
    const failed = await deliveryOf(test, first, afterAttempts(6));
    expect(failed).toMatchObject({ state: 'waiting', failures: 5, nextAttemptAt: was.nextAttemptAt, reason: 'retry' });
    expect(failed.attemptsMade.at(-1)).toMatchObject({ kind: 'resend', counts: false, ordinal: 6 });
    const after = await at.get();
    expect([after.state, after.failingSince, after.nextTrialAt]).toEqual([
      'failing',
      before.failingSince,
      before.nextTrialAt,
    ]);

    receiver.answerWith({ status: 200 });
    await test.call('deliveries.resend', { id: (await deliveryOf(test, other)).id });
    await deliveryOf(test, other, ({ state }) => state === 'delivered');
    await deliveryOf(test, first, ({ state }) => state === 'delivered');
    expect((await at.get()).state).toBe('active');
  });

  it('is not marked while others get through: that event is its own trouble, and its fifth retry follows', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith((request) => (bookingOf(request) === 'bk_bad' ? down : { status: 200 }));
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const bad = await posted(test, 'booking.created', { booking_id: 'bk_bad' });
    await passAttempts(test, bad, 2);
    await posted(test, 'booking.created', { booking_id: 'bk_good' });
    await receiver.received(3);
    await passAttempts(test, bad, 5);
    expect((await test.call('endpoints.get', { id })).state).toBe('degraded');
    expect(await passAttempts(test, bad, 6)).toMatchObject({ state: 'needs_attention' });
    expect((await test.call('endpoints.get', { id })).state).toBe('degraded');
  });

  it.each([400, 413, 422])('is never marked by events that it refuses with %i', async (status) => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    // By this PC's clock, or a 400 would be blamed on it.
    receiver.answerWith(() => ({ status, headers: { date: new Date(test.clock.wallMs()).toUTCString() } }));
    const { id } = await test.addEndpoint(receiver);
    const event = await posted(test, 'booking.created', { booking_id: 'bk_0' });
    expect(await passAttempts(test, event, 6)).toMatchObject({ state: 'needs_attention', outcome: 'event_refused' });
    expect((await test.call('endpoints.get', { id })).state).toBe('degraded');
  });

  it('paused and resumed, is failing since the same time, and its trial that fell due meanwhile goes out', async () => {
    await using at = await failing();
    const { test, id, endpoint } = at;
    await posted(test, 'booking.created', { booking_id: 'bk_1' });
    expect((await test.call('endpoints.pause', { id })).state).toBe('paused');
    await pass(test, halfHourMs * 3);
    expect(at.receiver.requests).toHaveLength(0);
    const resumed = await test.call('endpoints.resume', { id });
    expect([resumed.state, resumed.failingSince]).toEqual(['failing', endpoint.failingSince]);
    await at.receiver.received(1);
  });
});

describe('what a recovery brings back', () => {
  /** The booking `bk_0` has used up its retries while the endpoint was failing. */
  async function usedUp(status?: number) {
    const at = await failing(status);
    const sixth = await passAttempts(at.test, at.first, 6);
    expect(sixth.state).toBe('needs_attention');
    at.receiver.clear();
    return { ...at, [Symbol.asyncDispose]: at[Symbol.asyncDispose].bind(at) };
  }

  it.each(downStatuses)(
    'gives a used-up delivery (%i) one further attempt, which does not make the endpoint failing again',
    async (status) => {
      await using at = await usedUp(status);
      const { test, receiver, first } = at;
      const other = await posted(test, 'booking.created', { booking_id: 'bk_1' });
      receiver.answerWith((request) => (bookingOf(request) === 'bk_0' ? down : { status: 200 }));
      await pass(test, halfHourMs);
      await deliveryOf(test, other, ({ state }) => state === 'delivered');
      const again = await deliveryOf(test, first, afterAttempts(7));
      expect(again).toMatchObject({ state: 'needs_attention', failures: 7 });
      expect(again.attemptsMade.at(-1)).toMatchObject({ kind: 'scheduled', counts: true });
      expect((await at.get()).state).toBe('degraded');
      await pass(test, 3 * dayMs);
      expect((await deliveryOf(test, first)).attempts).toBe(7);
    },
  );

  it('leaves it where something newer of the same booking has arrived', async () => {
    await using at = await usedUp();
    const { test, receiver, first } = at;
    receiver.answerWith({ status: 200 });
    const newer = await posted(test, 'booking.cancelled', { booking_id: 'bk_0' });
    await pass(test, halfHourMs);
    await deliveryOf(test, newer, ({ state }) => state === 'delivered');
    await pass(test, halfHourMs);
    expect(await deliveryOf(test, first)).toMatchObject({ state: 'needs_attention', attempts: 6 });
  });

  it('leaves one that it had refused as such, whatever a later resend of it brought', async () => {
    await using at = await failing();
    const { test, receiver } = at;
    receiver.answerWith((request) => (bookingOf(request) === 'bk_refused' ? { status: 422 } : down));
    const refused = await posted(test, 'booking.created', { booking_id: 'bk_refused' });
    await pass(test, halfHourMs);
    await deliveryOf(test, refused, afterAttempts(1));
    const sixth = await passAttempts(test, refused, 6);
    expect(sixth.state).toBe('needs_attention');
    receiver.answerWith(down);
    await test.call('deliveries.resend', { id: sixth.id });
    const attempts = (await deliveryOf(test, refused, afterAttempts(sixth.attempts + 1))).attempts;
    const trial = await posted(test, 'booking.created', { booking_id: 'bk_2' });
    receiver.answerWith({ status: 200 });
    await pass(test, halfHourMs);
    await deliveryOf(test, trial, ({ state }) => state === 'delivered');
    await pass(test, halfHourMs);
    expect(await deliveryOf(test, refused)).toMatchObject({ state: 'needs_attention', attempts });
  });
});
