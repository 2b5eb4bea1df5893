import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Bridge, startBridge } from '../../electron/bridge/bridge.ts';
import { openPreferencesFile } from '../../electron/bridge/preferences-file.ts';
import { browserSurface } from '../../electron/bridge/surface-calls.ts';
import { createWindowSessions } from '../../electron/engine/control/window-sessions.ts';
import type { Engine, WindowSessions } from '../../electron/engine/engine.ts';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { callErrorOf, type Push, RelayError } from '../../shared/api.ts';
import type { WindowSession } from '../../shared/schemas.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { createFakeClock } from '../support/clock.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { manager } from '../support/log-engine.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { openPage, type TestPage } from '../support/page.ts';
import { createTestVault } from '../support/ports.ts';

/** Records what reaches the engine; the engine itself has tests of its own. */
function recordingEngine(windowSessions: WindowSessions) {
  const asked: { name: string; input: unknown; surface: string }[] = [];
  const listeners = new Set<(push: Push) => void>();
  const jobs = new Map<string, object>();
  const engine: Engine = {
    intakeAddress: 'http://127.0.0.1:1',
    windowSessions,
    isLocked: () => false,
    call: async () => ({ ok: false, error: callErrorOf(new RelayError('internal', sentence('problem.internal'))) }),
    callUnparsed: async (name, input, actor) => {
      asked.push({ name, input, surface: actor.surface });
      const { id } = (input ?? {}) as { id?: string };
      return { ok: true, value: (name === 'jobs.get' && jobs.get(id ?? '')) || { name } };
    },
    onPush: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    suspend: () => {},
    resume: () => {},
    sweepNow: () => undefined,
    lookForNotices: () => {},
    stop: async () => {},
  };
  return { engine, asked, jobs, push: (push: Push) => listeners.forEach((listener) => void listener(push)), listeners };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

let bridge: Bridge;
let port: number;
let clock: ReturnType<typeof createFakeClock>;
let recording: ReturnType<typeof recordingEngine>;
let folder: string;
let context: TestContext;
let sessions: ReturnType<typeof createWindowSessions>;
let temporary: TemporaryFolder;
let vault: ReturnType<typeof createTestVault>;

beforeEach(async () => {
  temporary = await temporaryFolder();
  folder = temporary.path;
  const windowFolder = join(folder, 'window');
  mkdirSync(join(folder, 'data'));
  mkdirSync(join(windowFolder, 'assets'), { recursive: true });
  writeFileSync(join(windowFolder, 'index.html'), '<!doctype html><title>the window</title>');
  writeFileSync(join(windowFolder, 'assets', 'main.js'), 'export {};');
  port = await freePort();
  clock = createFakeClock();
  vault = createTestVault();
  await start();
});

/** Bridge and sessions anew on the same folder, as after a restart of the engine. */
async function start() {
  context = openContext(join(folder, 'data'), { clock, vault });
  sessions = createWindowSessions(context);
  recording = recordingEngine(sessions);
  bridge = await startBridge({
    engine: recording.engine,
    clock,
    surface: browserSurface('1.2.3', openPreferencesFile(folder), 'npm run -s relay --'),
    port,
    windowFolder: join(folder, 'window'),
    dataFolder: folder,
    openCommand: "npm run -s relay -- --data '/a b' open",
  });
}
async function stop() {
  await bridge.stop();
  context.commit.flush();
  context.close();
}
afterEach(async () => {
  await stop();
  await temporary.remove();
});

const signIn = (): Promise<TestPage> => openPage(bridge.openAddress());

/** A call with any headers. */
const call = (name: string, input: unknown, headers: Record<string, string>) =>
  fetch(`${bridge.address}/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close', ...headers },
    body: JSON.stringify(input),
  });

describe('opening the window in a browser', () => {
  test('a printed address opens it once, and leaves a cookie that scripts and other sites cannot use', async () => {
    const address = bridge.openAddress();
    const opened = await fetch(address, { redirect: 'manual' });
    expect(opened.status).toBe(303);
    expect(opened.headers.get('set-cookie')).toMatch(
      new RegExp(`^roost_relay_${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(403);
  });

  test('an address is void after 60 seconds', async () => {
    const address = bridge.openAddress();
    await clock.advance(60_000);
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(403);
  });

  test('without a session there is neither page nor call, and the page says how to get in', async () => {
    const page = await fetch(bridge.address);
    expect(page.status).toBe(401);
    expect(await page.text()).toContain('npm run -s relay -- --data');
    expect((await call('situation.get', {}, {})).status).toBe(401);
    // Nothing of what a stranger sends is taken in: neither read nor parsed.
    expect((await call('situation.get', 'x'.repeat(3_000_000), {})).status).toBe(401);
    expect(recording.asked).toEqual([]);
  });

  test('any path of the window gets its page, with a policy that allows nothing inline', async () => {
    const { cookie } = await signIn();
    const page = await fetch(`${bridge.address}/deliveries/dlv_1?state=waiting`, { headers: { cookie } });
    expect(await page.text()).toContain('the window');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
  });

  test.each([
    [
      'held by another program',
      () => {
        const other = new BetterSqlite3(databaseFile(context.dataFolder));
        other.exec('BEGIN EXCLUSIVE');
        return () => other.close();
      },
    ],
    [
      'on a disk that can only be read',
      () => {
        context.database.connection.pragma('query_only = ON');
        return () => context.database.connection.pragma('query_only = OFF');
      },
    ],
  ])('with a database that is %s it opens as usual, and is kept once that is over', async (_what, stand) => {
    const over = stand();
    const page = await signIn();
    expect(await (await fetch(bridge.address, { headers: { cookie: page.cookie } })).text()).toContain('the window');
    expect((await page.call('situation.get', {})).status).toBe(200);
    over();
    await clock.advance(10_000);
    expect((await page.call('situation.get', {})).status).toBe(200);
    await stop();
    await start();
    await page.meet();
    expect((await page.call('situation.get', {})).status).toBe(200);
  });

  test('where it cannot be opened, a page says why and what to do, in both languages', async () => {
    vi.spyOn(vault, 'seal').mockImplementation(() => {
      throw new RelayError('secret_unreadable', sentence('problem.vault_locked'));
    });
    const opened = await fetch(bridge.openAddress(), { redirect: 'manual' });
    expect([opened.status, opened.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
    const text = await opened.text();
    expect(text).toContain('<p lang="en">The window could not be opened. Secrets cannot be kept now:');
    expect(text).toContain("Then run npm run -s relay -- --data '/a b' open on this PC and open the address");
    expect(text).toContain('<p lang="fil">Hindi nabuksan ang window.');
  });

  test('paths outside the window are not served', async () => {
    const { cookie } = await signIn();
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    for (const path of ['/assets/../../secret.txt', '/assets/%2e%2e/%2e%2e/secret.txt', '/..%2fsecret.txt']) {
      const answer = await fetch(bridge.address + path, { headers: { cookie } });
      expect(await answer.text()).not.toBe('secret');
    }
  });
});

test('a browser that leaves its request unfinished does not hold the stop up', async () => {
  const page = await signIn();
  const own = await page.headers('/api/endpoints.list', '{}');
  const socket = connect(port, '127.0.0.1')
    .on('error', () => {})
    .resume();
  const headers = [
    `Host: 127.0.0.1:${port}`,
    ...Object.entries(own).map((one) => one.join(': ')),
    'Content-Length: 100',
  ];
  socket.write(`POST /api/endpoints.list HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n{`);
  await fetch(bridge.address);
  const cut = new Promise((resolve) => socket.once('close', resolve));
  await stop();
  await cut;
  await start();
});

test('who connects and says nothing keeps nobody out, and is cut off after a while', async () => {
  const page = await signIn();
  const idle = Array.from({ length: 120 }, () =>
    connect(port, '127.0.0.1')
      .on('error', () => {})
      .resume(),
  );
  await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  const ask = async () => (await page.call('endpoints.list', {})).status;
  expect(await ask()).toBe(200);
  // More than once: the last of them may be taken only now.
  for (let looks = 0; looks < 100 && idle.some(({ closed }) => !closed); looks += 1) {
    await clock.advance(15_000);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(idle.filter(({ closed }) => !closed)).toHaveLength(0);
  expect(await ask()).toBe(200);
});

describe('calls from the browser', () => {
  test('reach the engine as acts in the window', async () => {
    const page = await signIn();
    const answer = await page.call('endpoints.list', {});
    expect(await answer.json()).toEqual({ ok: true, value: { name: 'endpoints.list' } });
    expect(recording.asked).toEqual([{ name: 'endpoints.list', input: {}, surface: 'window' }]);
  });

  test('the cookie alone is not enough: another site could make a browser send it', async () => {
    const { cookie } = await signIn();
    expect((await call('relay.pause', { forMs: 1000 }, { cookie })).status).toBe(401);
    expect((await call('relay.pause', { forMs: 1000 }, { cookie, 'x-roost-relay': 'guess' })).status).toBe(401);
    expect(recording.asked).toEqual([]);
  });

  test.each([
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { host: 'evil.example' },
    { host: 'localhost:4781' },
  ])('another page or name is refused: %o', async (headers) => {
    const page = await signIn();
    const own = await page.headers('/api/endpoints.list', '{}');
    const { request } = await import('undici');
    const answer = await request(`${bridge.address}/api/endpoints.list`, {
      method: 'POST',
      headers: { ...own, 'content-type': 'application/json', ...headers },
      body: '{}',
    });
    expect(answer.statusCode).toBe(403);
    expect(recording.asked).toEqual([]);
  });

  test('a browser names no path of this PC', async () => {
    const page = await signIn();
    for (const [name, input] of [
      ['export.start', { format: 'csv' }],
      ['backup.start', { replace: true }],
    ] as const) {
      const refused = await page.call(name, { ...input, file: '/etc/passwd' });
      expect(await refused.json()).toMatchObject({ ok: false, error: { code: 'bad_input', member: 'file' } });
    }
    for (const name of ['schedules.add', 'schedules.change'] as const) {
      const refused = await page.call(name, { schedule: { every: 'night', format: 'csv', folder: '/etc' } });
      expect(await refused.json()).toMatchObject({ ok: false, error: { member: 'schedule.folder' } });
    }
    expect(recording.asked).toEqual([]);
    await page.call('backup.restore', { file: '../../etc/passwd' });
    expect(recording.asked).toEqual([
      { name: 'backup.restore', input: { file: join(folder, 'backups', 'passwd') }, surface: 'window' },
    ]);
  });

  test('a browser gets the files that lie in the folders made for it, and no other, whoever had it written', async () => {
    const page = await signIn();
    mkdirSync(join(folder, 'exports'));
    writeFileSync(join(folder, 'exports', 'log.csv'), 'rows');
    writeFileSync(join(folder, 'elsewhere.db'), 'a backup of the command line');
    const job = (file: string) => ({ kind: 'export', state: 'done', file });
    recording.jobs.set('own', job(join(folder, 'exports', 'log.csv')));
    recording.jobs.set('gone', job(join(folder, 'exports', 'gone.csv')));
    recording.jobs.set('elsewhere', job(join(folder, 'elsewhere.db')));
    recording.jobs.set('around', job(join(folder, 'exports', '..', '..', 'etc', 'passwd')));
    const statuses = ['own', 'gone', 'elsewhere', 'around'].map(async (id) => {
      const asked = await fetch(`${bridge.address}/exports/${id}`, {
        method: 'POST',
        headers: await page.headers(`/exports/${id}`),
      });
      const { address } = (await asked.json()) as { address: string };
      const answer = await fetch(`${bridge.address}/${address}`, { headers: { cookie: page.cookie } });
      await answer.text();
      return [id, answer.status];
    });
    expect(Object.fromEntries(await Promise.all(statuses))).toEqual({
      own: 200,
      gone: 404,
      elsewhere: 404,
      around: 404,
    });
    expect((await fetch(`${bridge.address}/exports/own`)).status).toBe(401);
  });

  test('preferences are kept, and an unknown call or member is named', async () => {
    const page = await signIn();
    await page.call('preferences.change', { change: { theme: 'dark' } });
    expect(openPreferencesFile(folder).current().theme).toBe('dark');
    const feed = await page.call('preferences.change', { change: { updateFeed: 'https://updates.example' } });
    expect(await feed.json()).toMatchObject({ ok: false, error: { code: 'not_possible' } });
    expect(openPreferencesFile(folder).current().updateFeed).toBe('');
    expect(await (await page.call('no.such', {})).json()).toMatchObject({ error: { code: 'bad_input' } });
    expect(await (await page.call('preferences.change', { change: { colour: 1 } })).json()).toMatchObject({
      error: { code: 'bad_input', message: expect.stringContaining('colour') },
    });
  });

  test('pushes arrive over a WebSocket of the same session, and none without one', async () => {
    const { WebSocket } = await import('undici');
    const page = await signIn();
    const { cookie } = page;
    const word = (await page.headers('/api/pushes', '', 'GET'))['x-roost-relay'] ?? '';
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/pushes`, { headers: { cookie } });
    await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
    recording.push({ name: 'changed', payload: { topics: ['audit'] } });
    socket.send(word);
    await until(() => recording.listeners.size === 1);
    const received = new Promise<string>((resolve) =>
      socket.addEventListener('message', ({ data }) => resolve(String(data)), { once: true }),
    );
    recording.push({ name: 'changed', payload: { topics: ['deliveries'] } });
    expect(JSON.parse(await received)).toEqual({ name: 'changed', payload: { topics: ['deliveries'] } });
    socket.close();

    const isRefused = (headers: Record<string, string>) => {
      const stranger = new WebSocket(`ws://127.0.0.1:${port}/api/pushes`, { headers });
      return new Promise((resolve) => {
        stranger.addEventListener('error', () => resolve(true), { once: true });
        stranger.addEventListener('open', () => resolve(false), { once: true });
      });
    };
    expect(await isRefused({})).toBe(true);
    // A page of elsewhere, or of another port, whose browser sends the cookie along.
    for (const origin of ['http://evil.example', 'http://127.0.0.1:1', 'null']) {
      expect([origin, await isRefused({ cookie, origin })]).toEqual([origin, true]);
    }
  });
});

async function until(good: () => boolean): Promise<void> {
  for (let looks = 0; looks < 400 && !good(); looks += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(good()).toBe(true);
}

describe('a session', () => {
  const ask = async (page: TestPage) => (await page.call('endpoints.list', {})).status;

  test('outlives a restart of the engine; the address that opened it does not', async () => {
    const session = await signIn();
    const address = bridge.openAddress();
    const shown = await session.headers('/api/endpoints.list', '{}');
    await stop();
    await start();
    // What was shown to another run of the engine is nothing to this one: it is met anew.
    expect((await call('endpoints.list', {}, shown)).status).toBe(401);
    await session.meet();
    expect(await ask(session)).toBe(200);
    const token = new URL(address).search;
    expect((await fetch(`${bridge.address}/open${token}`, { redirect: 'manual' })).status).toBe(403);
  });

  test("another server's cookie opens nothing: no key is given for it, no call, no push, no export", async () => {
    const { cookie } = await signIn();
    for (const path of ['/api/session', '/api/key', '/exports/job_1', '/exports/job_1?ticket=x']) {
      const answer = await fetch(bridge.address + path, { headers: { cookie } });
      expect(await answer.text()).not.toMatch(/[\w-]{43}/);
    }
    expect((await fetch(`${bridge.address}/exports/job_1`, { method: 'POST', headers: { cookie } })).status).toBe(401);
    const { WebSocket } = await import('undici');
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/pushes`, { headers: { cookie } });
    await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
    const closed = new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }));
    socket.send('guess');
    await closed;
    expect(recording.listeners.size).toBe(0);
    expect(recording.asked).toEqual([]);
  });

  test('what a page shows is good for that request alone, once, in that session and run', async () => {
    const [page, other] = [await signIn(), await signIn()];
    const path = '/api/relay.pause';
    const body = '{"forMs":1000}';
    const own = await page.headers(path, body);
    const send = async (headers: Record<string, string>, to = path, text = body) => {
      const answer = await fetch(bridge.address + to, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: text,
      });
      return answer.status;
    };
    expect(await send(own, '/api/endpoints.list')).toBe(401);
    expect(await send(own, path, '{"forMs":1001}')).toBe(401);
    expect(await send(own, `${path}?`)).toBe(401);
    expect(await send({ ...own, cookie: other.cookie })).toBe(401);
    expect(await send({ cookie: page.cookie, 'x-roost-relay': page.key })).toBe(401);
    expect(recording.asked).toEqual([]);
    expect(await send(own)).toBe(200);
    expect(await send(own)).toBe(401);
    expect(recording.asked).toHaveLength(1);
    // In another order than they were made in.
    const [first, second] = [await page.headers(path, body), await page.headers(path, body)];
    expect([await send(second), await send(first), await send(first)]).toEqual([200, 200, 401]);
    // One that comes after a thousand others is none of this page's any more.
    const late = await page.headers(path, body);
    for (let made = 0; made < 1_001; made += 1) await page.headers(path, body);
    expect([await send(await page.headers(path, body)), await send(late)]).toEqual([200, 401]);
  });

  test('an engine shows a page that it knows the key, and shows it to nobody else', async () => {
    const page = await signIn();
    expect((await page.meet()).status).toBe(200);
    const meet = async (query: string, headers: Record<string, string>) =>
      (await fetch(`${bridge.address}/session/meet${query}`, { method: 'POST', headers })).status;
    const challenge = 'A'.repeat(43);
    expect(await meet(`?challenge=${challenge}`, {})).toBe(401);
    expect(await meet(`?challenge=${challenge}`, { cookie: `roost_relay_${port}=${challenge}` })).toBe(401);
    for (const query of [
      '',
      '?challenge=',
      `?challenge=${challenge}A`,
      `?challenge=${challenge}&challenge=${challenge}`,
    ]) {
      expect([query, await meet(query, { cookie: page.cookie })]).toEqual([query, 400]);
    }
  });

  test('ends after 12 hours without use, and after 7 days in any case', async () => {
    const idle = await signIn();
    await clock.advance(11 * 3_600_000);
    expect(await ask(idle)).toBe(200);
    await clock.advance(12 * 3_600_000);
    expect(await ask(idle)).toBe(401);
    const used = await signIn();
    for (let hours = 0; hours < 7 * 24; hours += 8) {
      expect(await ask(used)).toBe(200);
      await clock.advance(8 * 3_600_000);
    }
    expect(await ask(used)).toBe(401);
  });

  test('is listed, and ends when a person says so: its calls, pages and pushes, and no other', async () => {
    const first = await signIn();
    const other = await signIn();
    const { WebSocket } = await import('undici');
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/pushes`, { headers: { cookie: first.cookie } });
    await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
    socket.send((await first.headers('/api/pushes', '', 'GET'))['x-roost-relay'] ?? '');
    await until(() => recording.listeners.size === 1);
    const list = () => sessions.handlers['sessions.list']({}, manager) as WindowSession[];
    expect(list()).toEqual([expect.objectContaining({ browser: expect.any(String) }), expect.anything()]);
    await sessions.handlers['sessions.end']({ id: list()[0]?.id ?? '' }, manager);
    expect(list()).toHaveLength(1);
    expect([await ask(first), await ask(other)]).toEqual([401, 200]);
    expect((await fetch(bridge.address, { headers: { cookie: first.cookie } })).status).toBe(401);
    const closed = new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }));
    recording.push({ name: 'changed', payload: { topics: ['deliveries'] } });
    await closed;
    await expect(async () => sessions.handlers['sessions.end']({ id: 'ses_gone' }, manager)).rejects.toThrow('over');
  });

  test('of the cookie only a hash is kept, and the key is sealed', async () => {
    const { cookie, key } = await signIn();
    context.commit.flush();
    const value = cookie.split('=')[1] ?? '';
    for (const name of readdirSync(join(folder, 'data')).filter((one) => one.startsWith('relay.db'))) {
      const bytes = readFileSync(join(folder, 'data', name));
      expect([bytes.includes(value), bytes.includes(key), bytes.includes(hash('sha256', key, 'buffer'))]).toEqual([
        false,
        false,
        false,
      ]);
    }
  });

  test('a token that the address names twice is none', async () => {
    const address = bridge.openAddress();
    const twice = `${address}&token=${new URL(address).searchParams.get('token')}`;
    expect((await fetch(twice, { redirect: 'manual' })).status).toBe(403);
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
  });

  test('no page is shown in a frame of another', async () => {
    const { cookie } = await signIn();
    for (const path of ['/', '/open', '/assets/main.js', '/api/x']) {
      const answer = await fetch(bridge.address + path, { headers: { cookie } });
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  test('an export is fetched with a ticket that is good once', async () => {
    const page = await signIn();
    const { cookie } = page;
    mkdirSync(join(folder, 'exports'));
    const file = join(folder, 'exports', 'export.csv');
    writeFileSync(file, 'guests');
    Object.assign(recording.engine, {
      callUnparsed: async () => ({ ok: true, value: { kind: 'export', state: 'done', file } }),
    });
    const asked = await fetch(`${bridge.address}/exports/job_1`, {
      method: 'POST',
      headers: await page.headers('/exports/job_1'),
    });
    const { address } = (await asked.json()) as { address: string };
    const get = (headers: Record<string, string>) => fetch(`${bridge.address}/${address}`, { headers });
    expect((await get({})).status).toBe(401);
    const fetched = await get({ cookie });
    expect([await fetched.text(), fetched.headers.get('cache-control')]).toEqual(['guests', 'no-store']);
    expect((await get({ cookie })).status).toBe(403);
  });
});
