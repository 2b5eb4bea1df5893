// @vitest-environment jsdom
/** The browser's client: one session, its header token with every call, and a connection that comes back. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { browserClient, commandThatOpens, keptKey } from '../../../renderer/lib/client.ts';
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
  readonly sent: string[] = [];
  send(text: string) {
    this.sent.push(text);
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
    return Response.json({ ok: true, value: null });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('every call carries the key', async () => {
  await browserClient(origin, 'key').call('relay.resume', {});
  expect(asked.map(({ path }) => path)).toEqual(['/api/relay.resume']);
  expect(asked[0]?.init.headers).toMatchObject({ 'X-Roost-Relay': 'key' });
});

test('the key is taken out of the address, and kept for the next time', () => {
  window.location.hash = '#key=abc_-1';
  expect(keptKey()).toBe('abc_-1');
  expect(window.location.hash).toBe('#/');
  expect(keptKey()).toBe('abc_-1');
});

test('without a key, or with one that is over, the answer says so, and what to run', async () => {
  const over = { ok: false, error: { detail: expect.stringContaining('no_session') } };
  expect(await browserClient(origin, null).call('situation.get', {})).toMatchObject(over);
  expect(asked).toEqual([]);
  answers.push(() => Response.json({ command: 'npm run -s relay -- open' }, { status: 401 }));
  expect(await browserClient(origin, 'key').call('situation.get', {})).toMatchObject(over);
  expect(commandThatOpens()).toBe('npm run -s relay -- open');
});

test('a network failure is an answer, not an exception', async () => {
  answers.push(() => {
    throw new TypeError('Failed to fetch');
  });
  expect(await browserClient(origin, 'key').call('situation.get', {})).toMatchObject({
    ok: false,
    error: { code: 'engine_not_running' },
  });
});

test('a lost connection is told, comes back, and everything is asked again', async () => {
  const heard: Push[] = [];
  browserClient(origin, 'key').onPush((push) => heard.push(push));
  await vi.advanceTimersByTimeAsync(0);
  expect(sockets[0]?.url).toBe('ws://127.0.0.1:4781/api/pushes');
  sockets[0]?.onopen?.();
  sockets[0]?.onclose?.();
  expect(heard).toEqual([{ name: 'engine', payload: { state: 'restarting', problem: null } }]);
  await vi.advanceTimersByTimeAsync(250);
  sockets[1]?.onopen?.();
  expect(heard.slice(1).map(({ name }) => name)).toEqual(['engine', 'changed']);
});

test('a session that was ended meanwhile is asked about, so that the answer can say so', async () => {
  const heard: Push[] = [];
  browserClient(origin, 'key').onPush((push) => heard.push(push));
  sockets[0]?.onopen?.();
  expect(sockets[0]?.sent).toEqual(['key']);
  answers.push(() => Response.json({}, { status: 401 }));
  sockets[0]?.onclose?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(heard.at(-1)?.name).toBe('changed');
});

test('after its end it does not connect again', async () => {
  const end = browserClient(origin, 'key').onPush(() => {});
  await vi.advanceTimersByTimeAsync(0);
  end();
  sockets[0]?.onclose?.();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets).toHaveLength(1);
});
