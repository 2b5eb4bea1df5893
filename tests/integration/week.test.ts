/** Monday's page: its numbers are true by the ledger, its money is exact, and it is written as a page that stands alone. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { addDecimals } from '../../electron/engine/log/decimals.ts';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { firstTryRate, moneyText, weekHtml } from '../../shared/week-page.ts';
import { createFakeClock } from '../support/clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { delivered, deliveryOf, pass, posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

/** A Wednesday noon in Manila. */
const wednesday = Date.UTC(2026, 2, 11, 4);
const dayMs = 86_400_000;

test('what was delivered, skipped, taken by the bench or wanted by nobody is each told as that', async () => {
  await using receiver = await startReceiver();
  await using relay = await startTestEngine({
    clock: createFakeClock(wednesday),
    defaults: { propertyId: 'prop_1', propertyName: 'Bay <Breeze>', timeZone: 'Asia/Manila', currency: 'PHP' },
  });
  await posted(relay, 'inventory.low', { item_id: 'soap', name: 'Soap', quantity: 2 });
  const { id } = await relay.addEndpoint(receiver, { description: 'Bookkeeping' });
  const pay = (n: number, more: object) => posted(relay, 'payment.received', { payment_id: `p${n}`, ...more });
  await deliveryOf(relay, await pay(1, { amount: 0.1 }), delivered);
  await deliveryOf(relay, await pay(2, { amount: 0.2 }), delivered);
  await deliveryOf(relay, await pay(3, { amount: 1000.05, currency: 'USD' }), delivered);
  for (const event of ['guest.checkin', 'guest.checkin', 'guest.checkout'] as const) {
    await deliveryOf(relay, await posted(relay, event, { booking_id: 'bk_1' }), delivered);
  }
  receiver.answerWith({ status: 500 });
  const late = await posted(relay, 'booking.created', { booking_id: 'bk_2' });
  await deliveryOf(relay, late, ({ attempts, state }) => attempts === 1 && state === 'waiting');
  receiver.answerWith({ status: 200 });
  await pass(relay, 70_000);
  await deliveryOf(relay, late, delivered);
  await relay.call('endpoints.pause', { id });
  const skipped = await deliveryOf(relay, await pay(4, { amount: 5 }));
  await relay.call('deliveries.cancel', { id: skipped.id });
  await posted(relay, 'booking.updated', { booking_id: 'bk_2' });

  const week = await relay.call('week.report', { back: 0 });
  expect(week).toMatchObject({
    // Monday and Monday, by the property's clocks.
    from: Date.UTC(2026, 2, 8, 16),
    to: Date.UTC(2026, 2, 15, 16),
    propertyName: 'Bay <Breeze>',
    checkedIn: 1,
    checkedOut: 1,
    deliveries: { delivered: 7, firstTry: 6, waiting: 1, needsAttention: 0, toBench: 0, cancelled: 1 },
    unwanted: 1,
    slowest: { name: 'Bookkeeping', delivered: 7 },
  });
  expect(week.money).toEqual([
    { event: 'payment.received', currency: 'PHP', events: 3, amount: '5.3' },
    { event: 'payment.received', currency: 'USD', events: 1, amount: '1000.05' },
  ]);
  expect(week.events.find(({ event }) => event === 'payment.received')?.count).toBe(4);
  expect((await relay.call('week.report', {})).events).toEqual([]);
  await pass(relay, 7 * dayMs);
  expect((await relay.call('week.report', {})).deliveries.delivered).toBe(7);

  const file = join(relay.dataFolder, '..', `week-${Date.now()}.html`);
  const ran = await relayInProcess(relay.dataFolder, ['week', '--output', file]);
  expect(ran).toMatchObject({ code: 0, out: `Written to ${file}.\n`, err: '' });
  const page = await readFile(file, 'utf8');
  expect(page).toContain('Bay &lt;Breeze&gt;, 9 March 2026 to 15 March 2026');
  expect(page).toMatch(/Payment received \(3\)<\/th><td>PHP 5\.30<\/td>/);
  expect(page).not.toMatch(/https?:|<script|<img|<link/);
  expect((await relayInProcess(relay.dataFolder, ['week', '--output', file])).code).not.toBe(0);
  const text = await relayInProcess(relay.dataFolder, ['week']);
  expect(text.out).toMatch(/Of these at the first try +85\.7 %/);
  // As the window and the mail call them.
  expect(`${page}${text.out}`).not.toMatch(/(?:booking|guest|payment)\.\w+/);
  const filipino = await relayInProcess(relay.dataFolder, ['week', '--language', 'fil']);
  expect(filipino.out).toMatch(/^May natanggap na bayad \(3\) /m);
  expect((await relayInProcess(relay.dataFolder, ['week', '--back', '53'])).err).toContain('--back');
});

test('an amount that cannot be read is in no sum, and the sum says so', async () => {
  await using relay = await startTestEngine({
    clock: createFakeClock(wednesday),
    defaults: { propertyId: 'prop_1', propertyName: 'Bay', timeZone: 'Asia/Manila', currency: 'PHP' },
  });
  for (const amount of [10, '1.234,50', 'P 1,000', '2000.00', 'abc', true, [7], '', 'free', false, null]) {
    await posted(relay, 'payment.received', { payment_id: 'p', amount });
  }
  await posted(relay, 'inventory.low', { item_id: 'soap', name: 'Soap', quantity: 2, price: '1,50' });
  expect(await relay.call('week.report', { back: 0 })).toMatchObject({
    money: [{ event: 'payment.received', currency: 'PHP', events: 2, amount: '2010' }],
    unreadAmounts: 5,
    unread: [{ source: 'PMS', member: 'amount', example: '1.234,50', events: 5 }],
  });
  const { out } = await relayInProcess(relay.dataFolder, ['week', '--back', '0']);
  expect(out).toMatch(/In no sum: amounts that could not be read +5/);
  expect(out).toMatch(/… amount of PMS, such as 1\.234,50 +5/);
});

test('amounts of a source that writes a decimal comma are in the sum once it is told so; what is doubtful never is', async () => {
  await using relay = await startTestEngine({
    clock: createFakeClock(wednesday),
    defaults: { propertyId: 'prop_1', propertyName: 'Bay', timeZone: 'Asia/Manila', currency: 'EUR' },
  });
  const csv = (from: number, totals: readonly string[]) =>
    `event;payment_id;total\n${totals.map((total, n) => `payment;p${from + n};${total}`).join('\n')}\n`;
  const { id } = await relay.call('sources.add', { name: 'Export', kind: 'http', shaping: { preset: 'generic_csv' } });
  const given = ['1.234,56', '1.234', '12,50', 'free', ''];
  const paste = (from: number) => relay.call('sources.paste', { id, text: csv(from, given), name: 'a.csv' });
  // Nobody has said how it writes them: none is read, `1.234` not as a little more than one.
  await paste(0);
  expect(await relay.call('week.report', { back: 0 })).toMatchObject({ money: [], unreadAmounts: 3 });
  await relay.call('sources.change', { id, shaping: { numbers: 'found' } });
  await paste(10);
  expect(await relay.call('week.report', { back: 0 })).toMatchObject({
    money: [{ currency: 'EUR', events: 2, amount: '1247.06' }],
    unreadAmounts: 4,
    unread: [{ source: 'Export', member: 'total', example: '1.234,56', events: 4 }],
  });
  await relay.call('sources.change', { id, shaping: { numbers: 'comma' } });
  await paste(20);
  expect(await relay.call('week.report', { back: 0 })).toMatchObject({
    money: [{ currency: 'EUR', events: 5, amount: '3728.12' }],
    unreadAmounts: 4,
  });
  const database = new Sqlite(databaseFile(relay.dataFolder), { readonly: true });
  const data = database.prepare<[], string>('SELECT data FROM events ORDER BY seq').pluck().all().join('\n');
  database.close();
  for (const total of ['"1.234,56"', '1234.56', '"1.234"', '1234', '"12,50"', '12.50', '"free"', '""']) {
    expect(data, total).toContain(`"total":${total}`);
  }
});

test('money is added as decimals, whatever its size', () => {
  expect(['0.1', '0.2'].reduce((sum, more) => addDecimals(sum, Number(more)), '0')).toBe('0.3');
  expect(addDecimals('9007199254740993', 0.01)).toBe('9007199254740993.01');
  expect(addDecimals('-0.05', 0.02)).toBe('-0.03');
  expect(addDecimals('1.10', -1.1)).toBe('0.00');
  expect(addDecimals('2.50000010000000000000', 2.5)).toBe('5.0000001');
  expect(moneyText('1234567.5')).toBe('1,234,567.50');
  expect(moneyText('-1234')).toBe('-1,234');
});

test('all but one at the first try is not a hundred per cent, and of nothing there is no rate', () => {
  const of = (deliveries: number, firstTry: number) =>
    firstTryRate({ delivered: deliveries, firstTry, waiting: 0, needsAttention: 0, toBench: 0, cancelled: 0 });
  expect([of(100_000, 99_999), of(2, 2), of(0, 0)]).toEqual(['99.9', '100.0', null]);
  expect(weekHtml({ lang: 'en', title: '<b>', span: '"', sections: [] })).not.toContain('<b>');
});
