import { expect, it } from 'vitest';
import type { EventId } from '../../shared/domain.ts';
import { delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

it("what an endpoint's rules keep away is no delivery, is told at the event, and can be sent by hand", async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  const { id } = await test.addEndpoint(receiver, {
    rules: { match: 'all', of: [{ path: 'data.total', is: 'greater', value: 5000 }] },
  });
  const small = (await posted(test, 'booking.created', { booking_id: 'bk_1', total: 4999.99 })) as EventId;
  const large = await posted(test, 'booking.created', { booking_id: 'bk_2', total: 6000 });
  await deliveryOf(test, large, delivered, id);
  expect(receiver.requests).toHaveLength(1);

  const kept = await test.call('events.get', { id: small });
  expect(kept).toMatchObject({
    deliveryRows: [],
    keptAway: [{ endpointId: id }],
    deliveries: { total: 0, delivered: 0, waiting: 0 },
  });
  expect((await test.call('deliveries.list', { filter: {} })).rows).toHaveLength(1);

  // Events from before go by the rules too, unless a person picks them.
  expect(await test.call('endpoints.countPast', { id })).toMatchObject({ total: 0, left: { rules: 1, delivered: 1 } });
  expect(await test.call('endpoints.countPast', { id, filter: { eventIds: [small] } })).toMatchObject({ total: 1 });
  await test.call('events.send', { id: small, endpointId: id });
  await deliveryOf(test, small, delivered, id);
  expect(await test.call('events.get', { id: small })).toMatchObject({ keptAway: [] });

  // Changed rules hold from the next event on.
  await test.call('endpoints.change', { id, change: { rules: null } });
  const next = await posted(test, 'booking.created', { booking_id: 'bk_3', total: 1 });
  await deliveryOf(test, next, delivered, id);
  const wrong = { match: 'all', of: [{ path: 'nowhere', is: 'is', value: 1 }] } as const;
  const refused = await test.engine.call(
    'endpoints.change',
    { id, change: { rules: wrong as never } },
    { account: 'tester', surface: 'window' },
  );
  expect(refused).toMatchObject({ ok: false, error: { code: 'bad_input', member: 'change.rules.of[0].path' } });
});
