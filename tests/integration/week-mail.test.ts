/** Monday's page by mail: once a week, over a restart and a PC that was off, in the property's words, and nobody named. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallOutput } from '../../shared/api.ts';
import type { EndpointId } from '../../shared/domain.ts';
import { createFakeClock } from '../support/clock.ts';
import { delivered, deliveryOf, pass, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

/** A Wednesday noon in Manila; the Monday after it, 07:00. */
const wednesday = Date.UTC(2026, 2, 11, 4);
const monday7 = Date.UTC(2026, 2, 15, 23);
const dayMs = 86_400_000;
const clock = createFakeClock(wednesday);
const vault = createTestVault();
let folder: TemporaryFolder;
let receiver: Receiver;
let relay: TestEngine;

const start = async () => {
  relay = await startTestEngine({
    dataFolder: folder.path,
    clock,
    vault,
    defaults: {
      propertyId: 'prop_1',
      propertyName: 'Bay Breeze',
      timeZone: 'Asia/Manila',
      currency: 'PHP',
      locale: 'de-DE',
    },
  });
};
const pages = () =>
  receiver.requests.map(({ body }) => JSON.parse(String(body))).filter(({ event }) => event === 'relay.week');
/** Past the next look, and what it sent has arrived or there is nothing. */
async function look() {
  await clock.advance(61_000);
  await relay.until(
    () => relay.call('situation.get', {}),
    ({ waiting }: CallOutput<'situation.get'>) => waiting === 0,
  );
}

const arrived = (count: number) =>
  relay.until(
    () => pages().length,
    (present) => present >= count,
  );

beforeAll(async () => {
  folder = await temporaryFolder();
  receiver = await startReceiver();
  await start();
});
afterAll(async () => {
  await relay.stop();
  await receiver.stop();
  await folder.remove();
});

test('it goes out on Monday at 07:00, once, and names no guest', async () => {
  await relay.addEndpoint(receiver, { description: 'Owner', events: ['relay.week', 'payment.received'] });
  const paid = { payment_id: 'p1', amount: 1234.5, guest_name: 'Maria Santos', note: 'allergic' };
  await deliveryOf(relay, await posted(relay, 'payment.received', paid), delivered);
  await look();
  expect(pages()).toEqual([]);
  await pass(relay, monday7 - clock.wallMs() - 120_000);
  await look();
  expect(pages()).toEqual([]);
  await look();
  await look();
  await arrived(1);
  const [page, ...more] = pages();
  expect(more).toEqual([]);
  expect(page.data).toMatchObject({ title: expect.stringContaining('9 March 2026 to 15 March 2026'), language: 'en' });
  expect(page.data.text).toContain('PHP 1.234,50');
  expect(page.data.text).toMatch(/\n/);
  const mail = await relay.call('endpoints.preview', {
    kind: 'mail',
    event: 'relay.week',
    config: { from: 'a@hotel.example', to: ['owner@hotel.example'] },
  });
  expect(mail.body).toMatch(/The week: .+\n\n.+\n {2}New booking: 41\n/);
  expect(JSON.stringify(page)).not.toMatch(/Maria|Santos|allergic|p1"/);
});

test('a restart sends it no second time, a PC that was off on Monday sends it later, and its own notices are in no count', async () => {
  await relay.stop();
  await start();
  await look();
  expect(pages()).toHaveLength(1);
  await relay.stop();
  const { notify } = {
    notify: { language: 'fil' as const, quietHours: { enabled: false, from: '22:00', to: '07:00' } },
  };
  await clock.advance(9 * dayMs);
  await start();
  await relay.call('settings.change', { change: { notify } });
  await look();
  await arrived(2);
  expect(pages()[1].data).toMatchObject({ language: 'fil', text: expect.stringContaining('Wala') });
  const week = await relay.call('week.report', { back: 0 });
  expect([week.events, week.deliveries.delivered]).toEqual([[], 0]);
});

test('who asks for it later has the next one, and nobody one of weeks before', async () => {
  const [endpoint] = await relay.call('endpoints.list', {});
  const id = endpoint?.id as EndpointId;
  await relay.call('endpoints.change', { id, change: { events: ['payment.received'] } });
  await pass(relay, 7 * dayMs);
  await look();
  await relay.call('endpoints.change', { id, change: { events: ['payment.received', 'relay.week'] } });
  await look();
  expect(pages()).toHaveLength(2);
  await pass(relay, 7 * dayMs);
  await look();
  await arrived(3);
  expect(pages()).toHaveLength(3);
});
