/** A day with everything that the helper's screens show: refused, retried, paused, drafted, rotated and benched. */
import type { Relay } from './relay.ts';

export interface WorkingDay {
  readonly endpoints: Readonly<Record<'good' | 'bad' | 'paused' | 'draft', string>>;
  readonly events: readonly string[];
}

export async function workingDay(relay: Relay): Promise<WorkingDay> {
  const [good, bad] = [await relay.receiver(), await relay.receiver()];
  const endpoints = {
    good: await relay.endpoint('Door locks', good),
    bad: await relay.endpoint('Guest messages', bad),
    paused: await relay.endpoint('Dashboard', good),
    draft: await relay.endpoint('New website', good, { enable: false }),
  };
  await relay.call('endpoints.pause', { id: endpoints.paused });
  await relay.call('endpoints.change', {
    id: endpoints.bad,
    change: { headers: [{ name: 'X-Api-Key', value: 'k_19f3a7' }] },
  });
  bad.answerWith((request) =>
    request.text.includes('Kenji')
      ? {
          status: 422,
          headers: { 'content-type': 'application/json' },
          body: '{"error":"ValidationError","detail":"phone is required"}',
        }
      : { status: 200 },
  );
  const events = [
    await relay.post('booking.created', { booking_id: 'bk_1', guest_name: 'Kenji Ito' }),
    await relay.post('booking.cancelled', { booking_id: 'bk_1', guest_name: 'Kenji Ito' }),
    await relay.post('guest.checkin', { booking_id: 'bk_2', guest_name: 'María Santos-Villanueva de la Cruz' }),
    await relay.post('payment.received', { payment_id: 'pay_1', booking_id: 'bk_2' }),
    await relay.post('order.completed', { order_id: 'or_1' }),
    await relay.post('inventory.low', { item_id: 'it_1' }),
  ];
  await good.received(events.length);
  // One of them waits behind another of its booking.
  await bad.received(events.length - 1);
  return { endpoints, events };
}
