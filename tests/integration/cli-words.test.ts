/** The command line tells the same as the window, in the same words: states, attempts, tests, a receiver's own words. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EndpointId } from '../../shared/domain.ts';
import { endpointFace } from '../../shared/endpoint-face.ts';
import { statesEn } from '../../shared/sentences/states.en.ts';
import { minuteMs } from '../support/clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

let engine: TestEngine;
let receiver: Receiver;
let id: string;
let other: Receiver;

const relay = async (...args: readonly string[]) => (await relayInProcess(engine.dataFolder, args)).out;
/** As a receiver answers whose clock goes like ours. */
const answer = (status: number, body = '', headers = {}) => ({
  ...{ status, body },
  headers: { date: new Date(engine.clock.wallMs()).toUTCString(), 'content-type': 'application/json', ...headers },
});
const newest = async () => {
  const { rows } = await engine.call('deliveries.list', { filter: {}, limit: 1 });
  return rows[0];
};
const settled = (good: (row: NonNullable<Awaited<ReturnType<typeof newest>>>) => boolean) =>
  engine.until(newest, (row) => row !== undefined && good(row));

beforeAll(async () => {
  engine = await startTestEngine();
  receiver = await startReceiver();
  other = await startReceiver();
  ({ id } = await engine.addEndpoint(receiver, { description: 'Guest messages', events: ['booking.created'] }));
}, 30_000);
afterAll(async () => {
  await engine?.stop();
  await receiver?.stop();
  await other?.stop();
});

describe('a receiver that refuses an event', () => {
  beforeAll(async () => {
    receiver.answerWith(answer(422, '{"message":"phone is required"}'));
    await engine.post('booking.created', { booking_id: 'bk_1' }, { id: 'pms-77' });
    await settled(({ status }) => status === 422);
  });

  test('is quoted in the delivery and with its endpoint', async () => {
    const row = await newest();
    expect(await relay('delivery', row?.id ?? '')).toMatch(
      /Why .*refused this message \(422\)\. It said: “phone is required”\./,
    );
    expect(await relay('endpoint', 'show', id)).toMatch(/Last answer .*It said: “phone is required”\./);
  });

  test('the PMS’s own id is shown with event and delivery', async () => {
    const row = await newest();
    expect(await relay('event', row?.eventId ?? '')).toMatch(/PMS id +pms-77/);
    expect(await relay('delivery', row?.id ?? '')).toMatch(/PMS id +pms-77/);
  });

  test('a test arrived and was refused', async () => {
    expect(await relay('endpoint', 'test', id)).toMatch(
      /^The test arrived at Guest messages and was refused \(422\)\./,
    );
    receiver.answerWith(answer(500));
    expect(await relay('endpoint', 'test', id)).toMatch(
      /^The test arrived at Guest messages and was not taken \(500\)/,
    );
    await receiver.stop();
    expect(await relay('endpoint', 'test', id)).toMatch(/^The test did not arrive at Guest messages\./);
    await receiver.start();
    receiver.answerWith(answer(204));
    expect(await relay('endpoint', 'test', id)).toContain('Guest messages took the test event (answer 204');
  });
});

test('an attempt that was delivered does not "not count", whichever it is', async () => {
  receiver.answerNext(answer(503));
  await engine.post('booking.created', { booking_id: 'bk_2' });
  await settled(({ status }) => status === 503);
  await engine.clock.advance(2 * minuteMs);
  const row = await settled(({ state }) => state === 'delivered');
  const text = await relay('delivery', row?.id ?? '');
  expect(text).toMatch(/Attempt 2 .*answer 204$/m);
  expect(text).not.toContain('does not count');
  // What it said of another event before is not what it said last.
  expect(await relay('endpoint', 'show', id)).toMatch(/Last answer .*Guest messages has it\.$/m);
});

test('endpoints have the window’s chips in every list', async () => {
  const names = ['Slow', 'Nothing', 'Draft', 'Paused', 'Bench'];
  for (const description of names) {
    const { endpoint } = await engine.call('endpoints.add', {
      confirmed: true,
      endpoint: { url: other.url, caPem: other.caPem, events: ['inventory.low'], description },
    });
    if (description !== 'Draft') await engine.call('endpoints.enable', { id: endpoint.id, override: true });
    if (description === 'Paused') await engine.call('endpoints.pause', { id: endpoint.id, until: null });
    if (description === 'Bench') await engine.call('bench.point', { id: endpoint.id, confirmed: true });
  }
  other.answerWith((_request, n) => (n % 2 === 0 ? answer(429, '', { 'retry-after': '600' }) : answer(404)));
  await engine.post('inventory.low', { item_id: 'it_1' });
  await engine.until(
    () => engine.call('endpoints.list', {}),
    (all) => all.filter(({ trouble }) => trouble !== null).length >= 2,
  );
  const endpoints = await engine.call('endpoints.list', {});
  const [list, status] = [await relay('endpoint', 'list'), await relay('status')];
  for (const endpoint of endpoints) {
    const word = statesEn[`state.endpoint.${endpointFace(endpoint)}`].toLowerCase();
    for (const text of [list, status]) {
      expect(text.split('\n').find((line) => line.startsWith(`${endpoint.name}  `))).toContain(`  ${word}`);
    }
    expect(await relay('endpoint', 'show', endpoint.id)).toMatch(new RegExp(`^State +${word}`, 'm'));
  }
  expect(list).toContain('asks to slow down');
  expect(list).toContain('to the test bench');
});

test('an endpoint whose test was refused is told as such, with the way to switch it on all the same', async () => {
  const { endpoint } = await engine.call('endpoints.add', {
    endpoint: {
      url: new URL('/kitchen', other.url).href,
      events: ['order.created'],
      caPem: other.caPem,
      description: 'Kitchen',
    },
  });
  other.answerWith(answer(422, '{"error":"phone is required"}'));
  await engine.call('endpoints.test', { id: endpoint.id });
  const refused = await relayInProcess(engine.dataFolder, ['endpoint', 'enable', 'Kitchen']);
  expect(refused.code).not.toBe(0);
  expect(refused.err).toContain(
    'No test event to the present address of Kitchen has succeeded yet. Send one first. With --override it is switched on all the same.',
  );
  expect(await relay('endpoint', 'enable', 'Kitchen', '--override')).toContain('Kitchen is on.');
});

test('each attempt has the window’s words: the first try, a retry, a try by hand; an export tells which is', async () => {
  receiver.answerWith(answer(204));
  await engine.call('endpoints.sendWaiting', { id: id as EndpointId });
  const count = () =>
    engine.call('deliveries.count', { filter: { states: ['waiting'], endpointIds: [id as EndpointId] } });
  await engine.until(count, ({ total }) => total === 0);
  receiver.answerWith(answer(500));
  await engine.post('booking.created', { booking_id: 'bk_tries' });
  await settled(({ status }) => status === 500);
  await engine.clock.advance(1.2 * minuteMs);
  const { id: delivery = '' } = (await settled(({ attempts }) => attempts === 2)) ?? {};
  receiver.answerWith(answer(204));
  expect(await relay('endpoint', 'try-now', id)).toContain('Guest messages has it.');
  const told = await relay('delivery', delivery);
  const tries = told.split('\n').filter((line) => line.startsWith('Attempt '));
  expect(tries.map((line) => line.split('  ').at(-1))).toEqual([
    'First try, answer 500',
    'Retry 1, after 1 minute, answer 500',
    'Tried by hand, answer 204',
  ]);
  const exported = await relay('export', '--format', 'jsonl');
  const one = exported.split('\n').find((line) => line.includes(delivery)) ?? '{}';
  const { attemptsMade } = JSON.parse(one) as { attemptsMade: { kind: string; byHand: boolean }[] };
  expect(attemptsMade.map(({ byHand }) => byHand)).toEqual([false, false, true]);
  expect(new Set(attemptsMade.map(({ kind }) => kind))).toEqual(new Set(['scheduled']));
});

test('what `status` counts as waiting is what its table has, with what a person holds', async () => {
  await using down = await startReceiver();
  await using test = await startTestEngine();
  down.answerWith({ status: 500 });
  const { id: held } = await test.addEndpoint(down, { description: 'Held', events: ['booking.created'] });
  await test.call('endpoints.pause', { id: held });
  await posted(test, 'booking.created', { booking_id: 'bk_1' });
  const status = async () => (await relayInProcess(test.dataFolder, ['status'])).out;
  expect(await status()).toMatch(/Waiting .*\(1 delivery, all for paused endpoints\)/);

  await test.addEndpoint(down, { description: 'Down', events: ['booking.created'] });
  const event = await posted(test, 'booking.created', { booking_id: 'bk_2' });
  await deliveryOf(test, event, ({ attempts, state }) => attempts === 1 && state === 'waiting');
  const both = await status();
  expect(both).toMatch(/Waiting .*\(3 deliveries, 2 for paused endpoints, the oldest since /);
  expect(both).toMatch(/^Held .* 2 +0$/m);
  expect(both).toMatch(/^Down .* 1 +0$/m);
});
