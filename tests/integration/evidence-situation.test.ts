/** What the situation says of events, endpoints and outages, against what the receivers saw. */
import { describe, expect, it } from 'vitest';
import type { EndpointId } from '../../shared/domain.ts';
import type { Endpoint } from '../../shared/schemas.ts';
import { minuteMs } from '../support/clock.ts';
import { afterAttempts, booking, delivered, deliveryOf, pass, passAttempts, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { startReceiver } from '../support/receiver.ts';

const situationOf = (test: TestEngine) => test.call('situation.get', {});
const endpointOf = (test: TestEngine, id: EndpointId): Promise<Endpoint> => test.call('endpoints.get', { id });

describe('the trouble of an endpoint', () => {
  it('says since when, how often and in whose words, over a restart, and ends with the first success', async () => {
    await using receiver = await startReceiver();
    const folder = await temporaryFolder();
    const vault = createTestVault();
    const first = await startTestEngine({ dataFolder: folder.path, vault });
    const { id } = await first.addEndpoint(receiver);
    receiver.answerWith({
      status: 404,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"No such hook"}',
    });
    const event = await booking(first, 'bk_1');
    const tried = await deliveryOf(first, event, afterAttempts(1));
    const since = tried.attemptsMade[0]?.endedAt ?? 0;
    expect((await endpointOf(first, id)).trouble).toMatchObject({
      ...{
        kind: 'setup',
        since,
        failures: 1,
        status: 404,
        said: 'No such hook',
        takesNothing: false,
        othersGotThrough: false,
      },
    });
    await passAttempts(first, event, 2);
    await first.stop();

    await using test = await startTestEngine({ dataFolder: folder.path, vault, clock: first.clock });
    await passAttempts(test, event, 3);
    const situation = await situationOf(test);
    expect(situation.endpoints[0]?.trouble).toMatchObject({ since, failures: 3, takesNothing: true });
    const receivers = situation.facts.filter(({ kind }) => kind === 'receiver');
    expect(receivers).toEqual([expect.objectContaining({ kind: 'receiver', since, endpointId: id, trouble: 'setup' })]);
    receiver.answerWith({ status: 200 });
    await deliveryOf(test, await booking(test, 'bk_2'), delivered);
    const after = await situationOf(test);
    expect(after.endpoints[0]).toMatchObject({ trouble: null, state: 'active' });
    expect(after.facts.filter(({ kind }) => kind === 'receiver')).toEqual([]);
    expect(after.recoveries).toMatchObject([{ endpointId: id, since }]);
    await test.stop();
    await folder.remove();
  });

  it('lasts for ten minutes and then takes nothing, and a new address is not yet blamed for it', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    receiver.answerWith({ status: 429, headers: { 'retry-after': '3600' } });
    await deliveryOf(test, await booking(test, 'bk_1'), afterAttempts(1));
    expect((await endpointOf(test, id)).trouble).toMatchObject({ kind: 'slow_down', takesNothing: false });
    await test.clock.advance(10 * minuteMs);
    expect((await endpointOf(test, id)).trouble).toMatchObject({ kind: 'slow_down', takesNothing: true });
    await test.call('endpoints.change', { id, change: { url: `${receiver.url}/elsewhere` } });
    expect((await endpointOf(test, id)).trouble).toMatchObject({ kind: 'slow_down', takesNothing: false });
  });

  it('that a person was told of is told as over, by a test send after its address was put right too', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    receiver.answerWith({ status: 404 });
    const { attemptsMade } = await passAttempts(test, await booking(test, 'bk_1'), 3);
    await test.call('endpoints.change', { id, change: { url: `${receiver.url}/new` } });
    receiver.answerWith({ status: 200 });
    expect((await test.call('endpoints.test', { id })).ok).toBe(true);
    const { endpoints, recoveries } = await situationOf(test);
    expect(endpoints[0]).toMatchObject({ state: 'active', trouble: null });
    expect(recoveries).toMatchObject([{ endpointId: id, since: attemptsMade[0]?.endedAt }]);
  });
});

describe('what became of today’s events', () => {
  it('counts each event once, and none as delivered that is not with everybody who wanted it', async () => {
    await using good = await startReceiver();
    await using bad = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(good, { events: ['booking.created', 'payment.received'] });
    const { id: failing } = await test.addEndpoint(bad, { events: ['booking.created'] });
    bad.answerWith({ status: 500 });
    const both = await booking(test, 'bk_1');
    await deliveryOf(test, both, afterAttempts(1), failing);
    const skipped = await booking(test, 'bk_2');
    const waiting = await deliveryOf(test, skipped, afterAttempts(1), failing);
    await test.call('deliveries.cancel', { id: waiting.id });
    await deliveryOf(test, await posted(test, 'payment.received', { payment_id: 'pay_1', amount: 1 }), delivered);
    await posted(test, 'guest.checkin', { booking_id: 'bk_1' });
    const { today, waitingEvents } = await test.until(
      () => situationOf(test),
      (now) => now.today.delivered === 1,
    );
    expect(today).toMatchObject({
      ...{ taken: 4, delivered: 1, waiting: 1, skipped: 1, toNobody: 1, needsAttention: 0, bench: 0 },
    });
    expect(waitingEvents).toEqual({ events: 1, endpoints: 1 });
  });

  it('an event that waits for two receivers is one event, and yesterday’s are not today’s', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerWith({ status: 503 });
    await test.addEndpoint(receiver);
    await test.addEndpoint(receiver);
    await deliveryOf(test, await booking(test, 'bk_1'), afterAttempts(1));
    expect((await situationOf(test)).waitingEvents).toEqual({ events: 1, endpoints: 2 });
    await pass(test, 24 * 60 * minuteMs);
    const next = await situationOf(test);
    expect(next.today).toMatchObject({ taken: 0, waiting: 0, delivered: 0 });
    expect(next.waitingEvents).toEqual({ events: 1, endpoints: 2 });
  });
});

describe('what needs a person', () => {
  it('others get through only if one did afterwards, and the receiver’s own words are there', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    receiver.answerWith({ status: 422, body: '{"message":"phone is required"}' });
    await passAttempts(test, await booking(test, 'bk_1'), 6);
    expect((await endpointOf(test, id)).attention).toMatchObject({
      ...{ othersGetThrough: false, status: 422, said: 'phone is required', outcome: 'event_refused' },
    });
    receiver.answerWith({ status: 200 });
    await test.clock.advance(1_000);
    await deliveryOf(test, await booking(test, 'bk_2'), delivered);
    expect((await endpointOf(test, id)).attention).toMatchObject({ othersGetThrough: true });
    expect((await situationOf(test)).attentionEvents).toBe(1);
  });
});
