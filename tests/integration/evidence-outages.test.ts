/** The story of an outage as it is told afterwards, over restarts and crashes. */
import { describe, expect, it } from 'vitest';
import { conditionsOf } from '../../shared/conditions/index.ts';
import type { EndpointId } from '../../shared/domain.ts';
import { outageSaid } from '../../shared/outage-story.ts';
import type { Outage } from '../../shared/schemas.ts';
import { minuteMs } from '../support/clock.ts';
import { afterAttempts, booking, delivered, deliveryOf, pass, passAttempts } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startOfficeProxy } from '../support/office-proxy.ts';
import { createTestVault } from '../support/ports.ts';
import { startReceiver } from '../support/receiver.ts';

const situationOf = (test: TestEngine) => test.call('situation.get', {});
const host = 'hooks.make.example';

describe('an outage of the internet', () => {
  it('is told since when, until when, how many events were kept and when all were out, over a restart in the middle', async () => {
    await using receiver = await startReceiver({ hosts: [host] });
    await using proxy = await startOfficeProxy(() => receiver.port);
    await using till = await startReceiver();
    const folder = await temporaryFolder();
    const network = { up: true };
    const options = {
      ...{ dataFolder: folder.path, vault: createTestVault() },
      network: { hasInterface: () => network.up, reach: async () => 'reached' as const },
    };
    const first = await startTestEngine(options);
    await first.call('settings.change', { change: { proxy: proxy.address } });
    const { id: away } = await first.addEndpoint(receiver, { url: `https://${host}/hooks` });
    const { id: local } = await first.addEndpoint(till);
    const before = await booking(first, 'bk_0');
    // What is answered after the cable is out would say that there is a way.
    for (const id of [local, away]) await deliveryOf(first, before, delivered, id);

    network.up = false;
    await first.clock.advance(5_000);
    const began = first.clock.wallMs();
    const events = [await booking(first, 'bk_1'), await booking(first, 'bk_2')];
    for (const event of events) await deliveryOf(first, event, delivered, local);
    const during = await situationOf(first);
    expect(during.facts).toMatchObject([{ kind: 'no_interface', since: began }]);
    expect(during.outages).toMatchObject([
      { kind: 'offline', since: began, until: null, events: 2, left: 2, outBy: null },
    ]);
    expect(during.today).toMatchObject({ taken: 3, delivered: 1, waiting: 2 });
    const { clock } = first;
    await first.stop();

    await clock.advance(5 * minuteMs);
    await using test = await startTestEngine({ ...options, clock });
    events.push(await booking(test, 'bk_3'));
    const again = await situationOf(test);
    expect(again.connectivity).toEqual({ state: 'offline', since: began });
    expect(receiver.requests).toHaveLength(1);

    network.up = true;
    await test.clock.advance(5_000);
    const until = test.clock.wallMs();
    for (const event of events) {
      await test.until(
        async () => (await test.call('deliveries.list', { filter: { text: event } })).rows,
        (rows) => rows.length === 2 && rows.every(delivered),
      );
    }
    const after = await situationOf(test);
    expect(after.facts.filter(({ scope }) => scope.kind !== 'host')).toEqual([]);
    expect(after.outages).toMatchObject([{ kind: 'offline', since: began, until, events: 3, left: 0 }]);
    expect(after.outages[0]?.outBy).toBeGreaterThanOrEqual(until);
    expect(after.today).toMatchObject({ taken: 4, delivered: 4, waiting: 0 });
    await pass(test, 25 * 60 * minuteMs);
    expect((await situationOf(test)).outages).toEqual([]);
    await test.stop();
    await folder.remove();
  });

  it('that the last run left open ends with the first answer from out there', async () => {
    await using receiver = await startReceiver({ hosts: [host] });
    await using proxy = await startOfficeProxy(() => receiver.port);
    const folder = await temporaryFolder();
    const network = { up: false };
    const options = {
      ...{ dataFolder: folder.path, vault: createTestVault() },
      network: { hasInterface: () => network.up, reach: async () => 'reached' as const },
    };
    const first = await startTestEngine(options);
    await first.call('settings.change', { change: { proxy: proxy.address } });
    await first.addEndpoint(receiver, { url: `https://${host}/hooks` });
    await first.clock.advance(10_000);
    const event = await booking(first, 'bk_1');
    const { since } = (await situationOf(first)).connectivity;
    await first.stop();
    network.up = true;
    await first.clock.advance(60 * minuteMs);
    await using test = await startTestEngine({ ...options, clock: first.clock });
    await deliveryOf(test, event, delivered);
    const [outage] = await test.until(
      async () => (await situationOf(test)).outages,
      ([one]) => one?.until !== null,
    );
    expect(outage).toMatchObject({ kind: 'offline', since, events: 1, left: 0 });
    expect(outage?.until).toBe(test.clock.wallMs());
    await test.stop();
    await folder.remove();
  });
});

describe('an outage that shows by silence', () => {
  const cutOff = { hasInterface: () => true, reach: async () => 'no_network' as const };

  it('of the internet is told since its first attempt began, in the headline, the facts and the list', async () => {
    await using one = await startReceiver({ hosts: [host] });
    await using other = await startReceiver({ hosts: ['hooks.slack.example'] });
    await using proxy = await startOfficeProxy((to) => (to.startsWith(host) ? one.port : other.port));
    await using test = await startTestEngine({ network: cutOff });
    await test.call('settings.change', { change: { proxy: proxy.address } });
    await test.addEndpoint(one, { url: `https://${host}/hooks` });
    await test.addEndpoint(other, { url: 'https://hooks.slack.example/hooks' });
    one.answerWith({ does: 'hang' });
    other.answerWith({ does: 'hang' });
    const began = test.clock.wallMs();
    await booking(test, 'bk_1');
    await one.received(1);
    await other.received(1);
    await test.clock.advance(31_000);
    const now = await test.until(
      () => situationOf(test),
      ({ connectivity }) => connectivity.state !== 'online',
    );
    expect(now.connectivity.since).toBe(began);
    expect(now.facts.filter(({ scope }) => scope.kind === 'internet')).toMatchObject([{ since: began }]);
    const { outages } = await test.until(
      () => situationOf(test),
      ({ outages }) => outages.length > 0,
    );
    expect(outages).toMatchObject([{ kind: 'offline', since: began, until: null }]);
  });

  it('of a receiver is told since its first attempt began', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    receiver.answerWith({ does: 'hang' });
    const began = test.clock.wallMs();
    const event = await booking(test, 'bk_1');
    await receiver.received(1);
    await test.clock.advance(30_000);
    await deliveryOf(test, event, afterAttempts(1));
    const { endpoints } = await situationOf(test);
    expect(endpoints.find((endpoint) => endpoint.id === id)?.trouble).toMatchObject({ since: began });
  });
});

it('a receiver’s outage says when all that had waited were out', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  const { id } = await test.addEndpoint(receiver);
  receiver.answerWith({ status: 500 });
  const event = await booking(test, 'bk_1');
  const { attemptsMade } = await passAttempts(test, event, 3);
  // While it lasts, too, and on Monday's page.
  const lasts = { kind: 'receiver', endpointId: id, since: attemptsMade[0]?.endedAt, until: null, events: 1, left: 1 };
  const { rows } = await test.call('outages.list', {});
  expect(rows).toMatchObject([lasts]);
  expect((await test.call('week.report', { back: 0 })).outages).toMatchObject([lasts]);
  expect(outageSaid(rows[0] as Outage).map(({ key }) => key)).toEqual(['outage.receiver.lasts', 'outage.waits']);
  receiver.answerWith({ status: 200 });
  await deliveryOf(test, await booking(test, 'bk_2'), delivered);
  const until = test.clock.wallMs();
  await pass(test, 30 * minuteMs);
  await deliveryOf(test, event, delivered);
  expect((await situationOf(test)).outages).toMatchObject([
    { kind: 'receiver', endpointId: id, since: attemptsMade[0]?.endedAt, until, left: 0 },
  ]);
});

it.each([
  ['it is tried by hand', (test: TestEngine, id: EndpointId) => test.call('endpoints.tryNow', { id })],
  ['it recovers by itself', (test: TestEngine) => pass(test, 30 * minuteMs)],
])(
  'a receiver’s outage counts every event that waited, the one that it took as the first too: %s',
  async (_, revive) => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await deliveryOf(test, await booking(test, 'bk_0'), delivered);
    await test.clock.advance(minuteMs);
    receiver.answerWith({ status: 500 });
    const oldest = await booking(test, 'bk_1');
    await passAttempts(test, oldest, 3);
    const events = [oldest, await booking(test, 'bk_2'), await booking(test, 'bk_3')];
    for (const event of events) await deliveryOf(test, event, afterAttempts(1));
    receiver.clear();
    receiver.answerWith({ status: 200 });
    await revive(test, id);
    for (const event of events) await deliveryOf(test, event, delivered);
    const got = new Set(receiver.requests.map(({ headers }) => headers['webhook-id']));
    const { outages } = await situationOf(test);
    expect(outages).toMatchObject([{ kind: 'receiver', endpointId: id, events: events.length, left: 0 }]);
    expect(outages[0]?.events).toBe(got.size);
    // Notice and toast say the number that the list of outages has.
    const told = conditionsOf(await situationOf(test), {
      engine: 'running',
      engineProblem: null,
      loginItemWorks: null,
      keepAwake: null,
    });
    expect(told.find(({ kind }) => kind === 'endpoint_recovered')?.meaning).toMatchObject({
      key: 'conditions.endpoint_recovered.meaning.many',
      params: { count: events.length },
    });
  },
);

it('after a crash it is said how many deliveries were cut off and sent again', async () => {
  await using receiver = await startReceiver();
  const folder = await temporaryFolder();
  const vault = createTestVault();
  const first = await startTestEngine({ dataFolder: folder.path, vault });
  await first.addEndpoint(receiver);
  await deliveryOf(first, await booking(first, 'bk_0'), delivered);
  receiver.clear();
  receiver.answerWith({ does: 'hang' });
  const events = [await booking(first, 'bk_1'), await booking(first, 'bk_2')];
  await receiver.received(2);
  expect((await situationOf(first)).interrupted).toBeNull();
  // What a crash leaves: leases of a run that is no more.
  const { default: Database } = await import('better-sqlite3');
  const { databaseFile } = await import('../../electron/engine/store/connection.ts');
  const leases = new Database(databaseFile(folder.path), { readonly: true }).prepare('SELECT * FROM leases').all();
  expect(leases).toHaveLength(2);
  await first.stop();
  const left = new Database(databaseFile(folder.path));
  const put = left.prepare(
    'INSERT OR IGNORE INTO leases (delivery_seq, boot, attempt_id, kind, ordinal, started_at, ends_at) VALUES (@delivery_seq, @boot, @attempt_id, @kind, @ordinal, @started_at, @ends_at)',
  );
  for (const lease of leases) put.run(lease);
  left.close();
  receiver.answerWith({ status: 200 });
  await using test = await startTestEngine({ dataFolder: folder.path, vault, clock: first.clock });
  for (const event of events) await deliveryOf(test, event, afterAttempts(2));
  expect((await situationOf(test)).interrupted).toEqual({ at: test.clock.wallMs(), count: 2 });
  await pass(test, 25 * 60 * minuteMs);
  expect((await situationOf(test)).interrupted).toBeNull();
  await test.stop();
  await folder.remove();
});
