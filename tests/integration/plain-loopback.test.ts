/** Programs on this very PC over plain HTTP: off until it is allowed, and nothing is lost when it is not any more. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyLoopback } from '../../electron/engine/sending/shared-lookup.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import { isPlainLoopback } from '../../shared/plain-loopback.ts';
import { delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { running } from '../unit/desktop/situations.ts';

const got: string[] = [];
const program = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => {
    text += chunk;
  });
  request.on('end', () => {
    got.push((JSON.parse(text) as { data: { booking_id: string } }).data.booking_id);
    response.end('ok');
  });
});
let port = 0;
let engine: TestEngine;
beforeAll(async () => {
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
  port = (program.address() as AddressInfo).port;
  engine = await startTestEngine();
});
afterAll(async () => {
  await engine.stop();
  program.close();
});

const allow = (plainLoopback: boolean) => engine.call('settings.change', { change: { plainLoopback } });
const add = (url: string) =>
  engine.engine.call(
    'endpoints.add',
    { endpoint: { url, kind: 'node_red', events: ['booking.created'], description: 'Node-RED' }, confirmed: true },
    { account: 'tester', surface: 'window' },
  );

describe('an address of this very PC', () => {
  it.each([
    'http://localhost/x',
    'http://127.0.0.1:1880/x',
    'http://127.1/x',
    'http://0x7f000001/x',
    'http://[::1]:5678/x',
  ])('%s is one', (address) => expect(isPlainLoopback(new URL(address))).toBe(true));
  it.each([
    'https://localhost/x',
    'http://localhost.evil.example/x',
    'http://127.0.0.1.nip.io/x',
    'http://evil.example/127.0.0.1',
    'http://localhost@evil.example/x',
    'http://evil.example/#http://localhost',
    'http://node-red/x',
    'http://pc.localhost/x',
    'http://192.168.1.5/x',
    'http://[::ffff:10.0.0.1]/x',
    'ftp://localhost/x',
  ])('%s is none', (address) => expect(isPlainLoopback(new URL(address))).toBe(false));

  it('is refused where the name leads elsewhere', async () => {
    const leads = (to: string) =>
      new Promise((resolve) =>
        onlyLoopback((_name, _options, callback) => callback(null, to, 4))('localhost', {}, (error) =>
          resolve(error?.code ?? null),
        ),
      );
    expect(await leads('127.0.0.1')).toBeNull();
    expect(await leads('203.0.113.9')).toBe('ADDRESS_REFUSED');
  });
});

it('is no endpoint’s until the settings allow it, and then gets what waits; switched off it stops and says why', async () => {
  const url = `http://localhost:${port}/hooks`;
  const refused = await add(url);
  expect(refused).toMatchObject({ ok: false, error: { code: 'bad_input', member: 'url' } });
  expect(refused.ok ? '' : refused.error.message).toContain('settings set --plain-http on');

  await allow(true);
  expect(await add('http://hooks.example.com/x')).toMatchObject({ ok: false, error: { member: 'url' } });
  const added = await add(url);
  if (!added.ok) throw new Error(added.error.message);
  const { id } = added.value.endpoint;
  expect(added.value.endpoint).toMatchObject({ plain: 'allowed', local: true });
  expect((await engine.call('endpoints.test', { id })).ok).toBe(true);
  await engine.call('endpoints.enable', { id });
  await deliveryOf(engine, await posted(engine, 'booking.created', { booking_id: 'bk_1' }), delivered, id);

  await allow(false);
  expect(await engine.call('endpoints.get', { id })).toMatchObject({ state: 'paused', plain: 'off', pausedBy: null });
  const waiting = await posted(engine, 'booking.created', { booking_id: 'bk_2' });
  for (const name of ['endpoints.resume', 'endpoints.test'] as const) {
    await expect(engine.call(name, { id } as never)).rejects.toThrow(
      'over plain HTTP, which the settings do not allow',
    );
  }
  const situation = await engine.call('situation.get', {});
  expect(conditionsOf(situation, running).map(({ kind }) => kind)).toContain('endpoint_plain_off');
  expect(conditionsOf(situation, running).map(({ kind }) => kind)).not.toContain('endpoint_paused');
  expect(JSON.stringify(await engine.call('doctor.run', {}))).toContain('problem.plain_off');
  expect(got).not.toContain('bk_2');

  await allow(true);
  await deliveryOf(engine, waiting, delivered, id);
  expect(got.filter((one) => one.startsWith('bk_') && one !== 'bk_12345')).toEqual(['bk_1', 'bk_2']);
  const { rows } = await engine.call('audit.list', {});
  const acts = rows.map(({ act, detail }) => `${act} ${JSON.stringify(detail)}`).join('\n');
  expect(acts).toMatch(/settings\.change .*plainLoopback.*true/);
  expect(acts).toMatch(/endpoints\.add .*plainHttp.*true/);
  expect(acts).toMatch(/endpoints\.pause .*plain_http_off/);

  // A pause of a person's own stays one.
  await engine.call('endpoints.pause', { id, until: null });
  await allow(false);
  await allow(true);
  expect(await engine.call('endpoints.get', { id })).toMatchObject({ state: 'paused', pausedBy: 'tester' });
});
