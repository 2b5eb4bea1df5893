import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/events.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { startReceiver } from '../support/receiver.ts';

const booking = catalogue['booking.created'].sample;
const benchOf = (test: TestEngine) => test.call('bench.get', {});

describe('an endpoint that is pointed at the test bench', () => {
  it('sends its events there, signed right, and to its own address again after it is released', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const own = await test.call('endpoints.revealAddress', { id });

    const pointed = await test.call('bench.point', { id });
    expect(pointed.host).toContain('127.0.0.1');
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

  it('has its own address back after the engine was started again', async () => {
    await using receiver = await startReceiver();
    await using folder = await temporaryFolder();
    const vault = createTestVault();
    let test = await startTestEngine({ dataFolder: folder.path, vault });
    const { id } = await test.addEndpoint(receiver);
    const own = await test.call('endpoints.revealAddress', { id });
    await test.call('bench.point', { id });
    await test.stop();

    test = await startTestEngine({ dataFolder: folder.path, vault });
    expect(await test.call('endpoints.revealAddress', { id })).toEqual(own);
    await test.post('booking.created', booking);
    await receiver.received(1);
    await test.stop();
  });
});
