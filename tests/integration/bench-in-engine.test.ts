import { cp } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { conditionsOf } from '../../shared/conditions/index.ts';
import { catalogue } from '../../shared/events.ts';
import type { DeliveryRow } from '../../shared/schemas.ts';
import { hourMs, minuteMs } from '../support/clock.ts';
import { afterAttempts, booking as book, delivered, deliveryOf } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { startReceiver } from '../support/receiver.ts';

const booking = catalogue['booking.created'].sample;
const surface = { engine: 'running', engineProblem: null, loginItemWorks: null, keepAwake: null } as const;
const conditionKinds = async (test: TestEngine) =>
  conditionsOf(await test.call('situation.get', {}), surface).map(({ kind }) => kind);
const atBench = ({ toBench }: Pick<DeliveryRow, 'toBench'>): boolean => toBench;
const benchOf = (test: TestEngine) => test.call('bench.get', {});

describe('an endpoint that is pointed at the test bench', () => {
  it('sends its events there, signed right, and to its own address again after it is released', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const own = await test.call('endpoints.revealAddress', { id });
    const before = await test.call('endpoints.get', { id });

    const pointed = await test.call('bench.point', { id });
    // What a person reads is its own address, not the bench's.
    expect(pointed).toMatchObject({ host: before.host, address: before.address });
    expect(await test.call('endpoints.revealAddress', { id })).toEqual(own);
    const unchanged = await test.call('endpoints.change', { id, change: { url: own.url } });
    expect(unchanged.toBench).toEqual(pointed.toBench);
    expect((await benchOf(test)).endpointIds).toEqual([id]);
    const posted = await test.post('booking.created', booking);
    const [request] = await test.until(
      async () => (await benchOf(test)).requests,
      ({ length }) => length > 0,
    );
    expect(request).toMatchObject({ endpointId: id, eventId: posted.body.id, signature: 'valid', answered: 200 });
    expect(receiver.requests).toHaveLength(0);

    await test.call('bench.release', { id });
    expect(await test.call('endpoints.revealAddress', { id })).toEqual(own);
    expect((await benchOf(test)).endpointIds).toEqual([]);
    await test.post('booking.created', { booking_id: 'bk_after' });
    await receiver.received(1);
  });

  it('is not tested by a test send to the bench: a draft still wants one to its own address', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { endpoint } = await test.call('endpoints.add', {
      endpoint: { url: receiver.url, caPem: receiver.caPem, events: ['booking.created'] },
    });
    await test.call('bench.point', { id: endpoint.id });
    const [card] = conditionsOf(await test.call('situation.get', {}), surface).filter(
      ({ kind }) => kind === 'endpoint_at_bench',
    );
    expect(card?.meaning.key).toBe('conditions.endpoint_at_bench.idle');
    expect((await test.call('endpoints.test', { id: endpoint.id })).ok).toBe(true);
    await test.call('bench.release', { id: endpoint.id });
    await expect(test.call('endpoints.enable', { id: endpoint.id })).rejects.toThrow();
    await test.call('endpoints.test', { id: endpoint.id });
    expect((await test.call('endpoints.enable', { id: endpoint.id })).state).toBe('active');
  });

  it('gets what the bench is told to answer', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await test.call('bench.point', { id });
    await test.call('bench.behave', { behaviour: 'throttle_429' });
    await test.post('booking.created', booking);
    const [row] = await test.until(
      async () => (await test.call('deliveries.list', {})).rows,
      ([found]) => found?.status === 429,
    );
    expect(row).toMatchObject({ outcome: 'throttled', failures: 0, state: 'waiting' });
  });

  it.each(['ended', 'crashed'])('has its own address back after the engine %s, and that is said', async (how) => {
    await using receiver = await startReceiver();
    await using folder = await temporaryFolder();
    await using crashed = await temporaryFolder();
    const vault = createTestVault();
    const first = await startTestEngine({ dataFolder: folder.path, vault });
    const { id } = await first.addEndpoint(receiver);
    const own = await first.call('endpoints.revealAddress', { id });
    const { toBench } = await first.call('bench.point', { id });
    await deliveryOf(first, await book(first, 'bk_1'), atBench);
    // What a crash leaves is what is on the disk at some moment.
    if (how === 'crashed') await cp(folder.path, crashed.path, { recursive: true });
    await first.stop();

    const dataFolder = how === 'crashed' ? crashed.path : folder.path;
    await using test = await startTestEngine({ dataFolder, vault, clock: first.clock });
    expect(await test.call('endpoints.revealAddress', { id })).toEqual(own);
    const said = async (wanted: string) =>
      conditionsOf(await test.call('situation.get', {}), surface).find(({ kind }) => kind === wanted)?.meaning;
    const times = { endedAt: test.clock.wallMs(), untilAt: toBench?.until };
    expect(await said('bench_swallowed')).toMatchObject({ key: 'conditions.bench_swallowed.cut_off', params: times });
    await test.call('bench.leave', { id });
    expect(await said('bench_cut_off')).toMatchObject({ params: times });
    await test.post('booking.created', booking);
    await receiver.received(1);
    // Another address is no question of the bench.
    await test.call('endpoints.change', { id, change: { url: `${receiver.url}/moved` } });
    await test.clock.advance(hourMs);
    expect(await conditionKinds(test)).not.toContain('bench_cut_off');
  });
});

describe('what the test bench takes', () => {
  it('is not delivered anywhere: not in counts, hours, rate or today, but marked, listed and exported as what it is', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await test.call('bench.point', { id });
    const event = await book(test, 'bk_1');
    const taken = await deliveryOf(test, event, atBench);
    expect(taken).toMatchObject({ state: 'cancelled', reason: 'bench', outcome: null, status: 200 });
    expect(taken.attemptsMade).toMatchObject([{ toBench: true, sentence: { key: 'outcome.bench_took' } }]);
    const situation = await test.call('situation.get', {});
    expect(situation).toMatchObject({ deliveredToday: 0, lastDeliveredAt: null });
    expect(situation.today).toMatchObject({ taken: 1, delivered: 0, bench: 1 });
    expect(situation.hours.reduce((sum, hour) => sum + hour.delivered + hour.failed, 0)).toBe(0);
    expect(situation.endpoints[0]).toMatchObject({ swallowed: 1, successRate: null, lastAnswer: null });
    expect(await test.call('endpoints.statistics', { id })).toMatchObject({ delivered: 0, failed: 0 });
    const listed = (toBench: boolean) => test.call('deliveries.list', { filter: { toBench } });
    expect((await listed(true)).rows.map((row) => row.eventId)).toEqual([event]);
    expect((await listed(false)).rows).toEqual([]);
    expect((await test.call('deliveries.count', { filter: { toBench: true } })).total).toBe(1);
    // Nobody cancelled it.
    expect((await test.call('deliveries.count', { filter: { states: ['cancelled'] } })).total).toBe(0);
    expect(receiver.requests).toHaveLength(0);
    expect(await conditionKinds(test)).toContain('endpoint_at_bench');
  });

  it('goes to its receiver with the same event id once a person sends it on', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await test.call('bench.point', { id });
    const event = await book(test, 'bk_1');
    const taken = await deliveryOf(test, event, atBench);
    await test.call('bench.release', { id });
    expect(await conditionKinds(test)).toContain('bench_swallowed');
    await test.call('deliveries.restore', { id: taken.id });
    await deliveryOf(test, event, delivered);
    expect(receiver.requests[0]?.headers['x-roostsync-event-id']).toBe(event);
    expect(await conditionKinds(test)).not.toContain('bench_swallowed');
    expect((await test.call('situation.get', {})).today).toMatchObject({ delivered: 1, bench: 0 });
  });

  it('or is left at that by a person’s word, and is skipped then', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await test.call('bench.point', { id });
    await deliveryOf(test, await book(test, 'bk_1'), atBench);
    await test.call('bench.stop', {});
    expect((await test.call('bench.leave', { id })).swallowed).toBe(0);
    expect((await test.call('situation.get', {})).today).toMatchObject({ skipped: 1, bench: 0, delivered: 0 });
  });

  it('says nothing of the receiver, and what the bench refused is sent there as if it had not been asked', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    receiver.answerWith({ status: 500 });
    await deliveryOf(test, await book(test, 'bk_1'), afterAttempts(1));
    const before = await test.call('endpoints.get', { id });
    expect(before).toMatchObject({ state: 'degraded', trouble: { status: 500 } });
    await test.call('bench.point', { id, confirmed: true });
    await test.call('bench.behave', { behaviour: 'error_500' });
    const event = await book(test, 'bk_2');
    await deliveryOf(test, event, afterAttempts(1));
    expect(await test.call('endpoints.get', { id })).toMatchObject({ state: 'active', trouble: null });
    receiver.answerWith({ status: 200 });
    await test.call('bench.release', { id });
    expect((await deliveryOf(test, event, delivered)).failures).toBe(0);
  });

  it('pauses it with "gone for good", and it is on again afterwards', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await test.call('bench.point', { id });
    await test.call('bench.behave', { behaviour: 'gone_410' });
    const event = await book(test, 'bk_1');
    await test.until(
      () => test.call('endpoints.get', { id }),
      ({ state }) => state === 'paused',
    );
    await test.call('bench.release', { id });
    await deliveryOf(test, event, delivered);
    expect(await test.call('endpoints.get', { id })).toMatchObject({ state: 'active', toBench: null });
  });
});

describe('pointing an endpoint at the test bench', () => {
  it('asks first while events are waiting or flowing, and says how many', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await deliveryOf(test, await book(test, 'bk_1'), delivered);
    const actor = { account: 'tester', surface: 'window' } as const;
    const asked = await test.engine.call('bench.point', { id }, actor);
    expect(asked).toMatchObject({
      ok: false,
      error: { code: 'not_confirmed', says: { key: 'problem.bench_in_use', params: { waiting: 0, taken: 1 } } },
    });
    expect((await benchOf(test)).endpointIds).toEqual([]);
    expect((await test.call('bench.point', { id, confirmed: true })).toBench).not.toBeNull();
  });

  it('ends by itself after an hour, or after what it was asked for', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const own = await test.call('endpoints.revealAddress', { id });
    for (const [forMs, input] of [
      [hourMs, {}],
      [5 * minuteMs, { forMs: 5 * minuteMs }],
    ] as const) {
      const { toBench } = await test.call('bench.point', { id, ...input });
      expect((toBench?.until ?? 0) - (toBench?.since ?? 0)).toBe(forMs);
      await test.clock.advance(forMs - minuteMs);
      expect((await test.call('endpoints.get', { id })).toBench).not.toBeNull();
      await test.clock.advance(2 * minuteMs);
      await test.until(
        () => test.call('endpoints.get', { id }),
        (endpoint) => endpoint.toBench === null,
      );
      expect(await test.call('endpoints.revealAddress', { id })).toEqual(own);
    }
  });

  it('ends with a new address, and keeps the certificate that was its own', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const { ca } = await test.call('endpoints.get', { id });
    expect((await test.call('bench.point', { id })).ca).toEqual(ca);
    const changed = await test.call('endpoints.change', { id, change: { url: `${receiver.url}/moved` } });
    expect(changed).toMatchObject({ toBench: null, ca });
    await deliveryOf(test, await book(test, 'bk_1'), delivered);
    expect(receiver.requests).toHaveLength(1);
  });
});
