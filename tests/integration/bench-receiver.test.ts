import { Agent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, createBench } from '../../electron/engine/bench/bench.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import type { Actor, EndpointId } from '../../shared/domain.ts';
import type { BenchRequest, Endpoint } from '../../shared/schemas.ts';
import { createFakeClock } from '../support/clock.ts';
import { createTestMishaps } from '../support/ports.ts';
import { signatureOf } from '../support/receiver.ts';

const actor: Actor = { account: 'helper', surface: 'window' };
const secret = 'whsec_of_this_endpoint';
const id = createIdSource().endpoint(1);
const own = { url: 'https://hooks.example/own', caPem: null as string | null };

let clock: ReturnType<typeof createFakeClock>;
let address: { url: string; caPem: string | null };
let remembered: typeof address | null;
let arrived: BenchRequest[];
let heard: (() => void)[];
let bench: Bench;

beforeEach(() => {
  clock = createFakeClock();
  address = { ...own };
  remembered = null;
  arrived = [];
  heard = [];
  bench = createBench({
    clock,
    mishaps: createTestMishaps(),
    endpoints: {
      get: () => ({ id, name: 'Accounting', removedAt: null, toBench: null, waiting: 0, switch: 'on' }) as Endpoint,
      pointed: () => (remembered === null ? [] : [id]),
      point: async (_, to) => {
        remembered ??= address;
        address = { ...to };
      },
      release: async () => {
        address = remembered ?? address;
        remembered = null;
      },
      leave: async () => undefined,
      secretsOf: (asked: EndpointId) => (asked === id ? [secret, 'whsec_the_next_one'] : []),
    },
    takenLately: () => 0,
    arrived: (request) => {
      arrived.push(request);
      for (const hear of heard.splice(0)) hear();
    },
    changed: () => undefined,
  });
});
afterEach(() => bench.close());

const nextArrival = () => new Promise<void>((resolve) => heard.push(resolve));

async function send(body: string, headers: Record<string, string>, path = ''): Promise<number> {
  const agent = new Agent({ connect: { ca: address.caPem ?? [] } });
  try {
    const answer = await request(address.url + path, { method: 'POST', body, headers, dispatcher: agent });
    await answer.body.dump();
    return answer.statusCode;
  } finally {
    await agent.destroy();
  }
}
const signed = (body: string, key = secret) => ({
  'X-RoostSync-Signature': signatureOf(key, Buffer.from(body)),
  'X-RoostSync-Event': 'booking.created',
  'X-RoostSync-Event-Id': 'evt_1',
  'X-RoostSync-Attempt': '2',
});

describe('the test bench', () => {
  it('shows a signed request of the endpoint that was pointed at it', async () => {
    await bench.handlers['bench.point']({ id, forMs: 3_600_000, confirmed: false }, actor);
    expect(await send('{"a":1}', signed('{"a":1}'))).toBe(200);
    expect(arrived).toHaveLength(1);
    expect(arrived[0]).toMatchObject({
      endpointId: id,
      event: 'booking.created',
      eventId: 'evt_1',
      attempt: 2,
      body: '{"a":1}',
      signature: 'valid',
      answered: 200,
    });
    expect(arrived[0]?.headers).toContainEqual(['X-RoostSync-Event', 'booking.created']);
  });

  it('tells a wrong, a missing and an unknown signature apart, and accepts the next secret', async () => {
    await bench.handlers['bench.point']({ id, forMs: 3_600_000, confirmed: false }, actor);
    await send('{}', signed('{ }'));
    await send('{}', {});
    await send('{}', signed('{}'), 'elsewhere');
    await send('{}', signed('{}', 'whsec_the_next_one'));
    expect(arrived.map(({ signature }) => signature)).toEqual(['invalid', 'missing', 'unknown', 'valid']);
  });

  it.each([
    ['error_500', 500],
    ['throttle_429', 429],
    ['gone_410', 410],
  ] as const)('answers %s with %i', async (behaviour, status) => {
    await bench.handlers['bench.point']({ id, forMs: 3_600_000, confirmed: false }, actor);
    await bench.handlers['bench.behave']({ behaviour }, actor);
    expect(await send('{}', signed('{}'))).toBe(status);
  });

  it('shows a slow request at once and its answer 10 seconds later', async () => {
    await bench.handlers['bench.point']({ id, forMs: 3_600_000, confirmed: false }, actor);
    await bench.handlers['bench.behave']({ behaviour: 'slowly' }, actor);
    const here = nextArrival();
    const answer = send('{}', signed('{}'));
    await here;
    expect(arrived.map(({ answered }) => answered)).toEqual([null]);
    await clock.advance(9_999);
    expect(arrived).toHaveLength(1);
    await clock.advance(1);
    expect(await answer).toBe(200);
    expect((await bench.handlers['bench.get']({}, actor)).requests.map(({ answered }) => answered)).toEqual([200]);
  });

  it('is silent when told to be, and lets go of the request when it stops', async () => {
    await bench.handlers['bench.point']({ id, forMs: 3_600_000, confirmed: false }, actor);
    await bench.handlers['bench.behave']({ behaviour: 'not_at_all' }, actor);
    const here = nextArrival();
    const answer = send('{}', signed('{}'));
    const refused = expect(answer).rejects.toThrow();
    await here;
    await bench.handlers['bench.stop']({}, actor);
    await refused;
  });

  it('gives endpoints their own address back when it stops, and after a crash when the engine starts', async () => {
    await bench.handlers['bench.point']({ id, forMs: 3_600_000, confirmed: false }, actor);
    expect(address.url).toMatch(new RegExp(`^https://127\\.0\\.0\\.1:\\d+/${id}$`));
    await bench.handlers['bench.stop']({}, actor);
    expect(address).toEqual(own);

    await bench.handlers['bench.point']({ id, forMs: 3_600_000, confirmed: false }, actor);
    await bench.recover(actor);
    expect(address).toEqual(own);
  });

  it('keeps the latest 200 requests only', async () => {
    await bench.handlers['bench.point']({ id, forMs: 3_600_000, confirmed: false }, actor);
    for (let i = 0; i < 203; i++) await send(String(i), {});
    const { requests } = await bench.handlers['bench.get']({}, actor);
    expect([requests.length, requests[0]?.body]).toEqual([200, '3']);
  });
});
