/** An endpoint of a test, and what it was given: a real HTTPS receiver with its own authority. */
import type { Endpoint } from '../../shared/schemas.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import type { RunningApp } from './app.ts';

/** What of a receiver an endpoint is made with. */
type Reachable = Pick<Receiver, 'url' | 'caPem' | 'clear'>;

export interface Connected<Where extends Reachable = Receiver> {
  readonly receiver: Where;
  readonly endpoint: Endpoint;
  readonly secret: string;
  /** Of a source for `Property.post`. */
  readonly token: string;
}

/** A source, and an endpoint that was tested and enabled; the receiver has forgotten the test. */
export const connect = async (app: RunningApp, description = 'Bookkeeping'): Promise<Connected> =>
  connectTo(app, description, await startReceiver());

/** The same with a receiver of the test's own. */
export async function connectTo<Where extends Reachable>(
  app: RunningApp,
  description: string,
  receiver: Where,
): Promise<Connected<Where>> {
  const before = await app.call('sources.list', {});
  const name = before.length === 0 ? 'Front desk PMS' : `Front desk PMS ${before.length + 1}`;
  const { token } = await app.call('sources.add', { name });
  const { endpoint: draft, secret } = await app.call('endpoints.add', {
    endpoint: { url: receiver.url, events: ['booking.created', 'guest.checkin'], description, caPem: receiver.caPem },
  });
  const tested = await app.call('endpoints.test', { id: draft.id });
  if (!tested.ok) throw new Error(`the test send failed: ${tested.attempt.detail}`);
  const endpoint = await app.call('endpoints.enable', { id: draft.id });
  receiver.clear();
  return { receiver, endpoint, secret, token };
}

export const booking = (id: string) => ({
  event: 'booking.created',
  data: { booking_id: id, guest_name: 'Juan dela Cruz', nights: 2, total: 6000 },
});
