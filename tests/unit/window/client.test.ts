// @vitest-environment jsdom
/** The browser's client: one session, its header token with every call, and a connection that comes back. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { browserClient } from '../../../renderer/lib/client.ts';
import type { Push } from '../../../shared/api.ts';

const origin = 'http://127.0.0.1:4781';
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
  close() {}
}

beforeEach(() => {
  vi.useFakeTimers();
  answers.length = asked.length = sockets.length = 0;
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = url.slice(origin.length);
    asked.push({ path, init });
    for (const answer of answers) {
      const response = answer(path, init);
      if (response) return response;
    }
    return path === '/api/session' ? Response.json({ token: 'tok' }) : Response.json({ ok: true, value: null });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('every call carries the session’s token, which is asked for once', async () => {
  const client = browserClient(origin);
  await client.call('relay.resume', {});
  await client.call('relay.resume', {});
  expect(asked.map(({ path }) => path)).toEqual(['/api/session', '/api/relay.resume', '/api/relay.resume']);
  expect(asked[1]?.init.headers).toMatchObject({ 'X-Roost-Relay': 'tok' });
});

test('a call that is no longer signed in opens the session again, once', async () => {
  let refused = 0;
  answers.push((path) =>
    path === '/api/relay.resume' && refused++ === 0 ? new Response('{}', { status: 401 }) : undefined,
  );
  expect(await browserClient(origin).call('relay.resume', {})).toEqual({ ok: true, value: null });
  expect(refused).toBe(2);
});

test('without a session the answer says so', async () => {
  answers.push((path) => (path === '/api/session' ? new Response('', { status: 401 }) : undefined));
  const result = await browserClient(origin).call('situation.get', {});
  expect(result).toMatchObject({ ok: false, error: { detail: expect.stringContaining('no_session') } });
});

test('a network failure is an answer, not an exception', async () => {
  answers.push(() => {
    throw new TypeError('Failed to fetch');
  });
  expect(await browserClient(origin).call('situation.get', {})).toMatchObject({
    ok: false,
    error: { code: 'engine_not_running' },
  });
});

test('a lost connection is told, comes back, and everything is asked again', async () => {
  const heard: Push[] = [];
  browserClient(origin).onPush((push) => heard.push(push));
  await vi.advanceTimersByTimeAsync(0);
  expect(sockets[0]?.url).toBe('ws://127.0.0.1:4781/api/pushes');
  sockets[0]?.onopen?.();
  sockets[0]?.onclose?.();
  expect(heard).toEqual([{ name: 'engine', payload: { state: 'restarting', problem: null } }]);
  await vi.advanceTimersByTimeAsync(250);
  sockets[1]?.onopen?.();
  expect(heard.slice(1).map(({ name }) => name)).toEqual(['engine', 'changed']);
});

test('an engine that came back without the session is asked, so that the answer can say so', async () => {
  const heard: Push[] = [];
  browserClient(origin).onPush((push) => heard.push(push));
  await vi.advanceTimersByTimeAsync(0);
  sockets[0]?.onopen?.();
  answers.push((path) => (path === '/api/session' ? new Response('', { status: 401 }) : undefined));
  sockets[0]?.onclose?.();
  await vi.advanceTimersByTimeAsync(250);
  expect(sockets).toHaveLength(1);
  expect(heard.at(-1)?.name).toBe('changed');
});

test('after its end it does not connect again', async () => {
  const end = browserClient(origin).onPush(() => {});
  await vi.advanceTimersByTimeAsync(0);
  end();
  sockets[0]?.onclose?.();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets).toHaveLength(1);
});
