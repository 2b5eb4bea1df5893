/**
 * Whatever receivers answer: nothing is lost, nothing goes out twice at once, no more than the limit is in
 * flight, and a delivered event was never overtaken by a later one of its booking that had it still waiting.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendRequest } from '../../electron/engine/sending/sender.ts';
import { createFakeClock, settled } from '../support/clock.ts';
import { answeredWith, openDispatch, senderOf } from '../support/dispatch.ts';
import { temporaryFolder } from '../support/folder.ts';

const dayMs = 86_400_000;

/** Answers by a script: one status for each request, 200 once it is over; keeps who is in flight. */
function scriptedSender(statuses: readonly number[]) {
  const sent: { readonly booking: string; readonly n: number; readonly status: number }[] = [];
  const open = new Set<string>();
  let most = 0;
  let twice = false;
  const sender = senderOf(async ({ headers, body }: SendRequest) => {
    const delivery = headers[headers.indexOf('X-RoostSync-Delivery') + 1] ?? '';
    const { data } = JSON.parse(Buffer.from(body).toString('utf8')) as { data: { booking_id: string; n: number } };
    twice ||= open.has(delivery);
    open.add(delivery);
    most = Math.max(most, open.size);
    await settled();
    const status = statuses[sent.length] ?? 200;
    sent.push({ booking: data.booking_id, n: data.n, status });
    open.delete(delivery);
    return answeredWith(status);
  });
  return { sender, sent, worst: () => ({ most, twice }) };
}

describe('any run', () => {
  it('loses nothing, keeps the order of each booking and its limits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.constantFrom(200, 200, 500, 503, 429, 400), { maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        async (bookings, statuses, inFlight) => {
          await using folder = await temporaryFolder();
          const clock = createFakeClock();
          const script = scriptedSender(statuses);
          const stand = openDispatch({ folder: folder.path, clock, sender: script.sender });
          const { dispatch, writer, database } = stand;
          await dispatch.start();
          await stand.addEndpoint(inFlight);
          for (const [n, booking] of bookings.entries()) await stand.said([[n, booking]]);
          // The PC sleeps for hours in between: what fell due meanwhile goes out when it wakes.
          for (let hour = 0; hour < 60; hour += 1) {
            clock.sleep(dayMs / 24);
            dispatch.resume();
            for (let turn = 0; turn < 20; turn += 1) await clock.advance(100);
          }
          const states = writer
            .prepare<[], { state: string; failures: number }>('SELECT state, failures FROM deliveries ORDER BY seq')
            .all();
          expect(states).toHaveLength(bookings.length);
          for (const { state, failures } of states) {
            expect(state === 'delivered' || (state === 'needs_attention' && failures >= 6)).toBe(true);
          }
          expect(script.worst().twice).toBe(false);
          expect(script.worst().most).toBeLessThanOrEqual(inFlight);
          for (const [at, { booking, n }] of script.sent.entries()) {
            for (const earlier of [...bookings.keys()].filter((one) => one < n && `bk_${bookings[one]}` === booking)) {
              const before = script.sent.slice(0, at).filter((one) => one.n === earlier);
              expect(before.some(({ status }) => status === 200) || before.length >= 6).toBe(true);
            }
          }
          await dispatch.stop({ graceMs: 0 });
          database.close();
        },
      ),
      { numRuns: 8 },
    );
  });
});
