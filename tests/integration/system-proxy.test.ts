/** A whole engine whose system names the way: through real proxies, to a real receiver. */
import { expect, test, vi } from 'vitest';
import { afterAttempts, booking, delivered, deliveryOf, pass } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { freePort } from '../support/engine-process.ts';
import { startOfficeProxy } from '../support/office-proxy.ts';
import { startReceiver } from '../support/receiver.ts';

test('a proxy that is away gives way to the next of the list; SOCKS alone is told by its name', async () => {
  for (const name of ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']) vi.stubEnv(name, '');
  const asked: string[] = [];
  await using receiver = await startReceiver({ hosts: ['hooks.make.example'] });
  await using proxy = await startOfficeProxy(() => receiver.port);
  let list = `PROXY 127.0.0.1:${await freePort()}; PROXY ${new URL(proxy.address).host}`;
  await using relay = await startTestEngine({
    systemProxy: {
      async resolve(origin) {
        asked.push(origin);
        return list;
      },
    },
  });
  await relay.addEndpoint(receiver, { url: 'https://hooks.make.example/secret-path' });
  const event = await booking(relay, 'bk_1');
  await deliveryOf(relay, event, afterAttempts(1));
  await pass(relay, 120_000);
  // Nothing counts, and the property is not told that its proxy is away: there is another.
  expect(await deliveryOf(relay, event, delivered)).toMatchObject({ failures: 0 });
  expect((await relay.call('situation.get', {})).facts).toEqual([]);
  expect(new Set(asked)).toEqual(new Set(['https://hooks.make.example']));

  list = 'SOCKS5 10.0.0.9:1080';
  relay.engine.suspend();
  relay.engine.resume();
  const next = await booking(relay, 'bk_2');
  expect(await deliveryOf(relay, next, afterAttempts(1))).toMatchObject({
    ...{ state: 'waiting', failures: 0, outcome: 'proxy' },
    sentence: { key: 'outcome.proxy_socks' },
  });
  const { facts, connectivity } = await relay.call('situation.get', {});
  expect(facts).toMatchObject([{ kind: 'proxy', trouble: 'socks', proxy: '10.0.0.9:1080' }]);
  expect(connectivity.state).toBe('proxy');

  list = `PROXY ${new URL(proxy.address).host}`;
  await pass(relay, 120_000);
  await deliveryOf(relay, next, delivered);
  vi.unstubAllEnvs();
});
