import { describe, expect, it } from 'vitest';
import { endpointSlowDown } from '../../shared/conditions/endpoint-waits.ts';
import type { EndpointId } from '../../shared/domain.ts';
import { hourMs, minuteMs } from '../support/clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { afterAttempts, booking, delivered, deliveryOf, pass, passAttempts } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { type ReceivedRequest, startReceiver } from '../support/receiver.ts';

const dayMs = 24 * hourMs;
const bookingOf = (request: ReceivedRequest): string => JSON.parse(request.text).data.booking_id;

describe('a receiver that asks to slow down', () => {
  it.each([
    ['429 with seconds', 429, '90', 90_000],
    ['503 with seconds', 503, '90', 90_000],
    ['429 with more than a day', 429, '172800', dayMs],
    ['429 with nothing', 429, null, minuteMs],
  ])('%s: waits so long to the millisecond, and all of the endpoint with it', async (_, status, after, waitMs) => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerNext({ status, headers: after === null ? {} : { 'retry-after': after } });
    await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    const throttled = await deliveryOf(test, event, afterAttempts(1));
    expect(throttled).toMatchObject({ outcome: 'throttled', failures: 0, reason: 'throttled' });
    const endedAt = throttled.attemptsMade[0]?.endedAt ?? 0;
    expect((throttled.nextAttemptAt ?? 0) - endedAt).toBe(waitMs);
    const other = await booking(test, 'bk_2');
    // The endpoint says so too: what waits for it is not on its way.
    const until = endedAt + waitMs;
    const [held] = await test.call('endpoints.list', {});
    expect(held).toMatchObject({ state: 'active', waiting: 2, retrying: 0, heldUntil: until, nextAttemptAt: until });
    await pass(test, endedAt + waitMs - 1 - test.clock.wallMs());
    expect(receiver.requests).toHaveLength(1);
    await test.clock.advance(1);
    expect(await deliveryOf(test, event, delivered)).toMatchObject({ failures: 0, attempts: 2 });
    await deliveryOf(test, other, delivered);
    const [now] = await test.call('endpoints.list', {});
    expect(now).toMatchObject({ state: 'active', heldUntil: null });
    // What was put off is no failure in any chart or number.
    const id = now?.id as EndpointId;
    expect(await test.call('endpoints.statistics', { id })).toMatchObject({ delivered: 2, failed: 0 });
    const { hours } = await test.call('situation.get', {});
    expect(hours.reduce((sum, { failed }) => sum + failed, 0)).toBe(0);
    const told = await relayInProcess(test.dataFolder, ['endpoint', 'statistics', id]);
    expect(told.out).toMatch(/Failed +0/);
    // A Monday may lie between.
    const weeks = await Promise.all([0, 1].map((back) => test.call('week.report', { back })));
    expect(weeks.reduce((sum, { deliveries }) => sum + deliveries.delivered, 0)).toBe(2);
    expect(weeks.reduce((sum, { deliveries }) => sum + deliveries.firstTry, 0)).toBe(2);
  });

  it('503 without Retry-After counts, as any 5xx', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith({ status: 503 });
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    expect(await passAttempts(test, await booking(test, 'bk_1'), 1)).toMatchObject({
      outcome: 'endpoint_down',
      failures: 1,
    });
  });

  it('counts from 24 hours after the delivery’s first throttle on', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerWith(() => ({
      status: 429,
      headers: { 'retry-after': '43200', date: new Date(test.clock.wallMs()).toUTCString() },
    }));
    await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    await passAttempts(test, event, 2);
    expect(await deliveryOf(test, event)).toMatchObject({ failures: 0 });
    const third = await passAttempts(test, event, 3);
    expect(third).toMatchObject({ failures: 1, outcome: 'throttled' });
    expect(third.attemptsMade.map(({ counts }) => counts)).toEqual([false, false, true]);
    const id = (await test.call('endpoints.list', {}))[0]?.id as EndpointId;
    expect(await test.call('endpoints.statistics', { id })).toMatchObject({ delivered: 0, failed: 1 });
  });

  it.each([
    ['0', '0'],
    ['a date that is past', new Date(0).toUTCString()],
  ])(
    'asks for nothing again and again (%s): is asked less and less often, up to a minute, uncounted',
    async (_, after) => {
      await using receiver = await startReceiver();
      const asked = 9;
      receiver.answerWith(() =>
        receiver.requests.length <= asked ? { status: 429, headers: { 'retry-after': after } } : { status: 200 },
      );
      await using test = await startTestEngine();
      await test.addEndpoint(receiver);
      const event = await booking(test, 'bk_1');
      const other = await booking(test, 'bk_2');
      const waits: number[] = [];
      for (let n = 1; n <= asked; n += 1) {
        const { heldUntil } =
          (await test.until(
            async () => (await test.call('endpoints.list', {}))[0],
            (endpoint) => receiver.requests.length === n && (endpoint?.heldUntil ?? 0) > test.clock.wallMs(),
          )) ?? {};
        waits.push((heldUntil ?? 0) - test.clock.wallMs());
        await pass(test, waits.at(-1) ?? 0);
      }
      expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000));
      await test.clock.advance(1_000);
      expect(await deliveryOf(test, event, delivered)).toMatchObject({ failures: 0 });
      expect(await deliveryOf(test, other, delivered)).toMatchObject({ failures: 0 });
    },
  );

  it('one that slows down while failing keeps its trials after the time it asked for', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith({ status: 500 });
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await passAttempts(test, await booking(test, 'bk_0'), 5);
    const waiting = await booking(test, 'bk_1');
    receiver.answerWith((request) =>
      bookingOf(request) === 'bk_1' ? { status: 429, headers: { 'retry-after': '7200' } } : { status: 500 },
    );
    await pass(test, 31 * minuteMs);
    const tried = await deliveryOf(test, waiting, afterAttempts(1));
    expect(tried).toMatchObject({ outcome: 'throttled', failures: 0 });
    expect((await test.call('endpoints.get', { id })).state).toBe('failing');
    receiver.clear();
    receiver.answerWith({ status: 200 });
    await pass(test, hourMs);
    expect(receiver.requests).toHaveLength(0);
    await pass(test, hourMs + minuteMs);
    await deliveryOf(test, waiting, delivered);
    expect((await test.call('endpoints.get', { id })).state).toBe('active');
  });

  it('“send everything that waits” does not wait for it', async () => {
    await using receiver = await startReceiver();
    receiver.answerNext({ status: 429, headers: { 'retry-after': '7200' } });
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    await deliveryOf(test, event, afterAttempts(1));
    expect(await test.call('endpoints.sendWaiting', { id })).toEqual({ deliveries: 1, held: null });
    await deliveryOf(test, event, delivered);
  });

  it('takes a test since: what waited for its silence goes out, at the pace that it was found to take', async () => {
    await using receiver = await startReceiver();
    receiver.answerNext({ status: 503, headers: { 'retry-after': '86400' } });
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    await deliveryOf(test, event, afterAttempts(1));
    const other = await booking(test, 'bk_2');
    await pass(test, 5 * minuteMs);
    expect(receiver.requests).toHaveLength(1);
    expect((await test.call('endpoints.test', { id })).ok).toBe(true);
    await test.clock.advance(1_000);
    await deliveryOf(test, event, delivered);
    await deliveryOf(test, other, delivered);
    expect(await test.call('endpoints.get', { id })).toMatchObject({ heldUntil: null, waiting: 0 });
  });

  it('takes others since: one that it asked to wait a day goes by its ordinary schedule, never sooner', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const slow = { status: 503, headers: { 'retry-after': '86400' } };
    const both = Promise.withResolvers<void>();
    receiver.answerWith({ ...slow, after: both.promise });
    const { id } = await test.addEndpoint(receiver, { limits: { inFlight: 5, perSecond: 100 } });
    // As many at once as it takes, once it has answered.
    receiver.answerNext({ status: 200 }, { status: 200 });
    for (const warm of ['w_1', 'w_2']) await deliveryOf(test, await booking(test, warm), delivered);
    const first = await booking(test, 'bk_1');
    const second = await booking(test, 'bk_2');
    await receiver.received(4);
    both.resolve();
    for (const event of [first, second]) await deliveryOf(test, event, afterAttempts(1));
    receiver.answerWith({ status: 200 });
    // A person tries: the oldest is taken, a few seconds after it was asked to wait.
    await pass(test, 5_000);
    await test.call('endpoints.tryNow', { id });
    await deliveryOf(test, first, delivered);
    expect(await deliveryOf(test, second)).toMatchObject({ state: 'waiting', attempts: 1, failures: 0 });
    await pass(test, 50_000);
    expect(receiver.requests).toHaveLength(5);
    await pass(test, 10_000);
    await deliveryOf(test, second, delivered);
  });

  it('took what was on its way already: it is left alone all the same, and that is said', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver, { limits: { inFlight: 5, perSecond: 100 } });
    for (const warm of ['w_1', 'w_2']) await deliveryOf(test, await booking(test, warm), delivered);
    const taken = Promise.withResolvers<void>();
    receiver.answerWith((request) =>
      bookingOf(request) === 'bk_1'
        ? { status: 200, after: taken.promise }
        : { status: 503, headers: { 'retry-after': '86400' } },
    );
    const first = await booking(test, 'bk_1');
    await receiver.received(3);
    const second = await booking(test, 'bk_2');
    await deliveryOf(test, second, afterAttempts(1));
    await test.clock.advance(1_000);
    taken.resolve();
    await deliveryOf(test, first, delivered);
    const [endpoint] = await test.call('endpoints.list', {});
    expect(endpoint).toMatchObject({ waiting: 1, trouble: null });
    const until = endpoint?.heldUntil ?? 0;
    expect(until - test.clock.wallMs()).toBeGreaterThan(dayMs - minuteMs);
    const checks = await test.call('doctor.run', {});
    const check = checks.find(({ name }) => name.key === 'doctor.endpoint');
    expect(check).toMatchObject({ state: 'warning', nextStep: { params: { nextAt: until } } });
    expect(check?.says).toContainEqual({
      key: 'doctor.endpoint.asked_to_wait',
      params: { count: 1, untilAt: until },
    });
    const [condition] = endpointSlowDown.present({ endpoints: [endpoint] } as never, {} as never);
    expect(condition).toMatchObject({ turn: 'nobody', title: { params: { untilAt: until } } });
    expect(receiver.requests.filter((request) => bookingOf(request) === 'bk_2')).toHaveLength(1);
    expect(await test.call('endpoints.get', { id })).toMatchObject({ state: 'active' });
  });

  it('410 pauses the endpoint without counting, keeps what waits, and resuming sends it', async () => {
    await using receiver = await startReceiver();
    receiver.answerNext({ status: 410 });
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver, { limits: { inFlight: 1, perSecond: 100 } });
    const first = await booking(test, 'bk_1');
    await deliveryOf(test, first, afterAttempts(1));
    const second = await booking(test, 'bk_2');
    expect(await test.call('endpoints.get', { id })).toMatchObject({ state: 'paused', waiting: 2 });
    await pass(test, dayMs);
    expect(receiver.requests).toHaveLength(1);
    await test.call('endpoints.resume', { id });
    expect(await deliveryOf(test, first, delivered)).toMatchObject({ failures: 0, attempts: 2 });
    await deliveryOf(test, second, delivered);
  });
});

describe('the jitter of retries', () => {
  it.each([
    ['none', () => 0, 0],
    ['the most', () => 0.999_999, 0.1],
  ])('%s: never earlier than the delay, at most a tenth later', async (_, chance, share) => {
    await using receiver = await startReceiver();
    receiver.answerWith({ status: 500 });
    await using test = await startTestEngine({ chance });
    await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    for (const [n, delayMs] of [60_000, 300_000, 1_800_000, 7_200_000, 86_400_000].entries()) {
      const failed = await passAttempts(test, event, n + 1);
      const waitMs = (failed.nextAttemptAt ?? 0) - (failed.attemptsMade.at(-1)?.endedAt ?? 0);
      expect(waitMs).toBeGreaterThanOrEqual(delayMs);
      expect(waitMs).toBeLessThanOrEqual(delayMs * 1.1);
      expect(Math.abs(waitMs - delayMs * (1 + share))).toBeLessThan(delayMs / 1000);
    }
  });
});
