/** Follows single deliveries of a test engine: what the log says of them, and their schedule step by step. */
import type { EndpointId } from '../../shared/domain.ts';
import type { Delivery, DeliveryRow } from '../../shared/schemas.ts';
import type { TestEngine } from './engine.ts';

/** All rows of an event, one for each endpoint, as soon as there are any. */
async function rowsOf(test: TestEngine, eventId: string): Promise<readonly DeliveryRow[]> {
  const { rows } = await test.call('deliveries.list', { filter: { text: eventId } });
  return rows;
}

/** The delivery of an event (to an endpoint, where there are several), once it is as `good` wants it. */
export async function deliveryOf(
  test: TestEngine,
  eventId: string,
  good: (row: DeliveryRow) => boolean = () => true,
  endpointId?: EndpointId,
): Promise<Delivery> {
  const row = await test.until(
    async () =>
      (await rowsOf(test, eventId)).find((each) => endpointId === undefined || each.endpointId === endpointId),
    (found) => found !== undefined && good(found),
  );
  if (row === undefined) throw new Error('there is no such delivery');
  return test.call('deliveries.get', { id: row.id });
}

/** Once so many attempts are recorded, and none is under way. */
export const afterAttempts = (attempts: number) => (row: DeliveryRow) =>
  row.attempts >= attempts && row.state !== 'sending';

/** Posts an event that must be taken. */
export async function posted(test: TestEngine, ...event: Parameters<TestEngine['post']>): Promise<string> {
  const answer = await test.post(...event);
  if (answer.status !== 202 || answer.body.id === undefined) throw new Error(JSON.stringify(answer.body));
  return answer.body.id;
}

/** Posts what happened to a booking; events of the same booking are kept in order. */
export const booking = (
  test: TestEngine,
  id: string,
  event: 'booking.created' | 'booking.updated' = 'booking.created',
): Promise<string> => posted(test, event, { booking_id: id });

export const delivered = ({ state }: Pick<DeliveryRow, 'state'>): boolean => state === 'delivered';

/** Lets time pass to each next attempt of a delivery, until so many are recorded. */
export async function passAttempts(test: TestEngine, eventId: string, attempts: number): Promise<Delivery> {
  for (;;) {
    const delivery = await deliveryOf(test, eventId, ({ state }) => state !== 'sending');
    if (delivery.attempts >= attempts) return delivery;
    const before = delivery.attempts;
    if (delivery.nextAttemptAt !== null) {
      await pass(test, Math.max(0, delivery.nextAttemptAt - test.clock.wallMs()));
    }
    await deliveryOf(test, eventId, afterAttempts(before + 1));
  }
}

/** The last part of a time that passes is walked through timer by timer, in milliseconds. */
const walkedMs = 20_000;

/**
 * Lets a long time pass: the PC sleeps through most of it, since walking through a day's timers takes seconds.
 * What falls due within it goes out 20 seconds before its end; the end itself is kept to the millisecond.
 */
export async function pass(test: TestEngine, ms: number): Promise<void> {
  if (ms > walkedMs) {
    test.engine.suspend();
    test.clock.sleep(ms - walkedMs);
    test.engine.resume();
  }
  await test.clock.advance(Math.min(ms, walkedMs));
}
