import { readdir, readFile } from 'node:fs/promises';
import { request as rawRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIntakeServer, type IntakeHttpParts } from '../../electron/engine/intake/http.ts';
import { freePort } from '../support/engine-process.ts';
import { operator, startIntake, type TestIntake } from '../support/intake.ts';

const event = (data: object = { booking_id: 'bk_1' }, more: object = {}) =>
  JSON.stringify({ event: 'booking.created', data, ...more });

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // The shape is what each test is about.
  readonly body: Record<string, unknown> & { error?: Record<string, string> };
}

async function post(url: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
}

/** With headers that `fetch` keeps for itself. */
const rawPost = (url: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = rawRequest(
      url,
      { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(event());
  });

describe('POST /v1/events', () => {
  let relay: TestIntake;
  let url: string;
  let bearer: { authorization: string };
  let secretUrl: string;
  beforeAll(async () => {
    relay = await startIntake();
    const access = await relay.addSource('PMS');
    url = access.url;
    secretUrl = access.secretUrl;
    bearer = { authorization: `Bearer ${access.token}` };
  });
  afterAll(() => relay.stop());
  const stored = () => relay.events().length;
  const newest = () => relay.events().at(-1);

  test('an event is on the disk when 202 comes', async () => {
    const { status, body } = await post(url, event({ booking_id: 'bk_7', guest_name: 'María Peña' }), bearer);
    expect(status).toBe(202);
    expect(body).toEqual({ id: newest()?.id, duplicate: false, masked: 0 });
    expect(newest()).toMatchObject({
      type: 'booking.created',
      property_id: 'prop_test',
      entity_member: 'booking_id',
      entity_id: 'bk_7',
      data: '{"booking_id":"bk_7","guest_name":"María Peña"}',
      guest: 'maria pena',
    });
  });

  test("the property is the event's, else the source's, else the one of the settings", async () => {
    const other = await relay.addSource('POS', 'prop_pos');
    const otherBearer = { authorization: `Bearer ${other.token}` };
    await post(url, event({}, { property_id: 'prop_event' }), otherBearer);
    await post(url, event(), otherBearer);
    await post(url, event(), bearer);
    expect(
      relay
        .events()
        .slice(-3)
        .map(({ property_id }) => property_id),
    ).toEqual(['prop_event', 'prop_pos', 'prop_test']);
  });

  test('the secret path needs no header', async () => {
    const response = await fetch(secretUrl, { method: 'POST', body: event() });
    expect(response.status).toBe(202);
  });

  test('an array and NDJSON, each answered event by event', async () => {
    const array = await post(url, `[${event()},${event()}]`, bearer);
    expect(array.body).toMatchObject({
      accepted: 2,
      duplicate: false,
      events: [{ duplicate: false }, { duplicate: false }],
    });
    const lines = await post(url, `${event()}\n${event()}\n${event()}\n`, {
      ...bearer,
      'content-type': 'application/x-ndjson',
    });
    expect(lines.body).toMatchObject({ accepted: 3 });
  });

  test('a batch is all or nothing', async () => {
    const before = stored();
    const { status, body } = await post(url, `[${event()},${event()},{"event":"booking.created","data":7}]`, bearer);
    expect([status, body.error?.member, stored()]).toEqual([400, '[2].data', before]);
  });

  test('a card number is masked before anything is stored, and the answer says so', async () => {
    const number = '4111111111111111';
    const { body } = await post(url, event({ note: `paid with ${number}`, cvv: '987' }), bearer);
    expect(body.masked).toBe(2);
    expect(newest()?.data).toBe('{"note":"paid with ************1111","cvv":"***"}');
    for (const name of await readdir(relay.folder)) {
      expect((await readFile(join(relay.folder, name))).includes(number), name).toBe(false);
    }
    expect(relay.log.lines.join()).not.toContain(number);
  });

  test.each([
    ['no token', {}, 401],
    ['an unknown token', { authorization: 'Bearer nope' }, 401],
    ['another scheme', { authorization: 'Basic eDp5' }, 401],
  ])('%s: %i', async (_what, headers, status) => {
    const answer = await post(url, event(), headers as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('an unknown secret path is 401, and its address is repeated nowhere', async () => {
    const { status, body } = await post(`${secretUrl}x`, event());
    expect(status).toBe(401);
    expect(JSON.stringify(body)).not.toContain(secretUrl.slice(-20));
  });

  test.each([
    ['Origin', { origin: 'https://evil.example' }],
    ['Origin null, as app windows and files send', { origin: 'null' }],
    ['the own origin', { origin: 'http://127.0.0.1:4780' }],
    ['Sec-Fetch-Site', { 'sec-fetch-site': 'none' }],
    ['a foreign Host', { host: 'evil.example' }],
    ['a Host that begins as it should', { host: '127.0.0.1.evil.example' }],
    ['a Host with a user', { host: '127.0.0.1@evil.example' }],
  ])('a request with %s is refused', async (_what, headers) => {
    const before = stored();
    expect(await rawPost(url, { ...bearer, ...headers } as Record<string, string>)).toBe(403);
    expect(await rawPost(secretUrl, headers as Record<string, string>)).toBe(403);
    expect(stored()).toBe(before);
  });

  test('localhost and IPv6 loopback are no foreign hosts', async () => {
    const { port } = new URL(url);
    for (const host of [`localhost:${port}`, `LOCALHOST`, `[::1]:${port}`]) {
      expect(await rawPost(url, { ...bearer, host })).toBe(202);
    }
  });

  test.each([
    ['text/html', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/json; charset=iso-8859-1', 202],
    ['application/json; charset=ebcdic-us', 415],
    ['text/json', 202],
    ['application/json; charset=UTF-8', 202],
    ['application/vnd.pms+json', 202],
  ])('Content-Type %s: %i', async (type, status) => {
    expect((await post(url, event(), { ...bearer, 'content-type': type })).status).toBe(status);
  });

  test.each([
    ['application/xml', '<Booking/>', 'refusal.type_xml', /application\/xml is XML.*takes JSON.*preset or a shape/],
    ['text/xml; charset=utf-8', '<Booking/>', 'refusal.type_xml', /text\/xml is XML/],
    ['application/soap+xml', '\ufeff <a/>', 'refusal.type_xml', /soap\+xml is XML/],
    ['text/plain', '<Booking/>', 'refusal.body_xml', /looks like XML.*preset or a shape/],
    ['', '<?xml version="1.0"?><a/>', 'refusal.body_xml', /looks like XML/],
    ['application/x-www-form-urlencoded', 'a=1&b=2', 'refusal.type_form', /is a form.*preset or a shape/],
    ['application/x-www-form-urlencoded', event(), 'refusal.type_of_json', /looks like JSON.*secret address/],
    [
      'multipart/form-data; boundary=x',
      '--x--',
      'refusal.type_parts',
      /multipart\/form-data is a form in parts.*folder/,
    ],
    ['text/csv', 'event;booking_id\nin;1', 'refusal.type_table', /text\/csv is a table.*kind folder.*source paste/],
    ['application/csv; header=present', 'a,b', 'refusal.type_table', /application\/csv is a table/],
    ['text/plain; charset=utf-8', 'A guest came', 'refusal.type_text', /text\/plain is text.*message\.body/],
    ['text/plain', event(), 'refusal.type_of_json', /says text\/plain.*Expected application\/json/],
    ['', event(), 'refusal.type_unsaid', /it is missing.*looks like JSON.*secret address/],
    ['', 'A guest came', 'refusal.type_missing', /it is missing.*does not look like JSON.*preset or a shape/],
    ['text/html', '<html></html>', 'refusal.type_unknown', /text\/html is not taken here/],
    ['image/png', '\x89PNG', 'refusal.type_unknown', /image\/png is not taken here.*application\/x-ndjson/],
    [`${'x'.repeat(80)}\u00e9`, 'x', 'refusal.type_unknown', /x{60}… is not taken/],
    ['application/json; charset=ebcdic-us', event(), 'refusal.type_charset', /charset=ebcdic-us names.*Expected UTF-8/],
  ])('what came as "%s" (%s) is 415, told what it is and where it is taken', async (type, body, key, words) => {
    const before = stored();
    const answer = await post(url, body, { ...bearer, 'content-type': type });
    expect([answer.status, answer.body.error?.code]).toEqual([415, 'unsupported_type']);
    expect(answer.body.error?.message).toMatch(words);
    expect(answer.body.error?.expected).toContain('application/json');
    const [newest] = await relay.intake.handlers['sources.refusals']({}, operator);
    expect(newest?.says.key).toBe(key);
    expect(stored()).toBe(before);
  });

  test('on the secret path XML is told as what it is, whatever it is said to be', async () => {
    for (const type of ['', 'text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded']) {
      const answer = await post(secretUrl, '<Booking/>', { 'content-type': type });
      expect([answer.status, answer.body.error?.member, answer.body.error?.message]).toEqual([
        ...[415, 'body', expect.stringContaining('looks like XML')],
      ]);
    }
    expect((await post(secretUrl, '<Booking/>', { 'content-type': 'text/xml' })).body.error?.message).toContain(
      'text/xml is XML',
    );
  });

  test('a compressed body is taken as it was before; one that is not what it says is 415, by its own header', async () => {
    const ways = {
      gzip: gzipSync,
      'X-GZIP': gzipSync,
      br: brotliCompressSync,
      deflate: deflateSync,
      Deflate: deflateRawSync,
    };
    for (const [encoding, compress] of Object.entries(ways)) {
      const answer = await post(url, compress(event({ by: encoding })), { ...bearer, 'content-encoding': encoding });
      expect([encoding, answer.status]).toEqual([encoding, 202]);
    }
    expect((await post(url, event(), { ...bearer, 'content-encoding': 'identity' })).status).toBe(202);
    for (const [body, encoding] of [
      [event(), 'gzip'],
      [gzipSync(event()).subarray(0, 40), 'gzip'],
      [gzipSync(event()), 'br'],
      [zstdCompressSync(event()), 'zstd'],
      [gzipSync(gzipSync(event())), 'gzip, gzip'],
      [event(), 'constructor'],
    ] as const) {
      const answer = await post(url, body, { ...bearer, 'content-encoding': encoding });
      expect([answer.status, answer.body.error?.member]).toEqual([415, 'Content-Encoding']);
      expect(answer.body.error?.message).toContain(`compressed (${encoding})`);
    }
  });

  test('what is small and would be large is 413', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000, ' '));
    expect(bomb.length).toBeLessThan(1_048_576);
    const answer = await post(url, bomb, { ...bearer, 'content-encoding': 'gzip' });
    expect([answer.status, answer.body.error?.code]).toEqual([413, 'too_large']);
  });

  test('what lies too deep is told so, wherever it lies', async () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    for (const [body, member] of [
      [nested(5_000), 'body'],
      [`[${nested(5_000)}]`, '[0]'],
      [`{"event":"booking.created","data":${nested(5_000)}}`, 'data'],
    ] as const) {
      const { error } = (await post(url, body, bearer)).body;
      expect(error).toMatchObject({ member, message: expect.stringContaining('more than 256 deep') });
    }
  });

  test('1 MB is taken, more is 413', async () => {
    const withBytes = (total: number) => event({ a: 'x'.repeat(total - event({ a: '' }).length) });
    expect((await post(url, withBytes(1_048_576), bearer)).status).toBe(202);
    const tooLarge = await post(url, withBytes(1_048_577), bearer);
    expect([tooLarge.status, tooLarge.body.error?.code]).toEqual([413, 'too_large']);
  });

  test('every error is JSON, unknown addresses and methods too', async () => {
    expect((await post(url.replace('events', 'nothing'), event())).body.error?.code).toBe('not_found');
    const get = await fetch(url);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await get.json()).toMatchObject({ error: { code: 'method_not_allowed' } });
  });

  test('what is refused stands on the page of its source, without what came in', async () => {
    const added = await relay.addSource('Refused');
    await post(added.url, '{"event":"booking.created","data":"4111111111111111"}', {
      authorization: `Bearer ${added.token}`,
    });
    const handlers = relay.intake.handlers;
    const refusals = await handlers['sources.refusals']({ id: added.id as never }, operator);
    expect(refusals).toEqual([
      {
        id: expect.any(Number),
        at: expect.any(Number),
        sourceId: added.id,
        status: 400,
        member: 'data',
        says: { key: 'refusal.expected_object', params: { member: 'data', foundType: 'string' } },
        ...{ file: null, times: 1, takenAt: null, hasBody: true },
      },
    ]);
    const [listed] = (await handlers['sources.list']({ revoked: false }, operator)).filter(({ id }) => id === added.id);
    expect(listed?.lastRefusal).toMatchObject({ member: 'data' });
  });

  test('tokens and secret paths are kept nowhere', async () => {
    const access = await relay.addSource('Hidden');
    await post(access.url, event(), { authorization: `Bearer ${access.token}` });
    await post(access.secretUrl, 'no json');
    await relay.intake.handlers['sources.refusals']({}, operator);
    const secrets = [access.token, access.secretUrl.split('/').at(-1) ?? ''];
    for (const name of await readdir(relay.folder)) {
      const content = await readFile(join(relay.folder, name));
      for (const secret of secrets) expect(content.includes(secret), name).toBe(false);
    }
    for (const secret of secrets) expect(relay.log.lines.join()).not.toContain(secret);
  });

  test('a replaced token is void at once, a revoked source is told so', async () => {
    const access = await relay.addSource('Moving');
    const id = access.id as never;
    const old = { authorization: `Bearer ${access.token}` };
    const fresh = await relay.intake.handlers['sources.replaceToken']({ id }, operator);
    expect((await post(url, event(), old)).status).toBe(401);
    expect((await post(access.secretUrl, event())).status).toBe(401);
    expect((await post(url, event(), { authorization: `Bearer ${fresh.token}` })).status).toBe(202);
    await relay.intake.handlers['sources.revoke']({ id }, operator);
    const refused = await post(url, event(), { authorization: `Bearer ${fresh.token}` });
    expect([refused.status, refused.body.error?.message]).toEqual([401, expect.stringContaining('revoked')]);
  });

  test('health and the OpenAPI document are served', async () => {
    const health = await fetch(new URL('/v1/health', url));
    expect(await health.json()).toEqual({ status: 'ok', version: '1.2.3', takes_events: true, disk: 'ok' });
    const document = (await (await fetch(new URL('/v1/openapi.json', url))).json()) as { paths: object };
    expect(Object.keys(document.paths)).toEqual(['/v1/events', '/v1/in/{secret}', '/v1/health', '/v1/status']);
  });
});

describe('when it cannot store', () => {
  test('a nearly full disk is 429 with Retry-After 60, until there is room again', async () => {
    let freeBytes = 499_000_000;
    await using relay = await startIntake({ freeSpace: async () => ({ freeBytes, totalBytes: 10e9 }) });
    const { secretUrl } = await relay.addSource();
    const refused = await post(secretUrl, event());
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    freeBytes = 600_000_000;
    await relay.disk.look();
    expect((await post(secretUrl, event())).status).toBe(202);
  });

  test('two hundredths of a large disk are nearly full too', async () => {
    await using relay = await startIntake({ freeSpace: async () => ({ freeBytes: 19e9, totalBytes: 1000e9 }) });
    expect((await post((await relay.addSource()).secretUrl, event())).status).toBe(429);
  });

  test('a full disk at commit is 503 with Retry-After, and nothing of the request is stored', async () => {
    await using relay = await startIntake();
    const { secretUrl } = await relay.addSource();
    // SQLite gives SQLITE_FULL at this many pages, as it does where the disk has no more.
    const pages = relay.context.writer.pragma('page_count', { simple: true }) as number;
    relay.context.writer.pragma(`max_page_count = ${pages + 1}`);
    const refused = await post(secretUrl, event({ note: 'x'.repeat(200_000) }));
    expect([refused.status, refused.headers.get('retry-after'), refused.body.error?.code]).toEqual([
      503,
      '60',
      'cannot_store',
    ]);
    expect(relay.events()).toEqual([]);
    relay.context.writer.pragma('max_page_count = 1000000');
    await relay.disk.look();
    expect((await post(secretUrl, event())).status).toBe(202);
  });

  test('without a property anywhere it is 400, and names property_id', async () => {
    await using relay = await startIntake({ settings: { propertyId: null } });
    const { secretUrl } = await relay.addSource();
    expect((await post(secretUrl, event())).body.error).toMatchObject({ member: 'property_id' });
    expect((await post(secretUrl, `[${event({}, { property_id: 'a' })},${event()}]`)).body.error).toMatchObject({
      member: '[1].property_id',
    });
    expect(relay.events()).toEqual([]);
  });
});

test('a taken port is an error that names it, never another port', async () => {
  await using first = await startIntake();
  const port = Number(new URL(first.intake.address).port);
  await using second = await startIntake({ start: false, options: { port } });
  await expect(second.intake.start()).rejects.toMatchObject({
    code: 'not_possible',
    message: expect.stringMatching(new RegExp(`Port ${port} is already in use.*--port.*settings`)),
  });
});

test('another port in the settings is listened on at once, and a taken one changes nothing', async () => {
  const [first, second] = [await freePort(), await freePort()];
  await using relay = await startIntake({ settings: { intakePort: first }, portOfSettings: true });
  const { secretUrl } = await relay.addSource();
  const on = (port: number) =>
    post(secretUrl.replace(String(first), String(port)), event()).then(
      ({ status }) => status,
      () => null,
    );
  await relay.context.settings.change({ intakePort: second }, operator);
  await expect.poll(() => on(second)).toBe(202);
  await expect.poll(() => on(first)).toBeNull();
  await using other = await startIntake();
  await relay.context.settings.change({ intakePort: Number(new URL(other.intake.address).port) }, operator);
  await expect.poll(() => relay.log.lines.join()).toContain('nobody can listen on the intake port');
  expect(relay.intake.address).toBe(`http://127.0.0.1:${second}`);
  expect(await on(second)).toBe(202);
});

test('a request that does not come whole within 30 seconds is cut off by Node', () => {
  // Looked at, not waited for: Node itself looks every half minute.
  const { server } = createIntakeServer({} as IntakeHttpParts, { knowsHost: () => true, statusNeedsToken: false });
  expect(server.requestTimeout).toBe(30_000);
});

test('a client that leaves its request unfinished does not hold the stop up', async () => {
  const relay = await startIntake();
  const { url, token } = await relay.addSource();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    `POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
  );
  await fetch(new URL('/v1/health', url));
  const began = performance.now();
  await relay.stop();
  expect(performance.now() - began).toBeLessThan(10_000);
});
