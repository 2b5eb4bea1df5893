import { connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { connectControl } from '../support/control.ts';
import { startTestEngine } from '../support/engine.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startReceiver } from '../support/receiver.ts';

/** Connections that say nothing. */
function idle(port: number, count: number): { readonly sockets: Socket[]; open(): number; end(): void } {
  const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1').on('error', () => {}));
  let closed = 0;
  for (const socket of sockets) {
    socket.resume().on('close', () => {
      closed += 1;
    });
  }
  return {
    sockets,
    open: () => count - closed,
    end: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

it('connections that show no token are few and short, and leave room for the PMS', async () => {
  await using test = await startTestEngine();
  const port = Number(new URL(test.engine.intakeAddress).port);
  // The PMS keeps its connection; those who come after it do not push it out.
  expect((await test.post('booking.created', { booking_id: 'bk_0' })).status).toBe(202);
  const strangers = idle(port, 400);
  try {
    // They have had their chance to say who they are; the next one that comes ends them.
    await test.until(
      async () => {
        await test.clock.advance(1_000);
        await fetch(`${test.engine.intakeAddress}/v1/health`, { headers: { connection: 'close' } });
        return strangers.open();
      },
      (open) => open <= 100,
    );
    for (let n = 1; n <= 5; n += 1) {
      expect((await test.post('booking.created', { booking_id: `bk_${n}` })).status).toBe(202);
    }
    await test.clock.advance(15_000);
    await test.until(strangers.open, (open) => open === 0);
    expect((await test.post('booking.created', { booking_id: 'bk_9' })).status).toBe(202);
  } finally {
    strangers.end();
  }
});

// What a process may open is limited on Linux and macOS alone.
it.skipIf(process.platform === 'win32')(
  'descriptors that are used up refuse for a while and blame no receiver, and it recovers alone',
  async () => {
    await using folder = await temporaryFolder();
    await using engine = await startEngineProcess({ dataFolder: folder.path, descriptors: 64 });
    const control = await connectControl(folder.path);
    await control.call('settings.change', { change: { propertyId: 'prop_test' } });
    const { token } = await control.call('sources.add', { name: 'PMS' });
    const receivers = await Promise.all([1, 2, 3, 4].map(() => startReceiver()));
    for (const receiver of receivers) {
      receiver.answerWith({ status: 200, delayMs: 1_000 });
      const { endpoint } = await control.call('endpoints.add', {
        confirmed: true,
        endpoint: { url: receiver.url, caPem: receiver.caPem, events: ['booking.created'] },
      });
      await control.call('endpoints.enable', { id: endpoint.id, override: true });
    }
    const post = async (n: number): Promise<number | string> => {
      try {
        const answer = await fetch(`http://127.0.0.1:${engine.port}/v1/events`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
          body: JSON.stringify({ event: 'booking.created', data: { booking_id: `bk_${n}` } }),
          signal: AbortSignal.timeout(5_000),
        });
        return answer.status;
      } catch {
        return 'refused';
      }
    };
    const taken: number[] = [];
    expect(await post(0)).toBe(202);
    for (let n = 100; n < 120; n += 1) expect(await post(n)).toBe(202);
    const strangers = idle(engine.port, 300);
    for (let n = 1; n <= 10; n += 1) if ((await post(n)) === 202) taken.push(n);
    // Those who say nothing are ended after a second, so that the PMS gets in while others go on holding what they can.
    await expect.poll(() => post(12), { timeout: 8_000, interval: 100 }).toBe(202);
    strangers.end();
    await expect.poll(() => post(11), { timeout: 10_000, interval: 100 }).toBe(202);
    const stored = (await control.call('events.list', { limit: 100 })).rows.length;
    expect(stored).toBeGreaterThanOrEqual(taken.length + 23);
    // What could not be sent for want of a descriptor counts for nothing.
    const { rows } = await control.call('deliveries.list', { limit: 200 });
    expect(rows.filter(({ failures }) => failures > 0)).toEqual([]);
    expect((await control.call('endpoints.list', {})).map(({ state }) => state)).not.toContain('failing');
    await Promise.all(receivers.map((receiver) => receiver.stop()));
    expect(await engine.stop()).toBe(0);
    expect(engine.output()).not.toMatch(/\n\s+at /);
  },
  60_000,
);
