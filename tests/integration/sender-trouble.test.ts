import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSender, type SendResult } from '../../electron/engine/sending/sender.ts';
import { attemptDeadlineMs, type EndpointId } from '../../shared/domain.ts';
import { certificateOfKind } from '../support/certificates.ts';
import { startReceiver } from '../support/receiver.ts';
import { endpointId, type Sending, startSending, textOf } from '../support/sending.ts';

let clock: Sending['clock'];
let receiver: Sending['receiver'];
let sender: Sending['sender'];
let send: Sending['send'];
let stop: Sending['stop'];

beforeEach(async () => {
  ({ clock, receiver, sender, send, stop } = await startSending());
});
afterEach(() => stop());

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
    expect(textOf(await result)).toMatch(/^\.+$/);
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
    expect(textOf(result)).toBe('the first part of an answer');
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
    expect(textOf(closed)).toBe('half of it');
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

  test('nor where both clocks go on in sleep, as on Windows: the system said that it goes to sleep', async () => {
    receiver.answerNext({ does: 'hang' });
    const result = send();
    await receiver.received(1);
    sender.fallsAsleep();
    receiver.closeConnections();
    expect(await result).toMatchObject({ error: { phase: 'aborted', code: 'ASLEEP' } });
    receiver.answerNext({ does: 'hang' });
    const awake = send();
    await receiver.received(2);
    receiver.closeConnections();
    expect(await awake).toMatchObject({ error: { phase: expect.not.stringMatching('aborted') } });
  });

  test('nor is what fails in the seconds after waking, before the network is back: once, and no refusal', async () => {
    receiver.answerWith({ does: 'reset' });
    // Some kinds of standby are told of on waking alone: what was under way was cut off too.
    receiver.answerNext({ does: 'hang' });
    const before = send();
    await receiver.received(1);
    sender.wakesUp();
    receiver.closeConnections();
    expect(await before).toMatchObject({ error: { phase: 'aborted', code: 'ASLEEP' } });
    expect(await send()).toMatchObject({ error: { phase: 'aborted', code: 'ASLEEP' } });
    expect(await send()).toMatchObject({ error: { code: 'ECONNRESET' } });

    sender.wakesUp();
    await clock.advance(5_000);
    expect(await send()).toMatchObject({ error: { code: 'ECONNRESET' } });
    sender.wakesUp();
    await receiver.stop();
    expect(await send()).toMatchObject({ error: { code: 'ECONNREFUSED' } });
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
