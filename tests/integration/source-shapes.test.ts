/** A program that posts what it always posts: its shape makes events of it, and what it does not fit is kept. */
import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../shared/domain.ts';
import {
  effectiveShaping,
  noShaping,
  ownTypes,
  type ShapingChange,
  type TypesTable,
} from '../../shared/source-shaping.ts';
import { createFakeClock } from '../support/clock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { operator, startIntake, type TestIntake } from '../support/intake.ts';

const shape = `{
  "event": "{{ message.state | type }}",
  "id": "{{ message.model }}:{{ message.no }}:{{ message.at }}",
  "timestamp": {{ message.at | json }},
  "data": {{ message | json }}
}`;
const types = { confirm: 'booking.created', '2': 'guest.checkin', ping: 'ignore' } as const;

async function withSource(test: TestIntake, shaping: ShapingChange, more: object = {}) {
  const access = await test.intake.handlers['sources.add']({ name: 'Till', shaping, ...more }, operator);
  const post = async (body: string | Uint8Array, headers: Record<string, string> = {}) => {
    const answer = await fetch(access.secretUrl, { method: 'POST', body: body as string, headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return { id: access.id as SourceId, post, handlers: test.intake.handlers };
}

const json = { 'content-type': 'application/json' };

describe('a source with a shape', () => {
  it('takes what the system sends: JSON, a list, a form; digit for digit, by its clocks', async () => {
    await using test = await startIntake({ settings: { timeZone: 'Asia/Manila' } });
    const { post } = await withSource(test, { shape, types, times: 'property' });
    const body =
      '{ "state":"confirm","model":"r", "no":7, "at":"2026-03-20 14:00:00", "booking_id":"7", "total":6000.00, "n":"\\u00e9" }';
    expect(await post(body, json)).toMatchObject({ status: 202, body: { taken: 1, kept: 0 } });
    expect(await post(body, json)).toMatchObject({ status: 202, body: { taken: 0, duplicates: 1 } });
    const [event] = test.events();
    expect(event).toMatchObject({ type: 'booking.created', data: body, occurred_at: '2026-03-20T06:00:00Z' });
    const two = '[{"state":2,"no":8,"at":"2026-03-20T14:00Z","booking_id":"8"},{"state":"ping"}]';
    expect((await post(two, json)).body).toMatchObject({ taken: 1, ignored: 1 });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post('state=confirm&no=9&booking_id=9&at=2026-03-21+10%3A00', form)).body).toMatchObject({
      taken: 1,
    });
    expect(test.events().map(({ type, entity_id }) => [type, entity_id])).toEqual([
      ['booking.created', '7'],
      ['guest.checkin', '8'],
      ['booking.created', '9'],
    ]);
  });

  it('is refused for a kind by which its system sends nothing, when it is added and after', async () => {
    await using test = await startIntake();
    const add = (preset: string, kind: string) =>
      test.intake.handlers['sources.add']({ name: preset, kind, shaping: { preset } }, operator);
    await expect(add('generic_csv', 'fias')).rejects.toThrow(
      'The preset generic_csv is not for a source of the kind fias. It is for: folder, http.',
    );
    await using dropped = await temporaryFolder();
    const folder = { name: 'Files', kind: 'folder', config: { folder: dropped.path } };
    const { id } = await test.intake.handlers['sources.add'](folder, operator);
    const change = (preset: string) => test.intake.handlers['sources.change']({ id, shaping: { preset } }, operator);
    await expect(change('qloapps')).rejects.toThrow(/It is for: sql, http\./);
    expect((await change('generic_csv')).shaping.preset).toBe('generic_csv');
  });

  it.each([['text/xml; charset=utf-8'], ['application/xml'], ['application/soap+xml'], ['text/plain'], ['']])(
    'sees the paths of XML that is posted as "%s", kept as it came',
    async (type) => {
      await using test = await startIntake({ settings: { timeZone: 'Asia/Manila' } });
      const { id, post, handlers } = await withSource(test, { preset: 'opera_xml' }, { kind: 'http' });
      const stay = (status: string, total: string) =>
        `<?xml version="1.0" encoding="UTF-8"?>
<OTA_HotelStayInfoNotifRQ xmlns="http://www.opentravel.org/OTA/2003/05" TimeStamp="2026-03-20T06:00:00Z">
  <StayInfos><StayInfo><HotelReservation ResStatus="${status}">
    <UniqueID Type="14" ID="90071992547409931234"/>
    <RoomStays><RoomStay><Total AmountAfterTax="${total}" CurrencyCode="PHP"/></RoomStay></RoomStays>
    <ResGuests><ResGuest><Profiles><ProfileInfo><Profile><Customer><PersonName>
      <GivenName>Mar\u00eda</GivenName><Surname>Pe&#241;a &amp; Co</Surname>
    </PersonName></Customer></Profile></ProfileInfo></Profiles></ResGuest></ResGuests>
  </HotelReservation></StayInfo></StayInfos>
</OTA_HotelStayInfoNotifRQ>`.replace('\\u00ed', '\u00ed');
      const headers = { 'content-type': type };
      expect(await post(new TextEncoder().encode(stay('In-house', '6000.00')), headers)).toMatchObject({
        ...{ status: 202, body: { taken: 1 } },
      });
      const [event] = test.events();
      expect(event).toMatchObject({ type: 'guest.checkin', entity_id: '90071992547409931234' });
      expect(event?.data).toMatch(/"guest_name": "María Peña & Co"[\s\S]*"total": "6000\.00"/);

      // What it does not fit, or is no XML, or would read a file, is kept as it came with the reason.
      const odd = stay('Levitating', '1.00');
      const broken = '<OTA_HotelStayInfoNotifRQ>\n<StayInfos></OTA_HotelStayInfoNotifRQ>';
      const reads = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<a>&x;</a>';
      const deep = '<a>'.repeat(100);
      const sent = [odd, broken, reads, deep];
      for (const body of sent)
        expect(await post(new TextEncoder().encode(body), headers)).toMatchObject({ status: 202 });
      const kept = await handlers['sources.messages']({ id, keptOnly: true, limit: 10 }, operator);
      expect(kept.map(({ raw }) => JSON.parse(raw))).toEqual(sent.map((xml) => ({ xml })));
      expect(kept.map(({ trouble }) => trouble?.says.key)).toEqual([
        ...['shape.unknown_type', 'file.not_xml', 'file.own_entities', 'file.too_deep'],
      ]);
      await handlers['sources.change']({ id, shaping: { types: { Levitating: 'booking.updated' } } }, operator);
      expect(await handlers['sources.takeKept']({ id }, operator)).toMatchObject({ taken: 1, kept: 3 });
    },
  );

  it('lays a person’s own types over the preset’s, and knows when its last event came', async () => {
    await using test = await startIntake();
    const { id, post, handlers } = await withSource(test, { preset: 'odoo' });
    const change = (own: NonNullable<ShapingChange['types']> | null) =>
      handlers['sources.change']({ id, shaping: { types: own } }, operator);
    const sent = async (no: number, state: string) => {
      const body = { _model: 'hotel.reservation', _id: no, state, write_date: `2026-03-20 14:00:0${no}` };
      return (await post(JSON.stringify(body), json)).body;
    };
    expect(await sent(1, 'weird')).toMatchObject({ taken: 0, kept: 1 });
    await change({ 'Hotel.Reservation:weird': 'booking.updated', 'hotel.reservation:DONE': 'guest.checkout' });
    expect(await sent(2, 'confirm')).toMatchObject({ taken: 1 });
    expect(await sent(3, 'weird')).toMatchObject({ taken: 1 });
    expect(await sent(4, 'done')).toMatchObject({ taken: 1 });
    expect(test.events().map(({ type }) => type)).toEqual(['booking.created', 'booking.updated', 'guest.checkout']);
    // Right after a message that was kept: its event counts all the same.
    const [source] = await handlers['sources.list']({ revoked: false }, operator);
    expect(source?.lastEventAt).not.toBeNull();
    await change({ 'hotel.reservation:confirm': null });
    expect(await sent(5, 'confirm')).toMatchObject({ kept: 1 });
    expect(await sent(6, 'done')).toMatchObject({ taken: 1 });
    await change(null);
    expect(await sent(7, 'confirm')).toMatchObject({ taken: 1 });
    expect(await sent(8, 'weird')).toMatchObject({ kept: 1 });
  });

  it('has as its own rows what a whole table says beside the preset’s', () => {
    const whole = effectiveShaping({ ...noShaping, preset: 'odoo' }).types;
    expect(ownTypes('odoo', whole)).toBeNull();
    const { 'pos.order:paid': _, ...rest } = whole;
    const edited: TypesTable = { ...rest, 'hotel.folio:done': 'ignore', ping: 'ignore' };
    const own = ownTypes('odoo', edited);
    expect(own).toEqual({ 'hotel.folio:done': 'ignore', ping: 'ignore', 'pos.order:paid': null });
    expect(effectiveShaping({ ...noShaping, preset: 'odoo', types: own }).types).toEqual(edited);
    expect(ownTypes(null, { ping: 'ignore' })).toEqual({ ping: 'ignore' });
  });

  it('keeps what it cannot be made of, and once the shape is mended all of it is taken in order', async () => {
    await using test = await startIntake();
    const { id, post, handlers } = await withSource(test, { shape, types, times: 'utc' });
    const sent = (no: number, state: string) =>
      post(`{"state":"${state}","no":${no},"at":"2026-03-20 14:00:0${no}","booking_id":"${no}"}`, json);
    const kept = await sent(1, 'done');
    expect(kept).toMatchObject({ status: 202, body: { taken: 0, kept: 1 } });
    expect(kept.body.troubles).toEqual([
      { reference: expect.any(Number), reason: 'The type "done" is not in the table of types.' },
    ]);
    await sent(2, 'confirm');
    await sent(3, 'done');
    expect(await post('<xml/>', { 'content-type': 'text/xml' })).toMatchObject({ status: 202, body: { kept: 1 } });
    expect(test.intake.sources()[0]).toMatchObject({ kept: 3 });

    const mended: ShapingChange = { types: { ...types, done: 'guest.checkout' } };
    expect(await handlers['sources.tryKept']({ id, shaping: mended }, operator)).toMatchObject({ taken: 2, kept: 1 });
    expect(test.events()).toHaveLength(1);
    const [first] = await handlers['sources.preview']({ id, shaping: mended, limit: 20 }, operator);
    expect(first).toMatchObject({ outcome: 'kept', raw: '{"xml":"<xml/>"}', why: { line: 2 } });

    await handlers['sources.change']({ id, shaping: mended }, operator);
    expect(await handlers['sources.takeKept']({ id }, operator)).toMatchObject({ taken: 2, kept: 1, events: 2 });
    expect(test.events().map(({ entity_id }) => entity_id)).toEqual(['2', '1', '3']);
    const [last] = await handlers['sources.messages']({ id, keptOnly: true, limit: 5 }, operator);
    const reference = last?.id ?? 0;
    const retry = (body?: string) => handlers['messages.retry']({ id: reference, ...(body ? { body } : {}) }, operator);
    await expect(retry()).rejects.toMatchObject({ code: 'bad_input' });
    expect(await retry('{"state":"confirm","no":4,"at":"2026-03-20","booking_id":"4"}')).toMatchObject({
      ignored: null,
    });
    await expect(retry()).rejects.toMatchObject({ code: 'conflict' });
    expect(test.events().at(-1)).toMatchObject({ entity_id: '4', type: 'booking.created' });
    const acts = test.context.writer.prepare(
      "SELECT act, surface FROM audit WHERE act IN ('sources.takeKept', 'messages.retry') ORDER BY seq",
    );
    expect(acts.all()).toEqual([
      { act: 'sources.takeKept', surface: 'command_line' },
      { act: 'messages.retry', surface: 'command_line' },
    ]);
  });

  it('is not heard from again by what a person takes in: its last message and event are of when they came', async () => {
    const clock = createFakeClock();
    await using test = await startIntake({ clock });
    const { id, post, handlers } = await withSource(test, { shape, types });
    const came = clock.wallMs();
    await post('{"state":"done","no":1,"at":"2026-03-20T14:00:00Z","booking_id":"1"}', json);
    await post('', json);
    const seen = async () => {
      const [source] = await handlers['sources.list']({ revoked: false }, operator);
      return [source?.health.lastSeenAt, source?.lastEventAt];
    };
    expect(await seen()).toEqual([came, null]);
    const empty = await handlers['sources.preview']({ id, limit: 1 }, operator);
    expect(empty).toMatchObject([{ raw: '', state: 'kept', outcome: 'kept', why: { says: { key: 'file.empty' } } }]);
    await clock.advance(3_600_000);
    await handlers['sources.change']({ id, shaping: { types: { ...types, done: 'guest.checkout' } } }, operator);
    expect(await handlers['sources.takeKept']({ id }, operator)).toMatchObject({ taken: 1, kept: 1 });
    expect(await seen()).toEqual([came, came]);
  });

  it('takes each of two changes within one second once, where its id is made of a clock of seconds', async () => {
    await using test = await startIntake({ settings: { timeZone: 'Asia/Manila' } });
    const odoo = await withSource(test, { preset: 'odoo' }, { name: 'Odoo', kind: 'http' });
    const qloapps = await withSource(test, { preset: 'qloapps' }, { name: 'QloApps', kind: 'http' });
    const ofStamp = shape.replace('{{ message.at }}', '{{ message.stamp }}');
    const own = await withSource(test, { shape: ofStamp, types, times: 'utc' });
    const saved = (room: string) =>
      odoo.post(
        `{"_model":"hotel.reservation","_id":7,"state":"confirm","write_date":"2026-03-20 06:00:00","room":"${room}"}`,
        json,
      );
    const stay = (room: string) =>
      qloapps.post(
        JSON.stringify({
          ...{ id: 88, id_status: 1, room_num: room, date_from: '2026-03-20', date_to: '2026-03-22' },
          ...{ date_add: '2026-03-15 18:30:00', date_upd: '2026-03-16 18:30:00' },
        }),
        json,
      );
    const at = (stamp: string) => (guest: string) => {
      const times = { at: '2026-03-20T14:00:00Z', stamp };
      return own.post(JSON.stringify({ state: 'confirm', model: 'r', no: 7, ...times, booking_id: '7', guest }), json);
    };
    for (const post of [
      saved,
      stay,
      at('2026-03-20T14:00:00Z'),
      at('20260320140000'),
      at('1774015200'),
      at('2026-03-20 14:00'),
    ]) {
      const before = test.events().length;
      expect(await post('101')).toMatchObject({ body: { taken: 1 } });
      expect(await post('102')).toMatchObject({ body: { taken: 1, kept: 0 } });
      expect(await post('101')).toMatchObject({ body: { taken: 0, duplicates: 1 } });
      expect(await post('102')).toMatchObject({ body: { taken: 0, duplicates: 1 } });
      expect(test.events()).toHaveLength(before + 2);
    }
    const finer = at('2026-03-20T14:00:00.120Z');
    expect(await finer('Ana')).toMatchObject({ body: { taken: 1 } });
    expect(await finer('Ben')).toMatchObject({ body: { taken: 0, kept: 1 } });
  });

  it('takes a record that is saved once more in the same state for a change, and money once', async () => {
    await using test = await startIntake();
    const { id, post, handlers } = await withSource(test, { preset: 'odoo' });
    let minute = 10;
    const sent = async (model: string, no: number, state: string, more: object = {}) => {
      minute += 1;
      const body = JSON.stringify({ _model: model, _id: no, state, write_date: `2026-03-20 14:${minute}:00`, ...more });
      return (await post(body, json)).body;
    };
    const told = () => test.events().map(({ type, entity_id }) => `${type} ${entity_id}`);
    const stay = (state: string, no = 7) => sent('hotel.reservation', no, state);
    for (const state of ['draft', 'confirm', 'confirm', 'done', 'done', 'cancel', 'confirm']) await stay(state);
    // Another model's record of the same number is another stay, and another booking has its own.
    await sent('hotel.folio', 7, 'sale');
    await stay('confirm', 8);
    expect(told()).toEqual([
      ...['booking.created 7', 'booking.updated 7', 'guest.checkin 7', 'booking.updated 7', 'booking.cancelled 7'],
      ...['booking.created 7', 'guest.checkin 7', 'booking.created 8'],
    ]);
    const again = { _model: 'hotel.reservation', _id: 8, state: 'confirm', write_date: `2026-03-20 14:${minute}:00` };
    expect((await post(JSON.stringify(again), json)).body).toMatchObject({ taken: 0, duplicates: 1 });

    const paid = (amount: number) => sent('account.payment', 3, 'posted', { amount });
    expect(await paid(500)).toMatchObject({ taken: 1 });
    expect(await paid(500)).toMatchObject({ taken: 0, duplicates: 1 });
    expect(await paid(450)).toMatchObject({ taken: 1 });
    expect(told().slice(8)).toEqual(['payment.received 3', 'payment.received 3']);

    // What the page shows of each is what was stored, and of one that waits what would be.
    const made = async (limit: number) =>
      (await handlers['sources.preview']({ id, limit }, operator)).flatMap((row) => row.made.map(({ event }) => event));
    expect((await made(20)).filter((event) => event === 'booking.updated')).toHaveLength(2);
    await handlers['sources.change']({ id, draft: true }, operator);
    await stay('confirm', 8);
    expect(await made(1)).toEqual(['booking.updated']);
  });

  it('foresees of kept messages what becomes of them one after the other', async () => {
    await using test = await startIntake();
    const { id, post, handlers } = await withSource(test, { shape, types, times: 'utc' });
    const sent = (no: number, guest: string, more = '') =>
      post(
        `{"state":"done","no":${no},"at":"2026-03-20 14:00:00.25","booking_id":"${no}","g":"${guest}"${more}}`,
        json,
      );
    await sent(1, 'Ana');
    // The same key with another content, the same once more, and another one.
    await sent(1, 'Ben');
    await sent(1, 'Ana');
    await sent(2, 'Cai');
    const mended: ShapingChange = { types: { ...types, done: 'guest.checkout' } };
    const would = await handlers['sources.tryKept']({ id, shaping: mended }, operator);
    expect(would).toMatchObject({ taken: 2, duplicates: 1, kept: 1, events: 2 });
    expect(would.troubles.map(({ says }) => says.key)).toEqual(['refusal.key_conflict']);
    await handlers['sources.change']({ id, shaping: mended }, operator);
    const { troubles, ...became } = await handlers['sources.takeKept']({ id }, operator);
    const { troubles: _, ...foreseen } = would;
    expect(became).toEqual(foreseen);
    expect(troubles.map(({ reference }) => reference)).toEqual(would.troubles.map(({ reference }) => reference));
  });

  it('takes what is compressed, and tells of what lies too deep that it does', async () => {
    await using test = await startIntake();
    const { post } = await withSource(test, { shape, types, times: 'utc' });
    const body = '{"state":"confirm","no":1,"at":"2026-03-20T14:00:00Z","booking_id":"1"}';
    const gzip = { ...json, 'content-encoding': 'gzip' };
    expect(await post(gzipSync(body), gzip)).toMatchObject({ status: 202, body: { taken: 1 } });
    expect(await post(body, gzip)).toMatchObject({ status: 415, body: { error: { member: 'Content-Encoding' } } });
    const { body: deep } = await post(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, json);
    expect(deep.troubles).toEqual([
      { reference: expect.any(Number), reason: expect.stringMatching(/lie more than 256 deep/) },
    ]);
  });

  it('takes a form in parts by its fields, whatever letters it is in, and its files as what they are called and hold', async () => {
    await using test = await startIntake();
    const { post } = await withSource(test, { shape, types, times: 'utc' });
    const form = new FormData();
    const fields = { state: 'confirm', model: 'r', no: '1', at: '2026-03-20T14:00:00Z', booking_id: '1' };
    for (const [name, value] of Object.entries({ ...fields, guest: 'Zo\u00eb' })) form.append(name, value);
    for (const extra of ['sea', 'late']) form.append('wish', extra);
    form.append('note', new Blob(['R\u00e9sum\u00e9'], { type: 'text/plain' }), 'n\u00f6te.txt');
    form.append('scan', new Blob([Buffer.from('00ff80', 'hex')], { type: 'image/png' }), 'id.png');
    const whole = new Response(form);
    const type = whole.headers.get('content-type') ?? '';
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(await post(bytes, { 'content-type': type })).toMatchObject({ status: 202, body: { taken: 1 } });
    expect(JSON.parse(test.events()[0]?.data ?? '')).toEqual({
      ...{ ...fields, guest: 'Zo\u00eb', wish: ['sea', 'late'] },
      note: { filename: 'n\u00f6te.txt', type: 'text/plain', text: 'R\u00e9sum\u00e9' },
      scan: { filename: 'id.png', type: 'image/png', base64: 'AP+A' },
    });
    const old = Object.entries({ ...fields, no: '2', guest: 'Zo\u00eb' }).map(
      ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const latin = Buffer.from(`${old.join('')}--x--\r\n`, 'latin1');
    expect(await post(latin, { 'content-type': 'multipart/form-data; boundary=x' })).toMatchObject({
      body: { taken: 1 },
    });
    expect(test.events().at(-1)?.data).toContain('Zo\u00eb');
    const { body: broken } = await post('no parts', { 'content-type': 'multipart/form-data; boundary=x' });
    expect(broken).toMatchObject({ taken: 0, kept: 1 });
  });

  it('keeps broken JSON as it came, and says where it goes wrong', async () => {
    await using test = await startIntake();
    const { id, post, handlers } = await withSource(test, { shape, types });
    const lines = { 'content-type': 'application/x-ndjson' };
    for (const sent of [await post('{"_id":48,', json), await post('{"no":1}x', json), await post('{no', lines)]) {
      expect(sent).toMatchObject({ status: 202, body: { kept: 1 } });
    }
    const kept = await handlers['sources.messages']({ id, keptOnly: true, limit: 5 }, operator);
    expect(kept.map(({ raw, trouble }) => [raw, trouble?.says.key, trouble?.says.params.place])).toEqual([
      ['{"_id":48,', 'refusal.not_json_at', 11],
      ['{"no":1}x', 'refusal.not_json_at', 9],
      ['{no', 'refusal.not_json_at', 2],
    ]);
    // Whatever is said of it, as where curl says that it is a form.
    await post('{ "_id":49,', { 'content-type': 'application/x-www-form-urlencoded' });
    await post('[{"_id":50},{"_id":', { 'content-type': 'application/octet-stream' });
    const more = await handlers['sources.messages']({ id, keptOnly: true, limit: 5 }, operator);
    expect(more.slice(3).map(({ raw, trouble }) => [raw, trouble?.says.key])).toEqual([
      ['{ "_id":49,', 'refusal.not_json_at'],
      ['[{"_id":50},{"_id":', 'refusal.not_json_end'],
    ]);
    const body = '{"state":"confirm","no":4,"at":"2026-03-20T14:00:00Z","booking_id":"4"}';
    await handlers['messages.retry']({ id: kept[0]?.id ?? 0, body }, operator);
    expect(test.events().map(({ entity_id }) => entity_id)).toEqual(['4']);
  });

  it('is told where a shape is wrong before it is used, and where it goes wrong with what came', async () => {
    await using test = await startIntake();
    const { id, post, handlers } = await withSource(test, { shape, types });
    await post('{"state":"confirm","at":"x"}', json);
    await expect(
      handlers['sources.change']({ id, shaping: { shape: '{\n {{ message | nonsense }}' } }, operator),
    ).rejects.toMatchObject({
      code: 'bad_input',
      member: 'shaping.shape',
      detail: 'line 2, column 2',
    });
    const [tried] = await handlers['sources.preview'](
      { id, shaping: { shape: '{"event":\n {{ message.at }}}' }, limit: 5 },
      operator,
    );
    expect(tried).toMatchObject({ outcome: 'kept', why: { line: 2, column: 2, says: { key: 'shape.no_json' } } });
  });

  it('keeps everything while it is a draft, and takes it once it is switched on', async () => {
    await using test = await startIntake();
    const { id, post, handlers } = await withSource(test, {}, { draft: true });
    const event = (no: number) => `{"event":"order.created","data":{"order_id":"${no}"}}`;
    expect((await post(event(1), json)).body).toMatchObject({ kept: 1 });
    await post(event(2), json);
    expect(await handlers['sources.preview']({ id, limit: 5 }, operator)).toMatchObject([
      { outcome: 'events' },
      { outcome: 'events' },
    ]);
    await expect(handlers['sources.takeKept']({ id }, operator)).rejects.toMatchObject({ code: 'not_possible' });
    await handlers['sources.change']({ id, draft: false }, operator);
    expect((await post(event(3), json)).body).toMatchObject({ id: expect.any(String) });
    await handlers['sources.takeKept']({ id }, operator);
    expect(test.events().map(({ entity_id }) => entity_id)).toEqual(['3', '1', '2']);
  });
});

describe('a source that signs', () => {
  const secret = 'correct horse battery';
  const body = '{"event":"order.created","data":{"order_id":"1"}}';
  const sign = (form: 'hex' | 'base64', text = body) => createHmac('sha256', secret).update(text).digest(form);
  const config = (signature: string, more: object = {}) => ({
    config: { signature, signatureSecret: secret, ...more },
  });

  it.each([
    ['frappe', 'x-frappe-webhook-signature', () => sign('base64'), {}],
    ['github', 'x-hub-signature-256', () => `sha256=${sign('hex')}`, {}],
    [
      'basic',
      'authorization',
      () => `Basic ${Buffer.from(`pms:${secret}`).toString('base64')}`,
      { signatureUser: 'pms' },
    ],
    ['header', 'x-my-secret', () => secret, { signatureHeader: 'X-My-Secret' }],
  ])('as %s is let in by its signature alone, and told which header is wrong', async (way, header, right, more) => {
    await using test = await startIntake();
    const { id, post, handlers } = await withSource(test, {}, config(way, more));
    expect((await post(body, { ...json, [header]: right() })).status).toBe(202);
    for (const wrong of [undefined, 'nonsense', `x${right()}`]) {
      const answer = await post(body, wrong === undefined ? json : { ...json, [header]: wrong });
      expect(answer.status).toBe(401);
      expect(String((answer.body.error as { member: string }).member).toLowerCase()).toBe(header);
    }
    expect(test.events()).toHaveLength(1);
    const refused = await handlers['sources.refusals']({ id }, operator);
    expect(refused).not.toHaveLength(0);
    expect(refused.every(({ status, hasBody }) => status === 401 && hasBody)).toBe(true);
    expect(JSON.stringify(test.intake.sources())).not.toContain(secret);
  });

  it('is let in though it compresses, whether it signs before or after', async () => {
    await using test = await startIntake();
    const { post } = await withSource(test, {}, config('github'));
    const gzip = { ...json, 'content-encoding': 'gzip' };
    const signed = (bytes: string | Uint8Array) => ({
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`,
    });
    const packed = gzipSync(body);
    expect((await post(packed, { ...gzip, ...signed(body) })).status).toBe(202);
    expect((await post(packed, { ...gzip, ...signed(packed) })).status).toBe(202);
    expect((await post(packed, { ...gzip, ...signed('another') })).status).toBe(401);
    expect((await post(packed, gzip)).status).toBe(401);
  });

  it('is let in with a secret beyond ASCII, in either of the character sets that programs use', async () => {
    const secret = 'p\u00e4ssw\u00f6rd-\u20ac';
    const windows = Buffer.from('70e4737377f672642d80', 'hex');
    for (const way of ['basic', 'header']) {
      await using test = await startIntake();
      const more = { signatureSecret: secret, signatureUser: 'pms', signatureHeader: 'X-My-Secret' };
      const { signatureUser, signatureHeader, ...rest } = more;
      const own = way === 'basic' ? { signatureUser } : { signatureHeader };
      const { post } = await withSource(test, {}, { config: { signature: way, ...rest, ...own } });
      for (const bytes of [Buffer.from(secret), windows]) {
        const given: Record<string, string> =
          way === 'basic'
            ? { authorization: `Basic ${Buffer.concat([Buffer.from('pms:'), bytes]).toString('base64')}` }
            : { 'x-my-secret': bytes.toString('latin1') };
        expect([way, (await post(body, { ...json, ...given })).status]).toEqual([way, 202]);
      }
    }
  });

  it('by Standard Webhooks is let in within five minutes of now', async () => {
    await using test = await startIntake();
    const { post } = await withSource(test, {}, config('standard'));
    const headers = (atS: number) => ({
      ...json,
      ...{ 'webhook-id': 'msg_1', 'webhook-timestamp': String(atS) },
      'webhook-signature': `v1,bm9uc2Vuc2U= v1,${sign('base64', `msg_1.${atS}.${body}`)}`,
    });
    const nowS = Math.floor(Date.now() / 1000);
    expect((await post(body, headers(nowS))).status).toBe(202);
    // The id says that it is sent once more, whenever it was signed: nobody who has read it can hand it in again.
    expect((await post(body, headers(nowS - 1))).body).toMatchObject({ duplicate: true });
    expect(test.events()).toHaveLength(1);
    expect((await post(body, headers(nowS - 400))).body).toMatchObject({ error: { member: 'webhook-timestamp' } });
    const other = { ...headers(nowS), 'webhook-timestamp': String(nowS - 1) };
    expect((await post(body, other)).body).toMatchObject({ error: { member: 'webhook-signature' } });
  });
});
