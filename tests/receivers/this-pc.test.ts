/**
 * Programs on this very PC, over plain HTTP: Node-RED (`npm install --prefix FOLDER node-red`, with its folder in
 * `RECEIVERS`) and Flask as Python has it, each with its defaults.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { freePort } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';

const installed = process.env.RECEIVERS ?? join(tmpdir(), 'roost-receivers');
const nodeRed = join(installed, 'node_modules/node-red/red.js');
const hasNodeRed = existsSync(nodeRed);
if (!hasNodeRed) console.warn(`Skipped, aloud: no Node-RED at ${nodeRed}.`);
const hasFlask = spawnSync('python3', ['-c', 'import flask']).status === 0;
if (!hasFlask) console.warn('Skipped, aloud: python3 has no Flask.');

const flow = [
  { id: 'tab', type: 'tab', label: 'hotel' },
  { id: 'in', z: 'tab', type: 'http in', url: '/hook', method: 'post', wires: [['keep']] },
  {
    ...{ id: 'keep', z: 'tab', type: 'function', outputs: 1, wires: [['out']] },
    func: "flow.set('got', [...(flow.get('got') || []), [msg.req.headers['x-roostsync-event-id'], msg.payload]]); msg.payload = 'ok'; return msg;",
  },
  { id: 'list', z: 'tab', type: 'http in', url: '/got', method: 'get', wires: [['give']] },
  {
    ...{ id: 'give', z: 'tab', type: 'function', outputs: 1, wires: [['out']] },
    func: "msg.payload = flow.get('got') || []; return msg;",
  },
  { id: 'out', z: 'tab', type: 'http response', statusCode: '200', wires: [] },
];

const flask = `
import flask, sys
app = flask.Flask('hotel')
got = []
@app.post('/hook')
def hook():
    got.append([flask.request.headers['X-RoostSync-Event-Id'], flask.request.get_json()])
    return 'ok'
@app.post('/slash/')
def slash():
    return 'ok'
@app.get('/got')
def all():
    return got
app.run(port=int(sys.argv[1]))
`;

interface Program {
  readonly name: string;
  readonly has: boolean;
  readonly kind: 'node_red' | 'webhook';
  start(folder: string, port: number): Promise<ChildProcess>;
}
const programs: readonly Program[] = [
  {
    ...{ name: 'Node-RED', has: hasNodeRed, kind: 'node_red' },
    async start(folder, port) {
      await writeFile(join(folder, 'flows.json'), JSON.stringify(flow));
      const args = [nodeRed, '--userDir', folder, '--port', String(port), '-D', 'uiHost=127.0.0.1', 'flows.json'];
      return spawn(process.execPath, args, { stdio: 'ignore' });
    },
  },
  {
    ...{ name: 'Flask', has: hasFlask, kind: 'webhook' },
    start: async (_folder, port) => spawn('python3', ['-c', flask, String(port)], { stdio: 'ignore' }),
  },
];

describe.each(programs.filter(({ has }) => has))('$name', ({ name, kind, start }) => {
  let folder: TemporaryFolder;
  let program: ChildProcess;
  let engine: TestEngine;
  let origin = '';

  const got = async () => (await (await fetch(`${origin}/got`)).json()) as [string, { event: string; data: object }][];

  beforeAll(async () => {
    folder = await temporaryFolder();
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    program = await start(folder.path, port);
    await vi.waitUntil(
      () =>
        got().then(
          () => true,
          () => false,
        ),
      { timeout: 60_000, interval: 300 },
    );
    engine = await startTestEngine();
    await engine.call('settings.change', { change: { plainLoopback: true } });
  }, 90_000);
  afterAll(async () => {
    await engine?.stop();
    program.kill('SIGKILL');
    await folder.remove();
  });

  const add = async (path: string) =>
    (
      await engine.call('endpoints.add', {
        confirmed: true,
        endpoint: { url: `${origin}${path}`, kind, events: ['booking.created'] },
      })
    ).endpoint.id;

  test('takes an event as it is', async () => {
    const id = await add('/hook');
    await engine.call('endpoints.enable', { id, override: true });
    const event = await posted(engine, 'booking.created', { booking_id: 'bk_1', guest_name: 'María', total: 6000.5 });
    await deliveryOf(engine, event, delivered, id);
    const [[eventId, body] = [], ...more] = await got();
    expect(more).toEqual([]);
    expect(eventId).toBe(event);
    expect(body).toMatchObject({
      event: 'booking.created',
      data: { booking_id: 'bk_1', guest_name: 'María', total: 6000.5 },
    });
  });

  test('says what is wrong with an address that it does not know', async () => {
    const tried = await engine.call('endpoints.test', { id: await add('/nothing-here') });
    expect(tried.attempt).toMatchObject({
      status: 404,
      outcome: 'setup',
      sentence: { key: 'outcome.address_unknown' },
    });
  });

  test.runIf(name === 'Flask')('says that the slash at the end is missing, where it sends us on to it', async () => {
    const tried = await engine.call('endpoints.test', { id: await add('/slash') });
    expect(tried.attempt).toMatchObject({ status: 308, sentence: { key: 'outcome.slash_missing' } });
  });
});
