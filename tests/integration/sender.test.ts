import { lookup } from 'node:dns/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { verify } from '@octokit/webhooks-methods';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webhook } from '../../electron/engine/endpoints/kinds/webhook.ts';
import { generateSecret } from '../../electron/engine/endpoints/secret.ts';
import { answerText } from '../../electron/engine/evidence/answer-text.ts';
import { requestHeaders, userAgent } from '../../electron/engine/sending/request.ts';
import { createSender } from '../../electron/engine/sending/sender.ts';
import { signingKey } from '../../electron/engine/sending/signing.ts';
import { type DeliveryId, type EndpointId, type EventId, utcMs } from '../../shared/domain.ts';
import { startReceiver } from '../support/receiver.ts';
import { endpointId, type Sending, startSending, textOf } from '../support/sending.ts';

let clock: Sending['clock'];
let receiver: Sending['receiver'];
let send: Sending['send'];
let stop: Sending['stop'];

beforeEach(async () => {
  ({ clock, receiver, send, stop } = await startSending());
});
afterEach(() => stop());

describe('a request that is sent', () => {
  test('arrives byte for byte, signed so that independent libraries verify what came', async () => {
    const secret = generateSecret();
    const { body, headers: contentHeaders } = webhook.shape({
      event: 'booking.cancelled',
      timestamp: '2024-03-17T23:59:59Z',
      dataText: '{"booking_id":"bk_12346","guest_name":"María Peña-Ñúñez 🍧", "total":2500.00}',
      propertyId: 'prop_abc123',
    });
    const headers = requestHeaders(
      { userAgent: userAgent('1.0.0', process.platform) },
      {
        eventId: 'evt_01JD8VECTOR00000000000001' as EventId,
        event: 'booking.cancelled',
        deliveryId: 'dlv_01JD8VECTOR00000000000001' as DeliveryId,
        kind: 'scheduled',
        ordinal: 1,
        at: utcMs(Date.now()),
        lateMs: 0,
        contentHeaders,
      },
      { current: signingKey(secret), next: null },
      body,
      [{ name: 'Authorization', value: 'Bearer abc' }],
    );
    expect(await send({ headers, body })).toMatchObject({ status: 200, error: null });
    const [came] = receiver.requests;
    expect(came?.method).toBe('POST');
    expect(came?.body.equals(body)).toBe(true);
    expect(came?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(body.length),
      authorization: 'Bearer abc',
      'x-roostsync-event': 'booking.cancelled',
      'x-roostsync-attempt': '1',
    });
    expect(came?.headers).not.toHaveProperty('transfer-encoding');
    expect(await verify(secret, came?.text ?? '', String(came?.headers['x-roostsync-signature']))).toBe(true);
    const standard = Object.fromEntries(
      Object.entries(came?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    expect(() => new Webhook(secret).verify(came?.text ?? '', standard)).not.toThrow();
  });

  test('goes over one kept-alive connection, measured where it was made', async () => {
    const first = await send();
    const second = await send();
    expect(first).toMatchObject({ status: 200, reused: false, timings: { dnsMs: null } });
    expect(first.timings.connectMs).not.toBeNull();
    expect(first.timings.tlsMs).not.toBeNull();
    expect(second).toMatchObject({ status: 200, reused: true, timings: { connectMs: null, tlsMs: null } });
    expect(second.certificate?.fingerprint).toBe(first.certificate?.fingerprint);
    expect(new Set(receiver.requests.map(({ connection }) => connection)).size).toBe(1);
  });

  test('of another endpoint to the same host has a connection of its own', async () => {
    await send();
    expect(await send({ endpointId: 'ep_2' as EndpointId })).toMatchObject({ reused: false });
  });

  test('many at once have a connection each, and share them afterwards', async () => {
    await Promise.all(Array.from({ length: 5 }, () => send()));
    await Promise.all(Array.from({ length: 5 }, () => send()));
    expect(receiver.requests).toHaveLength(10);
    expect(new Set(receiver.requests.map(({ connection }) => connection)).size).toBe(5);
  });

  test('measures the look-up of a name', async () => {
    const { family } = await lookup('localhost');
    const result = await send({ url: receiver.url.replace('127.0.0.1', 'localhost') });
    expect(result.status, `localhost is IPv${family} first`).toBe(200);
    expect(result.timings.dnsMs).not.toBeNull();
  });

  test('follows a changed address by itself', async () => {
    await using other = await startReceiver();
    await send();
    expect(await send({ url: `${other.url}/new?key=1` })).toMatchObject({ status: 200, reused: false });
    expect(other.requests[0]?.path).toBe('/hooks/new?key=1');
  });

  test('is answered for, never thrown, whatever it is made of', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 3 }),
        fc.oneof(
          fc.constant(receiver.url),
          fc.constant(''),
          fc.constant('https://'),
          fc.webUrl({ validSchemes: ['ftp'] }),
        ),
        fc.oneof(fc.constant(null), fc.constant(receiver.caPem), fc.constant('no certificate')),
        async (headers, url, ownPem) => {
          const sent = await send({ headers: headers.flat(), url, ownPem, endpointId: `ep_${url}` as EndpointId });
          expect(sent.status === 200 || sent.error !== null).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
    expect(await send()).toMatchObject({ status: 200 });
  });

  test('is never sent to http:, not even on loopback, unless a benchmark allows that', async () => {
    const url = receiver.url.replace('https:', 'http:');
    expect(await send({ url })).toMatchObject({ status: null, error: { code: 'ADDRESS_REFUSED' } });
    const open = createSender({ clock, allowPlainLoopback: true });
    const refused = { endpointId, ownPem: null, proxy: null, headers: [], body: Buffer.from('{}') };
    expect((await open.send({ ...refused, url: 'http://example.com/' })).error?.code).toBe('ADDRESS_REFUSED');
    expect((await open.send({ ...refused, url })).error?.code).not.toBe('ADDRESS_REFUSED');
    open.close();
  });
});

describe('an answer', () => {
  test('is kept with its headers and body', async () => {
    receiver.answerWith({ status: 422, headers: { 'X-Why': 'no room', 'set-cookie': ['a=1', 'b=2'] }, body: 'señor' });
    const result = await send();
    expect(result).toMatchObject({ status: 422, error: null, responseTruncated: false });
    expect(textOf(result)).toBe('señor');
    expect(result.responseHeaders).toContainEqual(['x-why', 'no room']);
    expect(result.responseHeaders).toContainEqual(['set-cookie', 'b=2']);
  });

  test('that redirects is not followed', async () => {
    await using page = await startReceiver();
    receiver.answerWith({ status: 302, headers: { location: page.url } });
    expect(await send()).toMatchObject({ status: 302, error: null });
    expect(page.requests).toHaveLength(0);
  });

  const long = Buffer.from('á1'.repeat(20_000));
  test.each([
    ['gzip', gzipSync(long)],
    ['deflate', deflateSync(long)],
    ['deflate', deflateRawSync(long)],
    ['br', brotliCompressSync(long)],
    ['zstd', zstdCompressSync(long)],
    ['identity', long],
  ])('in %s is decoded', async (encoding, body) => {
    receiver.answerWith({ headers: { 'content-encoding': encoding }, body });
    const result = await send();
    expect(result).toMatchObject({ status: 200, error: null, responseTruncated: false });
    expect(result.responseBody.equals(long)).toBe(true);
    expect(await send()).toMatchObject({ reused: true });
  });

  test('of exactly 64 KiB is whole; of one byte more it is cut there and still a success', async () => {
    receiver.answerNext({ body: Buffer.alloc(65_536, 'x') }, { body: Buffer.alloc(65_537, 'x') });
    const whole = await send();
    expect(whole).toMatchObject({ status: 200, error: null, responseTruncated: false });
    expect(whole.responseBody).toHaveLength(65_536);
    const cut = await send();
    expect(cut).toMatchObject({ status: 200, error: null, responseTruncated: true });
    expect(cut.responseBody).toHaveLength(65_536);
  });

  test('of 50 MB is cut while it streams, and its connection with it', async () => {
    receiver.answerWith({ body: Buffer.alloc(50 * 1024 * 1024) });
    const result = await send();
    expect(result).toMatchObject({ status: 200, error: null, responseTruncated: true });
    expect(result.responseBody).toHaveLength(65_536);
    await expect.poll(() => receiver.openConnections).toBe(0);
  });

  test('of 64 MB of gzipped zeros is cut while it streams, and its connection with it', async () => {
    receiver.answerWith({ does: 'gzip_bomb' });
    const result = await send();
    expect(result).toMatchObject({ status: 200, error: null, responseTruncated: true });
    expect(result.responseBody.equals(Buffer.alloc(65_536))).toBe(true);
    receiver.answerWith({ status: 200 });
    expect(await send()).toMatchObject({ status: 200, reused: false });
  });

  test('that says gzip and is none is still an answer', async () => {
    receiver.answerWith({ headers: { 'content-encoding': 'gzip' }, body: 'no gzip at all' });
    expect(await send()).toMatchObject({ status: 200, error: null });
  });

  test('cut inside a character, or of bytes that are no text, can be shown', () => {
    expect(answerText(Buffer.from('aé').subarray(0, 2), true)).toBe('a');
    expect(answerText(Buffer.from([0x61, 0xff, 0x00, 0x62]), false)).toBe('a\ufffd\u0000b');
  });
});
