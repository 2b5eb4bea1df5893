import { Webhook } from 'standardwebhooks';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { catalogue, eventTypes } from '../../shared/events.ts';
import { delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { isSignedWith, startReceiver } from '../support/receiver.ts';

/** Posts bytes exactly as they are. */
async function postRaw(test: TestEngine, body: string | Uint8Array, type = 'application/json') {
  const answer = await request(`${test.engine.intakeAddress}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${test.token}`, 'content-type': type },
    body: typeof body === 'string' ? Buffer.from(body) : body,
  });
  return { status: answer.statusCode, body: JSON.parse(await answer.body.text()) };
}

describe('what a receiver gets', () => {
  it('is one POST with all promised headers, the custom ones, a fixed length, and four members', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { secret } = await test.addEndpoint(receiver, {
      headers: [{ name: 'X-Api-Key', value: 'custom value' }],
    });
    const wall = test.clock.wallMs();
    const id = await posted(test, 'booking.created', catalogue['booking.created'].sample);
    const [got] = await receiver.received(1);
    if (!got) throw new Error('nothing came');
    const { id: delivery } = await deliveryOf(test, id, delivered);
    expect(got.method).toBe('POST');
    expect(got.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(got.body.length),
      'x-roostsync-event': 'booking.created',
      'x-roostsync-event-id': id,
      'x-roostsync-delivery': delivery,
      'x-roostsync-attempt': '1',
      'x-api-key': 'custom value',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(wall / 1000)),
    });
    expect(got.headers['transfer-encoding']).toBeUndefined();
    expect(got.headers['x-roostsync-test']).toBeUndefined();
    expect(got.headers['x-roostsync-signature-next']).toBeUndefined();
    expect(isSignedWith(got, secret)).toBe(true);
    expect(() => new Webhook(secret).verify(got.text, got.headers as Record<string, string>)).not.toThrow();
    expect(JSON.parse(got.text)).toEqual({
      event: 'booking.created',
      timestamp: new Date(wall).toISOString(),
      data: catalogue['booking.created'].sample,
      property_id: 'prop_test',
    });
  });

  it('comes for each of the nine events, to those that subscribed to it only', async () => {
    await using all = await startReceiver();
    await using some = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(all, { limits: { inFlight: 1, perSecond: 100 } });
    await test.addEndpoint(some, { events: ['inventory.low', 'payment.received'] });
    for (const type of eventTypes) await posted(test, type, catalogue[type].sample);
    await all.received(9);
    await some.received(2);
    expect(all.requests.map(({ headers }) => headers['x-roostsync-event']).sort()).toEqual([...eventTypes].sort());
    expect(some.requests.map(({ headers }) => headers['x-roostsync-event']).sort()).toEqual([
      'inventory.low',
      'payment.received',
    ]);
  });
});

const oddData = [
  ['members that look like numbers, in their order', '{"10":1,"2":2,"booking_id":"b","1":3}'],
  ['white space and line ends', '{ "booking_id" :\r\n\t"b" ,\n  "x" : [ 1 ,  2 ] }'],
  ['more digits than a number keeps', '{"amount":12345678901234567890.12345678901234567890,"booking_id":"b"}'],
  ['a number beyond all numbers', '{"amount":1e400,"guest_count":-1e400,"total_amount":1e400,"booking_id":"b"}'],
  ['a surrogate without its other half', '{"guest_name":"\\ud83d","booking_id":"\\udc00"}'],
  ['the same member twice', '{"booking_id":"first","guest_name":"A","booking_id":"second","guest_name":"B"}'],
  ['a member named __proto__', '{"__proto__":{"booking_id":"polluted"},"constructor":1,"booking_id":"b"}'],
  ['escapes that nobody needs', '{"booking_id":"\\u0062\\/\\u0000","guest_name":"\\u00e9\\t"}'],
  ['every script there is', '{"guest_name":"Łukasz 王小明 Ñandú 🏝️ \u2028 א","booking_id":"b"}'],
  ['nothing at all', '{}'],
  ['an entity that is an object, and another one that is empty', '{"booking_id":{"a":1},"order_id":"","item_id":7}'],
  ['an entity longer than any', `{"booking_id":"${'x'.repeat(5000)}"}`],
] as const;

describe('data goes through byte for byte', () => {
  it.each(oddData)('with %s', async (_, data) => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { secret } = await test.addEndpoint(receiver);
    const timestamp = '2026-03-01T10:00:00.000Z';
    const answer = await postRaw(test, `{"data":${data},"timestamp":"${timestamp}","event":"booking.created"}`);
    expect(answer).toMatchObject({ status: 202, body: { duplicate: false, masked: 0 } });
    const [got] = await receiver.received(1);
    expect(got?.text).toBe(
      `{"event":"booking.created","timestamp":"${timestamp}","data":${data},"property_id":"prop_test"}`,
    );
    expect(got && isSignedWith(got, secret)).toBe(true);

    const delivery = await deliveryOf(test, answer.body.id, delivered);
    expect(delivery.body).toBe(got?.text);
    // The log, the events and the story can show it, too.
    expect((await test.call('events.get', { id: answer.body.id })).body).toBe(got?.text);
    expect((await test.call('events.list', {})).rows).toHaveLength(1);
    if (delivery.entity !== null && delivery.entity.id.length <= 200) {
      expect((await test.call('events.story', { about: delivery.entity.id })).events).toHaveLength(1);
    }
    const again = await postRaw(test, `{"data":${data},"timestamp":"${timestamp}","event":"booking.created"}`);
    expect(again.body).toMatchObject({ id: answer.body.id, duplicate: true });
  });

  it('up to the megabyte that is taken, and through a retry the same bytes', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith({ status: 500 });
    await using test = await startTestEngine();
    const { secret } = await test.addEndpoint(receiver);
    const data = `{"booking_id":"b","note":"${'é'.repeat(520_000)}"}`;
    const answer = await postRaw(test, `{"event":"booking.created","data":${data}}`);
    expect(answer.status).toBe(202);
    await deliveryOf(test, answer.body.id, ({ failures }) => failures === 1);
    receiver.answerWith({ status: 200 });
    await test.clock.advance(60_000);
    await deliveryOf(test, answer.body.id, delivered);
    const [first, second] = receiver.requests;
    expect(first?.text).toContain(data);
    expect(second?.body.equals(first?.body ?? Buffer.alloc(0))).toBe(true);
    expect(second && isSignedWith(second, secret)).toBe(true);
    expect((await postRaw(test, `{"event":"booking.created","data":{"n":"${'é'.repeat(525_000)}"}}`)).status).toBe(413);
  });

  it.each([
    [
      'bytes that are no UTF-8',
      Buffer.from([...Buffer.from('{"event":"booking.created","data":{"a":"'), 0xff, 0x22, 0x7d, 0x7d]),
    ],
    ['a member beside data named __proto__', '{"event":"booking.created","data":{},"__proto__":{}}'],
    ['data written twice', '{"event":"booking.created","data":{},"data":{"a":1}}'],
    ['data that is a list', '{"event":"booking.created","data":[]}'],
    ['a timestamp without an offset', '{"event":"booking.created","data":{},"timestamp":"2026-03-01T10:00:00"}'],
    ['an unknown event', '{"event":"booking.create","data":{}}'],
    ['nothing', ''],
  ])('but %s is refused by name', async (_, body) => {
    await using test = await startTestEngine();
    const answer = await postRaw(test, body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toMatch(/__proto__|data|timestamp|event|body/);
    expect((await test.call('events.list', {})).rows).toHaveLength(0);
  });
});

describe('many in one request', () => {
  const good = (id: string) => `{"event":"booking.created","data":{"booking_id":"${id}"}}`;

  it('NDJSON with empty lines and line ends of both kinds keeps its order and its bytes', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver, { limits: { inFlight: 1, perSecond: 100 } });
    const text = `${good('a')}\r\n\n  {"event":"guest.checkin","data":{ "booking_id":"a" }}\n${good('b')}`;
    const answer = await postRaw(test, text, 'application/x-ndjson');
    expect(answer.status).toBe(202);
    const got = await receiver.received(3);
    expect(got.map(({ text }) => text.slice(text.indexOf('"data":') + 7, text.indexOf(',"property_id"')))).toEqual([
      '{"booking_id":"a"}',
      '{ "booking_id":"a" }',
      '{"booking_id":"b"}',
    ]);
  });

  it.each([
    ['a list', `[${good('a')},{"event":"booking.created","data":{},"dta":1},${good('c')}]`, 'application/json'],
    ['NDJSON', `${good('a')}\n{"event":"booking.created","data":{},"dta":1}\n${good('c')}`, 'application/x-ndjson'],
  ])(
    '%s with a bad one among them is refused whole, by its place and name, and can be sent again mended',
    async (_, text, type) => {
      await using test = await startTestEngine();
      const refused = await postRaw(test, text, type);
      expect(refused.status).toBe(400);
      expect(JSON.stringify(refused.body)).toContain('[1].dta');
      expect((await test.call('events.list', {})).rows).toHaveLength(0);
      const mended = await postRaw(test, text.replace(',"dta":1', ''), type);
      expect(mended.status).toBe(202);
      expect((await test.call('events.list', {})).rows).toHaveLength(3);
    },
  );

  it('a conflict on the last one of a batch stores none of it', async () => {
    await using test = await startTestEngine();
    await postRaw(test, '{"event":"booking.created","data":{"n":1},"id":"k"}');
    const refused = await postRaw(test, `[${good('a')},{"event":"booking.created","data":{"n":2},"id":"k"}]`);
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toContain('[1].id');
    expect((await test.call('events.list', {})).rows).toHaveLength(1);
  });

  it('500 at once arrive in the order of their bookings', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver, { limits: { inFlight: 20, perSecond: 1000 } });
    const many = Array.from({ length: 500 }, (_, n) => ({
      event: 'booking.updated',
      data: { booking_id: `b${n % 25}`, n },
    }));
    expect((await postRaw(test, JSON.stringify(many))).status).toBe(202);
    expect((await postRaw(test, JSON.stringify([...many, many[0]]))).status).toBe(400);
    const got = await receiver.received(500, 15_000);
    for (const booking of ['b0', 'b24']) {
      const order = got.map(({ text }) => JSON.parse(text).data).filter((data) => data.booking_id === booking);
      expect(order.map(({ n }) => n)).toEqual(order.map(({ n }) => n).toSorted((one, other) => one - other));
      expect(order).toHaveLength(20);
    }
  });
});
