/** Lenient in form: what PMSs really send is taken, and what is too large is answered in a way they can read. */
import { execFile, spawn } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operator, startIntake, type TestIntake } from '../support/intake.ts';

const shell = promisify(execFile);
const event = '{"event":"booking.created","data":{"booking_id":"bk_1"}}';

let relay: TestIntake;
let url: string;
let secretUrl: string;
let token: string;
let sourceId: string;
beforeAll(async () => {
  relay = await startIntake();
  ({ url, secretUrl, token, id: sourceId } = await relay.addSource('PMS'));
});
afterAll(() => relay.stop());

const post = (to: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(to, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const newest = () => relay.events().at(-1);
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

describe('where the token may stand', () => {
  test.each([
    ['Bearer', () => ({ authorization: `bearer  ${token}` })],
    ['the password of Basic', () => basic(`anybody:${token}`)],
    ['the password of Basic without a user', () => basic(`:${token}`)],
    ['the user of Basic', () => basic(`${token}:`)],
    ['X-Api-Key', () => ({ 'x-api-key': token })],
    ['X-Api-Key beside a password of somebody else', () => ({ ...basic('user:proxy'), 'x-api-key': token })],
  ])('%s', async (_where, headers) => {
    expect((await post(url, event, headers())).status).toBe(202);
  });

  test('another one is refused everywhere', async () => {
    for (const headers of [basic('user:nope'), { 'x-api-key': 'nope' }, { authorization: token }]) {
      expect((await post(url, event, headers as Record<string, string>)).status).toBe(401);
    }
  });
});

describe('how the body may come', () => {
  test('one slash too many', async () => {
    expect((await post(`${url}/`, event, { 'x-api-key': token })).status).toBe(202);
    expect((await post(`${secretUrl}/`, event)).status).toBe(202);
  });

  test.each([
    'text/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'TEXT/JSON; charset=utf-8',
  ])('%s on the secret path', async (type) => {
    expect((await post(secretUrl, event, { 'content-type': type })).status).toBe(202);
  });

  test('no content type at all', async () => {
    const answered = await raw(
      `POST ${new URL(secretUrl).pathname} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: ${event.length}\r\n\r\n${event}`,
    );
    expect(answered).toMatch(/^HTTP\/1\.1 202 /);
  });

  test('another character set; data is kept as the same characters', async () => {
    const text = '{"event":"booking.created","data":{"guest_name":"Señor Müller – €5"}}\r\n';
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
    const windows = new Uint8Array(Buffer.from(text.replace('–', '\x96').replace('€', '\x80'), 'latin1'));
    for (const [body, type] of [
      [utf16, 'application/json'],
      [utf16, 'application/json; charset=utf-16'],
      [windows, 'application/json; charset=windows-1252'],
      [windows, 'text/json; charset=ISO-8859-1'],
    ] as const) {
      expect((await post(secretUrl, body, { 'content-type': type })).status).toBe(202);
      expect(newest()?.data).toBe('{"guest_name":"Señor Müller – €5"}');
    }
  });

  test('null for what may be left out, and a number as property', async () => {
    const body = '{"event":"booking.created","data":{},"id":null,"timestamp":null,"property_id":42}';
    expect((await post(secretUrl, body)).status).toBe(202);
    expect(newest()?.property_id).toBe('42');
  });
});

describe('a body that is too large is read to its end, and the 413 arrives', () => {
  const large = 5_000_000;
  test('to fetch', async () => {
    const answer = await post(secretUrl, 'x'.repeat(large));
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
      413,
      'too_large',
    ]);
  });

  test('to a client that sends everything before it reads', async () => {
    const answered = await raw(
      `POST ${new URL(secretUrl).pathname} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${large}\r\n\r\n${'x'.repeat(large)}`,
    );
    expect(answered).toMatch(/^HTTP\/1\.1 413 /);
    expect(answered).toContain('too_large');
  });

  test('in chunks, and the connection goes on', async () => {
    const answer = await new Promise<number>((resolve, reject) => {
      const sent = httpRequest(
        secretUrl,
        { method: 'POST', headers: { 'content-type': 'application/json' } },
        (response) => {
          response.resume().on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      sent.on('error', reject);
      for (let n = 0; n < 50; n += 1) sent.write('x'.repeat(large / 50));
      sent.end();
    });
    expect(answer).toBe(413);
    expect((await post(secretUrl, event)).status).toBe(202);
  });

  test('to curl, with Expect: 100-continue and without', async () => {
    for (const header of ['Expect: 100-continue', 'Expect:']) {
      const asked = [
        '-sS',
        '-m',
        '20',
        '-o',
        '/dev/null',
        '-w',
        '%{http_code}',
        '-H',
        header,
        '--data-binary',
        '@-',
        secretUrl,
      ];
      const curl = spawn('curl', asked, { stdio: ['pipe', 'pipe', 'inherit'] });
      curl.stdin.end('x'.repeat(large));
      let code = '';
      for await (const chunk of curl.stdout) code += String(chunk);
      expect(code).toBe('413');
    }
    const { stdout } = await shell('curl', [
      '-sS',
      '-m',
      '20',
      '-w',
      ' %{http_code}',
      '-H',
      'Expect: 100-continue',
      '-d',
      event,
      secretUrl,
    ]);
    expect(stdout).toMatch(/ 202$/);
  });

  test('its beginning is kept', async () => {
    const [kept] = await relay.intake.handlers['sources.refusals']({ id: sourceId as never }, operator);
    const whole = await relay.intake.handlers['refusals.get']({ id: kept?.id ?? 0 }, operator);
    expect([whole.status, whole.body?.length, whole.sizeBytes]).toEqual([413, 65_536, large]);
  });
});

describe('by what names it is called', () => {
  const asHost = async (host: string): Promise<string> =>
    (
      await raw(
        `POST ${new URL(secretUrl).pathname} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: ${event.length}\r\n\r\n${event}`,
      )
    ).slice(9, 12);

  test('loopback’s, this PC’s own, and what containers call it', async () => {
    for (const host of [
      'localhost:4780',
      'localhost.',
      '127.0.0.1',
      '127.0.1.1',
      '[::1]',
      'host.docker.internal:4780',
      hostname(),
      `${hostname().split('.')[0]}.local`,
    ]) {
      expect([host, await asHost(host)]).toEqual([host, '202']);
    }
  });

  test('others only once they are listed in the settings', async () => {
    expect(await asHost('pms.hotel.example')).toBe('403');
    await relay.context.settings.change({ intakeHosts: ['PMS.hotel.example'] }, operator);
    expect(await asHost('pms.hotel.example:4780')).toBe('202');
    for (const host of [
      'evil.example',
      'x.pms.hotel.example',
      'host.docker.internal.evil.example',
      'pms.hotel.example.evil',
    ]) {
      expect([host, await asHost(host)]).toEqual([host, '403']);
    }
    for (const entry of ['http://pms', 'pms:80', '*', '', 'a b']) {
      await expect(relay.context.settings.change({ intakeHosts: [entry] }, operator)).rejects.toMatchObject({
        ...{ code: 'bad_input', member: 'intakeHosts' },
      });
    }
  });
});

describe('what is noted with the source', () => {
  const source = async () => {
    const all = await relay.intake.handlers['sources.list']({ revoked: false }, operator);
    return all.find(({ id }) => id === sourceId);
  };

  test('a test is answered and noted, and stored nowhere', async () => {
    const before = relay.events().length;
    const answer = await post(url, event, { 'x-api-key': token, 'x-roostsync-test': 'true' });
    expect([answer.status, await answer.json()]).toEqual([202, { test: true, events: 1 }]);
    expect(relay.events()).toHaveLength(before);
    expect((await source())?.lastTestAt).toEqual(expect.any(Number));
    const wrong = await post(url, '{"event":"x"}', { 'x-api-key': token, 'x-roostsync-test': 'true' });
    expect(wrong.status).toBe(400);
  });

  test('bookings without an id are counted', async () => {
    const before = (await source())?.unordered ?? 0;
    const body = `[{"event":"booking.created","data":{}},{"event":"guest.checkin","data":{"reservation":{"id":"R"}}},{"event":"order.created","data":{}}]`;
    await post(secretUrl, body);
    expect((await source())?.unordered).toBe(before + 1);
  });
});

/** Everything is written before anything is read, as simple clients do. @returns all that came back */
function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.pause();
    socket.on('error', reject);
    socket.write(request, () => socket.resume());
    let answered = '';
    socket.on('data', (chunk) => {
      answered += String(chunk);
    });
    socket.on('end', () => resolve(answered));
  });
}
