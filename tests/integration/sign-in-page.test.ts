/** A hotel's sign-in page before the internet, with real servers as the addresses that are asked. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { conditionsOf } from '../../shared/conditions/index.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { afterAttempts, booking, delivered, deliveryOf } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

/** Three unrelated addresses: each is another host of loopback. */
async function startChecks() {
  const state = { isOpen: false, asked: 0 };
  const servers: Server[] = [];
  for (const host of ['127.0.0.1', '127.0.0.2', '127.0.0.3']) {
    const server = createServer((_, response) => {
      state.asked += 1;
      if (state.isOpen) response.writeHead(204).end();
      else response.writeHead(302, { location: 'http://wifi.hotel.example/login?mac=aa' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    servers.push(server);
  }
  return {
    state,
    own: servers.map((server) => {
      const { address, port } = server.address() as AddressInfo;
      return { address: `http://${address}:${port}/`, expects: '204' };
    }),
    async [Symbol.asyncDispose]() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

const running = { engine: 'running', engineProblem: null, loginItemWorks: null, keepAwake: null } as const;

test('is told by its host, uses up nothing, keeps nothing of the local network, and is over once somebody signed in', async () => {
  await using checks = await startChecks();
  await using till = await startReceiver();
  await using relay = await startTestEngine();
  await relay.call('settings.change', { change: { proxy: 'none', internetCheck: { use: 'own', own: checks.own } } });
  const { id: local } = await relay.addEndpoint(till);
  await deliveryOf(relay, await booking(relay, 'bk_0'), delivered, local);
  till.answerNext({ status: 500 });
  await deliveryOf(relay, await booking(relay, 'bk_1'), afterAttempts(1), local);
  // All ways are local, and what failed was on this very PC: nobody is asked.
  expect(await relay.call('relay.tryNow', {})).toMatchObject({ says: { key: 'try_now.nothing' } });
  expect(checks.state.asked).toBe(0);

  const { id: away } = await relay.addEndpoint(till, { url: 'https://hooks.make.invalid/hooks' });
  const event = await booking(relay, 'bk_2');
  expect(await deliveryOf(relay, event, afterAttempts(1), away)).toMatchObject({
    ...{ outcome: 'captive_portal', failures: 0, state: 'waiting', reason: 'sign_in_page' },
  });
  expect(checks.state.asked).toBe(3);
  await deliveryOf(relay, event, delivered, local);
  const during = await relay.call('situation.get', {});
  expect(during.connectivity.state).toBe('captive_portal');
  const [card] = conditionsOf(during, running).filter(({ kind }) => kind === 'captive_portal');
  expect(card?.step && inEnglish(card.step)).toContain('The sign-in page is at wifi.hotel.example.');
  // The page wants its query, which is nobody's to show: a browser is sent there by the address that was asked.
  expect(card?.actions[0]?.does).toEqual({ open: checks.own[0]?.address });
  const row = (await relay.call('doctor.run', {})).find(({ name }) => name.key === 'doctor.internet');
  const says = row?.says.map((said) => inEnglish(said)).join(' ');
  expect(says).toContain('The sign-in page is at wifi.hotel.example.');
  expect(says).toContain(`${checks.own[0]?.address} answered with somebody else’s page (302).`);

  for (let n = 0; n < 3; n += 1) {
    expect(await relay.call('relay.tryNow', {})).toMatchObject({ says: { key: 'try_now.captive_portal' } });
  }
  const refused = await relay.call('relay.tryNow', {});
  expect(refused.says.key).toBe('try_now.too_often');
  expect(refused.againAt).toBeGreaterThan(relay.clock.wallMs());

  checks.state.isOpen = true;
  const after = await relay.until(
    async () => {
      await relay.clock.advance(1_000);
      return relay.call('situation.get', {});
    },
    ({ connectivity }) => connectivity.state === 'online',
  );
  expect(after.facts.filter(({ scope }) => scope.kind !== 'host')).toEqual([]);
  // The internet is there now: that the name does not exist is the endpoint's own trouble.
  expect(await deliveryOf(relay, event, ({ failures }) => failures > 0, away)).toMatchObject({ failures: 1 });
});
