/** README's order: a source, an event, and only then an endpoint; and the test bench, all by the command line. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../shared/schemas.ts';
import { relayInProcess } from '../support/command-line.ts';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const readme = readFile(new URL('../../README.md', import.meta.url), 'utf8');

describe('the command line', () => {
  let folder: TemporaryFolder;
  let engine: EngineProcess;
  let receiver: Receiver;
  let caFile: string;
  let event: { readonly id: string };
  let endpoint: Endpoint;
  const relay = (...args: string[]) => relayInProcess(folder.path, args);
  const json = async <Value>(...args: string[]): Promise<Value> => JSON.parse((await relay(...args, '--json')).out);

  beforeAll(async () => {
    folder = await temporaryFolder();
    receiver = await startReceiver();
    engine = await startEngineProcess({ dataFolder: folder.path });
    caFile = join(folder.path, 'ca.pem');
    await writeFile(caFile, receiver.caPem ?? '');
  });
  afterAll(async () => {
    await engine?.stop();
    await receiver?.stop();
    await folder?.remove();
  });

  test('README’s commands deliver README’s event, whether it comes before the endpoint or after', async () => {
    const text = await readme;
    const { token, url } = await json<{ token: string; url: string }>(
      ...['source', 'add', '--name', 'Front desk PMS', '--property', 'prop_abc123'],
    );
    const body = /-d '([^']+)'/.exec(text)?.[1] ?? '';
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const posted = { method: 'POST', headers, body };
    const answer = await fetch(url, posted);
    expect(answer.status).toBe(202);
    event = (await answer.json()) as { id: string };
    const firstSteps = text.slice(0, text.indexOf('## What the PMS sends'));
    const written = [...firstSteps.matchAll(/^npm run -s relay -- (endpoint .+)$/gm)].map(
      ([, line]) => line?.split(' ') ?? [],
    );
    expect(written.map(([, name]) => name)).toEqual(['add', 'test', 'enable', 'send-past']);
    const [add = [], ...others] = written;
    const to = add.map((word) => (word.startsWith('https:') ? receiver.url : word));
    endpoint = await json<Endpoint>(...to, '--ca-file', caFile);
    const outs: string[] = [];
    for (const words of others) {
      const { code, out } = await relay(...words.map((word) => (word === 'ep_…' ? endpoint.id : word)));
      expect(code).toBe(0);
      outs.push(out);
    }
    expect(outs[1]).toContain('1 event from before can be sent: ');
    expect(outs[1]).toContain(`endpoint send-past ${endpoint.id} --yes`);
    expect(outs[2]).toContain('1 event: 1 delivered');
    const last = receiver.requests.at(-1);
    expect(last?.headers['x-roostsync-event-id']).toBe(event.id);
    expect(JSON.parse(String(last?.body))).toMatchObject({ event: 'booking.created', property_id: 'prop_abc123' });
    // What comes once there is an endpoint, as README begins, arrives by itself.
    const before = receiver.requests.length;
    await fetch(url, { ...posted, body: body.replace('bk-12345-1', 'bk-12345-2').replace('bk_12345', 'bk_12346') });
    expect((await receiver.received(before + 1)).at(-1)?.text).toContain('bk_12346');
  });

  test('an event is sent to an endpoint once more only with --yes', async () => {
    const once = await relay('event', 'send', event.id, '--to', 'Bookkeeping');
    expect([once.code, once.out]).toEqual([2, '']);
    expect(once.err).toContain('has had this event already');
    expect(once.err).toContain('--yes');
    expect((await relay('event', 'send', event.id, '--to', 'Bookkeeping', '--yes')).code).toBe(0);
    await receiver.received(4);
  });

  test('the same address is added with --yes only', async () => {
    const add = ['endpoint', 'add', '--url', receiver.url, '--events', 'booking.*', '--ca-file', caFile];
    const asked = await relay(...add);
    expect([asked.code, asked.out]).toEqual([2, '']);
    expect(asked.err).toContain('Bookkeeping has this address already');
    expect(asked.err).toContain('--yes');
    // The whole command is printed, but for what is secret in it.
    const secrets = ['--secret', 'whsec_typed_here_000000', '--header', 'X-Key: k-1234', '--header=X-Two: t-5678'];
    const whole = (await relay(...add, ...secrets)).err;
    expect(whole).toMatch(
      /^Do it all the same: .* endpoint add --url .* --secret … --header 'X-Key: …' '--header=X-Two: …' --yes$/m,
    );
    for (const secret of ['whsec_typed', 'k-1234', 't-5678']) expect(whole).not.toContain(secret);
    expect((await relay(...add, '--yes')).code).toBe(0);
    expect((await relay(...add, '--allow-duplicate')).code).toBe(0);
    expect(await json<Endpoint[]>('endpoint', 'list')).toHaveLength(3);
  });

  test('a test address of n8n is added with --yes only', async () => {
    const add = ['endpoint', 'add', '--url', 'https://n8n.example.com/webhook-test/5f1c', '--events', 'booking.*'];
    const asked = await relay(...add);
    expect([asked.code, asked.out]).toEqual([2, '']);
    expect(asked.err).toMatch(/test address of n8n.*--yes/s);
    const added = await json<Endpoint>(...add, '--yes');
    expect((await relay('endpoint', 'remove', added.id)).code).toBe(0);
  });

  test('the test bench asks first, says what it took, and sends it on', async () => {
    const asked = await relay('bench', 'point', endpoint.id);
    expect(asked.code).toBe(2);
    expect(asked.err).toMatch(/in use: 0 waiting, \d delivered within the last 24 hours/);
    expect((await relay('bench', 'point', endpoint.id, '--yes', '--for', '15m')).out).toContain(
      'sends to the test bench now',
    );
    const data = '{"booking_id":"bk_bench"}';
    expect((await relay('emit', 'booking.created', '--payload', data, '--property', 'p')).code).toBe(0);
    for (
      let turn = 0;
      turn < 100 && (await json<Endpoint>('endpoint', 'show', endpoint.id)).swallowed === 0;
      turn += 1
    ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await relay('deliveries', '--to-bench')).out).toContain('to the test bench');
    expect((await relay('events', '--text', 'bk_bench')).out).toContain('0 of 1 delivered, 1 to the test bench');
    expect((await relay('endpoint', 'show', endpoint.id)).out).toContain('the test bench, until');
    // What went there is not to be tried again by anybody.
    const past = (await relay('endpoint', 'send-past', endpoint.id, '--yes')).out;
    expect(past).toMatch(/1 event: 1 to the test bench, so that .* has not had them\.$/m);
    expect((await relay('bench', 'show')).out).toContain(endpoint.id);
    expect((await relay('bench', 'release', endpoint.id)).out).toContain('1 event went to the test bench and not to');
    const before = receiver.requests.length;
    expect((await relay('bench', 'send-on', endpoint.id)).out).toContain('Nothing was sent yet');
    expect(receiver.requests).toHaveLength(before);
    expect((await relay('bench', 'send-on', endpoint.id, '--yes')).out).toContain('1 delivered');
    expect(String(receiver.requests.at(-1)?.body)).toContain('bk_bench');
    expect((await relay('deliveries', '--to-bench')).out).toContain('No deliveries match');
  });

  test('send-past returns where what is refused holds up what is behind it, and says what waits', async () => {
    await using refusing = await startReceiver();
    refusing.answerWith(() => ({ status: 422, body: '{"message":"no such guest"}' }));
    for (const stage of ['created', 'confirmed', 'updated']) {
      const data = `{"booking_id":"bk_refused","stage":"${stage}"}`;
      expect((await relay('emit', 'booking.updated', '--payload', data, '--property', 'p')).code).toBe(0);
    }
    await writeFile(caFile, refusing.caPem ?? '');
    const { id } = await json<Endpoint>(
      ...['endpoint', 'add', '--url', refusing.url, '--events', 'booking.updated', '--ca-file', caFile],
      ...['--description', 'Refuses'],
    );
    expect((await relay('endpoint', 'enable', id, '--override')).code).toBe(0);
    const sent = await relay('endpoint', 'send-past', id, '--yes');
    expect(sent.code).toBe(0);
    expect(sent.out).toContain('3 events: 0 delivered, 3 not taken yet.');
    expect(sent.out).toContain('For Refuses 3 events wait now, and 0 need a person: ');
    expect(sent.out).toContain(`deliveries --endpoint ${id} --state waiting,needs_attention`);
  });
});
