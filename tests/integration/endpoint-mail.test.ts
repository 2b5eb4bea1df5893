/** Mail endpoints as an operator has them: set up, tried, and what their server says told everywhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atProperty } from '../../electron/cli/at-property.ts';
import { testText } from '../../electron/cli/endpoint-text.ts';
import type { CallInput } from '../../shared/api.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import type { EndpointId } from '../../shared/domain.ts';
import { eventTypes } from '../../shared/events.ts';
import { takenInPart } from '../../shared/told.ts';
import { createFakeClock, minuteMs } from '../support/clock.ts';
import { afterAttempts, delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { createTestVault } from '../support/ports.ts';
import { running } from '../unit/desktop/situations.ts';

const login = { user: 'relay@hotel.example', password: 'correct horse' };
const config = {
  from: 'Front desk <relay@hotel.example>',
  to: 'manager@hotel.example, night@hotel.example',
  ...login,
};
const booked = {
  booking_id: 'bk_1',
  guest_name: 'Juan dela Cruz',
  room: { id: 'rm_101', name: 'Room 101' },
  check_in: '2026-03-20',
  check_out: '2026-03-22',
  total: 6000,
};

let server: MailServer;
let engine: TestEngine;

beforeAll(async () => {
  server = await startMailServer({ login: { user: login.user, password: login.password } });
  engine = await startTestEngine();
});
afterAll(async () => {
  await engine.stop();
  await server.stop();
});

async function add(more: Partial<CallInput<'endpoints.add'>['endpoint']> = {}) {
  const { endpoint } = await engine.call('endpoints.add', {
    confirmed: false,
    endpoint: { url: server.address, events: [...eventTypes], caPem: server.caPem, config, ...more },
  });
  return endpoint;
}

/** When the next digest of 15 minutes goes out. */
const nextQuarter = () => (Math.floor(engine.clock.wallMs() / (15 * minuteMs)) + 1) * 15 * minuteMs;

const remove = (id: EndpointId) => engine.call('endpoints.remove', { id });

describe('a mail endpoint', () => {
  test('is known by its address, tested, enabled, and gets a readable message for each event', async () => {
    const { id, kind, address, host, kindSecrets, config: shown } = await add({ description: 'Manager' });
    expect({ kind, address, host }).toEqual({
      kind: 'mail',
      address: `smtp://127.0.0.1:${server.port}`,
      host: `127.0.0.1:${server.port}`,
    });
    expect(kindSecrets).toEqual([{ name: 'password', masked: expect.not.stringContaining('correct') }]);
    expect(JSON.stringify(shown)).not.toContain('correct horse');

    const tried = await engine.call('endpoints.test', { id });
    expect(tried.ok, JSON.stringify(tried.attempt)).toBe(true);
    expect(decoded(server.taken.at(-1)?.header('Subject'))).toMatch(/^Test: New booking: Juan dela Cruz/);
    expect(server.taken.at(-1)?.header('X-RoostSync-Test')).toBe('true');
    await engine.call('endpoints.enable', { id });

    const event = await posted(engine, 'booking.created', booked);
    const delivery = await deliveryOf(engine, event, delivered, id);
    const mail = server.taken.at(-1);
    expect(decoded(mail?.header('Subject'))).toBe('New booking: Juan dela Cruz, Room 101, 20 to 22 March, ₱6,000');
    expect(mail?.to).toEqual(['manager@hotel.example', 'night@hotel.example']);
    expect(mail?.header('X-RoostSync-Event-Id')).toBe(event);
    expect(mail?.header('X-RoostSync-Delivery')).toBe(delivery.id);
    expect(mail?.header('X-RoostSync-Attempt')).toBe('1');
    expect(mail?.header('Message-ID')).toBe(`<${event}.${id}@hotel.example>`);
    expect(delivery.body).toContain('Guest: Juan dela Cruz\nRoom: Room 101\nArrives: 20 March 2026\n');
    expect(delivery.attemptsMade[0]).toMatchObject({ status: 250, outcome: 'delivered' });
    expect(JSON.stringify(delivery)).not.toContain('correct horse');

    await engine.call('deliveries.resend', { id: delivery.id });
    await engine.until(
      () => server.taken.length,
      (count) => count === 3,
    );
    expect(server.taken.at(-1)?.header('Message-ID')).toBe(mail?.header('Message-ID'));
    await remove(id);
  });

  test('whose login is wrong says so of the mail server, as set-up', async () => {
    const { id } = await add({ config: { ...config, password: 'another one' } });
    const tried = await engine.call('endpoints.test', { id });
    expect(tried.ok).toBe(false);
    expect(tried.attempt.sentence?.key).toBe('outcome.mail_login_refused');
    expect(tried.attempt).toMatchObject({ outcome: 'setup', status: 535 });
    await remove(id);
  });

  test('that is asked to try later waits, and uses up nothing', async () => {
    const { id } = await add();
    await engine.call('endpoints.enable', { id, override: true });
    server.refuse = { recipient: () => ({ code: 450, text: '4.2.0 greylisted' }) };
    const event = await posted(engine, 'booking.created', { ...booked, booking_id: 'bk_2' });
    const waiting = await deliveryOf(engine, event, afterAttempts(1), id);
    expect(waiting).toMatchObject({ state: 'waiting', failures: 0 });
    server.refuse = {};
    await engine.clock.advanceTo(waiting.nextAttemptAt ?? 0);
    await deliveryOf(engine, event, delivered, id);
    await remove(id);
  });

  test('that reaches only some of its recipients is told as a condition, until it reaches all', async () => {
    const { id } = await add({ description: 'Manager' });
    await engine.call('endpoints.enable', { id, override: true });
    const told = async () => {
      const all = conditionsOf(await engine.call('situation.get', {}), running);
      return all.filter(({ kind }) => kind === 'mail_partly').map(({ meaning }) => meaning?.params.recipients);
    };
    const night = 'night@hotel.example';
    server.refuse = {
      recipient: (address) => (address === night ? { code: 550, text: '5.1.1 no such mailbox' } : null),
    };
    const tested = await engine.call('endpoints.test', { id });
    expect(tested.ok).toBe(true);
    expect(takenInPart(tested)?.params.recipients).toBe(night);
    const at = atProperty({ timeZone: 'Asia/Manila', now: engine.clock.wallMs(), program: 'relay', note: () => {} });
    const shown = testText({ id, name: 'Manager', kind: 'mail' }, tested, at).text;
    expect(shown).toMatch(/took it, but not for night@hotel\.example\.\n.*Check the addresses that Manager writes to/);
    const event = await posted(engine, 'booking.created', { ...booked, booking_id: 'bk_partly' });
    await deliveryOf(engine, event, delivered, id);
    expect(await told()).toEqual([night]);
    server.refuse = {};
    const next = await posted(engine, 'booking.created', { ...booked, booking_id: 'bk_whole' });
    await deliveryOf(engine, next, delivered, id);
    expect(await told()).toEqual([]);
    await remove(id);
  });

  test('with a digest gets what fell due as one message, settled by its one answer, in order', async () => {
    const { id } = await add({ config: { ...config, digestMinutes: 15 } });
    await engine.call('endpoints.enable', { id, override: true });
    const before = server.taken.length;
    await engine.clock.advanceTo(nextQuarter() + minuteMs);
    const events: string[] = [];
    for (const event of ['booking.created', 'booking.updated', 'booking.cancelled'] as const) {
      events.push(await posted(engine, event, { ...booked, booking_id: 'bk_3' }));
    }
    events.push(await posted(engine, 'payment.received', { payment_id: 'p_1', amount: 100, currency: 'PHP' }));
    await engine.clock.advance(5 * minuteMs);
    expect(server.taken).toHaveLength(before);
    // What is told is when the mail goes out, not when the event fell due.
    const waits = await deliveryOf(engine, events[0] ?? '', () => true, id);
    expect(waits).toMatchObject({ reason: 'digest', nextAttemptAt: nextQuarter() });
    expect(await engine.call('endpoints.get', { id })).toMatchObject({ nextAttemptAt: nextQuarter() });
    server.refuse = { data: { code: 451, text: '4.3.0 later' } };
    await engine.clock.advanceTo(nextQuarter());
    for (const event of events) await deliveryOf(engine, event, afterAttempts(1), id);
    server.refuse = {};
    await engine.clock.advanceTo(nextQuarter());
    for (const event of events) await deliveryOf(engine, event, delivered, id);
    expect(server.taken).toHaveLength(before + 1);
    const mail = server.taken.at(-1);
    expect(decoded(mail?.header('Subject'))).toMatch(/^4 events: New booking: Juan dela Cruz/);
    expect(mail?.header('X-RoostSync-Event-Id')?.split(', ')).toEqual(events);
    await remove(id);
  });
});

test('a digest that its server puts off goes out as one again, the oldest first, with what came meanwhile', async () => {
  let drawn = 0;
  // Each retry would come sooner than the one before it.
  const chance = () => Math.max(0, 0.99 - 0.2 * drawn++);
  await using each = await startTestEngine({ chance });
  const { endpoint } = await each.call('endpoints.add', {
    confirmed: true,
    endpoint: {
      url: server.address,
      events: [...eventTypes],
      caPem: server.caPem,
      config: { ...config, digestMinutes: 1 },
    },
  });
  await each.call('endpoints.enable', { id: endpoint.id, override: true });
  const before = server.taken.length;
  const heard = server.heard;
  const nextMinute = () => (Math.floor(each.clock.wallMs() / minuteMs) + 1) * minuteMs;
  await each.clock.advanceTo(nextMinute() + 1000);
  const events: string[] = [];
  const post = async (event: 'booking.created' | 'booking.updated' | 'booking.cancelled', id: string) => {
    events.push(await posted(each, event, { ...booked, booking_id: id }));
    await each.clock.advance(1000);
  };
  for (const id of ['bk_a', 'bk_b']) {
    for (const event of ['booking.created', 'booking.updated', 'booking.cancelled'] as const) await post(event, id);
  }
  server.refuse = { data: { code: 451, text: '4.3.0 later' } };
  await each.clock.advanceTo(nextMinute());
  for (const event of events) await deliveryOf(each, event, afterAttempts(1), endpoint.id);
  await each.clock.advance(5000);
  await post('booking.created', 'bk_c');
  await post('booking.updated', 'bk_b');
  server.refuse = {};
  await each.clock.advanceTo(nextMinute());
  await each.clock.advance(10_000);
  for (const event of events) await deliveryOf(each, event, delivered, endpoint.id);
  expect(server.taken).toHaveLength(before + 1);
  expect(server.heard).toBe(heard + 2);
  expect(server.taken.at(-1)?.header('X-RoostSync-Event-Id')?.split(', ')).toEqual(events);
});

test('a digest that was cut off before its answer is sent again whole, as the same message', async () => {
  await using folder = await temporaryFolder();
  const again = { dataFolder: folder.path, vault: createTestVault(), clock: createFakeClock(Date.now()) };
  const first = await startTestEngine(again);
  const { endpoint } = await first.call('endpoints.add', {
    confirmed: true,
    endpoint: {
      url: server.address,
      events: [...eventTypes],
      caPem: server.caPem,
      config: { ...config, digestMinutes: 5 },
    },
  });
  await first.call('endpoints.enable', { id: endpoint.id, override: true });
  server.silent = true;
  const heard = server.heard;
  const taken = server.taken.length;
  await again.clock.advanceTo((Math.floor(again.clock.wallMs() / (5 * minuteMs)) + 1) * 5 * minuteMs + minuteMs);
  const events = [];
  for (const id of ['bk_7', 'bk_8']) events.push(await posted(first, 'booking.created', { ...booked, booking_id: id }));
  await again.clock.advance(4 * minuteMs);
  await first.until(
    () => server.heard,
    (count) => count === heard + 1,
  );
  await first.stop();
  server.silent = false;
  await using second = await startTestEngine(again);
  for (const event of events) await deliveryOf(second, event, delivered, endpoint.id);
  expect(server.taken).toHaveLength(taken + 1);
  expect(server.taken.at(-1)?.header('X-RoostSync-Event-Id')?.split(', ')).toEqual(events);
  expect(server.taken.at(-1)?.header('Message-ID')).toMatch(/^<digest_[0-9a-f]+\./);
});

describe('what cannot be a mail endpoint is refused by name', () => {
  test.each([
    [{ url: 'smtp://mail.example.com/inbox' }, 'smtps://mail.example.com:465'],
    [{ url: 'https://mail.example.com/', kind: 'mail' }, 'smtps://mail.example.com:465'],
    [{ url: 'smtps://me:pw@mail.example.com' }, 'do not stand in the address'],
    [{ config: { ...config, to: 'manager' } }, 'config.to[0]'],
    [{ config: { ...config, from: 'a@b.example\r\nBcc: c@d.example' } }, 'config.from'],
    [{ config: { ...config, password: undefined } }, 'A login is a name'],
    [{ config: { ...config, subject: '{{ data.guest_name' } }, 'is opened here and never closed'],
    [{ url: 'smtp://mail.example.com:25' }, 'Port 25'],
    [{ url: 'smtps://mail.example.com:587' }, 'the other way round'],
    [{ url: 'smtps://smtp.gmail.com' }, 'app password'],
  ] as const)('%o', async (given, words) => {
    await expect(add(given as never)).rejects.toThrow(words);
  });
});

/** RFC 2047's words as their text. */
const decoded = (value: string | null | undefined): string =>
  (value ?? '')
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_word, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString()
        : Buffer.from(
            text
              .replace(/_/g, ' ')
              .replace(/=([0-9A-F]{2})/g, (_hex, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
            'latin1',
          ).toString(),
    );
