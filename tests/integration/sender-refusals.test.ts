import { describe, expect, it } from 'vitest';
import { afterAttempts, booking, delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';
import { startZoo, zoo } from '../support/receiver-zoo.ts';

describe('whatever a stranger’s bytes say', () => {
  it('a certificate whose dates nobody can read ends the attempt like any other that is not valid', async () => {
    await using receiver = await startReceiver({ certificate: 'unreadable' });
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver, { caPem: null });
    const event = await booking(test, 'bk_1');
    const failed = await deliveryOf(test, event, afterAttempts(1));
    expect(failed).toMatchObject({ state: 'waiting', outcome: 'certificate', failures: 1 });
    expect(failed.attemptsMade[0]?.detail).toContain('a day that cannot be read');
    expect(await test.call('endpoints.test', { id })).toMatchObject({ ok: false });
    expect(test.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('an early 413 is about the event: the next one of another booking goes out, the first is not asked again soon', async () => {
    await using cages = await startZoo();
    await using test = await startTestEngine();
    const early = zoo.find(({ name }) => name === 'an early 413, and closes');
    if (!early) throw new Error('there is no such receiver');
    const { endpoint } = await test.call('endpoints.add', {
      endpoint: { url: cages.url(early), events: ['booking.created'], caPem: cages.caPem },
    });
    await test.call('endpoints.enable', { id: endpoint.id, override: true });
    const event = await posted(test, 'booking.created', { booking_id: 'bk_1', notes: 'x'.repeat(900_000) });
    expect(await deliveryOf(test, event, afterAttempts(1))).toMatchObject({ outcome: 'event_refused', failures: 1 });
  });

  it('bytes after the answer’s end spoil the connection, not the deliveries', async () => {
    await using cages = await startZoo();
    await using test = await startTestEngine();
    const chatty = zoo.find(({ name }) => name === 'bytes after the answer’s end');
    if (!chatty) throw new Error('there is no such receiver');
    const { endpoint } = await test.call('endpoints.add', {
      endpoint: { url: cages.url(chatty), events: ['booking.created'], caPem: cages.caPem },
    });
    await test.call('endpoints.enable', { id: endpoint.id, override: true });
    for (const id of ['bk_1', 'bk_2', 'bk_3']) {
      expect(await deliveryOf(test, await booking(test, id), delivered)).toMatchObject({ attempts: 1, failures: 0 });
    }
  });
});
