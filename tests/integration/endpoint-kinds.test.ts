import { describe, expect, it, vi } from 'vitest';
import type { EndpointBehaviour } from '../../electron/engine/endpoints/kinds/kind.ts';
import { counted } from '../../electron/engine/evidence/judgement.ts';
import { endpointKinds } from '../../shared/endpoint-kinds/index.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { isSignedWith, startReceiver } from '../support/receiver.ts';

/** Stands for any kind that shapes and judges for itself. */
const { planted } = vi.hoisted(() => ({ planted: { now: null as EndpointBehaviour | null } }));
vi.mock('../../electron/engine/endpoints/kinds/index.ts', async (original) => {
  const kinds = await original<typeof import('../../electron/engine/endpoints/kinds/index.ts')>();
  return { ...kinds, behaviourOf: (kind: keyof typeof endpointKinds) => planted.now ?? kinds.behaviourOf(kind) };
});

const note: EndpointBehaviour = {
  isShared: false,
  shape: ({ event, dataText }, { options: { limits } }) => ({
    ok: true,
    body: Buffer.from(`${event} × ${limits.inFlight}: ${dataText}`),
    headers: ['Content-Type', 'text/plain; charset=utf-8'],
  }),
  judge: ({ status, body }) =>
    status === 200 && Buffer.from(body).toString() === 'no'
      ? counted('event_refused', sentence('outcome.event_refused', { name: 'Notes', status }))
      : null,
};

describe('endpoints of different kinds', () => {
  it('get each event as their kind shapes it, signed over those bytes, and their kind says what an answer means', async () => {
    await using webhooks = await startReceiver();
    await using notes = await startReceiver();
    await using test = await startTestEngine();
    const webhook = await test.addEndpoint(webhooks);
    const second = await test.addEndpoint(webhooks, { url: `${webhooks.url}/second` });
    planted.now = note;
    const noted = await test.addEndpoint(notes, { limits: { inFlight: 3, perSecond: 100 } });

    const event = await posted(test, 'booking.created', { booking_id: 'bk_1' });
    const same = await webhooks.received(2);
    const [shaped] = await notes.received(1);
    for (const { id } of [webhook, second]) {
      const { body } = await deliveryOf(test, event, delivered, id);
      expect(same.map(({ text }) => text)).toEqual([body, body]);
    }
    expect(same.every(({ headers }) => headers['content-type'] === 'application/json')).toBe(true);
    expect(shaped?.text).toBe('booking.created × 3: {"booking_id":"bk_1"}');
    expect(shaped?.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-roostsync-event-id': event,
    });
    expect(shaped && isSignedWith(shaped, noted.secret)).toBe(true);

    // Made anew with what the endpoint's options are by then.
    await test.call('endpoints.change', { id: noted.id, change: { limits: { inFlight: 8, perSecond: 100 } } });
    notes.answerWith({ body: 'no' });
    const refused = await posted(test, 'booking.created', { booking_id: 'bk_2' });
    await notes.received(2);
    expect(notes.requests[1]?.text).toBe('booking.created × 8: {"booking_id":"bk_2"}');
    const judged = await deliveryOf(test, refused, ({ failures }) => failures > 0, noted.id);
    expect(judged).toMatchObject({ state: 'waiting', outcome: 'event_refused', status: 200 });
    // Of what it does not know the status tells.
    notes.answerWith({ status: 500, body: 'no' });
    const down = await posted(test, 'booking.created', { booking_id: 'bk_3' });
    expect(await deliveryOf(test, down, ({ failures }) => failures > 0, noted.id)).toMatchObject({
      outcome: 'endpoint_down',
    });
  });

  it('are described and behave under the same names', async () => {
    const { behaviourOf } = await vi.importActual<typeof import('../../electron/engine/endpoints/kinds/index.ts')>(
      '../../electron/engine/endpoints/kinds/index.ts',
    );
    for (const [name, kind] of Object.entries(endpointKinds)) {
      expect(kind.name).toBe(name);
      expect(behaviourOf(kind.name as keyof typeof endpointKinds)).toMatchObject({ shape: expect.any(Function) });
    }
  });
});
