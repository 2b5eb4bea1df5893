import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { minuteMs } from '../support/clock.ts';
import { afterAttempts, booking, delivered, deliveryOf, pass, passAttempts } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startOfficeProxy } from '../support/office-proxy.ts';
import { createTestVault } from '../support/ports.ts';
import { type Receiver, type ReceiverOptions, startReceiver } from '../support/receiver.ts';

const halfHourMs = 30 * minuteMs;
const hosts = ['hooks.make.example', 'hooks.slack.example'];

/** Endpoints on the internet, reached through the office's proxy: their hosts lead to these receivers. */
async function propertyWith(count: number, checkPort = 0) {
  const receivers: Receiver[] = [];
  for (let n = 0; n < count; n += 1) receivers.push(await startReceiver({ hosts: hosts.slice(n, n + 1) }));
  const proxy = await startOfficeProxy((host) => receivers[hosts.indexOf(host)]?.port ?? checkPort);
  const test = await startTestEngine();
  await test.call('settings.change', { change: { proxy: proxy.address } });
  const endpoints = [];
  for (const [n, receiver] of receivers.entries()) {
    endpoints.push((await test.addEndpoint(receiver, { url: `https://${hosts[n]}/hooks` })).id);
  }
  return {
    ...{ receivers, proxy, test, endpoints },
    first: receivers[0] as Receiver,
    /** The first receiver gives way to another one on its port. */
    async replaceFirst(options: ReceiverOptions): Promise<Receiver> {
      const port = receivers[0]?.port ?? 0;
      await receivers[0]?.stop();
      receivers[0] = await startReceiver({ ...options, port });
      return receivers[0];
    },
    async [Symbol.asyncDispose]() {
      await test.stop();
      await proxy[Symbol.asyncDispose]();
      for (const receiver of receivers) await receiver.stop();
    },
  };
}

const dateOf = (test: TestEngine, offMs: number) => new Date(test.clock.wallMs() + offMs).toUTCString();

describe('what is not the receiver’s fault', () => {
  it.each([
    ['asks for a password', 407],
    ['refuses to let us through', 403],
  ])('a proxy that %s counts for nothing, and all goes out when it lets us', async (_, status) => {
    await using at = await propertyWith(1);
    const { test, proxy, first } = at;
    proxy.answerWith(status);
    const events = [await booking(test, 'bk_1'), await booking(test, 'bk_2'), await booking(test, 'bk_3')];
    const tried = await deliveryOf(test, events[0] ?? '', afterAttempts(1));
    expect(tried).toMatchObject({ state: 'waiting', failures: 0, outcome: 'proxy' });
    await pass(test, 5 * halfHourMs);
    expect(await deliveryOf(test, events[0] ?? '')).toMatchObject({ state: 'waiting', failures: 0 });
    expect((await test.call('endpoints.list', {}))[0]?.state).toBe('active');
    const trouble = status === 407 ? 'password' : 'refused';
    const held = await test.call('situation.get', {});
    expect(held.facts).toMatchObject([{ kind: 'proxy', trouble, status }]);
    expect(held.connectivity.state).toBe('proxy');
    expect(held.outages).toMatchObject([{ kind: 'proxy', until: null, events: 3, left: 3 }]);
    expect(await deliveryOf(test, events[1] ?? '')).toMatchObject({ reason: 'proxy' });
    const doctor = await test.call('doctor.run', {});
    expect(doctor.find(({ name }) => name.key === 'doctor.internet')).toMatchObject({ state: 'problem' });
    proxy.answerWith('tunnel');
    await pass(test, 6 * minuteMs);
    await first.received(3);
    for (const event of events) await deliveryOf(test, event, delivered);
    const over = await test.call('situation.get', {});
    expect(over.facts.map(({ kind }) => kind)).not.toContain('proxy');
    expect(over.connectivity).toEqual({ state: 'online', since: null });
    const [outage] = over.outages;
    expect(outage).toMatchObject({ kind: 'proxy', since: held.connectivity.since, events: 3, left: 0 });
    expect(outage?.outBy).toBeGreaterThanOrEqual(outage?.until ?? Number.POSITIVE_INFINITY);
  });

  it('a proxy that is down counts for nothing, and one request goes first when it is back', async () => {
    await using at = await propertyWith(1);
    const { test, proxy, first } = at;
    await proxy.stop();
    const events = [await booking(test, 'bk_1'), await booking(test, 'bk_2'), await booking(test, 'bk_3')];
    await deliveryOf(test, events[0] ?? '', afterAttempts(1));
    await proxy.start();
    first.answerNext({ delayMs: 300 });
    await pass(test, 6 * minuteMs);
    await first.received(1);
    expect(first.requests).toHaveLength(1);
    await first.received(3);
    const sent = await Promise.all(events.map((event) => deliveryOf(test, event, delivered)));
    expect(sent.map(({ failures }) => failures)).toEqual([0, 0, 0]);
    expect(sent.flatMap(({ attemptsMade }) => attemptsMade.map(({ kind }) => kind))).toContain('canary');
  });

  it('trouble with the proxy while an endpoint is failing does not end its trials', async () => {
    await using at = await propertyWith(1);
    const { test, proxy, first, endpoints } = at;
    first.answerWith({ status: 500 });
    await passAttempts(test, await booking(test, 'bk_0'), 5);
    const waiting = await booking(test, 'bk_1');
    proxy.answerWith(407);
    await pass(test, halfHourMs);
    expect(await deliveryOf(test, waiting, afterAttempts(1))).toMatchObject({ outcome: 'proxy' });
    proxy.answerWith('tunnel');
    first.clear();
    await pass(test, halfHourMs);
    await deliveryOf(test, waiting, afterAttempts(2));
    first.answerWith({ status: 200 });
    await pass(test, halfHourMs + minuteMs);
    await deliveryOf(test, waiting, delivered);
    expect((await test.call('endpoints.get', { id: endpoints[0] ?? ('' as never) })).state).toBe('active');
  });

  it('a resend that goes out first after trouble with the proxy lets everything else follow', async () => {
    await using at = await propertyWith(1);
    const { test, proxy, first } = at;
    const old = await booking(test, 'bk_0');
    await deliveryOf(test, old, delivered);
    proxy.answerWith(407);
    const waiting = await booking(test, 'bk_1');
    await deliveryOf(test, waiting, afterAttempts(1));
    proxy.answerWith('tunnel');
    await test.call('deliveries.resend', { id: (await deliveryOf(test, old)).id });
    await pass(test, 6 * minuteMs);
    await deliveryOf(test, waiting, delivered);
    expect(first.requests.length).toBe(3);
  });

  it('a receiver that cuts connections behind a proxy is its own trouble, not the property’s internet', async () => {
    await using at = await propertyWith(2);
    const { test, first, endpoints } = at;
    first.answerWith({ does: 'reset' });
    const event = await booking(test, 'bk_1');
    const failed = await deliveryOf(test, event, afterAttempts(1), endpoints[0]);
    expect(failed).toMatchObject({ outcome: 'endpoint_down', failures: 1 });
    expect((await test.call('situation.get', {})).connectivity.state).toBe('online');
    first.answerWith({ status: 200 });
    await pass(test, minuteMs);
    await deliveryOf(test, event, delivered, endpoints[0]);
    await deliveryOf(test, event, delivered, endpoints[1]);
  });

  it('the addresses of the internet check are asked through the proxy too, as plain requests', async () => {
    const check = createServer((_, response) => void response.writeHead(204).end());
    await new Promise<void>((resolve) => check.listen(0, '127.0.0.1', resolve));
    await using at = await propertyWith(1, (check.address() as AddressInfo).port);
    const { test, first, proxy } = at;
    const own = [{ address: 'http://up.check.example/ok?a=b', expects: '204' }];
    await test.call('settings.change', { change: { internetCheck: { use: 'own', own } } });
    first.answerWith({ does: 'reset' });
    const failed = await deliveryOf(test, await booking(test, 'bk_1'), afterAttempts(1));
    expect(failed).toMatchObject({ outcome: 'endpoint_down', failures: 1 });
    expect(proxy.passed).toEqual([own[0]?.address]);
    const { internet } = await test.call('situation.get', {});
    expect(internet.addresses).toEqual([{ address: own[0]?.address, says: 'online', status: 204 }]);
    check.closeAllConnections();
    check.close();
  });

  it.each([400, 401, 403])(
    '%i while two unrelated hosts say that this PC’s clock is five minutes off is the clock, and counts once it is right',
    async (status) => {
      await using at = await propertyWith(2);
      const { test, first, receivers, endpoints } = at;
      let offMs = 5 * minuteMs;
      const answering = (answered: number) => () => ({ status: answered, headers: { date: dateOf(test, offMs) } });
      for (const receiver of receivers) receiver.answerWith(answering(200));
      const before = await booking(test, 'bk_0');
      for (const id of endpoints) await deliveryOf(test, before, delivered, id);
      expect((await test.call('situation.get', {})).clock.wrong).toBe(true);
      first.answerWith(answering(status));
      const event = await booking(test, 'bk_1');
      const tried = await deliveryOf(test, event, afterAttempts(1), endpoints[0]);
      expect(tried).toMatchObject({ outcome: 'clock', failures: 0, state: 'waiting', reason: 'clock' });
      offMs = 3 * minuteMs;
      await pass(test, minuteMs);
      expect(await deliveryOf(test, event, afterAttempts(2), endpoints[0])).toMatchObject({ failures: 1 });
      expect((await test.call('situation.get', {})).clock.wrong).toBe(false);
    },
  );

  it('one receiver whose clock is an hour off says nothing of this PC’s: its 401 counts, and so do others’', async () => {
    await using at = await propertyWith(1);
    const { test, first } = at;
    await using till = await startReceiver();
    const date = () => ({ date: dateOf(test, 60 * minuteMs) });
    till.answerWith(() => ({ status: 200, headers: date() }));
    const { id: tillId } = await test.addEndpoint(till);
    first.answerWith(() => ({ status: 401, headers: { date: dateOf(test, 0) } }));
    const event = await booking(test, 'bk_1');
    await deliveryOf(test, event, delivered, tillId);
    await deliveryOf(test, event, afterAttempts(1), at.endpoints[0]);
    const second = await deliveryOf(test, await booking(test, 'bk_2'), afterAttempts(1), at.endpoints[0]);
    expect(second).toMatchObject({ outcome: 'setup', failures: 1 });
    const { clock, facts } = await test.call('situation.get', {});
    expect(clock.wrong).toBe(false);
    expect(facts).toContainEqual(
      expect.objectContaining({ kind: 'clock_differs', scope: { kind: 'host', host: '127.0.0.1' } }),
    );
    await test.call('endpoints.remove', { id: tillId });
    const after = await test.until(
      () => test.call('situation.get', {}),
      (now) => !now.facts.some(({ kind }) => kind === 'clock_differs'),
    );
    expect(after.facts).toMatchObject([{ kind: 'receiver', trouble: 'setup' }]);
  });

  it('a clock that fell back while the app was closed counts for nothing where it makes a certificate not valid yet', async () => {
    const day = 24 * 60 * minuteMs;
    const folder = await temporaryFolder();
    await using early = await startReceiver({ certificate: 'not_yet_valid', hosts: hosts.slice(0, 1) });
    await using proxy = await startOfficeProxy(() => early.port);
    const options = { dataFolder: folder.path, vault: createTestVault() };
    const before = await startTestEngine(options);
    const { clock } = before;
    clock.setWall(40 * day);
    await before.call('settings.change', { change: { proxy: proxy.address } });
    await before.call('relay.pause', { forMs: 60 * minuteMs });
    await before.addEndpoint(early, { url: `https://${hosts[0]}/hooks` });
    const event = await booking(before, 'bk_1');
    await clock.advance(2 * minuteMs);
    await before.stop();
    clock.setWall(-40 * day);
    const test = await startTestEngine({ ...options, clock });
    await test.call('relay.resume', {});
    await pass(test, 6 * minuteMs);
    expect(await deliveryOf(test, event, afterAttempts(1))).toMatchObject({ outcome: 'clock', failures: 0 });
    expect((await test.call('situation.get', {})).clock).toMatchObject({ wrong: true });
    await test.stop();
    await folder.remove();
  });

  it('a host that was verified before and shows another issuer is interception: nothing counts, nobody gets the event', async () => {
    await using at = await propertyWith(1);
    const { test } = at;
    await deliveryOf(test, await booking(test, 'bk_0'), delivered);
    const snooping = await at.replaceFirst({ certificate: 'unknown_issuer', hosts: hosts.slice(0, 1) });
    const event = await booking(test, 'bk_1');
    const tried = await deliveryOf(test, event, afterAttempts(1));
    expect(tried).toMatchObject({ outcome: 'tls_interception', failures: 0, state: 'waiting' });
    expect(snooping.requests).toHaveLength(0);
    const honest = await at.replaceFirst({ hosts: hosts.slice(0, 1) });
    await pass(test, 6 * minuteMs);
    await deliveryOf(test, event, delivered);
    expect(honest.requests).toHaveLength(1);
  });

  it('unrelated hosts whose certificates one unknown issuer made are intercepted, until they are verified again', async () => {
    await using at = await propertyWith(2);
    const { test, receivers, endpoints } = at;
    for (const [n, receiver] of receivers.entries()) {
      const { port } = receiver;
      await receiver.stop();
      receivers[n] = await startReceiver({ certificate: 'unknown_issuer', hosts: hosts.slice(n, n + 1), port });
    }
    const event = await booking(test, 'bk_1');
    for (const id of endpoints) await deliveryOf(test, event, afterAttempts(1), id);
    const { facts, connectivity } = await test.call('situation.get', {});
    expect(facts.filter(({ kind }) => kind !== 'receiver')).toMatchObject([
      { kind: 'interception', issuer: 'An authority nobody knows', hosts: expect.arrayContaining(hosts) },
    ]);
    expect(connectivity.state).toBe('tls_interception');
    await pass(test, 6 * minuteMs);
    for (const id of endpoints) {
      const tried = await deliveryOf(test, event, afterAttempts(2), id);
      expect(tried).toMatchObject({ outcome: 'tls_interception', reason: 'interception', state: 'waiting' });
    }
    for (const [n, receiver] of receivers.entries()) {
      const { port } = receiver;
      await receiver.stop();
      receivers[n] = await startReceiver({ hosts: hosts.slice(n, n + 1), port });
    }
    await pass(test, 6 * minuteMs);
    for (const id of endpoints) await deliveryOf(test, event, delivered, id);
    expect((await test.call('situation.get', {})).connectivity.state).toBe('online');
  });

  it('a sign-in page that says so (511) is not an attempt', async () => {
    await using at = await propertyWith(1);
    const { test, first } = at;
    first.answerNext({ status: 511 });
    const event = await booking(test, 'bk_1');
    expect(await deliveryOf(test, event, afterAttempts(1))).toMatchObject({ outcome: 'captive_portal', failures: 0 });
    await pass(test, 6 * minuteMs);
    expect(await deliveryOf(test, event, delivered)).toMatchObject({ failures: 0 });
  });

  it('a resend by hand that meets it goes out afterwards, without anybody asking again', async () => {
    await using at = await propertyWith(1);
    const { test, first } = at;
    const events = [await booking(test, 'bk_1'), await booking(test, 'bk_2')];
    const [one] = [
      await deliveryOf(test, events[0] ?? '', delivered),
      await deliveryOf(test, events[1] ?? '', delivered),
    ];
    first.clear();
    first.answerNext({ status: 511 });
    await test.call('deliveries.resend', { id: one.id });
    await first.received(1);
    await pass(test, 6 * minuteMs);
    await first.received(2);
    expect(await deliveryOf(test, events[0] ?? '', afterAttempts(3))).toMatchObject({
      state: 'delivered',
      attempts: 3,
    });
    first.clear();
    first.answerNext({ status: 511 });
    const { id: job } = await test.call('deliveries.resendAll', { filter: {} });
    await first.received(1);
    await pass(test, 6 * minuteMs);
    await first.received(3);
    const done = await test.until(
      async () => {
        await test.clock.advance(250);
        return test.call('jobs.get', { id: job });
      },
      ({ state }) => state === 'done',
    );
    expect(done).toMatchObject({ delivered: 2, failed: 0 });
  });
});

describe('without any internet', () => {
  it('endpoints on the local network are served, the others wait uncounted, and none of them is failing', async () => {
    await using till = await startReceiver();
    await using test = await startTestEngine();
    await test.call('settings.change', { change: { proxy: 'none' } });
    const { id: local } = await test.addEndpoint(till);
    const away = [];
    for (const host of hosts) away.push((await test.addEndpoint(till, { url: `https://${host}/hooks` })).id);
    const events = [await booking(test, 'bk_1')];
    await deliveryOf(test, events[0] ?? '', afterAttempts(1), away[0]);
    await test.until(
      () => test.call('situation.get', {}),
      ({ connectivity }) => connectivity.state === 'offline',
    );
    for (let n = 2; n <= 6; n += 1) events.push(await booking(test, `bk_${n}`));
    for (const event of events) await deliveryOf(test, event, delivered, local);
    await pass(test, 24 * 60 * minuteMs);
    for (const event of events) {
      for (const id of away) {
        expect(await deliveryOf(test, event, () => true, id)).toMatchObject({ state: 'waiting', failures: 0 });
      }
    }
    const endpoints = await test.call('endpoints.list', {});
    expect(endpoints.map(({ state }) => state)).toEqual(['active', 'active', 'active']);
  });
});

describe('a PC that slept without telling anybody', () => {
  it('sends a retry that is due after it woke to the millisecond', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith({ status: 500 });
    // A time between all sweeps.
    await using test = await startTestEngine({ chance: () => 0.123 });
    await test.addEndpoint(receiver);
    const event = await booking(test, 'bk_1');
    const failed = await passAttempts(test, event, 3);
    receiver.clear();
    test.clock.sleep(20 * minuteMs);
    await test.clock.advance(10_000);
    await test.until(
      () => test.log.lines.join(),
      (text) => text.includes('slept'),
    );
    await test.clock.advanceTo((failed.nextAttemptAt ?? 0) - 1);
    expect(receiver.requests).toHaveLength(0);
    await test.clock.advance(1);
    await receiver.received(1);
  });
});
