import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { conditionsOf, type SurfaceFacts } from '../../shared/conditions/index.ts';
import { remedyNow, remedyOfDelivery, remedyOfTest } from '../../shared/remedies.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { afterAttempts, delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { isSignedWith, startReceiver } from '../support/receiver.ts';

const running: SurfaceFacts = { engine: 'running', engineProblem: null, loginItemWorks: true, keepAwake: null };

describe('an endpoint with a template of its own', () => {
  it('gets what the template makes, signed over those bytes, and each attempt keeps what it sent', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id, secret } = await test.addEndpoint(receiver, {
      kind: 'custom',
      config: {
        template: '{"text": "New: {{ data.guest_name }}", "total": {{ data.total | json }}}',
        signatureHeader: 'X-Hub-Signature-256',
        bareHex: true,
        mustNotContain: 'invalid',
      },
    });
    const event = await posted(test, 'booking.created', { booking_id: 'bk_1', guest_name: 'Zoë "Z"', total: 6000 });
    const [sent] = await receiver.received(1);
    expect(sent?.text).toBe('{"text": "New: Zoë \\"Z\\"", "total": 6000}');
    expect(sent?.headers).toMatchObject({ 'content-type': 'application/json', 'x-roostsync-event-id': event });
    expect(sent && isSignedWith(sent, secret)).toBe(true);
    const hex = createHmac('sha256', secret)
      .update(sent?.text ?? '')
      .digest('hex');
    expect(sent?.headers['x-hub-signature-256']).toBe(hex);
    const first = await deliveryOf(test, event, delivered, id);
    expect(first.body).toBe(sent?.text);
    expect(first.attemptsMade[0]).toMatchObject({
      sentBody: sent?.text,
      shape: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
    expect(first.attemptsMade[0]?.requestHeaders).toContainEqual(['X-Hub-Signature-256', hex]);

    // An answer that says no is no delivery, whatever its status.
    receiver.answerWith({ body: '{"ok":"invalid token"}' });
    const refused = await posted(test, 'booking.created', { booking_id: 'bk_2', guest_name: 'A', total: 1 });
    const judged = await deliveryOf(test, refused, ({ failures }) => failures > 0, id);
    expect(judged).toMatchObject({ state: 'waiting', outcome: 'event_refused', status: 200 });
    expect(judged.sentence).toMatchObject({ key: 'outcome.answer_says', params: { text: 'invalid' } });

    // Another template: what was sent before stays as it was.
    receiver.answerWith({});
    await test.call('endpoints.change', { id, change: { config: { template: '{"v":2}', mustNotContain: null } } });
    const again = await test.call('deliveries.resend', { id: first.id });
    const both = await deliveryOf(test, event, ({ attempts }) => attempts === 2, id);
    expect(again.id).toBe(first.id);
    expect(both.attemptsMade.map(({ sentBody }) => sentBody)).toEqual([sent?.text, '{"v":2}']);
    expect(both.attemptsMade[0]?.shape).not.toBe(both.attemptsMade[1]?.shape);
    expect(both.body).toBe('{"v":2}');
  });

  it('sends nothing of an event that its template does not fit, says where, and sends it once that is mended', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver, {
      kind: 'custom',
      config: { template: '{\n  "room": {{ data.room }}\n}' },
    });
    const bad = await posted(test, 'guest.checkin', { booking_id: 'bk_1', room: 'not json' });
    const held = await deliveryOf(test, bad, ({ state }) => state === 'needs_attention', id);
    expect(held).toMatchObject({ reason: 'shape', attempts: 0, failures: 0, attemptsMade: [] });
    expect(held.sentence).toMatchObject({ key: 'outcome.shape_failed', params: { line: 2 } });
    expect(receiver.requests).toHaveLength(0);
    // It holds up nothing, and is nothing that the receiver did.
    const good = await posted(test, 'guest.checkin', { booking_id: 'bk_1', room: 101 });
    await deliveryOf(test, good, delivered, id);
    expect(await test.call('endpoints.get', { id })).toMatchObject({ state: 'active', needsAttention: 1 });
    const [card] = conditionsOf(await test.call('situation.get', {}), running).filter(({ about }) => about === id);
    expect(card).toMatchObject({
      title: { key: 'conditions.delivery_needs_attention.unshaped.one' },
      step: { key: 'remedy.template.step' },
      turn: 'it_helper',
    });

    await test.call('endpoints.change', { id, change: { config: { template: '{"room": {{ data.room | json }}}' } } });
    await deliveryOf(test, bad, delivered, id);
    expect(receiver.requests.map(({ text }) => text)).toEqual(['{\n  "room": 101\n}', '{"room": "not json"}']);

    const wrong = await test.engine.call(
      'endpoints.change',
      { id, change: { config: { template: '{{ data.room | nope }}' } } },
      { account: 'tester', surface: 'window' },
    );
    expect(wrong).toMatchObject({ ok: false, error: { code: 'bad_input', member: 'config.template' } });
    const tested = await test.call('endpoints.test', { id, event: 'guest.checkin', dataText: '{"room":7}' });
    expect(tested).toMatchObject({ ok: true, body: '{"room": 7}' });
  });

  it('that must and must not hear the same is refused: no answer could be right', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const config = { template: '{"v":1}', mustContain: 'not ok', mustNotContain: 'ok' };
    await expect(test.addEndpoint(receiver, { kind: 'custom', config })).rejects.toThrow(
      'mustNotContain: expected what a good answer does not say',
    );
    const { id } = await test.addEndpoint(receiver, { kind: 'custom', config: { ...config, mustContain: 'fine' } });
    await expect(test.call('endpoints.change', { id, change: { config: { mustContain: 'ok' } } })).rejects.toThrow(
      'mustNotContain',
    );
  });

  it.each([
    [{ successStatuses: [201, 202] }, 'success_statuses', 'outcome.not_a_success', /set-up here only 201, 202 means/],
    [{ mustContain: 'stored' }, 'must_contain', 'outcome.answer_lacks', /"stored", which by its set-up here it must\./],
    [{ mustNotContain: 'ok' }, 'must_not_contain', 'outcome.answer_says', /"ok", which by its set-up here it must not/],
  ])(
    'whose rule %j an answer breaks is its IT helper’s turn, and the rule is named',
    async (rule, name, key, words) => {
      await using receiver = await startReceiver();
      await using test = await startTestEngine();
      const { id } = await test.addEndpoint(receiver, { kind: 'custom', config: { template: '{"v":1}', ...rule } });
      receiver.answerWith({ body: '{"ok":true}' });
      const tested = await test.call('endpoints.test', { id });
      expect(remedyOfTest(tested)).toMatchObject({ name, turn: 'it_helper', act: 'change_set_up' });
      const event = await posted(test, 'booking.created', { booking_id: 'bk_1' });
      const waits = await deliveryOf(test, event, afterAttempts(1), id);
      expect(waits.sentence?.key).toBe(key);
      expect(waits.sentence && inEnglish(waits.sentence)).toMatch(words);
      const endpoint = await test.call('endpoints.get', { id });
      expect(remedyOfDelivery(waits, endpoint)).toMatchObject({ name, turn: 'it_helper' });
      expect(remedyNow(endpoint)?.remedy).toMatchObject({ name, turn: 'it_helper', act: 'change_set_up' });
    },
  );
});
