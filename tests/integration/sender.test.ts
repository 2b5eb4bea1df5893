import { lookup } from 'node:dns/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { verify } from '@octokit/webhooks-methods';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerText } from '../../electron/engine/dispatch/kept-answer.ts';
import { bodyBytes, requestHeaders, userAgent } from '../../electron/engine/dispatch/request.ts';
import { generateSecret } from '../../electron/engine/dispatch/secret.ts';
import { createSender, type Sender, type SendRequest, type SendResult } from '../../electron/engine/dispatch/sender.ts';
import { signingKey } from '../../electron/engine/dispatch/signing.ts';
import { attemptDeadlineMs, type DeliveryId, type EndpointId, type EventId, utcMs } from '../../shared/domain.ts';
import { certificateOfKind } from '../support/certificates.ts';
import { createFakeClock, type FakeClock } from '../support/clock.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

let clock: FakeClock;
let receiver: Receiver;
let sender: Sender;
const endpointId = 'ep_1' as EndpointId;

beforeEach(async () => {
  clock = createFakeClock();
  receiver = await startReceiver();
  sender = createSender({ clock });
});
afterEach(async () => {
  sender.close();
  await receiver.stop();
});

const send = (over: Partial<SendRequest> = {}): Promise<SendResult> =>
  sender.send({
    endpointId,
    url: receiver.url,
    ownPem: receiver.caPem,
    proxy: null,
    headers: ['Content-Type', 'application/json'],
    body: Buffer.from('{"event":"booking.created"}'),
    ...over,
  });
const text = (result: SendResult) => answerText(result.responseBody, result.responseTruncated);

describe('a request that is sent', () => {
  test('arrives byte for byte, signed so that independent libraries verify what came', async () => {
    const secret = generateSecret();
    const body = bodyBytes({
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
    expect(text(result)).toBe('señor');
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

describe('a receiver in trouble', () => {
  test('that is silent has 30 seconds, to the millisecond', async () => {
    receiver.answerWith({ does: 'hang' });
    let result: SendResult | null = null;
    const sent = send().then((came) => {
      result = came;
    });
    await receiver.received(1);
    await clock.advance(attemptDeadlineMs - 2);
    expect(result).toBeNull();
    await clock.advance(2);
    await sent;
    expect(result).toMatchObject({ status: null, error: { phase: 'request', code: 'DEADLINE' } });
  });

  test('that drips one byte a second is cut at 30 seconds, with its status and what came', async () => {
    receiver.answerWith({ does: 'drip', everyMs: 5 });
    const result = send();
    await receiver.received(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await clock.advance(attemptDeadlineMs);
    expect(await result).toMatchObject({ status: 200, error: { phase: 'answer', code: 'DEADLINE' } });
    expect(text(await result)).toMatch(/^\.+$/);
  });

  test('that hangs delays no other endpoint, nor its own next request', async () => {
    await using other = await startReceiver();
    receiver.answerNext({ does: 'hang' });
    const hung = send();
    await receiver.received(1);
    expect(await send({ endpointId: 'ep_2' as EndpointId, url: other.url })).toMatchObject({ status: 200 });
    expect(await send()).toMatchObject({ status: 200 });
    await clock.advance(attemptDeadlineMs);
    expect(await hung).toMatchObject({ error: { code: 'DEADLINE' } });
  });

  test('that resets on a new connection is a failure, at once', async () => {
    receiver.answerWith({ does: 'reset' });
    expect(await send()).toMatchObject({
      status: null,
      resent: false,
      error: { phase: 'request', code: 'ECONNRESET' },
    });
    expect(receiver.requests).toHaveLength(1);
  });

  test('that resets a reused connection before any answer gets it once more, on a fresh one', async () => {
    await send();
    receiver.answerNext({ does: 'reset' });
    const result = await send();
    expect(result).toMatchObject({ status: 200, error: null, resent: true, reused: false });
    const [, reset, again] = receiver.requests;
    expect(again?.body.equals(reset?.body ?? Buffer.alloc(0))).toBe(true);
    expect(again?.connection).not.toBe(reset?.connection);
  });

  test('that resets the fresh one too is a failure: once more is once', async () => {
    await send();
    receiver.answerWith({ does: 'reset' });
    expect(await send()).toMatchObject({ status: null, resent: true, error: { code: 'ECONNRESET' } });
    expect(receiver.requests).toHaveLength(3);
  });

  test('that resets inside the answer is a failure, and is not sent again here', async () => {
    await send();
    receiver.answerWith({ does: 'reset_mid_answer' });
    const result = await send();
    expect(result).toMatchObject({ status: 200, resent: false, error: { phase: 'answer', code: 'ECONNRESET' } });
    expect(text(result)).toBe('the first part of an answer');
    expect(receiver.requests).toHaveLength(2);
  });

  test('that ends a body without a length by closing is a success, by resetting a failure', async () => {
    const { certPem, keyPem } = await certificateOfKind('valid');
    let resets = false;
    const server = createTlsServer({ cert: certPem, key: keyPem }, (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf of it', () => {
          if (resets) setTimeout(() => sockets.at(-1)?.resetAndDestroy(), 20);
          else socket.end();
        });
      });
    });
    const sockets: Socket[] = [];
    server.on('connection', (socket: Socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    rawServers.push(server);
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const closed = await send({ url });
    expect(closed).toMatchObject({ status: 200, error: null });
    expect(text(closed)).toBe('half of it');
    resets = true;
    expect(await send({ url })).toMatchObject({ status: 200, error: { phase: 'answer', code: 'ECONNRESET' } });
  });

  test('that closed an idle connection costs nothing', async () => {
    await send();
    receiver.closeConnections();
    await expect.poll(() => receiver.openConnections).toBe(0);
    expect(await send()).toMatchObject({ status: 200, error: null });
  });

  test('that cannot hold a status line is told apart', async () => {
    const port = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    const result = await send({ url: `https://127.0.0.1:${port}/` });
    expect(result).toMatchObject({ status: null, error: { phase: 'tls' } });
  });

  test('that has gone away refuses, and is back on the same connections’ lane', async () => {
    await send();
    await receiver.stop();
    expect(await send()).toMatchObject({ status: null, error: { phase: 'connect', code: 'ECONNREFUSED' } });
    await receiver.start();
    expect(await send()).toMatchObject({ status: 200, error: null });
  });

  test('whose name does not exist is not found', async () => {
    const result = await send({ url: 'https://no-such-host.invalid/hooks' });
    expect(result).toMatchObject({ status: null, error: { phase: 'dns' } });
    expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(result.error?.code);
  });

  test('that never completes the TLS handshake has the 30 seconds too', async () => {
    const port = await rawServer(() => undefined);
    const result = send({ url: `https://127.0.0.1:${port}/` });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await clock.advance(attemptDeadlineMs);
    expect(await result).toMatchObject({ status: null, error: { phase: 'tls', code: 'DEADLINE' } });
  });
});

describe('what we end ourselves', () => {
  test('stopping ends what is under way, and nothing is sent afterwards', async () => {
    receiver.answerWith({ does: 'hang' });
    const stop = new AbortController();
    const stopping = createSender({ clock, signal: stop.signal });
    const request = {
      endpointId,
      url: receiver.url,
      ownPem: receiver.caPem,
      proxy: null,
      headers: [],
      body: Buffer.from('{}'),
    };
    const result = stopping.send(request);
    await receiver.received(1);
    stop.abort();
    expect(await result).toMatchObject({ status: null, error: { phase: 'aborted', code: 'SHUTDOWN' } });
    expect(await stopping.send(request)).toMatchObject({ error: { phase: 'aborted', code: 'SHUTDOWN' } });
    expect(receiver.requests).toHaveLength(1);
    expect(clock.timers).toBe(0);
  });

  test('a deadline that comes after the machine slept is no failure of the receiver', async () => {
    receiver.answerWith({ does: 'hang' });
    const result = send();
    await receiver.received(1);
    clock.sleep(3_600_000);
    await clock.advance(attemptDeadlineMs);
    expect(await result).toMatchObject({ error: { phase: 'aborted', code: 'ASLEEP' } });
  });

  test('nor is a connection that was reset meanwhile', async () => {
    receiver.answerWith({ does: 'hang' });
    const result = send();
    await receiver.received(1);
    clock.sleep(3_600_000);
    receiver.closeConnections();
    expect(await result).toMatchObject({ error: { phase: 'aborted', code: 'ASLEEP' } });
  });

  test('closing an endpoint lets what is under way finish and keeps no connection', async () => {
    receiver.answerNext({ delayMs: 50 });
    const result = send();
    await receiver.received(1);
    sender.closeEndpoint(endpointId);
    expect(await result).toMatchObject({ status: 200, error: null });
    expect(await send()).toMatchObject({ status: 200, reused: false });
  });

  test('one timer serves all attempts, and each gets its own 30 seconds', async () => {
    receiver.answerWith({ does: 'hang' });
    const first = send();
    await receiver.received(1);
    await clock.advance(10_000);
    const second = send();
    await receiver.received(2);
    expect(clock.timers).toBe(1);
    await clock.advance(20_000);
    expect(await first).toMatchObject({ error: { code: 'DEADLINE' }, timings: { totalMs: 30_000 } });
    await clock.advance(10_000);
    expect(await second).toMatchObject({ error: { code: 'DEADLINE' }, timings: { totalMs: 30_000 } });
  });
});

const rawServers: Server[] = [];
afterEach(() => {
  for (const server of rawServers.splice(0)) server.close();
});

async function rawServer(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  rawServers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
