/** A mail digest that `kill -9` cuts off after its text went out: sent again whole, once, as the same message. */
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { connectControl } from '../support/control.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startMailServer } from '../support/mail-server.ts';

const movedClock = fileURLToPath(new URL('../faults/moved-clock.mjs', import.meta.url));
const within = { timeout: 30_000, interval: 100 };

test('a digest under way at a kill -9 arrives whole, once, and in order', { timeout: 90_000 }, async () => {
  const login = { user: 'relay@hotel.example', password: 'correct horse' };
  const server = await startMailServer({ login });
  await using folder = await temporaryFolder();
  // Twelve seconds before a full minute, when the digest goes out: long enough to set it up.
  const ahead = 60_000 - ((Date.now() + 12_000) % 60_000);
  const options = {
    dataFolder: folder.path,
    nodeOptions: ['--import', movedClock],
    env: { CLOCK_AHEAD_MS: String(ahead) },
  };
  const first = await startEngineProcess(options);
  const control = await connectControl(folder.path);
  const { token } = await control.call('sources.add', { name: 'PMS', propertyId: 'prop_test' });
  const { endpoint } = await control.call('endpoints.add', {
    confirmed: true,
    endpoint: {
      ...{ url: server.address, caPem: server.caPem, events: ['booking.created'] },
      config: { from: 'relay@hotel.example', to: 'manager@hotel.example', digestMinutes: 1, ...login },
    },
  });
  await control.call('endpoints.enable', { id: endpoint.id, override: true });
  const ids: string[] = [];
  for (const booking of ['bk_1', 'bk_2', 'bk_3']) {
    const answer = await fetch(`http://127.0.0.1:${first.port}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'booking.created', data: { booking_id: booking } }),
    });
    ids.push(((await answer.json()) as { id: string }).id);
  }
  server.silent = true;
  await vi.waitUntil(() => server.heard === 1, { ...within, timeout: 60_000 });
  await first.kill();
  expect(server.taken).toEqual([]);

  server.silent = false;
  await using second = await startEngineProcess(options);
  expect(second.pid).not.toBe(first.pid);
  await vi.waitUntil(() => server.taken.length > 0, { ...within, timeout: 60_000 });
  const again = await connectControl(folder.path);
  await vi.waitUntil(async () => {
    const { rows } = await again.call('deliveries.list', { filter: { states: ['delivered'] } });
    return rows.length === 3;
  }, within);
  expect(server.taken).toHaveLength(1);
  expect(server.taken[0]?.header('X-RoostSync-Event-Id')?.split(', ')).toEqual(ids);
  expect(server.taken[0]?.header('Message-ID')).toMatch(/^<digest_[0-9a-f]+\./);
  await server.stop();
});
