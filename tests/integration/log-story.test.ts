import { describe, expect, it } from 'vitest';
import type { EventType } from '../../shared/events.ts';
import { deliveryOf, pass } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

const told = async (test: TestEngine, about: string) => {
  const { events, complete } = await test.call('events.story', { about });
  expect(complete).toBe(true);
  return events.map(({ event, byName, entity }) => `${event} ${entity?.id ?? '-'}${byName ? ' by name' : ''}`);
};
const post = async (test: TestEngine, event: EventType, data: object, more: object = {}): Promise<string> => {
  const { status, body } = await test.post(event, data, more);
  expect(status).toBe(202);
  return body.id ?? '';
};

/** A stay with everything that a hotel's systems say of it, and somebody else's beside it. */
async function stay(test: TestEngine): Promise<void> {
  const guest_name = 'Kenji Ito';
  await post(test, 'booking.created', { booking_id: 'bk_7', guest_name });
  await post(test, 'payment.received', { payment_id: 'pay_1', booking_id: 'bk_7', amount: 100 });
  await post(test, 'guest.checkin', { booking_id: 'bk_7', guest_name, room: { id: 'rm_204', name: 'Room 204' } });
  await post(test, 'order.created', { order_id: 'or_1', booking_id: 'bk_7', total: 5 });
  await post(test, 'order.completed', { order_id: 'or_1', total: 5 });
  await post(test, 'order.completed', { order_id: 'or_2', guest: { name: 'KENJI  ITÓ' }, total: 9 });
  await post(test, 'order.completed', { order_id: 'or_3', guest_name: 'Ana Reyes', total: 9 });
  await post(test, 'payment.received', { payment_id: 'pay_2', payer_name: 'Kenji Ito', amount: 50 });
  await post(test, 'booking.created', { booking_id: 'bk_8', guest_name });
  await post(test, 'guest.checkout', { booking_id: 'bk_7', guest_name });
}

const ofTheStay = [
  'booking.created bk_7',
  'payment.received bk_7',
  'guest.checkin bk_7',
  'order.created bk_7',
  'order.completed or_1',
  'order.completed or_2 by name',
  'payment.received pay_2 by name',
];

describe('a guest’s story', () => {
  it('has the payments and orders of the booking, and those that name the guest alone are marked', async () => {
    await using test = await startTestEngine();
    await stay(test);
    expect(await told(test, 'bk_7')).toEqual([...ofTheStay, 'guest.checkout bk_7']);
  });

  it('by the guest’s name has those that carry only a booking’s id', async () => {
    await using test = await startTestEngine();
    await stay(test);
    for (const name of ['Kenji Ito', 'kenji itó', 'KENJI']) {
      expect(await told(test, name)).toEqual([...ofTheStay, 'booking.created bk_8', 'guest.checkout bk_7']);
    }
  });

  it('does not take a namesake’s orders of long before or after the stay', async () => {
    await using test = await startTestEngine();
    const guest_name = 'Juan dela Cruz';
    await post(test, 'order.completed', { order_id: 'or_before', guest_name });
    await pass(test, 3 * 86_400_000);
    await post(test, 'booking.created', { booking_id: 'bk_1', guest_name });
    await post(test, 'order.completed', { order_id: 'or_during', guest_name });
    await post(test, 'guest.checkout', { booking_id: 'bk_1', guest_name });
    await pass(test, 3 * 86_400_000);
    await post(test, 'order.completed', { order_id: 'or_after', guest_name });
    expect(await told(test, 'bk_1')).toEqual([
      'booking.created bk_1',
      'order.completed or_during by name',
      'guest.checkout bk_1',
    ]);
  });

  it('of an order is that order, not everything its guest ordered', async () => {
    await using test = await startTestEngine();
    await post(test, 'order.created', { order_id: 'or_1', guest_name: 'Kenji Ito' });
    await post(test, 'order.created', { order_id: 'or_2', guest_name: 'Kenji Ito' });
    expect(await told(test, 'or_1')).toEqual(['order.created or_1']);
  });
});

describe('free text', () => {
  it('finds what happened in room 204, in events, deliveries and stories', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    const checkIn = await post(test, 'guest.checkin', { booking_id: 'bk_1', room: { name: 'Room 204 - Sea View' } });
    const order = await post(test, 'order.created', { order_id: 'or_1', room_id: 'rm_204' });
    const number = await post(test, 'order.created', { order_id: 'or_2', room_number: 204 });
    await post(test, 'guest.checkin', { booking_id: 'bk_2', room: { name: 'Room 2041' } });
    for (const text of ['Room 204', 'room 204', 'rm_204']) {
      const filter = { text };
      expect((await test.call('events.list', { filter })).rows.map(({ id }) => id)).toEqual([number, order, checkIn]);
      const { rows } = await test.call('deliveries.list', { filter });
      expect(rows.map(({ eventId }) => eventId)).toEqual([number, order, checkIn]);
      expect((await test.call('events.story', { about: text })).events.map(({ id }) => id)).toEqual([
        checkIn,
        order,
        number,
      ]);
    }
    const { rows } = await test.call('events.list', { filter: { entity: 'or_1', text: 'Room 204' } });
    expect(rows.map(({ id }) => id)).toEqual([order]);
  });

  it('finds an event by the PMS’s own id, which its details and its deliveries show', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    const id = await post(test, 'booking.created', { booking_id: 'bk_1' }, { id: 'Opera-000123' });
    const other = await post(test, 'booking.created', { booking_id: 'bk_2' });
    for (const text of ['Opera-000123', 'opera-0001']) {
      expect((await test.call('events.list', { filter: { text } })).rows.map((row) => row.id)).toEqual([id]);
    }
    expect((await test.call('events.get', { id: id as never })).pmsId).toBe('Opera-000123');
    expect((await test.call('events.get', { id: other as never })).pmsId).toBeNull();
    expect((await deliveryOf(test, id)).pmsId).toBe('Opera-000123');
  });
});

describe('a resend of many', () => {
  it('of deliveries picked by hand keeps those that failed to be listed', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    const events: string[] = [];
    for (let n = 1; n <= 6; n++) events.push(await post(test, 'booking.created', { booking_id: `bk_${n}` }));
    await receiver.received(6);
    const all = await test.until(
      async () => (await test.call('deliveries.list', {})).rows,
      (rows) => rows.length === 6 && rows.every(({ state }) => state === 'delivered'),
    );
    receiver.clear();
    receiver.answerWith(({ text }) => ({ status: text.includes('bk_2') || text.includes('bk_4') ? 500 : 200 }));
    const picked = all.filter(({ entity }) => ['bk_2', 'bk_3', 'bk_4'].includes(entity?.id ?? ''));
    const filter = { ids: picked.map(({ id }) => id) };
    expect((await test.call('deliveries.list', { filter })).rows.map(({ id }) => id)).toEqual(filter.ids);
    expect((await test.call('deliveries.count', { filter })).total).toBe(3);
    const { id } = await test.call('deliveries.resendAll', { filter });
    await receiver.received(3);
    await test.until(
      async () => {
        await pass(test, 1000);
        return test.call('jobs.get', { id });
      },
      ({ state, delivered, failed }) => state === 'done' && delivered === 1 && failed === 2,
    );
    const failed = { filter: { failedIn: id } };
    const { rows, next } = await test.call('deliveries.list', failed);
    expect(rows.map(({ entity }) => entity?.id)).toEqual(['bk_4', 'bk_2']);
    // On a busy machine an answer may be a part, with where to go on: there is nothing more.
    if (next !== null) expect((await test.call('deliveries.list', { ...failed, cursor: next })).rows).toEqual([]);
    expect((await test.call('deliveries.count', failed)).total).toBe(2);
    const first = await test.call('deliveries.list', { ...failed, limit: 1 });
    const second = await test.call('deliveries.list', { ...failed, limit: 1, cursor: first.next ?? '' });
    expect([...first.rows, ...second.rows].map(({ entity }) => entity?.id)).toEqual(['bk_4', 'bk_2']);
    const narrower = { filter: { failedIn: id, text: 'bk_2' } };
    expect((await test.call('deliveries.list', narrower)).rows.map(({ entity }) => entity?.id)).toEqual(['bk_2']);
  });
});
