import { expect, it } from 'vitest';
import type { Meter } from '../../electron/engine/ports.ts';
import { booking, delivered, deliveryOf } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

it('whoever watches is told of events that were taken and attempts that were recorded, by outcome alone', async () => {
  const seen: unknown[] = [];
  const meter: Meter = {
    count: (name, by = 1, labels = {}) => void seen.push([name, by, labels]),
    observe: (name, value, labels = {}) => void seen.push([name, typeof value, labels]),
  };
  await using receiver = await startReceiver();
  await using test = await startTestEngine({ meter });
  await test.addEndpoint(receiver);
  await deliveryOf(test, await booking(test, 'bk_1'), delivered);
  expect(seen).toEqual([
    ['events_accepted', 1, {}],
    ['attempts_recorded', 1, { outcome: 'delivered' }],
    ['attempt_ms', 'number', { outcome: 'delivered' }],
  ]);
});
