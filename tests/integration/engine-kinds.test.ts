/** Engines for groups: what each is sent, its key and tenant, and what is no delivery although it was accepted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventId } from '../../shared/domain.ts';
import { type EndpointKindName, kindOf } from '../../shared/endpoint-kinds/index.ts';
import type { EventType } from '../../shared/events.ts';
import { remedyOfTest, stepOf } from '../../shared/remedies.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { relayInProcess } from '../support/command-line.ts';
import { afterAttempts, delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { freePort } from '../support/engine-process.ts';
import { convoyService, outpostService, rabbitmqService, svixService } from '../support/engine-services.ts';
import { type Answering, isSignedWith, startReceiver } from '../support/receiver.ts';

interface Service {
  readonly kind: EndpointKindName;
  readonly path: string;
  readonly config: Record<string, unknown>;
  readonly answers: Answering;
  /** Where the event's id stands in what it is sent. */
  readonly idIn: (body: Readonly<Record<string, unknown>>) => unknown;
  /** Where the text of what follows `"data":` stands. */
  readonly textOf?: (text: string) => string;
}
const services: readonly Service[] = [
  {
    kind: 'outpost',
    path: '/api/v1/publish',
    config: { token: 'key_outpost' },
    answers: outpostService(),
    idIn: ({ id }) => id,
  },
  {
    kind: 'svix',
    path: '/api/v1/app/app_1/msg/',
    config: { token: 'key_svix' },
    answers: svixService(),
    idIn: ({ eventId }) => eventId,
  },
  {
    kind: 'convoy',
    path: '/api/v1/projects/p_1/events/fanout',
    config: { token: 'key_convoy' },
    answers: convoyService(),
    idIn: (body) => body.idempotency_key,
  },
  {
    kind: 'rabbitmq_http',
    path: '/api/exchanges/%2F/roost/publish',
    config: { user: 'relay', password: 's3cret-rabbit' },
    answers: rabbitmqService(),
    idIn: ({ properties }) => (properties as { message_id: string }).message_id,
    textOf: (text) => (JSON.parse(text) as { payload: string }).payload,
  },
];

/** Money, an escape and a number that a double cannot hold: parsing and printing would change each. */
const exact = '{"booking_id": "bk_1", "total": 6000.00, "guest_name": "Mar\\u00eda", "no": 12345678901234567890}';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

async function post(type: EventType, dataText: string): Promise<string> {
  const answer = await fetch(`${engine.engine.intakeAddress}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${engine.token}`, 'content-type': 'application/json' },
    body: `{"event":"${type}","data":${dataText}}`,
  });
  return ((await answer.json()) as { id: string }).id;
}

describe.each(services)('$kind', ({ kind, path, config, answers, idIn, textOf = (text) => text }) => {
  it('is told by its address, and gets id, tenant and data digit for digit, signed; twice is once', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith(answers);
    const url = `${new URL(receiver.url).origin}${path}`;
    expect(kindOf(url)).toBe(kind);
    const events: EventType[] = ['booking.created', 'guest.checkin'];
    const { id, secret } = await engine.addEndpoint(receiver, { url, kind, config, events });
    const event = await post('booking.created', exact);
    expect(await deliveryOf(engine, event, delivered, id)).toMatchObject({ state: 'delivered', failures: 0 });
    const [request] = receiver.requests;
    if (request === undefined) throw new Error('nothing came');
    expect(idIn(JSON.parse(request.text) as Record<string, unknown>)).toBe(event);
    expect(textOf(request.text)).toContain(`"data":${exact}`);
    expect(isSignedWith(request, secret)).toBe(true);
    const { attemptsMade } = await engine.call('deliveries.get', {
      id: (await deliveryOf(engine, event, delivered, id)).id,
    });
    expect(JSON.stringify(attemptsMade)).not.toMatch(/key_|s3cret/);

    // Its answer was lost, say: the same id again is no failure.
    const again = await deliveryOf(engine, event, delivered, id);
    await engine.call('deliveries.resend', { id: again.id });
    await receiver.received(2);
    expect(await deliveryOf(engine, event, afterAttempts(2), id)).toMatchObject({ state: 'delivered', failures: 0 });
    await engine.call('endpoints.remove', { id });
  });

  it('whose login or address it does not know says what that is called in the form', async () => {
    await using receiver = await startReceiver();
    const url = `${new URL(receiver.url).origin}${path}`;
    const { id } = await engine.addEndpoint(receiver, { url, kind, config, events: ['guest.checkin'] });
    const step = async (answer: Parameters<typeof receiver.answerWith>[0]) => {
      receiver.answerWith(answer);
      const remedy = remedyOfTest(await engine.call('endpoints.test', { id }));
      const says = remedy && stepOf(remedy, { id, name: 'X', sinceAt: 0, status: 0 });
      return says && inEnglish(says);
    };
    const login = kind === 'rabbitmq_http' ? 'Check User and Password of X' : 'Check the Token of X';
    expect(await step({ status: 403 })).toContain(login);
    expect(await step({ status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } })).toContain(login);
    const named: Partial<Record<EndpointKindName, string>> = { svix: 'the application', rabbitmq_http: 'the exchange' };
    expect(await step({ status: 404 })).toContain(named[kind] ?? 'new webhook address');
    await engine.call('endpoints.remove', { id });
  });

  it.runIf(kind === 'outpost' || kind === 'rabbitmq_http')(
    'that takes it for nobody has not delivered it',
    async () => {
      await using receiver = await startReceiver();
      receiver.answerWith(answers);
      const url = `${new URL(receiver.url).origin}${path}`;
      const { id } = await engine.addEndpoint(receiver, { url, kind, config, events: ['guest.checkin'] });
      const event = await post('guest.checkin', '{"booking_id":"bk_2"}');
      const { sentence, state, failures } = await deliveryOf(engine, event, afterAttempts(1), id);
      const key = kind === 'outpost' ? 'outcome.for_nobody' : 'outcome.not_routed';
      expect({ key: sentence?.key, state, failures }).toEqual({ key, state: 'waiting', failures: 1 });
      await engine.call('endpoints.remove', { id });
    },
  );
});

it('another Roost Relay takes it over HTTPS, keeps its id, drops it the second time, and stores no test', async () => {
  const port = await freePort();
  await using headOffice = await startTestEngine({ defaults: { propertyId: null } });
  const lan = { enabled: true, host: '127.0.0.1', port, allow: ['127.0.0.0/8'], tls: true };
  await headOffice.call('settings.change', { change: { lan } });
  const listener = await headOffice.until(
    async () => (await headOffice.call('situation.get', {})).intake.lan,
    (now) => now !== null,
  );
  const certificate = listener?.certificate ?? '';
  const { endpoint } = await engine.call('endpoints.add', {
    confirmed: true,
    endpoint: {
      url: `${listener?.address}/v1/events`,
      kind: 'roost_relay',
      config: { token: headOffice.token },
      caPem: certificate,
      events: ['booking.created'],
    },
  });
  const { id } = endpoint;
  const tested = await engine.call('endpoints.test', { id });
  expect(tested).toMatchObject({ ok: true, attempt: { status: 202 } });
  await engine.call('endpoints.enable', { id });
  const event = await posted(engine, 'booking.created', { booking_id: 'bk_9', total: 1 });
  const arrived = await deliveryOf(engine, event, delivered, id);
  await engine.call('deliveries.resend', { id: arrived.id });
  await deliveryOf(engine, event, afterAttempts(2), id);
  const { rows } = await headOffice.call('events.list', { filter: {} });
  expect(rows).toHaveLength(1);
  const there = await headOffice.call('events.get', { id: rows[0]?.id ?? ('' as never) });
  expect(there).toMatchObject({ pmsId: event, propertyId: 'prop_test', event: 'booking.created' });
  expect(there.body).toContain('"data":{"booking_id":"bk_9","total":1}');
  // Whoever was told its id at the property finds it by that one.
  expect(await headOffice.call('events.get', { id: event as EventId })).toMatchObject({ id: there.id, pmsId: event });
  await expect(headOffice.call('events.get', { id: event.toLowerCase() as EventId })).rejects.toThrow();
});

it.each([
  'https://api.outpost.hookdeck.com/2025-07-01/publish',
  'https://engine.example/api/v1/publish',
  'https://api.svix.com/api/v1/app/app_1/msg/',
  'https://engine.example/api/v1/projects/p_1/events/fanout',
  'https://head-office.example:4782/v1/events',
])('without its token or a header that says who sends none is added at %s', async (url) => {
  const add = (...more: string[]) => relayInProcess(engine.dataFolder, ['endpoint', 'add', '--url', url, ...more]);
  const refused = await add();
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(/--set token: A token is needed there/);
  expect(JSON.parse((await add('--json')).out)).toMatchObject({ error: { member: '--set token' } });
  expect((await add('--header', 'X-Other: 1')).code).toBe(2);
  expect((await add('--header', 'authorization: Basic abc')).err).toBe('');
});
