import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Delivery, DeliveryRow, Endpoint, Job, Settings } from '../../shared/schemas.ts';
import { inCheckout, relayInProcess, runCommand } from '../support/command-line.ts';
import { type EngineProcess, freePort, startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { isSignedWith, type Receiver, startReceiver } from '../support/receiver.ts';

describe('with the engine running', () => {
  let folder: TemporaryFolder;
  let engine: EngineProcess;
  let receiver: Receiver;
  let endpoint: Endpoint & { secret: string };
  /** As processes of their own commands run in cli-effects.test.ts, and below where that matters. */
  const relay = (...args: string[]) => relayInProcess(folder.path, args, { invocation: inCheckout });
  const json = async <Value>(...args: string[]): Promise<Value> => {
    const { code, out, err } = await relay(...args, '--json');
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out) as Value;
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    receiver = await startReceiver();
    engine = await startEngineProcess({ dataFolder: folder.path });
    const caFile = join(folder.path, 'ca.pem');
    await writeFile(caFile, receiver.caPem ?? '');
    endpoint = await json<Endpoint & { secret: string }>(
      ...['endpoint', 'add', '--url', receiver.url, '--events', 'booking.*,payment.received', '--ca-file', caFile],
      ...['--description', 'Make', '--header', 'X-Api-Key: abc: def'],
    );
  });
  afterAll(async () => {
    await engine?.stop();
    await receiver?.stop();
    await folder?.remove();
  });

  test('an endpoint is added as a draft, tested and enabled', async () => {
    expect(endpoint).toMatchObject({
      id: expect.stringMatching(/^ep_/),
      secret: expect.stringMatching(/^whsec_/),
      state: 'draft',
    });
    expect(endpoint.events).toEqual(['booking.created', 'booking.updated', 'booking.cancelled', 'payment.received']);
    const early = await relay('endpoint', 'enable', 'Make');
    expect([early.code, early.out]).toEqual([2, '']);
    expect((await relay('endpoint', 'test', 'Make')).out).toContain('took the test event');
    expect(receiver.requests.at(-1)?.headers).toMatchObject({ 'x-roostsync-test': 'true', 'x-api-key': 'abc: def' });
    expect((await json<Endpoint>('endpoint', 'enable', endpoint.id)).state).toBe('active');
  });

  test('a source is added, and what its curl posts is delivered, signed', async () => {
    const source = await json<{ id: string; token: string; url: string }>(
      'source',
      'add',
      '--name',
      'PMS',
      '--property',
      'prop_1',
    );
    expect(source).toMatchObject({
      id: expect.stringMatching(/^src_/),
      url: `http://127.0.0.1:${engine.port}/v1/events`,
    });
    receiver.clear();
    const posted = await fetch(source.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${source.token}`, 'content-type': 'application/json' },
      body: '{"event":"booking.created","data":{"booking_id":"bk_1","guest_name":"Juan dela Cruz"}}',
    });
    expect(posted.status).toBe(202);
    const [received] = await receiver.received(1);
    if (!received) throw new Error('nothing was received');
    expect(isSignedWith(received, endpoint.secret)).toBe(true);
    expect(JSON.parse(received.text)).toMatchObject({ event: 'booking.created', property_id: 'prop_1' });
    expect((await relay('source', 'list')).out).toMatch(/PMS +src_\w+ +prop_1 +in use/);
  });

  test('an event is emitted from a file, once for one id', async () => {
    const file = join(folder.path, 'event.json');
    const data = '{\n  "payment_id": "pay_1",\n  "amount": 10.50,\n  "2": 1, "1": 2\n}';
    await writeFile(file, data);
    receiver.clear();
    const args = ['emit', 'payment.received', '--payload', `@${file}`, '--id', 'pms-1', '--property', 'prop_1'];
    const first = await json<{ id: string; duplicate: boolean }>(...args);
    expect(first).toMatchObject({ id: expect.stringMatching(/^evt_/), duplicate: false, spooled: false });
    expect(await json(...args)).toMatchObject({ id: first.id, duplicate: true });
    const [received] = await receiver.received(1);
    expect(received?.headers['x-roostsync-event-id']).toBe(first.id);
    expect(received?.text).toContain(data);
    await writeFile(file, '{"other":1}');
    expect((await relay(...args)).code).toBe(2);
  });

  test('NDJSON from standard input, with the line that is wrong named', async () => {
    const line = (n: number) => `{"event":"inventory.low","property_id":"p","data":{"item_id":"n","n":${n}}}\n`;
    const lines = Array.from({ length: 600 }, (_, n) => line(n)).join('');
    const done = await runCommand(folder.path, ['emit', '--json'], lines);
    expect([done.code, JSON.parse(done.out)]).toEqual([0, { accepted: 600, duplicates: 0, masked: 0, spooled: 0 }]);
    const wrong = await runCommand(folder.path, ['emit'], `${line(1)}\n{"event":"booking.updated","data":[]}\n`);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('Line 3: data')]);
  });

  test('the log: a filtered list, one delivery, sent again with the same event id', async () => {
    const list = await json<{ rows: DeliveryRow[] }>(
      'deliveries',
      '--endpoint',
      'Make',
      '--event',
      'booking.created',
      '--state',
      'delivered',
    );
    expect(list.rows.map(({ summary }) => summary.guest)).toEqual(['Juan dela Cruz']);
    const [row] = list.rows;
    const id = row?.id ?? '';
    const delivery = await json<Delivery>('delivery', id);
    expect(delivery.attemptsMade[0]?.status).toBe(200);
    expect(JSON.stringify(delivery)).not.toContain('abc: def');
    const text = (await relay('delivery', id)).out;
    for (const part of ['Juan dela Cruz', 'Attempt 1', 'answer 200', 'X-RoostSync-Signature']) {
      expect(text.toLowerCase()).toContain(part.toLowerCase());
    }
    receiver.clear();
    expect((await relay('resend', id)).code).toBe(0);
    const [again] = await receiver.received(1);
    expect(again?.headers['x-roostsync-event-id']).toBe(row?.eventId);
    const none = await relay('deliveries', '--text', 'nobody of this name');
    expect([none.code, none.out]).toEqual([0, 'No deliveries match.\n']);
  });

  test('a resend of many counts first, and sends when told to', async () => {
    const filter = ['resend', '--event', 'booking.created', '--endpoint', 'Make'];
    expect(await json(...filter)).toMatchObject({ total: 1, started: false });
    receiver.clear();
    const job = await json<Job>(...filter, '--yes');
    expect(job).toMatchObject({ state: 'done', done: 1, delivered: 1, failed: 0 });
    expect(receiver.requests).toHaveLength(1);
    expect((await relay('resend')).code).toBe(2);
  });

  test('an export goes to standard output or to a file', async () => {
    const { code, out } = await relay('export', '--format', 'jsonl', '--event', 'booking.created');
    expect(code).toBe(0);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toHaveLength(1);
    const file = join(folder.path, 'log.csv');
    expect((await relay('export', '--file', file)).code).toBe(0);
    expect((await readFile(file, 'utf8')).split('\n').length).toBeGreaterThan(2);
    expect((await relay('export', '--file', join(folder.path, 'no', 'such', 'folder.csv'))).code).toBe(2);
  });

  test('pause, resume, rotate, remove and restore', async () => {
    expect(await json('endpoint', 'pause', 'Make', '--for', '2h')).toMatchObject({ state: 'paused' });
    expect((await json<Endpoint>('endpoint', 'resume', 'Make')).state).toBe('active');
    const rotated = await json<Endpoint & { secret: string }>('endpoint', 'rotate', 'Make');
    expect(rotated.secret).not.toBe(endpoint.secret);
    expect((await relay('endpoint', 'test', 'Make', '--next')).code).toBe(0);
    expect((await relay('endpoint', 'rotate', 'Make', '--finish')).code).toBe(0);
    expect((await json<Endpoint & { secret: string }>('endpoint', 'show', 'Make', '--reveal')).secret).toBe(
      rotated.secret,
    );
    expect(await json('endpoint', 'remove', 'Make')).toMatchObject({ id: endpoint.id });
    expect((await relay('endpoint', 'show', 'Make')).code).toBe(2);
    expect(await json('endpoint', 'restore', endpoint.id)).toMatchObject({ id: endpoint.id });
  });

  test('an event whose property could be one of several is refused with the way out of it', async () => {
    await relay('source', 'add', '--name', 'Annex', '--property', 'prop_2');
    const { code, err } = await relay('emit', 'guest.checkin', '--payload', '{}');
    expect([code, err]).toEqual([2, expect.stringContaining('npm run -s relay -- settings set --property ID')]);
    expect(err).toContain('the sources are of several properties. Say which: prop_1, prop_2.');
    expect((await relay('source', 'revoke', 'Annex')).code).toBe(0);
  });

  test('the property and the other settings are shown and set, in its own words', async () => {
    const shown = (await relay('settings', 'show')).out;
    expect(shown).toMatch(/Property +none/);
    // It was started with another port than the settings have.
    const { intakePort, portInUse } = await json<Settings & { portInUse: number }>('settings', 'show');
    expect(portInUse).not.toBe(intakePort);
    expect(shown).toMatch(new RegExp(`Port +${intakePort} in the settings; in use now: ${portInUse}\\n`));
    expect(
      await json<Settings>('settings', 'set', '--property', 'prop_cli', '--time-zone', 'Asia/Manila'),
    ).toMatchObject({
      propertyId: 'prop_cli',
      timeZone: 'Asia/Manila',
    });
    const { code, out } = await relay('emit', 'guest.checkin', '--payload', '{"guest_name":"Ana"}', '--json');
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ duplicate: false })]);
    const refused = await relay('settings', 'set', '--retention-days', '0');
    expect([refused.code, refused.err]).toEqual([2, '--retention-days: expected at least 1, got 0.\n']);
    const sooner = await relay('settings', 'set', '--retention-days', '7');
    expect(sooner.out).toContain('What events said: 7 days, no longer. Their answers: 7 days, no longer.\n');
    expect(await json<Settings>('settings', 'show')).toMatchObject({ keep: { payloadDays: 7, answerDays: 7 } });
    const network = ['--network', 'on', '--network-port', String(await freePort()), '--network-allow', '127.0.0.1'];
    const noProxy = await relay('settings', 'set', '--proxy', 'http://u:s3cretpw@proxy hotel');
    expect(noProxy.code).toBe(2);
    expect(noProxy.err).toContain('--proxy: expected system, none, or an address');
    expect(noProxy.err).not.toContain('s3cretpw');
    expect((await relay('settings', 'set', ...network)).out).toMatch(
      /Other machines post to https:\/\/\S+\/v1\/events, with the certificate ([0-9A-F]{2}:){31}[0-9A-F]{2}\./,
    );
    expect((await relay('settings', 'set', '--network', 'off')).out).toMatch(/Other machines +may not post/);
  });

  test('a name means the endpoint that is there; one that was removed is found where no other is called so', async () => {
    const add = (description: string) =>
      json<Endpoint>('endpoint', 'add', '--url', 'https://hooks.example.com/x', '--description', description);
    const first = await add('Channel manager');
    await relay('endpoint', 'remove', 'Channel manager');
    const filter = ['deliveries', '--endpoint', 'Channel manager'];
    expect((await relay(...filter)).code).toBe(0);
    const second = await add('Channel manager');
    expect((await json<Endpoint>('endpoint', 'show', 'Channel manager')).id).toBe(second.id);
    expect((await relay(...filter)).code).toBe(0);
    // Both have the same address, which is asked about.
    expect((await relay('endpoint', 'restore', 'Channel manager')).code).not.toBe(0);
    expect((await json<Endpoint>('endpoint', 'restore', 'Channel manager', '--yes')).id).toBe(first.id);
    expect((await relay('endpoint', 'show', 'Channel manager')).err).toContain('Several endpoints match');
  });

  test('an own secret that a library cannot take works, and is said', async () => {
    const add = ['endpoint', 'add', '--url', 'https://secrets.example.com/x', '--yes', '--secret'];
    const said = await relay(...add, 'a-secret-of-the-receiver');
    expect([said.code, said.err]).toEqual([0, expect.stringContaining('A Standard Webhooks library cannot take this')]);
    expect((await relay(...add, `whsec_${Buffer.alloc(24).toString('base64')}`)).err).toBe('');
    const told = await json<{ id: string; hint: string }>(...add, 'another-secret-of-theirs');
    expect(told.hint).toContain('whsec_');
    expect(await json('endpoint', 'rotate', told.id, '--secret', 'a-third-secret-of-them')).toHaveProperty('hint');
    expect(await json('endpoint', 'rotate', told.id, '--cancel')).not.toHaveProperty('hint');
  });

  test('a source that was revoked is said to have been', async () => {
    await using own = await temporaryFolder();
    await using _engine = await startEngineProcess({ dataFolder: own.path });
    const of = async (...args: string[]) => (await relayInProcess(own.path, ['source', ...args])).out;
    expect(await of('list')).toContain('No sources yet.');
    await of('add', '--name', 'PMS');
    await of('revoke', 'PMS');
    expect(await of('list')).toContain('No source is in use; 1 source was revoked');
    expect(await of('list', '--revoked')).toMatch(/PMS .* revoked 2/);
  });

  test('status and doctor', async () => {
    const status = await relay('status');
    expect([status.code, status.out]).toEqual([0, expect.stringMatching(/Takes events at +http:\/\/127\.0\.0\.1:\d+/)]);
    const doctor = await relay('doctor');
    expect(doctor.out).toContain('Endpoint Make');
    // All three open with the same sentence.
    const { headline } = JSON.parse((await relay('status', '--json')).out) as { headline: string };
    expect(headline).toMatch(/\w.*\.$/);
    for (const { out } of [status, doctor]) expect(out.split('\n')[0]).toBe(headline);
    expect(await (await fetch(`http://127.0.0.1:${engine.port}/v1/status`)).json()).toMatchObject({
      queue: { waiting: expect.any(Number) },
      endpoints: { active: expect.any(Number), failing: 0 },
      version: expect.any(String),
    });
  });

  test.each([
    ['an unknown command', ['frobnicate']],
    ['a source without a name', ['source', 'add', '--name', ' ']],
    ['a setting that is none', ['settings', 'set', '--currency', 'pesos']],
    ['no setting at all', ['settings', 'set']],
    ['an allow-list with a name in it', ['settings', 'set', '--network-allow', 'reception']],
    ['an unknown option', ['status', '--frobnicate']],
    ['an unknown event', ['emit', 'booking.create', '--payload', '{}']],
    ['data that is no object', ['emit', 'booking.created', '--payload', '[]']],
    ['data that ends early', ['emit', 'booking.created', '--payload', '{},"event":"guest.checkin"']],
    ['no data', ['emit', 'booking.created']],
    ['a file that is not there', ['emit', 'booking.created', '--payload', '@/no/such/file']],
    ['an endpoint that is not there', ['endpoint', 'show', 'Nobody']],
    ['plain http', ['endpoint', 'add', '--url', 'http://hooks.example.com/x']],
    ['a header without a name', ['endpoint', 'add', '--url', 'https://hooks.example.com/x', '--header', 'nothing']],
    ['a time that is none', ['deliveries', '--from', 'whenever']],
  ])('%s is bad input: exit 2, as JSON too', async (_what, args) => {
    const plain = await relayInProcess(folder.path, args);
    expect([plain.code, plain.out]).toEqual([2, '']);
    expect(plain.err).not.toBe('');
    const asJson = await relayInProcess(folder.path, [...args, '--json']);
    expect(asJson.code).toBe(2);
    expect(JSON.parse(asJson.out)).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
  });
});

describe('without a running engine', () => {
  test('an event is spooled, and goes in at the next start', async () => {
    await using folder = await temporaryFolder();
    const emitted = await runCommand(folder.path, [
      'emit',
      'booking.created',
      '--payload',
      '{"booking_id":"bk_9"}',
      '--property',
      'p',
      '--json',
    ]);
    expect(emitted.code).toBe(0);
    const { id, spooled } = JSON.parse(emitted.out) as { id: string; spooled: boolean };
    expect(spooled).toBe(true);
    expect(await readdir(join(folder.path, 'spool'))).toEqual([`${id}.json`]);
    await using engine = await startEngineProcess({ dataFolder: folder.path });
    const again = await runCommand(folder.path, [
      'emit',
      'booking.created',
      '--payload',
      '{"booking_id":"bk_10"}',
      '--property',
      'p',
    ]);
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('stored')]);
    expect(await readdir(join(folder.path, 'spool'))).toEqual([]);
    const status = await fetch(`http://127.0.0.1:${engine.port}/v1/status`);
    expect(await status.json()).toMatchObject({ last_event_at: expect.any(String) });
  });

  test('whatever else is asked: exit 4, after a crash too', async () => {
    await using folder = await temporaryFolder();
    expect((await runCommand(folder.path, ['status'])).code).toBe(4);
    const engine = await startEngineProcess({ dataFolder: folder.path });
    await engine.kill();
    expect(await readdir(folder.path)).toContain('control.json');
    const status = await runCommand(folder.path, ['status', '--json']);
    expect([status.code, JSON.parse(status.out)]).toEqual([
      4,
      { error: expect.objectContaining({ code: 'engine_not_running' }) },
    ]);
    expect((await runCommand(folder.path, ['emit', 'guest.checkin', '--payload', '{}'])).code).toBe(0);
  });

  test('whoever took the port of a killed engine is told nothing: no token, no event', async () => {
    await using folder = await temporaryFolder();
    const heard: string[] = [];
    const stranger = createServer((request, answer) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        heard.push(`${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(pieces)}`);
        // The run's name is no secret, say: it alone must not be enough.
        answer.setHeader('x-roost-relay-boot', 'boot-1').end(JSON.stringify({ ok: true, value: { accepted: 1 } }));
      });
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    const token = 'the-token-of-the-engine-that-was-killed';
    await writeFile(join(folder.path, 'control.json'), JSON.stringify({ port, token, bootId: 'boot-1' }));
    const status = await runCommand(folder.path, ['status', '--json']);
    expect([status.code, JSON.parse(status.out)]).toEqual([
      4,
      { error: expect.objectContaining({ code: 'engine_not_running' }) },
    ]);
    const emitted = await runCommand(folder.path, ['emit', 'guest.checkin', '--payload', '{"guest":"Ana Reyes"}']);
    expect([emitted.code, emitted.out]).toEqual([0, expect.stringContaining('is not running')]);
    expect(await readdir(join(folder.path, 'spool'))).toHaveLength(1);
    await using engine = await startEngineProcess({ dataFolder: folder.path });
    expect(engine.port).not.toBe(port);
    await new Promise((resolve) => stranger.close(resolve));
    expect(heard.length).toBeGreaterThanOrEqual(3);
    for (const one of heard) {
      expect(one).toMatch(/^\/control\/hello\?challenge=/);
      expect(one).not.toMatch(/Ana Reyes|the-token|authorization/i);
    }
  });

  test('an event that cannot be kept: exit 3', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'a-file');
    await writeFile(file, '');
    expect((await runCommand(join(file, 'data'), ['emit', 'guest.checkin', '--payload', '{}'])).code).toBe(3);
  });

  test('a folder given before the command, or after it, is used', async () => {
    await using folder = await temporaryFolder();
    const [before, after] = [join(folder.path, 'before'), join(folder.path, 'after')];
    await runCommand('/nowhere', ['--data', before, 'emit', 'guest.checkin', '--payload', '{}']);
    await runCommand('/nowhere', ['emit', 'guest.checkin', '--payload', '{}', '--data', after]);
    for (const used of [before, after]) expect(await readdir(join(used, 'spool'))).toHaveLength(1);
  });
});
