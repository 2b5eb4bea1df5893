/** A guest whom another event of the booking names goes from a text, though that event is in no page before, or in no page. */
import { expect, test } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';

const guest = 'Ulysses Vandermolen';

test('whichever events are exported, and in which order they are read', async () => {
  await using engine = await startTestEngine();
  await posted(engine, 'booking.created', { booking_id: 'bk_h', guest_name: guest });
  await posted(engine, 'order.created', { order_id: 'or_h', guest_name: guest });
  // More than a page lies between: events leave newest first.
  for (let n = 0; n < 55; n += 1) await posted(engine, 'order.created', { order_id: `or_${n}`, total: n });
  const texts = { method: 'GCash Ulysses Vandermolen', source: 'Vandermolen family', amount: 5 };
  await posted(engine, 'payment.received', { booking_id: 'bk_h', payment_id: 'p1', ...texts });
  await posted(engine, 'order.completed', { order_id: 'or_h', room: 'Vandermolen party' });
  await posted(engine, 'guest.checkin', { booking_id: 'bk_i', room: 'Vandermolen wing' });
  const exported = async (...more: readonly string[]) => {
    const run = await relayInProcess(engine.dataFolder, ['export', '--what', 'events', '--format', 'jsonl', ...more]);
    expect([run.code, run.err]).toEqual([0, '']);
    const lines = run.out.trim().split('\n');
    return lines.map((line) => (JSON.parse(line) as { data: Record<string, unknown> }).data);
  };
  for (const [lines, of] of [
    [await exported(), 'all'],
    [await exported('--event', 'payment.received', '--event', 'order.completed', '--event', 'guest.checkin'), 'some'],
  ] as const) {
    const [wing, party, payment] = lines;
    expect(wing, of).toMatchObject({ room: 'Vandermolen wing' });
    expect(party, of).toMatchObject({ room: 'Guest 1 party' });
    expect(payment, of).toMatchObject({ method: 'GCash Guest 1', source: 'Guest 1 family' });
  }
});
