/** What the test bench shows of a guest goes with the guest, and is named before. */
import { expect, test } from 'vitest';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

test('a request at the test bench is found, named and gone; another guest’s stays', { timeout: 60_000 }, async () => {
  await using receiver = await startReceiver();
  // By the real clock: what is forgotten rests between its steps.
  await using engine = await startTestEngine({ clock: systemClock as never });
  const { id } = await engine.addEndpoint(receiver);
  await engine.call('bench.point', { id, confirmed: true });
  const guest = {
    booking_id: 'bk_b1',
    guest_name: 'Quentin Wickersham',
    phone: '09175550184',
    email: 'q@wick.example',
  };
  await posted(engine, 'booking.created', guest);
  // Of the same booking, and without a name.
  await posted(engine, 'booking.updated', { booking_id: 'bk_b1', note: 'late' });
  await posted(engine, 'booking.created', { booking_id: 'bk_b2', guest_name: 'Ana Cruz' });
  const shown = async () => (await engine.call('bench.get', {})).requests;
  await engine.until(shown, (all) => all.filter(({ answered }) => answered === 200).length === 3);

  const forget = (...more: readonly string[]) =>
    relayInProcess(engine.dataFolder, ['forget', '--name', guest.guest_name, ...more]);
  expect((await forget()).out).toMatch(/^2 requests at the test bench$/m);
  const done = await forget('--yes');
  expect(done.out).toMatch(/Test bench +2 requests\n/);
  expect(done.out).toMatch(/\nForgotten\.\n$/);
  const { out } = await relayInProcess(engine.dataFolder, ['bench', 'show', '--json']);
  expect(out).not.toMatch(/Wickersham|5550184|wick\.example|bk_b1/);
  expect((await shown()).map(({ body }) => body)).toEqual([expect.stringContaining('Ana Cruz')]);
  expect((await forget()).out).toBe('Nothing here speaks of that guest.\n');
});
