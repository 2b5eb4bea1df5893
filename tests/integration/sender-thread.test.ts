/** The sending thread: the same sender, beside the thread that writes. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../electron/engine/engine.ts';
import { createSenderThread } from '../../electron/engine/sending/sender-thread-client.ts';
import type { SignedResult, SignedSender, SigningRoute } from '../../electron/engine/sending/signed-sender.ts';
import { roostSyncSignature, signingKey } from '../../electron/engine/sending/signing.ts';
import { type DeliveryId, type EndpointId, type EventId, utcMs } from '../../shared/domain.ts';
import { createKeptLog, createTestMishaps, type KeptLog } from '../support/ports.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const file = new URL('../../electron/engine/sender-thread.ts', import.meta.url);
const format = { userAgent: 'RoostRelay/1.0' };
const key = signingKey('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=');
const keys = { current: key, next: null };
const custom = [{ name: 'X-Mine', value: 'sesame' }];
const dying = new URL('../support/dying-thread.mjs', import.meta.url);

let receiver: Receiver;
let sender: SignedSender;
let log: KeptLog;

beforeEach(async () => {
  log = createKeptLog();
  receiver = await startReceiver();
  sender = createSenderThread({
    file,
    clock: systemClock,
    mishaps: createTestMishaps(log),
    allowPlainLoopback: false,
    format,
  });
});
afterEach(async () => {
  sender.close();
  await receiver.stop();
});

const send = (over: Partial<SigningRoute> = {}, body = Buffer.from('{"event":"booking.created"}')) =>
  sender.send({
    route: {
      endpointId: 'ep_1' as EndpointId,
      url: receiver.url,
      hostAndPort: 'here',
      ownPem: receiver.caPem,
      proxy: null,
      keys,
      custom,
      ...over,
    },
    attempt: {
      eventId: 'evt_1' as EventId,
      event: 'booking.created',
      deliveryId: 'dlv_1' as DeliveryId,
      kind: 'scheduled',
      ordinal: 2,
      at: utcMs(1_795_478_400_000),
      lateMs: 0,
      contentHeaders: ['Content-Type', 'application/json'],
    },
    body,
  });

describe('a request', () => {
  test('arrives byte for byte, and its answer comes back whole', async () => {
    receiver.answerWith({ status: 201, headers: { 'x-mine': 'yes' }, body: 'ñ'.repeat(1000) });
    const body = Buffer.from('{"guest_name":"María Peña 🍧"}');
    const result: SignedResult = await send({}, body);
    expect(result).toMatchObject({ status: 201, error: null, reused: false, responseTruncated: false });
    expect(result.responseBody.toString()).toBe('ñ'.repeat(1000));
    expect(result.responseHeaders).toContainEqual(['x-mine', 'yes']);
    expect(result.certificate?.issuer).toEqual(expect.any(String));
    expect(result.timings.totalMs).toBeGreaterThan(0);
    const [request] = await receiver.received(1);
    expect(request?.body.equals(body)).toBe(true);
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'RoostRelay/1.0',
      'x-roostsync-attempt': '2',
      'x-roostsync-signature': roostSyncSignature(key, body),
      'x-mine': 'sesame',
    });
    const stored = JSON.parse(result.requestHeaders);
    expect(stored).toContainEqual(['X-RoostSync-Signature', roostSyncSignature(key, body)]);
    expect(stored).toContainEqual(['X-Mine', '••••••']);
  });

  test('shares a message with others, and each gets its own answer', async () => {
    receiver.answerWith((request) => ({ status: 200, body: `got ${request.text}` }));
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, n) => send({}, Buffer.from(`{"n":${n},"of":"${'x'.repeat(n)}"}`))),
    );
    for (const [n, result] of results.entries()) {
      expect(result.responseBody.toString()).toBe(`got {"n":${n},"of":"${'x'.repeat(n)}"}`);
    }
  });

  test('keeps connections alive, and follows an endpoint to another address', async () => {
    expect(await send()).toMatchObject({ status: 200, reused: false });
    expect(await send()).toMatchObject({ status: 200, reused: true });
    await using other = await startReceiver();
    expect(await send({ url: other.url, ownPem: other.caPem })).toMatchObject({ status: 200, reused: false });
    expect(other.requests).toHaveLength(1);
    // A change while others are on their way in the same message.
    const both = await Promise.all([send(), send({ url: other.url, ownPem: other.caPem, keys: { ...keys } })]);
    expect(both).toMatchObject([{ status: 200 }, { status: 200 }]);
    sender.closeEndpoint('ep_1' as EndpointId);
    expect(await send()).toMatchObject({ status: 200, reused: false });
  });

  test('that cannot even be made is told of, and costs no other one', async () => {
    const [made, defect] = await Promise.allSettled([
      send(),
      send({ endpointId: 'ep_2' as EndpointId, custom: 1 as never }),
    ]);
    expect(made).toMatchObject({ value: { status: 200 } });
    expect(defect).toMatchObject({ reason: { message: expect.stringContaining('custom') } });
    expect(await send()).toMatchObject({ status: 200, reused: true });
  });

  test('trusts the CA of its own endpoint alone', async () => {
    expect(await send({ ownPem: null })).toMatchObject({ status: null, error: { phase: 'tls' } });
  });
});

describe('an end', () => {
  test('of the app ends what is under way, and takes nothing more', async () => {
    receiver.answerWith({ does: 'hang' });
    const hanging = send();
    await receiver.received(1);
    sender.close();
    expect(await hanging).toMatchObject({ status: null, error: { phase: 'aborted', code: 'SHUTDOWN' } });
    expect(await send()).toMatchObject({ error: { phase: 'aborted', code: 'SHUTDOWN' } });
  });

  test('of the thread counts as interrupted, and is said in the log; the next one starts a second later', async () => {
    sender.close();
    sender = createSenderThread({
      file: dying,
      clock: systemClock,
      mishaps: createTestMishaps(log),
      allowPlainLoopback: false,
      format,
    });
    expect(await send()).toMatchObject({ status: null, error: { phase: 'aborted', code: 'SHUTDOWN' } });
    expect(log.lines.join('\n')).toContain('the sending thread');
    const began = performance.now();
    expect(await send()).toMatchObject({ error: { code: 'SHUTDOWN' } });
    expect(performance.now() - began).toBeGreaterThan(900);
  });
});
