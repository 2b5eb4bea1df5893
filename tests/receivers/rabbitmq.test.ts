/** RabbitMQ's HTTP API: over plain HTTP to this very PC, as it is set up by default. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { afterAttempts, delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { hasRabbitMq, noRabbitMq, startRabbitMq, type TestRabbitMq } from '../support/rabbitmq.ts';

if (!hasRabbitMq) console.warn(`Skipped, aloud: ${noRabbitMq}.`);

interface Message {
  readonly payload: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

describe.skipIf(!hasRabbitMq)('RabbitMQ', () => {
  let rabbit: TestRabbitMq;
  let engine: TestEngine;

  beforeAll(async () => {
    rabbit = await startRabbitMq();
    await rabbit.ask('/queues/%2F/hotel', 'PUT', { durable: true });
    engine = await startTestEngine();
    await engine.call('settings.change', { change: { plainLoopback: true } });
  }, 120_000);
  afterAll(async () => {
    await engine?.stop();
    await rabbit?.[Symbol.asyncDispose]();
  });

  async function add(config: Record<string, unknown>) {
    const url = `${rabbit.api}/exchanges/%2F/amq.default/publish`;
    const { endpoint } = await engine.call('endpoints.add', {
      confirmed: true,
      endpoint: { url, kind: 'rabbitmq_http', events: ['booking.created'], config },
    });
    await engine.call('endpoints.enable', { id: endpoint.id, override: true });
    return endpoint.id;
  }

  test('takes an event into a queue, its id as the message’s own, its bytes as they are', async () => {
    const id = await add({ user: 'guest', password: 'guest', routingKey: 'hotel' });
    const event = await posted(engine, 'booking.created', { booking_id: 'bk_1', guest_name: 'María' });
    await deliveryOf(engine, event, delivered, id);
    const got = await rabbit.ask('/queues/%2F/hotel/get', 'POST', {
      count: 5,
      ackmode: 'ack_requeue_false',
      encoding: 'auto',
    });
    const [message, ...more] = (await got.json()) as Message[];
    expect(more).toEqual([]);
    expect(message?.properties).toMatchObject({ message_id: event, type: 'booking.created', delivery_mode: 2 });
    expect(message?.payload).toContain('"data":{"booking_id":"bk_1","guest_name":"María"}');
    await engine.call('endpoints.remove', { id });
  });

  test('says that no queue takes it, and that a login is wrong', async () => {
    const nowhere = await add({ user: 'guest', password: 'guest', routingKey: 'nobody' });
    const event = await posted(engine, 'booking.created', { booking_id: 'bk_2' });
    const unrouted = await deliveryOf(engine, event, afterAttempts(1), nowhere);
    expect(unrouted).toMatchObject({ state: 'waiting', status: 200, sentence: { key: 'outcome.not_routed' } });
    await engine.call('endpoints.remove', { id: nowhere });
    const stranger = await add({ user: 'guest', password: 'wrong', routingKey: 'hotel' });
    const tried = await engine.call('endpoints.test', { id: stranger });
    expect(tried).toMatchObject({ ok: false, attempt: { status: 401, outcome: 'setup' } });
  });
});
