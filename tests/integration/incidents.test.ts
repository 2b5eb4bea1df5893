/** An outage as a record: told alike everywhere, once at each end, over restarts, a crash and retention. */
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createOutageBook } from '../../electron/engine/evidence/outage-book.ts';
import { createOutages } from '../../electron/engine/log/situation/outages.ts';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { createOutageStore } from '../../electron/engine/store/outages.ts';
import type { Fact } from '../../shared/schemas.ts';
import { minuteMs } from '../support/clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { booking, delivered, deliveryOf } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openContext } from '../support/log-folder.ts';
import { startOfficeProxy } from '../support/office-proxy.ts';
import { createTestVault } from '../support/ports.ts';
import { startReceiver } from '../support/receiver.ts';

const [make, slack] = ['hooks.make.example', 'hooks.slack.example'] as const;
const record = async (test: TestEngine) => (await test.call('outages.list', {})).rows[0];
const told = ({ log }: TestEngine) =>
  log.lines.flatMap((line) => {
    const said = /^info notice: (.*?) \{/.exec(line)?.[1];
    return said !== undefined && /nternet|network connection/.test(said) ? [said] : [];
  });

it('three events for two receivers, one of them held by a person: the same on Today, status, doctor and list, and one notice at each end', async () => {
  await using first = await startReceiver({ hosts: [make] });
  await using second = await startReceiver({ hosts: [slack] });
  await using proxy = await startOfficeProxy((host) => (host === make ? first.port : second.port));
  const folder = await temporaryFolder();
  const network = { up: true };
  const options = {
    ...{ dataFolder: folder.path, vault: createTestVault(), notices: 'log' as const },
    network: { hasInterface: () => network.up, reach: async () => 'reached' as const },
  };
  const before = await startTestEngine(options);
  await before.call('settings.change', { change: { proxy: proxy.address } });
  await before.addEndpoint(first, { url: `https://${make}/hooks` });
  const { id: held } = await before.addEndpoint(second, { url: `https://${slack}/hooks` });
  await deliveryOf(before, await booking(before, 'bk_0'), delivered, held);

  network.up = false;
  await before.clock.advance(5_000);
  const since = before.clock.wallMs();
  const events = [await booking(before, 'bk_1'), await booking(before, 'bk_2'), await booking(before, 'bk_3')];
  expect(await record(before)).toMatchObject({ kind: 'offline', scope: 'internet', since, events: 3, deliveries: 6 });
  await before.clock.advance(minuteMs);
  await before.until(
    () => told(before),
    (said) => said.length === 1,
  );
  expect(told(before)[0]).toMatch(/^This PC has had no network connection since /);
  await before.call('endpoints.pause', { id: held });
  await before.stop();

  // The next run tells neither the beginning nor an end that it has not seen.
  const test = await startTestEngine({ ...options, clock: before.clock });
  await test.clock.advance(2 * minuteMs);
  network.up = true;
  await test.call('relay.tryNow', {});
  const until = test.clock.wallMs();
  const [made] = (await test.call('endpoints.list', {})).filter(({ id }) => id !== held);
  for (const event of events) await deliveryOf(test, event, delivered, made?.id);
  const waiting = { since, until, events: 3, deliveries: 6, skipped: 0, left: 3, asking: 3, outBy: null };
  expect(await record(test)).toMatchObject(waiting);
  await test.clock.advance(minuteMs);
  await test.until(
    () => told(test),
    (said) => said.length === 1,
  );
  expect(told(test)).toEqual(['The internet is back. 3 events waited; 3 of them need a person.']);

  const { rows } = await test.call('deliveries.list', { filter: { endpointIds: [held], states: ['waiting'] } });
  await test.call('deliveries.cancel', { id: rows[0]?.id ?? ('' as never) });
  await test.call('endpoints.resume', { id: held });
  await test.until(
    async () => (await record(test))?.left,
    (left) => left === 0,
  );
  const final = await record(test);
  expect(final).toMatchObject({ ...waiting, skipped: 1, left: 0, asking: 0, outBy: test.clock.wallMs() });
  expect((await test.call('situation.get', {})).outages).toEqual([final]);
  const words =
    /The internet was out .* to .*\. Of the 3 events that waited one was skipped; the others were delivered/;
  expect((await relayInProcess(folder.path, ['status'])).out).toMatch(words);
  expect((await relayInProcess(folder.path, ['doctor'])).out).toMatch(words);
  expect((await relayInProcess(folder.path, ['outages'])).out).toMatch(/offline +3 +6 +0, 1 skipped/);

  // Its numbers are kept within the minute, and outlive what they were counted from.
  await test.clock.advance(minuteMs);
  const file = new Database(databaseFile(folder.path));
  const isSettled = () => file.prepare('SELECT settled FROM outages').pluck().get() === 1;
  await test.until(isSettled, (is) => is);
  await test.stop();
  file.exec('PRAGMA foreign_keys = OFF; DELETE FROM attempts; DELETE FROM deliveries');
  file.close();
  await using later = await startTestEngine({ ...options, clock: test.clock });
  expect(await record(later)).toEqual(final);
  await later.clock.advance(2 * minuteMs);
  expect(told(later)).toEqual([]);
  await later.stop();
  await folder.remove();
});

describe('of the property’s own network', () => {
  it('is a record too, of what waits for the machines in it alone, and goes on over a restart until one answers', async () => {
    const folder = await temporaryFolder();
    const test = await startTestEngine({ dataFolder: folder.path });
    await test.call('relay.pause', { forMs: 3_600_000 });
    for (const url of ['https://10.0.0.5/a', 'https://10.0.0.6/b', `https://${make}/c`]) {
      const { endpoint } = await test.call('endpoints.add', {
        confirmed: true,
        endpoint: { url, events: ['booking.created'] },
      });
      await test.call('endpoints.enable', { id: endpoint.id, override: true });
    }
    const { clock } = test;
    const since = clock.wallMs() as Fact['since'];
    await booking(test, 'bk_1');
    await booking(test, 'bk_2');
    await test.stop();
    const context = openContext(folder.path, { clock });
    const list = () => createOutages(context.reader).list({ limit: 5 }).rows;
    const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
    const [till, door] = ['10.0.0.5', '10.0.0.6'] as const;
    const local: Fact = {
      ...{ kind: 'local_network', scope: { kind: 'local_network' }, why: 'silent', since },
      hosts: [till, door],
    };
    createOutageBook(context, createOutageStore(context.writer)).changed([local]);
    await settled();
    const lasting = { kind: 'local_network', scope: 'local_network', hosts: [till, door], since };
    expect(list()).toMatchObject([{ ...lasting, until: null, events: 2, deliveries: 4 }]);

    const again = createOutageBook(context, createOutageStore(context.writer));
    await clock.advance(5 * minuteMs);
    // Nobody out there knows how it is in here, nor does another machine.
    again.answered(make, false);
    again.answered('10.0.0.9', true);
    await settled();
    expect(list()).toMatchObject([{ ...lasting, until: null }]);
    again.answered(door, true);
    await settled();
    const over = { ...lasting, until: clock.wallMs(), events: 2, deliveries: 4, left: 2, outBy: null };
    expect(list()).toMatchObject([over]);
    expect(createOutages(context.reader).tallies()).toMatchObject([{ events: 2, deliveries: 4, settled: false }]);
    context.close();
    await folder.remove();
  });
});
