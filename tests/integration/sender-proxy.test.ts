import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSender, type Sender } from '../../electron/engine/sending/sender.ts';
import { attemptDeadlineMs, type EndpointId } from '../../shared/domain.ts';
import { createFakeClock, type FakeClock } from '../support/clock.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

interface Proxy {
  readonly port: number;
  readonly targets: string[];
  readonly authorizations: (string | undefined)[];
  /** What it answers to CONNECT: a status, `tunnel`, or nothing at all. */
  answers: number | 'tunnel' | 'silence' | 'close';
  close(): void;
}

async function startProxy(): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const server: Server = createServer();
  const proxy: Proxy = {
    port: 0,
    targets: [],
    authorizations: [],
    answers: 'tunnel',
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('connect', (request, socket: Socket) => {
    proxy.targets.push(request.url ?? '');
    proxy.authorizations.push(request.headers['proxy-authorization']);
    if (proxy.answers === 'silence') return;
    if (proxy.answers === 'close') return void socket.destroy();
    if (proxy.answers !== 'tunnel') {
      socket.end(`HTTP/1.1 ${proxy.answers} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const [host = '', port] = (request.url ?? '').split(':');
    const far = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.pipe(socket).pipe(far);
    });
    sockets.add(far);
    far.on('error', () => socket.destroy());
    far.on('close', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(proxy, { port: (server.address() as AddressInfo).port });
}

let proxy: Proxy;
let receiver: Receiver;
let sender: Sender;
let clock: FakeClock;

beforeEach(async () => {
  clock = createFakeClock();
  proxy = await startProxy();
  receiver = await startReceiver();
  sender = createSender({ clock });
});
afterEach(async () => {
  sender.close();
  proxy.close();
  await receiver.stop();
});

const through = (address: string | null) =>
  sender.send({
    endpointId: 'ep_1' as EndpointId,
    url: receiver.url,
    ownPem: receiver.caPem,
    proxy: address,
    headers: [],
    body: Buffer.from('{}'),
  });
const address = () => `http://127.0.0.1:${proxy.port}`;

describe('through a proxy', () => {
  test('the receiver’s own certificate is verified and the connection is kept', async () => {
    const first = await through(address());
    expect(first).toMatchObject({ status: 200, error: null, reused: false });
    expect(first.certificate?.issuer).toBe('Roost Relay test authority');
    expect(await through(address())).toMatchObject({ status: 200, reused: true });
    expect(proxy.targets).toEqual([`127.0.0.1:${receiver.port}`]);
  });

  test('name and password of its address are given to it, and not to the receiver', async () => {
    await through(`http://front%20desk:p%40ss@127.0.0.1:${proxy.port}`);
    expect(proxy.authorizations).toEqual([`Basic ${Buffer.from('front desk:p@ss').toString('base64')}`]);
    expect(receiver.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test.each([407, 403, 502])('its %i is told as its own', async (status) => {
    proxy.answers = status;
    expect(await through(address())).toMatchObject({ status: null, error: { phase: 'proxy', proxyStatus: status } });
    expect(receiver.requests).toHaveLength(0);
  });

  test('one that cannot be reached, closes at once, or has no address is told as the proxy’s trouble', async () => {
    proxy.answers = 'close';
    expect(await through(address())).toMatchObject({ error: { phase: 'proxy', proxyStatus: null } });
    proxy.close();
    expect(await through(address())).toMatchObject({ error: { phase: 'proxy', code: 'ECONNREFUSED' } });
    expect(await through('http://no-such-proxy.invalid:3128')).toMatchObject({ error: { phase: 'proxy' } });
    expect(await through('socks5://127.0.0.1:1080')).toMatchObject({
      error: { phase: 'proxy', code: 'PROXY_SOCKS' },
    });
    expect(await through('proxy')).toMatchObject({ error: { phase: 'proxy', code: 'PROXY_ADDRESS' } });
  });

  test('a receiver that is silent behind it has the same 30 seconds, and is blamed itself', async () => {
    proxy.answers = 'silence';
    const result = through(address());
    await expect.poll(() => proxy.targets.length).toBe(1);
    await clock.advance(attemptDeadlineMs);
    expect(await result).toMatchObject({ error: { phase: 'connect', code: 'DEADLINE' } });
  });

  test('a changed proxy is taken at once', async () => {
    expect(await through(null)).toMatchObject({ status: 200 });
    expect(await through(address())).toMatchObject({ status: 200, reused: false });
    expect(await through(null)).toMatchObject({ status: 200, reused: false });
    expect(proxy.targets).toHaveLength(1);
  });
});
