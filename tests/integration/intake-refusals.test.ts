/** What is refused is kept whole, without secrets, and can be mended and taken in (decision 40). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operator, startIntake, type TestIntake } from '../support/intake.ts';

const odoo =
  '{"_action":"Webhook(#7)","_id":12,"_model":"pos.order","name":"Order 12","note":"card 4111 1111 1111 1111"}';

describe('refused requests', () => {
  let relay: TestIntake;
  beforeAll(async () => {
    relay = await startIntake();
  });
  afterAll(() => relay.stop());

  const calls = () => relay.intake.handlers;
  const refusals = (id: string) => calls()['sources.refusals']({ id: id as never }, operator);
  const send = (url: string, body: string, headers: Record<string, string> = {}, method = 'POST') =>
    fetch(url, { method, body, headers: { 'content-type': 'application/json', ...headers } });
  const newestOf = async (id: string) => {
    const [newest] = await refusals(id);
    if (!newest) throw new Error('nothing was kept');
    return calls()['refusals.get']({ id: newest.id }, operator);
  };

  test('what Odoo sends once is refused, kept whole but for a card, and can be seen', async () => {
    const source = await relay.addSource('Odoo');
    const answer = await send(source.secretUrl, odoo, { 'user-agent': 'odoo', cookie: 'session=secret-cookie' });
    expect(answer.status).toBe(400);
    const kept = await newestOf(source.id);
    expect(kept).toMatchObject({
      ...{ sourceId: source.id, status: 400, member: '_action', times: 1, takenAt: null },
      body: odoo.replace('4111 1111 1111 1111', '**** **** **** 1111'),
      request: { method: 'POST', path: '/v1/in/…', address: '127.0.0.1', headers: { 'user-agent': 'odoo' } },
      sizeBytes: odoo.length,
    });
    const all = JSON.stringify(kept);
    for (const secret of [source.secretUrl.split('/').at(-1), 'secret-cookie']) expect(all).not.toContain(secret);
  });

  test('it is mended and taken in once, as its source’s; the audit says by whom', async () => {
    const source = await relay.addSource('Mended', 'prop_of_source');
    await send(source.secretUrl, '{"event":"booking.created","data":{"booking_id":"R-1"},"guest":"x"}');
    const { id } = await newestOf(source.id);
    const retry = calls()['refusals.retry'];
    await expect(retry({ id }, operator)).rejects.toMatchObject({ code: 'bad_input', member: 'guest' });
    const body = '{"event":"booking.created","data":{"booking_id":"R-1","guest":"x"}}';
    const { events } = await retry({ id, body }, operator);
    const stored = relay.events().find((event) => event.id === events[0]?.id);
    expect(stored).toMatchObject({
      entity_id: 'R-1',
      property_id: 'prop_of_source',
      data: '{"booking_id":"R-1","guest":"x"}',
    });
    expect(stored?.source_no).not.toBeNull();
    expect(await newestOf(source.id)).toMatchObject({ takenAt: expect.any(Number) });
    await expect(retry({ id, body }, operator)).rejects.toMatchObject({ code: 'conflict' });
    const audit = relay.context.writer.prepare("SELECT account, detail FROM audit WHERE act = 'refusals.retry'").all();
    expect(audit).toEqual([
      { account: operator.account, detail: JSON.stringify({ refusal: id, mended: true, source: 'Mended' }) },
    ]);
  });

  test.each([
    ['an unknown path with its token', (s: Access) => [s.url.replace('events', 'event'), bearer(s)], 404],
    ['a path behind the secret one', (s: Access) => [`${s.secretUrl}/hook`, {}], 404],
    ['another method', (s: Access) => [s.url, { ...bearer(s), method: 'PUT' }], 405],
    ['another content type', (s: Access) => [s.url, { ...bearer(s), 'content-type': 'application/xml' }], 415],
    ['a content type that is none', (s: Access) => [s.url, { ...bearer(s), 'content-type': 'nonsense' }], 415],
    ['a compressed body', (s: Access) => [s.url, { ...bearer(s), 'content-encoding': 'gzip' }], 415],
  ] as const)('%s is kept too', async (what, how, status) => {
    const source = await relay.addSource(what);
    const [url, { method, ...headers }] = how(source) as [string, Record<string, string>];
    expect((await send(url, '<booking>7</booking>', headers, method)).status).toBe(status);
    expect(await newestOf(source.id)).toMatchObject({ status, body: '<booking>7</booking>' });
  });

  test('its token in the body, and its token in the query, are kept nowhere', async () => {
    const source = await relay.addSource('Told');
    await send(`${source.url}/x?token=${source.token}`, `{"token":"${source.token}"}`, bearer(source));
    expect(JSON.stringify(await newestOf(source.id))).not.toContain(source.token);
  });

  test('64 KB of a body are kept, in its own characters', async () => {
    const source = await relay.addSource('Long');
    await fetch(source.secretUrl, { method: 'POST', body: `Señor ${'x'.repeat(90_000)}` });
    const { body, sizeBytes } = await newestOf(source.id);
    expect([body?.length, body?.slice(0, 7), sizeBytes]).toEqual([65_536, 'Señor x', 90_007]);
    const windows = new Uint8Array(Buffer.from('{"a":"Señor"', 'latin1'));
    await fetch(source.secretUrl, { method: 'POST', body: windows });
    expect((await newestOf(source.id)).body).toBe('{"a":"Señor"');
  });

  test('the same again and again is one, counted, and pushes nothing out', async () => {
    const source = await relay.addSource('Stubborn');
    await send(source.secretUrl, 'first');
    for (let n = 0; n < 5; n += 1) await send(source.secretUrl, 'again');
    expect((await refusals(source.id)).map(({ times }) => times)).toEqual([5, 1]);
  });

  test('the same for another reason is another one, and each is counted by itself', async () => {
    const set = { signature: 'frappe', signatureSecret: 'a-long-enough-one' };
    const source = await calls()['sources.add']({ name: 'Frappe', kind: 'http', config: set }, operator);
    for (const signature of [null, 'wrong', null, 'wrong', 'wrong', null, 'wrong']) {
      const headers = signature === null ? {} : { 'x-frappe-webhook-signature': signature };
      expect((await send(source.secretUrl, '{"a":1}', headers)).status).toBe(401);
    }
    const counted = (await refusals(source.id)).map(({ says, times }) => [says.key, times]);
    expect(counted).toEqual([
      ['refusal.signature_wrong', 4],
      ['refusal.signature_missing', 3],
    ]);
  });

  test('what comes from nobody known pushes out nothing of a source, and keeps no body', async () => {
    const source = await relay.addSource('Known');
    await send(source.secretUrl, 'kept');
    for (let n = 0; n < 130; n += 1) {
      await send(source.url, `rubbish ${n}`, { authorization: 'Bearer nobody' });
    }
    expect(await newestOf(source.id)).toMatchObject({ body: 'kept' });
    const unknown = (await calls()['sources.refusals']({}, operator)).filter(({ sourceId }) => sourceId === null);
    expect(unknown).toHaveLength(100);
    expect(unknown.some(({ hasBody }) => hasBody)).toBe(false);
  });

  test('the last 1,000 of the sources are kept', async () => {
    const source = await relay.addSource('Many');
    for (let n = 0; n < 1010; n += 1) await send(source.secretUrl, `no json ${n}`);
    const kept = await calls()['sources.refusals']({}, operator);
    expect(kept.filter(({ hasBody }) => hasBody)).toHaveLength(1000);
  });
});

interface Access {
  readonly url: string;
  readonly secretUrl: string;
  readonly token: string;
}
const bearer = ({ token }: Access): Record<string, string> => ({ authorization: `Bearer ${token}` });
