/** A real Outpost, up to the webhook that it delivers in turn. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EndpointId } from '../../shared/domain.ts';
import { afterAttempts, delivered, deliveryOf, pass, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { missingForOutpost, startOutpost, type TestOutpost } from '../support/outpost.ts';

if (missingForOutpost.length > 0) console.warn(`Skipped, aloud: Outpost, for ${missingForOutpost.join(', ')}.`);

interface Came {
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

describe.skipIf(missingForOutpost.length > 0)('Outpost', () => {
  const came: Came[] = [];
  const webhook = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    came.push({ text: Buffer.concat(pieces).toString('utf8'), headers: request.headers });
    response.end();
  });
  let outpost: TestOutpost;
  let engine: TestEngine;
  let id = '' as EndpointId;

  beforeAll(async () => {
    await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
    outpost = await startOutpost(['booking.created', 'guest.checkin', 'order.created']);
    await outpost.ask('/tenants/prop_test', 'PUT');
    await outpost.ask('/tenants/prop_test/destinations', 'POST', {
      type: 'webhook',
      topics: ['booking.created'],
      config: { url: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/hooks` },
    });
    engine = await startTestEngine();
    await engine.call('settings.change', { change: { plainLoopback: true } });
    const added = await engine.call('endpoints.add', {
      confirmed: true,
      endpoint: {
        url: `${outpost.api}/publish`,
        kind: 'outpost',
        events: ['booking.created', 'guest.checkin', 'payment.received'],
        config: { token: outpost.key },
      },
    });
    id = added.endpoint.id;
    await engine.call('endpoints.enable', { id, override: true });
  }, 180_000);
  afterAll(async () => {
    await engine?.stop();
    await outpost?.[Symbol.asyncDispose]();
    webhook.close();
  });

  test('hands two hundred events on, each once and digit for digit', async () => {
    const sent = new Map<string, string>();
    for (let n = 0; n < 200; n += 1) {
      // Digits that a number of JavaScript would lose.
      const data = `{"booking_id":"bk_${n}","guest_name":"María Peña ${n}","total":${n}.10,"folio":9007199254740993${n}}`;
      const answer = await fetch(`${engine.engine.intakeAddress}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${engine.token}`, 'content-type': 'application/json' },
        body: `{"event":"booking.created","data":${data}}`,
      });
      sent.set(((await answer.json()) as { id: string }).id, data);
    }
    // At the endpoint's pace, by a clock that stands until it is moved.
    await engine.until(
      async () => {
        await pass(engine, 1_000);
        return came.length;
      },
      (n) => n >= sent.size,
    );
    for (const event of sent.keys()) await deliveryOf(engine, event, delivered, id);
    expect(came).toHaveLength(sent.size);
    expect(new Map(came.map(({ headers, text }) => [headers['x-outpost-event-id'], text]))).toEqual(sent);
    // The same id again is known there: neither a failure nor a second webhook, also when the next one has come.
    const [first = ''] = sent.keys();
    await engine.call('deliveries.resend', { id: (await deliveryOf(engine, first, delivered, id)).id });
    expect(await deliveryOf(engine, first, afterAttempts(2), id)).toMatchObject({ state: 'delivered', failures: 0 });
    const next = await posted(engine, 'booking.created', { booking_id: 'bk_next' });
    await engine.until(
      () => came.some(({ headers }) => headers['x-outpost-event-id'] === next),
      (yes) => yes,
    );
    expect(came).toHaveLength(sent.size + 1);
  });

  test('says that it takes an event for nobody, and what it does not know', async () => {
    const nobodys = await posted(engine, 'guest.checkin', { booking_id: 'bk_nobody' });
    expect(await deliveryOf(engine, nobodys, afterAttempts(1), id)).toMatchObject({
      state: 'waiting',
      status: 202,
      sentence: { key: 'outcome.for_nobody' },
    });
    const unknown = await posted(engine, 'payment.received', { booking_id: 'bk_topic' });
    expect(await deliveryOf(engine, unknown, afterAttempts(1), id)).toMatchObject({ status: 422 });
  });

  test('says that a key is wrong', async () => {
    await engine.call('endpoints.change', { id, change: { config: { token: 'wrong' } } });
    const tried = await engine.call('endpoints.test', { id });
    expect(tried).toMatchObject({ ok: false, attempt: { status: 401, outcome: 'setup' } });
  });
});
