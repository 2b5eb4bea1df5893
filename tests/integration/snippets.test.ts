/** The receivers that the product hands out, really run, against the contract's signature vectors. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SnippetLanguage, snippetLanguages, snippets } from '../../shared/snippets.ts';
import contract from '../support/contract/signature-vectors.json' with { type: 'json' };
import { canCompileCsharp, compileCsharp } from '../support/csharp/compile.ts';

interface Vector {
  readonly secret: string;
  readonly body: string;
  readonly value: string;
}
const vectors = contract.vectors as readonly Vector[];
const [vector] = vectors as readonly [Vector];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const commands: Readonly<Record<SnippetLanguage, (file: string, port: number) => [string, string[]]>> = {
  node: (file) => [process.execPath, [file]],
  python: (file) => ['python3', [file]],
  php: (file, port) => ['php', ['-S', `127.0.0.1:${port}`, file]],
  csharp: (file) => ['mono', [compileCsharp(readFileSync(file, 'utf8'), dirname(file))]],
};

const there: Readonly<Record<SnippetLanguage, boolean>> = {
  node: true,
  // Never skipped: a machine without Python has to say so.
  python: true,
  php: spawnSync('php', ['--version']).status === 0,
  csharp: canCompileCsharp(),
};

async function answers(url: string): Promise<void> {
  for (;;) {
    const tried = await fetch(url, { method: 'POST', body: '' }).catch(() => null);
    if (tried !== null) return;
    await new Promise((again) => setTimeout(again, 50));
  }
}

for (const language of snippetLanguages) {
  const snippet = snippets[language];
  const missing = there[language] ? '' : ' (skipped: this machine cannot run it)';
  describe.skipIf(!there[language])(`the ${snippet.label} receiver${missing}`, () => {
    let folder = '';
    let child: ChildProcess | undefined;
    let url = '';

    const post = (body: string, headers: Record<string, string>) =>
      fetch(url, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json', 'X-RoostSync-Event-Id': 'evt_1', ...headers },
      }).then((answer) => answer.status);

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'roost-snippet-'));
      const file = join(folder, snippet.file);
      await writeFile(file, snippet.text);
      const port = await freePort();
      const [command, args] = commands[language](file, port);
      child = spawn(command, args, {
        env: { ...process.env, ROOST_SECRET: vector.secret, PORT: String(port) },
        stdio: 'ignore',
      });
      url = `http://127.0.0.1:${port}/`;
      await answers(url);
    }, 20_000);

    afterAll(async () => {
      child?.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    });

    it('takes a delivery that was signed with its secret', async () => {
      expect(await post(vector.body, { 'X-RoostSync-Signature': vector.value })).toBe(204);
    });

    it('refuses a body of which one byte was changed', async () => {
      expect(await post(vector.body.replace('6000', '6001'), { 'X-RoostSync-Signature': vector.value })).toBe(401);
    });

    it('refuses a signature made with another secret', async () => {
      const foreign = `sha256=${createHmac('sha256', 'whsec_another').update(vector.body).digest('hex')}`;
      expect(await post(vector.body, { 'X-RoostSync-Signature': foreign })).toBe(401);
    });

    it('refuses a missing, an empty and a much too long signature', async () => {
      expect(await post(vector.body, {})).toBe(401);
      expect(await post(vector.body, { 'X-RoostSync-Signature': '' })).toBe(401);
      expect(await post(vector.body, { 'X-RoostSync-Signature': `${vector.value}0` })).toBe(401);
    });

    it('takes the new secret’s signature while the secret is being rotated', async () => {
      const old = `sha256=${createHmac('sha256', 'whsec_the_old_one').update(vector.body).digest('hex')}`;
      const headers = { 'X-RoostSync-Signature': old, 'X-RoostSync-Signature-Next': vector.value };
      expect(await post(vector.body, headers)).toBe(204);
    });

    it('verifies the bytes of a body with letters beyond ASCII', async () => {
      const body = '{"event":"guest.checkin","timestamp":"2024-03-20T06:12:40Z","data":{"guest_name":"María Peña 🍧"}}';
      const value = `sha256=${createHmac('sha256', vector.secret).update(body).digest('hex')}`;
      expect(await post(body, { 'X-RoostSync-Signature': value })).toBe(204);
    });
  });
}

it('every receiver compares in constant time', () => {
  const constantTime: Record<SnippetLanguage, RegExp> = {
    node: /timingSafeEqual\(/,
    python: /hmac\.compare_digest\(/,
    php: /hash_equals\(/,
    csharp: /CryptographicOperations\.FixedTimeEquals\(/,
  };
  for (const language of snippetLanguages) expect(snippets[language].text).toMatch(constantTime[language]);
});
