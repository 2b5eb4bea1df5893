/** Probes against real servers on loopback, directly and through real proxies: what each way of answering says. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findingOf } from '../../electron/engine/evidence/probes.ts';
import { askProbe } from '../../electron/engine/sending/ask-probe.ts';
import { createSender } from '../../electron/engine/sending/sender.ts';
import { createSenderThread } from '../../electron/engine/sending/sender-thread-client.ts';
import { createSignedSender, type SignedSender } from '../../electron/engine/sending/signed-sender.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { createFakeClock, type FakeClock } from '../support/clock.ts';
import { createTestMishaps } from '../support/ports.ts';

type Answers = (request: IncomingMessage, response: ServerResponse) => void;

interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

interface Listening {
  readonly address: string;
  readonly heard: Heard[];
  answers: Answers;
  stop(): Promise<void>;
}

/** A server of addresses that are asked, or a proxy that plain requests go through. */
async function listen(answers: Answers): Promise<Listening> {
  const heard: Heard[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((request, response) => {
    heard.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    at.answers(request, response);
  });
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at: Listening = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    answers,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return at;
}

const answer =
  (status: number, headers: Record<string, string> = {}, body = ''): Answers =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);
const forwarding: Answers = (request, response) => {
  const { hostname, port, pathname, search } = new URL(request.url ?? '');
  const far = connect(Number(port), hostname, () => {
    far.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`);
  });
  far.on('error', () => response.writeHead(502).end());
  let answered = '';
  far.on('data', (chunk) => {
    answered += chunk.toString();
  });
  far.on('end', () => {
    const status = Number(/^HTTP\/1.1 (\d+)/.exec(answered)?.[1] ?? 502);
    response.writeHead(status).end(answered.split('\r\n\r\n').slice(1).join(''));
  });
};

const asksThere = /^http:\/\/127\.0\.0\.1:\d+\/generate_204\?a=b$/;

let clock: FakeClock;
let sender: SignedSender;
let check: Listening;

beforeEach(async () => {
  clock = createFakeClock();
  sender = createSignedSender(createSender({ clock }), { userAgent: 'RoostRelay/1.0 (X11; Linux x86_64)' });
  check = await listen(answer(204));
});
afterEach(async () => {
  sender.close();
  await check.stop();
});

async function ask(expects = '204', proxy: string | null = null) {
  const asked = { address: `${check.address}/generate_204?a=b`, expects };
  const said = await askProbe({ clock, sender, proxies: { wayTo: () => proxy } }, asked);
  return findingOf(asked, said);
}

describe('an address that is asked', () => {
  test('is asked once, plainly, as the same program that delivers, and for nothing that was kept on the way', async () => {
    expect(await ask()).toMatchObject({ says: 'online', status: 204, page: null });
    expect(check.heard).toEqual([
      {
        method: 'GET',
        url: '/generate_204?a=b',
        headers: {
          host: new URL(check.address).host,
          connection: 'close',
          'user-agent': 'RoostRelay/1.0 (X11; Linux x86_64)',
          accept: '*/*',
          'cache-control': 'no-cache',
        },
      },
    ]);
  });

  test.each<[string, Answers, string, object]>([
    ['its known text', answer(200, {}, 'Microsoft Connect Test'), 'Microsoft Connect Test', { says: 'online' }],
    ['its known text with a line’s end', answer(200, {}, '\ufeffsuccess\r\n'), 'success', { says: 'online' }],
    [
      'a redirect, which is not followed',
      answer(302, { location: 'https://user:pass@wifi.hotel.example/login/#top' }),
      '204',
      { says: 'page', page: { host: 'wifi.hotel.example', address: 'https://wifi.hotel.example/login/' } },
    ],
    [
      'a redirect to a page that wants its query: a browser is sent there by the same address, with its own',
      answer(302, { location: 'https://wifi.hotel.example/login/?mac=aa:bb&session=1' }),
      '204',
      { says: 'page', page: { host: 'wifi.hotel.example', address: expect.stringMatching(asksThere) } },
    ],
    [
      'another page',
      answer(200, {}, '<h1>Welcome to our Wi-Fi</h1>'),
      'success',
      { says: 'page', page: { host: null } },
    ],
    ['another 2xx than its own', answer(200, {}, ''), '204', { says: 'page' }],
    ['a redirect to nowhere', answer(307), '204', { says: 'page', page: { host: null } }],
    ['a redirect to no web page', answer(302, { location: 'ms-settings:x' }), '204', { page: { host: null } }],
    ['511', answer(511, {}, 'Sign in'), '204', { says: 'page', page: { host: null } }],
    ['403', answer(403), '204', { says: 'other', page: null }],
    ['503', answer(503), '204', { says: 'other', page: null }],
    ['a reset', (request) => void request.socket.resetAndDestroy(), '204', { says: 'other', status: null }],
    ['no HTTP', (request) => void request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'), '204', { says: 'other' }],
    [
      'far more than anybody expects',
      (_, response) => void response.writeHead(200).end('x'.repeat(1_000_000)),
      'success',
      { says: 'page' },
    ],
  ])('answers %s', async (_, answers, expects, expected) => {
    check.answers = answers;
    expect(await ask(expects)).toMatchObject(expected);
    expect(check.heard).toHaveLength(1);
  });

  test('is given five seconds', async () => {
    check.answers = () => undefined;
    const asked = ask();
    await expect.poll(() => check.heard.length).toBe(1);
    await clock.advance(4_999);
    await clock.advance(1);
    expect(await asked).toMatchObject({ says: 'unreachable', code: 'DEADLINE', status: null });
  });

  test('says what time it is there, unless its answer was kept on the way', async () => {
    const date = new Date(clock.wallMs() - 3_600_000).toUTCString();
    check.answers = answer(204, { date });
    expect((await ask()).skewMs).toBeGreaterThan(3_590_000);
    check.answers = answer(204, { date, age: '3600' });
    expect((await ask()).skewMs).toBeNull();
    check.answers = answer(302, { date, location: 'http://wifi.hotel.example/' });
    expect((await ask()).skewMs).toBeNull();
  });

  test('where nothing listens, or nobody has that name, somebody or nobody says so', async () => {
    await check.stop();
    expect(await ask()).toMatchObject({ says: 'other', code: 'ECONNREFUSED' });
    const nowhere = { address: 'http://check.invalid/', expects: '204' };
    const said = await askProbe({ clock, sender, proxies: { wayTo: () => null } }, nowhere);
    expect(findingOf(nowhere, said)).toMatchObject({ says: 'unreachable' });
    check = await listen(answer(204));
  });

  test('is not asked to the end where the app stops meanwhile', async () => {
    check.answers = () => undefined;
    const asked = ask();
    await expect.poll(() => check.heard.length).toBe(1);
    sender.close();
    expect(await asked).toMatchObject({ says: 'nothing' });
    expect(await ask()).toMatchObject({ says: 'nothing' });
  });
});

describe('through a proxy', () => {
  let proxy: Listening;
  beforeEach(async () => {
    proxy = await listen(forwarding);
  });
  afterEach(() => proxy.stop());

  test('it is asked as plain HTTP goes through one, with its name and password', async () => {
    const at = `http://front%20desk:p%40ss@${new URL(proxy.address).host}`;
    expect(await ask('204', at)).toMatchObject({ says: 'online', status: 204 });
    expect(proxy.heard).toMatchObject([
      {
        method: 'GET',
        url: `${check.address}/generate_204?a=b`,
        headers: {
          host: new URL(check.address).host,
          'proxy-authorization': `Basic ${Buffer.from('front desk:p@ss').toString('base64')}`,
        },
      },
    ]);
    expect(check.heard[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test.each<[string, Answers, object]>([
    ['wants a password', answer(407), { says: 'proxy', status: 407 }],
    ['cannot reach anybody', answer(504), { says: 'unreachable', status: 504 }],
    ['refuses', answer(403), { says: 'other', status: 403 }],
    ['shows a page of its own', answer(302, { location: 'http://proxy.office/login' }), { says: 'page' }],
    ['closes at once', (request) => void request.socket.destroy(), { says: 'other', status: null }],
  ])('that %s', async (_, answers, expected) => {
    proxy.answers = answers;
    expect(await ask('204', proxy.address)).toMatchObject(expected);
    expect(check.heard).toHaveLength(0);
  });

  test('that is not there, or that nothing can be gone through by', async () => {
    const { address } = proxy;
    await proxy.stop();
    expect(await ask('204', address)).toMatchObject({ says: 'proxy', code: 'ECONNREFUSED' });
    expect(await ask('204', 'socks5://127.0.0.1:1080')).toMatchObject({ says: 'proxy', code: 'PROXY_SOCKS' });
    expect(await ask('204', 'proxy')).toMatchObject({ says: 'proxy', code: 'PROXY_ADDRESS' });
    proxy = await listen(forwarding);
  });

  test('407 without a proxy is no proxy’s word', async () => {
    check.answers = answer(407);
    expect(await ask()).toMatchObject({ says: 'other' });
  });
});

test('the sending thread asks likewise, and says nothing once it is gone', async () => {
  const thread = createSenderThread({
    file: new URL('../../electron/engine/sender-thread.ts', import.meta.url),
    clock: systemClock,
    mishaps: createTestMishaps(),
    allowPlainLoopback: false,
    format: { userAgent: 'RoostRelay/1.0' },
  });
  check.answers = answer(200, {}, 'success');
  const asked = { address: check.address, expects: 'success' };
  const by = { clock: systemClock, sender: thread, proxies: { wayTo: () => null } };
  expect(findingOf(asked, await askProbe(by, asked))).toMatchObject({ says: 'online' });
  expect(check.heard).toMatchObject([{ headers: { 'user-agent': 'RoostRelay/1.0' } }]);
  thread.close();
  expect(findingOf(asked, await askProbe(by, asked))).toMatchObject({ says: 'nothing' });
});
