import { describe, expect, it } from 'vitest';
import { behaviourOf } from '../../electron/engine/endpoints/kinds/index.ts';
import { endpointKinds } from '../../shared/endpoint-kinds/index.ts';
import { delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { isSignedWith, startReceiver } from '../support/receiver.ts';

describe('endpoints of different kinds', () => {
  it('get each event as their kind shapes it, signed over those bytes, and their kind says what an answer means', async () => {
    await using webhooks = await startReceiver();
    await using notes = await startReceiver();
    await using test = await startTestEngine();
    const webhook = await test.addEndpoint(webhooks);
    const second = await test.addEndpoint(webhooks, { url: `${webhooks.url}/second` });
    const template = '{{ event }} × 3: {{ data.booking_id }}';
    const noted = await test.addEndpoint(notes, {
      kind: 'custom',
      config: { content: 'text', template, mustNotContain: 'no' },
    });

    const event = await posted(test, 'booking.created', { booking_id: 'bk_1' });
    const same = await webhooks.received(2);
    const [shaped] = await notes.received(1);
    for (const { id } of [webhook, second]) {
      const { body } = await deliveryOf(test, event, delivered, id);
      expect(same.map(({ text }) => text)).toEqual([body, body]);
    }
    expect(same.every(({ headers }) => headers['content-type'] === 'application/json')).toBe(true);
    expect(shaped?.text).toBe('booking.created × 3: bk_1');
    expect(shaped?.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-roostsync-event-id': event,
    });
    expect(shaped && isSignedWith(shaped, noted.secret)).toBe(true);

    // Made anew with what the endpoint is by then; a webhook goes by the status alone, another kind by what is said too.
    const change = { config: { content: 'text' as const, template: template.replace('3', '8'), mustNotContain: 'no' } };
    await test.call('endpoints.change', { id: noted.id, change });
    for (const receiver of [webhooks, notes]) receiver.answerWith({ body: 'no' });
    const refused = await posted(test, 'booking.created', { booking_id: 'bk_2' });
    await notes.received(2);
    expect(notes.requests[1]?.text).toBe('booking.created × 8: bk_2');
    await deliveryOf(test, refused, delivered, webhook.id);
    const judged = await deliveryOf(test, refused, ({ failures }) => failures > 0, noted.id);
    expect(judged).toMatchObject({ state: 'waiting', outcome: 'event_refused', status: 200 });
    // Of what it does not know the status tells.
    notes.answerWith({ status: 500, body: 'no' });
    const down = await posted(test, 'booking.created', { booking_id: 'bk_3' });
    expect(await deliveryOf(test, down, ({ failures }) => failures > 0, noted.id)).toMatchObject({
      outcome: 'endpoint_down',
    });
  });

  it('are described and behave under the same names', () => {
    for (const [name, kind] of Object.entries(endpointKinds)) {
      expect(kind.name).toBe(name);
      expect(behaviourOf(kind.name as keyof typeof endpointKinds)).toMatchObject({ shape: expect.any(Function) });
    }
  });
});
