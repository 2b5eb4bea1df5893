/**
 * The support bundle by the command line: with the engine, without it, and with a database that cannot be read. Secrets and
 * guests are planted, and every byte of what was zipped is searched for them.
 */
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { unzipped } from '../support/unzip.ts';

let data: TemporaryFolder;
let out: TemporaryFolder;
let receiver: Receiver;
let engine: TestEngine;
const planted: string[] = [
  'Apolinario',
  'Mabini',
  'apolinario@example.ph',
  '555 0142',
  'PROXYpass77',
  'HEADERvalueX0123456789',
  // Of a guest that no event names: a receiver's own answer does.
  'Teodora',
  'Alonso',
];

beforeAll(async () => {
  data = await temporaryFolder();
  out = await temporaryFolder();
  receiver = await startReceiver();
  engine = await startTestEngine({ dataFolder: data.path });
  receiver.answerWith(({ headers }) => ({
    status: 422,
    headers: { 'content-type': 'application/json', 'x-echo': String(headers['x-key']) },
    body: '{"message":"Duplicate of guest Teodora Alonso (apolinario@example.ph, +63 917 555 0142); Apolinario Mabini is unknown"}',
  }));
  const { secret } = await engine.addEndpoint(receiver, {
    description: 'Guest messages',
    events: ['booking.created'],
    headers: [{ name: 'X-Key', value: 'HEADERvalueX0123456789' }],
    limits: { inFlight: 3, perSecond: 20 },
  });
  planted.push(secret, secret.slice(6, 30));
  await engine.call('settings.change', { change: { proxy: 'http://office:PROXYpass77@127.0.0.1:9' } });
  await engine.call('settings.change', { change: { proxy: 'none' } });
  await engine.post('booking.created', {
    booking_id: 'bk_1',
    guest_name: 'Apolinario Mabini',
    email: 'apolinario@example.ph',
    note: 'call Mr Mabini on +63 917 555 0142',
  });
  const list = () => engine.call('deliveries.list', { filter: {}, limit: 1 });
  await engine.until(list, ({ rows }) => rows[0]?.status === 422);
  // The bundle is to hold what it said, without its words.
  const { endpoints } = await engine.call('situation.get', {});
  expect(endpoints[0]?.trouble?.said).toContain('Teodora Alonso');
  const noted = {
    level: 30,
    msg: 'told',
    says: { key: 'conditions.receiver.said', params: { said: 'Teodora Alonso' } },
  };
  // A defect that writes what it should not: the log is redacted all the same.
  mkdirSync(join(data.path, 'logs'), { recursive: true });
  writeFileSync(
    join(data.path, 'logs', 'relay.log'),
    `{"level":30,"msg":"started"}\n{"level":50,"msg":"Apolinario Mabini at https://hooks.example.com/T0/${secret}","token":"${secret}"}\n${JSON.stringify(noted)}\n`,
  );
}, 60_000);

afterAll(async () => {
  await engine?.stop();
  await receiver?.stop();
  await data?.remove();
  await out?.remove();
});

function filesOf(zip: string): ReadonlyMap<string, string> {
  const files = new Map([...unzipped(readFileSync(zip))].map(([name, bytes]) => [name, bytes.toString('utf8')]));
  for (const [name, text] of files) {
    for (const secret of planted) expect(text.includes(secret), `${secret} in ${name}`).toBe(false);
  }
  return files;
}

/** Everything in it could be read, also of an endpoint that is in trouble. */
function expectWhole(files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) expect(text, name).not.toMatch(/"problem":\s*"/);
  expect(files.get('README.txt')).not.toContain('Could not be read');
  const [endpoint] = JSON.parse(files.get('endpoints.json') ?? '');
  expect(endpoint).toMatchObject({ switch: 'on', limits: { inFlight: 3 }, trouble: { status: 422 } });
  expect(endpoint).toHaveProperty('ordered');
  const { troubles } = JSON.parse(files.get('facts.json') ?? '');
  expect(troubles).toMatchObject([{ id: endpoint.id, trouble: { kind: 'refused', since: expect.any(Number) } }]);
}

const relay = (...args: readonly string[]) => relayInProcess(data.path, ['support-bundle', ...args]);

test('with the engine it holds states, doctor, errors, a slice of deliveries and the log, and nothing planted', async () => {
  const file = join(out.path, 'running.zip');
  expect(await relay('--file', file)).toMatchObject({ code: 0 });
  const files = filesOf(file);
  expect([...files.keys()]).toEqual([
    ...[
      'README.txt',
      'situation.json',
      'doctor.json',
      'versions.json',
      'settings.json',
      'endpoints.json',
      'facts.json',
    ],
    ...['errors.json', 'acts.json', 'integrity.json', 'sizes.json', 'timings.json', 'deliveries.jsonl', 'log.txt'],
  ]);
  expectWhole(files);
  expect(files.get('integrity.json')).toContain('ok');
  expect(files.get('errors.json')).toContain('422');
  expect(files.get('deliveries.jsonl')).toContain('bk_1');
  expect(files.get('deliveries.jsonl')).toContain('Guest 1');
  expect(files.get('log.txt')).toContain('https://hooks.example.com/…');
  expect(files.get('doctor.json')).toContain('It said: “[answer]”.');
  expect(files.get('situation.json')).toContain('"said": "[answer]"');
  expect(files.get('endpoints.json')).toContain('"said": "[answer]"');
  expect((await relay('--file', file)).code).toBe(2);
  expect((await relay('--file', file, '--force')).code).toBe(0);
  const preview = await relay('--preview');
  expect(preview.out).toContain('deliveries.jsonl');
  for (const secret of planted) expect(preview.out).not.toContain(secret);
}, 60_000);

test('without the engine the command makes it by itself, and says what cannot be read of a damaged database', async () => {
  await engine.stop();
  const file = join(out.path, 'stopped.zip');
  expect(await relay('--file', file)).toMatchObject({ code: 0 });
  const stopped = filesOf(file);
  expectWhole(stopped);
  expect(stopped.has('situation.json')).toBe(false);
  expect(stopped.get('deliveries.jsonl')).toContain('bk_1');

  const handle = openSync(databaseFile(data.path), 'r+');
  writeSync(handle, Buffer.alloc(4096, 0x58), 0, 4096, 0);
  closeSync(handle);
  const damaged = join(out.path, 'damaged.zip');
  const told = await relay('--file', damaged);
  expect(told.code).toBe(0);
  expect(told.out).toContain('Could not be read, and say only why: settings.json, endpoints.json, facts.json');
  const files = filesOf(damaged);
  expect(files.get('README.txt')).toMatch(/Could not be read:\n {2}settings\.json: SqliteError/);
  expect(files.get('integrity.json')).toContain('problem');
  expect(files.get('versions.json')).toContain('"product"');
  expect(files.get('sizes.json')).toContain('"database"');
  expect(files.get('log.txt')).toContain('started');
}, 60_000);
