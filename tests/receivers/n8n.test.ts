/**
 * n8n from npm (`npm install --prefix FOLDER n8n`, some minutes; its program in `N8N`), with workflows that it published: one
 * that ignores bots and answers with what it got, one that is off, and one that falls over.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { freePort } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { startTold, type Told } from './told.ts';

const installed = process.env.RECEIVERS ?? join(tmpdir(), 'roost-receivers');
const program = process.env.N8N ?? join(installed, 'node_modules/.bin/n8n');
const canRun = existsSync(program);
if (!canRun) console.warn(`Skipped, aloud: no n8n at ${program}.`);

const workflow = (id: string, options: object, jsCode: string) => ({
  ...{ id, name: id, active: false, settings: {} },
  nodes: [
    {
      ...{ id: `${id}-in`, name: 'In', type: 'n8n-nodes-base.webhook', typeVersion: 2, position: [0, 0] },
      webhookId: `${id}-webhook`,
      parameters: { httpMethod: 'POST', path: id, responseMode: 'lastNode', options },
    },
    {
      ...{ id: `${id}-code`, name: 'Code', type: 'n8n-nodes-base.code', typeVersion: 2, position: [200, 0] },
      parameters: { jsCode },
    },
  ],
  connections: { In: { main: [[{ node: 'Code', type: 'main', index: 0 }]] } },
});
const echo = `const { body, headers } = $input.first().json;
return [{ json: { id: headers['x-roostsync-event-id'], body } }];`;
const workflows = [
  workflow('hotel', { ignoreBots: true }, echo),
  workflow('off', {}, echo),
  workflow('falls', {}, 'throw new Error("no such table")'),
];

describe.skipIf(!canRun)('n8n', () => {
  let folder: TemporaryFolder;
  let n8n: ChildProcess;
  let told: Told;
  let origin = '';

  beforeAll(async () => {
    folder = await temporaryFolder();
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const env = {
      ...process.env,
      NODE_ENV: 'production',
      N8N_USER_FOLDER: folder.path,
      N8N_PORT: String(port),
      N8N_LISTEN_ADDRESS: '127.0.0.1',
      N8N_RUNNERS_BROKER_PORT: String(await freePort()),
      N8N_DIAGNOSTICS_ENABLED: 'false',
      N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
      N8N_TEMPLATES_ENABLED: 'false',
    };
    await writeFile(join(folder.path, 'workflows.json'), JSON.stringify(workflows));
    const run = (...args: string[]) => execFileSync(program, args, { env, stdio: 'ignore' });
    run('import:workflow', `--input=${join(folder.path, 'workflows.json')}`);
    for (const id of ['hotel', 'falls']) run('publish:workflow', `--id=${id}`);
    n8n = spawn(program, ['start'], { env, stdio: 'ignore', detached: true });
    const asked = () => fetch(`${origin}/webhook/hotel`, { method: 'POST' }).then((answer) => answer.status !== 404);
    await vi.waitUntil(() => asked().catch(() => false), { timeout: 120_000, interval: 500 });
    told = await startTold();
  }, 240_000);
  afterAll(async () => {
    await told?.[Symbol.asyncDispose]();
    if (n8n?.pid !== undefined && n8n.exitCode === null) process.kill(-n8n.pid, 'SIGKILL');
    await folder?.remove();
  });

  const kind = { kind: 'n8n' };

  test('runs a workflow that ignores bots, on the event as it is', async () => {
    const { engine } = told;
    const { id } = await told.add(`${origin}/webhook/hotel`, kind);
    const data = { booking_id: 'bk_1', guest_name: 'María Peña', total: 6000.5 };
    const event = await posted(engine, 'booking.created', data);
    const { attemptsMade } = await deliveryOf(engine, event, delivered, id);
    const got = JSON.parse(attemptsMade[0]?.responseBody ?? '') as {
      id: string;
      body: { event: string; data: object };
    };
    expect(got).toMatchObject({ id: event, body: { event: 'booking.created', data } });
    await engine.call('endpoints.remove', { id });
  });

  test.each([
    ['/webhook/off', '404 setup, counts: The workflow at Books is not active (404).', /workflow/],
    [
      '/webhook-test/hotel',
      '404 setup, counts: This is a test address of Books, which listens only for a moment (404).',
      /production address/,
    ],
  ])('%s does not listen, and what to do is said', async (path, words, step) => {
    const { id } = await told.add(`${origin}${path}`, kind);
    const said = await told.sent(id, [{ booking_id: 'bk_2' }, { booking_id: 'bk_3' }, { booking_id: 'bk_4' }]);
    expect(said[2]).toBe(words);
    expect(await told.card(id)).toMatchObject({ turn: 'it_helper', step: expect.stringMatching(step) });
    await told.engine.call('endpoints.remove', { id });
  });

  test('a test address is asked about before it is saved', async () => {
    const endpoint = {
      url: `${origin}/webhook-test/hotel`,
      kind: 'n8n' as const,
      events: ['booking.created' as const],
    };
    await expect(told.engine.call('endpoints.add', { endpoint })).rejects.toThrow(/test address/);
  });

  test('a workflow that falls over is its own trouble', async () => {
    const { id } = await told.add(`${origin}/webhook/falls`, kind);
    const said = await told.sent(id, [{ booking_id: 'bk_5' }, { booking_id: 'bk_6' }, { booking_id: 'bk_7' }]);
    expect(said[2]).toMatch(/^500 endpoint_down, counts: /);
    expect(await told.card(id)).toMatchObject({ turn: 'manager', step: expect.stringContaining('answer') });
    await told.engine.call('endpoints.remove', { id });
  });
});
