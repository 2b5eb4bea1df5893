/** What is older than its endpoint wants waits for a person's word: "send" or "skip", one by one or all. */
import { describe, expect, it } from 'vitest';
import type { DeliveryId, EndpointId } from '../../shared/domain.ts';
import { hourMs, minuteMs } from '../support/clock.ts';
import { booking, delivered, deliveryOf, pass, passAttempts, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { down, type ReceivedRequest, startReceiver, up } from '../support/receiver.ts';

const isHeld = ({ state, reason }: { state: string; reason: string | null }) =>
  state === 'needs_attention' && reason === 'too_old';
const bookingOf = ({ text }: ReceivedRequest): string => JSON.parse(text).data.booking_id;
const heldOf = async (test: TestEngine, endpointId: EndpointId) => (await test.call('held.list', { endpointId })).rows;

/** Paused for so long, with these bookings waiting; then on again. */
async function awayFor(test: TestEngine, id: EndpointId, ms: number, ...bookings: string[]): Promise<string[]> {
  await test.call('endpoints.pause', { id });
  const events = [];
  for (const each of bookings) events.push(await booking(test, each));
  await pass(test, ms);
  await test.call('endpoints.resume', { id });
  return events;
}

describe('an event that is older than its endpoint wants', () => {
  it('is held, asked of, and goes out or not at a person’s word; counts never call it delivered', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver, { description: 'Door locks', holdOlderThanHours: 6 });
    const events = await awayFor(test, id, 7 * hourMs, 'bk_1', 'bk_2', 'bk_3', 'bk_4');
    for (const event of events) await deliveryOf(test, event, isHeld);
    // What is younger goes by, of one of these bookings as well.
    const young = await booking(test, 'bk_1', 'booking.updated');
    await deliveryOf(test, young, delivered);
    expect(receiver.requests.map(bookingOf)).toEqual(['bk_1']);

    const situation = await test.call('situation.get', {});
    const oldestAt = (await deliveryOf(test, events[0] ?? '')).at;
    expect(situation.endpoints[0]).toMatchObject({ tooOld: { count: 4, oldestAt }, needsAttention: 0, waiting: 0 });
    expect(situation).toMatchObject({ needsAttention: 4, attentionEvents: 4, waiting: 0 });
    const held = await heldOf(test, id);
    expect(held.map(({ eventId, overtaken }) => [eventId, overtaken])).toEqual(
      events.map((event, n) => [event, n === 0]),
    );
    const counted = async (filter: object) => (await test.call('deliveries.count', { filter })).total;
    expect(await counted({ states: ['needs_attention'] })).toBe(0);
    expect(await counted({ tooOld: true })).toBe(4);
    expect((await test.call('deliveries.list', { filter: { tooOld: true } })).rows).toHaveLength(4);

    const ids = held.map((row) => row.id);
    expect(await test.call('held.skip', { endpointId: id, ids: ids.slice(1, 2) })).toMatchObject({ deliveries: 1 });
    const skippedAt = test.clock.wallMs();
    expect(await test.call('held.send', { endpointId: id, ids: ids.slice(2, 3) })).toMatchObject({ deliveries: 1 });
    const sent = await deliveryOf(test, events[2] ?? '', delivered);
    expect(new Map(sent.attemptsMade[0]?.requestHeaders).get('X-RoostSync-Late-Seconds')).toBe(String(7 * 3600));
    // Of all, what a newer one of its booking has overtaken stays.
    expect(await test.call('held.send', { endpointId: id })).toEqual({ deliveries: 1, overtaken: 1 });
    await deliveryOf(test, events[3] ?? '', delivered);
    expect(await deliveryOf(test, events[0] ?? '')).toMatchObject({ state: 'needs_attention', reason: 'too_old' });
    expect(await deliveryOf(test, events[1] ?? '')).toMatchObject({
      state: 'cancelled',
      skipped: { by: { account: 'tester', surface: 'window' }, at: skippedAt },
    });
    expect(await counted({ states: ['delivered'] })).toBe(3);
    expect(await counted({ states: ['cancelled'] })).toBe(1);
    expect(await counted({ tooOld: true })).toBe(1);
    const { rows } = await test.call('audit.list', { limit: 3 });
    expect(rows.map(({ act, target, detail }) => [act, target, detail.deliveries])).toEqual([
      ['held.send', id, 1],
      ['held.send', id, 1],
      ['held.skip', id, 1],
    ]);
    await expect(test.call('held.send', { endpointId: id, ids: ids.slice(1, 2) })).rejects.toThrow(ids[1]);
    expect(await test.call('held.skip', { endpointId: id })).toMatchObject({ deliveries: 1 });
    expect((await test.call('endpoints.get', { id })).tooOld).toBeNull();
  });

  it('is asked of once: sent at a person’s word, it has its retries, however late', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver, { holdOlderThanHours: 1 });
    const [event = ''] = await awayFor(test, id, 2 * hourMs, 'bk_1');
    await deliveryOf(test, event, isHeld);
    receiver.answerWith(down);
    await test.call('held.send', { endpointId: id });
    await passAttempts(test, event, 3);
    receiver.answerWith(up);
    await passAttempts(test, event, 4);
    expect(await deliveryOf(test, event, delivered)).toMatchObject({ failures: 3 });
  });

  it('is held on its way through its retries, too, and lets the next one of its booking by', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver, { holdOlderThanHours: 0.2 });
    receiver.answerWith(({ headers }) => (headers['x-roostsync-event'] === 'booking.created' ? down : up));
    const first = await booking(test, 'bk_1');
    await passAttempts(test, first, 3);
    await test.clock.advance(10 * minuteMs);
    const next = await booking(test, 'bk_1', 'booking.updated');
    expect(await deliveryOf(test, next)).toMatchObject({ state: 'waiting', reason: 'order' });
    await pass(test, 26 * minuteMs);
    expect(await deliveryOf(test, first, isHeld)).toMatchObject({ attempts: 3, failures: 3 });
    expect(await deliveryOf(test, next, isHeld)).toMatchObject({ attempts: 0 });
    const young = await booking(test, 'bk_1', 'booking.updated');
    await deliveryOf(test, young, delivered);
    expect((await heldOf(test, id)).map(({ overtaken }) => overtaken)).toEqual([true, true]);
  });

  it('is let go where its endpoint takes what is older from now on, and over a restart', async () => {
    await using receiver = await startReceiver();
    await using folder = await temporaryFolder();
    const options = { dataFolder: folder.path, vault: createTestVault() };
    const first = await startTestEngine(options);
    const { id } = await first.addEndpoint(receiver, { holdOlderThanHours: 1 });
    const old = await awayFor(first, id, 3 * hourMs, 'bk_1', 'bk_2');
    for (const event of old) await deliveryOf(first, event, isHeld);
    const younger = await awayFor(first, id, 2 * hourMs, 'bk_3');
    await deliveryOf(first, younger[0] ?? '', isHeld);
    const change = (holdOlderThanHours: number | null) =>
      first.call('endpoints.change', { id, change: { holdOlderThanHours } });
    await change(4);
    await deliveryOf(first, younger[0] ?? '', delivered);
    expect(await heldOf(first, id)).toHaveLength(2);
    await change(2);
    expect(await heldOf(first, id)).toHaveLength(2);
    await first.stop();

    await using test = await startTestEngine({ ...options, clock: first.clock });
    expect(await heldOf(test, id)).toHaveLength(2);
    expect((await test.call('endpoints.get', { id })).holdOlderThanHours).toBe(2);
    await test.call('endpoints.change', { id, change: { holdOlderThanHours: null } });
    for (const event of old) await deliveryOf(test, event, delivered);
    expect(receiver.requests.map(bookingOf)).toEqual(['bk_3', 'bk_1', 'bk_2']);
  });

  it('stands in no way of a failing endpoint’s trials, and "try now" says what became of it', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver, { holdOlderThanHours: 12 });
    receiver.answerWith(down);
    const first = await booking(test, 'bk_0');
    await passAttempts(test, first, 5);
    const events = [await booking(test, 'bk_1'), await booking(test, 'bk_2')];
    expect((await test.call('endpoints.get', { id })).state).toBe('failing');
    await test.call('endpoints.pause', { id });
    await pass(test, 13 * hourMs);
    await test.call('endpoints.resume', { id });
    receiver.answerWith(up);
    const tried = await test.call('endpoints.tryNow', { id });
    expect(tried).toMatchObject({ tried: null, says: { key: 'problem.try_too_old' } });
    for (const event of events) await deliveryOf(test, event, isHeld);
    receiver.clear();
    const young = await booking(test, 'bk_3');
    await pass(test, 31 * minuteMs);
    await deliveryOf(test, young, delivered);
    expect((await test.call('endpoints.get', { id })).state).toBe('active');
    expect(receiver.requests.map(bookingOf)).toEqual(['bk_3']);
  });

  it('that a person asks for by hand, or among events from before, goes out', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await posted(test, 'booking.created', { booking_id: 'bk_0' });
    const [before] = (await test.call('events.list', {})).rows;
    await pass(test, 7 * hourMs);
    const { id } = await test.addEndpoint(receiver, { holdOlderThanHours: 6 });
    await test.call('endpoints.sendPast', { id });
    await deliveryOf(test, before?.id ?? '', delivered);
    const [event = ''] = await awayFor(test, id, 7 * hourMs, 'bk_1');
    const held = await deliveryOf(test, event, isHeld);
    await test.call('deliveries.resend', { id: held.id as DeliveryId });
    await deliveryOf(test, event, delivered);
  });
});
