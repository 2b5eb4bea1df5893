import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { charsetOf } from '../../electron/engine/intake/charset.ts';
import { parseEvents, parseEventsInTurns, readMadeInSteps } from '../../electron/engine/intake/parse.ts';
import { IntakeRefusal } from '../../electron/engine/intake/refusal.ts';
import { eventTypes } from '../../shared/events.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import samples from '../support/contract/sample-events.json' with { type: 'json' };

const bytes = (text: string) => Buffer.from(text, 'utf8');
const parse = (text: string, lines = false) => parseEvents(bytes(text), lines);
const first = (text: string) => {
  const [event] = parse(text).events;
  if (!event) throw new Error('no event');
  return event;
};
function refusal(work: () => unknown): IntakeRefusal {
  try {
    work();
  } catch (error) {
    if (error instanceof IntakeRefusal) return error;
    throw error;
  }
  throw new Error('it was taken');
}
const refused = (text: string, lines = false) => refusal(() => parse(text, lines));

describe('what a PMS sends', () => {
  test('one event of each type, with everything that it may carry', () => {
    for (const sample of samples) {
      const event = first(JSON.stringify({ ...sample, id: 'pms-1' }));
      expect(event).toMatchObject({
        type: sample.event,
        timestamp: sample.timestamp,
        propertyId: sample.property_id,
        id: 'pms-1',
        dataText: JSON.stringify(sample.data),
        masked: 0,
        hints: [],
      });
    }
  });

  test('an event with nothing but event and data', () => {
    expect(first('{"event":"guest.checkin","data":{}}')).toMatchObject({ timestamp: null, propertyId: null, id: null });
  });

  test('an array, and NDJSON with empty lines and Windows line ends', () => {
    const one = '{"event":"guest.checkin","data":{"n":1}}';
    expect(parse(`[${one},\n ${one}]`)).toMatchObject({ form: 'many', events: [{}, {}] });
    expect(parse(`${one}\r\n\r\n${one}\n`, true)).toMatchObject({ form: 'many', events: [{}, {}] });
  });

  test('500 events are taken and 501 are not', () => {
    const many = (n: number) => `[${Array(n).fill('{"event":"guest.checkin","data":{}}').join()}]`;
    expect(parse(many(500)).events).toHaveLength(500);
    expect(refused(many(501))).toMatchObject({ status: 400, member: 'body' });
    expect(refused('[]')).toMatchObject({ status: 400, member: 'body' });
    expect(refused('\n \n', true)).toMatchObject({ status: 400, member: 'body' });
  });

  test('a byte order mark, as Windows programs write it', () => {
    expect(first('\uFEFF{"event":"guest.checkin","data":{"a":"\uFEFF"}}').dataText).toBe('{"a":"\uFEFF"}');
  });

  test.each(['12345', '12345678901234567890', '1.0', '1e3', '-0'])(
    "the number %s as the PMS's own id, digit for digit",
    (number) => {
      expect(first(`{"event":"guest.checkin","data":{},"id":${number}}`).id).toBe(number);
      expect(first(`{"property_id" : ${number} ,"event":"guest.checkin","data":{}}`).propertyId).toBe(number);
    },
  );

  test('null for what may be left out', () => {
    const body = '{"event":"guest.checkin","data":{},"id":null,"timestamp":null,"property_id":null}';
    expect(first(body)).toMatchObject({ timestamp: null, propertyId: null, id: null });
  });

  describe('in another character set', () => {
    const data = '{"a":"Señor Müller – 5 €"}';
    const text = `{"event":"guest.checkin",\r\n"data":${data}}`;
    const utf16 = (mark: boolean, big: boolean): Buffer => {
      const raw = Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
      return big ? raw.swap16() : raw;
    };
    const windows = Buffer.from(text.replace('–', '\x96').replace('€', '\x80'), 'latin1');
    test.each([
      ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`), null],
      ['UTF-16 with its mark', utf16(true, false), null],
      ['UTF-16 with its mark, the other way round', utf16(true, true), null],
      ['UTF-16 with its mark that is declared', utf16(true, true), 'application/json; charset=UTF-16'],
      ['UTF-16LE', utf16(false, false), 'application/json; charset=utf-16le'],
      ['UTF-16BE', utf16(false, true), 'application/json; charset="utf-16be"'],
      ['UTF-16 without a mark', utf16(false, false), 'application/json;charset=utf-16'],
      ['UTF-16 that nobody declared', utf16(false, false), null],
      ['Windows-1252', windows, 'text/json; charset=windows-1252'],
      ['what is called ISO-8859-1', windows, 'application/json; charset=ISO-8859-1'],
    ])('%s', (_what, body, type) => {
      const charset = type === null ? null : charsetOf(type);
      expect(parseEvents(body, false, charset).events[0]?.dataText).toBe(data);
    });

    test('one that is not what it says is refused', () => {
      expect(refusal(() => parseEvents(utf16(true, false).subarray(0, -1), false))).toMatchObject({ code: 'not_utf8' });
      expect(refusal(() => parseEvents(Buffer.from(text, 'latin1'), false))).toMatchObject({ code: 'not_utf8' });
      expect(charsetOf('application/json; charset=ebcdic')).toBeUndefined();
    });
  });
});

describe('data stays byte for byte as it came', () => {
  test('whatever it is, wherever it stands, however it is written', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 4 })),
        fc.constantFrom('', ' ', '\n\t ', '\r\n'),
        fc.constantFrom(0, 1, '\t'),
        fc.boolean(),
        (data, space, indent, before) => {
          const text = JSON.stringify(data, null, indent);
          const rest = `"event"${space}:${space}"order.created"`;
          const body = before ? `{"data":${space}${text}${space},${rest}}` : `{${space}${rest},"data":${text}${space}}`;
          const event = first(body);
          if (event.masked === 0) expect(event.dataText).toBe(text);
        },
      ),
    );
  });

  test.each([
    ['integer-like names keep their order', '{"10":1,"9":2,"a":3}'],
    ['long numbers keep their digits', '{"n":12345678901234567890.123456789012345678901e-5,"m":1.0,"z":-0.0}'],
    ['escapes stay escapes', String.raw`{"a":"\u00f1\/\u0041\ud83c\udf67"}`],
    ['a name that is written twice stays twice', '{"a":1,"a":2}'],
    ['half a surrogate pair, as an escape', String.raw`{"a":"\ud800"}`],
    ['__proto__ is a name like any other', '{"__proto__":{"booking_id":"x"},"constructor":1}'],
  ])('%s', (_what, data) => {
    expect(first(`{"event":"order.created","data":${data}}`).dataText).toBe(data);
  });

  test('what __proto__ holds is not taken for a member', () => {
    expect(first('{"event":"order.created","data":{"__proto__":{"booking_id":"x","guest_name":"y"}}}')).toMatchObject({
      entity: null,
      summary: {},
    });
  });
});

describe('what is refused, by the name of the member', () => {
  test.each([
    ['no event', '{"data":{}}', 'event'],
    ['an event that is no text', '{"event":7,"data":{}}', 'event'],
    ['an unknown event', '{"event":"booking.create","data":{}}', 'event'],
    ['no data', '{"event":"guest.checkin"}', 'data'],
    ['data that is a list', '{"event":"guest.checkin","data":[]}', 'data'],
    ['data that is null', '{"event":"guest.checkin","data":null}', 'data'],
    ['data twice', '{"event":"guest.checkin","data":{},"data":{"a":1}}', 'data'],
    ['data twice, once escaped', String.raw`{"event":"guest.checkin","data":{},"d\u0061ta":{}}`, 'data'],
    ['another member', '{"event":"guest.checkin","data":{},"guest":"x"}', 'guest'],
    ['__proto__', '{"event":"guest.checkin","data":{},"__proto__":{}}', '__proto__'],
    [
      'a timestamp without an offset',
      '{"event":"guest.checkin","data":{},"timestamp":"2024-03-15T10:30:00"}',
      'timestamp',
    ],
    ['a timestamp that is a number', '{"event":"guest.checkin","data":{},"timestamp":1710498600}', 'timestamp'],
    ['an empty property', '{"event":"guest.checkin","data":{},"property_id":" "}', 'property_id'],
    ['a property that is a list', '{"event":"guest.checkin","data":{},"property_id":[1]}', 'property_id'],
    ['an id that is too long', `{"event":"guest.checkin","data":{},"id":"${'x'.repeat(201)}"}`, 'id'],
    ['an id with half a surrogate pair', String.raw`{"event":"guest.checkin","data":{},"id":"\udc00"}`, 'id'],
    ['a number as id that is too long', `{"event":"guest.checkin","data":{},"id":${'1'.repeat(201)}}`, 'id'],
    ['a text', '"hello"', 'body'],
    ['nothing', '', 'body'],
    ['half a body', '{"event":"guest.checkin","data":{', 'body'],
    ['an element that is no object', '[{"event":"guest.checkin","data":{}},3]', '[1]'],
    [
      'a bad member of an element',
      `[${'{"event":"guest.checkin","data":{}},'.repeat(17)}{"event":"guest.checkin","data":1}]`,
      '[17].data',
    ],
  ])('%s', (_what, body, member) => {
    const { status, member: named, expected, message } = refused(body);
    expect([status, named]).toEqual([400, member]);
    expect(expected).toBeTruthy();
    expect(message).toContain(member);
  });

  test('a bad line of NDJSON is named by its number', () => {
    expect(refused('{"event":"guest.checkin","data":{}}\n{"event":', true)).toMatchObject({ member: '[1]' });
    expect(refused('{"event":"guest.checkin","data":{}}\n{"event":"guest.checkin","data":"x"}', true)).toMatchObject({
      member: '[1].data',
    });
  });

  test('an unknown event is named, with the nine that there are', () => {
    const { message } = refused('{"event":"booking.create","data":{}}');
    for (const name of ['booking.create', ...eventTypes]) expect(message).toContain(name);
  });

  test('bytes that are no UTF-8', () => {
    const body = Buffer.concat([bytes('{"event":"guest.checkin","data":{"a":"'), Buffer.from([0xff]), bytes('"}}')]);
    expect(refusal(() => parseEvents(body, false))).toMatchObject({ status: 400, code: 'not_utf8' });
  });

  test('data that is nested too deep, and no stack overflow on the way', () => {
    const deep = (n: number) => `{"event":"guest.checkin","data":{"a":${'['.repeat(n)}${']'.repeat(n)}}}`;
    expect(first(deep(255)).dataText).toContain('[[');
    expect(refused(deep(256))).toMatchObject({ status: 400, member: 'data' });
    expect(refused(deep(400_000))).toMatchObject({ status: 400, member: 'data' });
  });

  test('nothing that came in is repeated but names', () => {
    const secret = '4111111111111111';
    for (const body of [`{"event":"guest.checkin","data":"${secret}"}`, `{"event": ${secret}`, `{"card":"${secret}"`]) {
      const { message, expected } = refused(body);
      expect(`${message}${expected}`).not.toContain('4111');
    }
  });

  test('what is wrong is told with what was found and what is expected', () => {
    const said = (body: string) => refused(body).message;
    const at = (member: string) => `{"event":"guest.checkin","data":{},${member}}`;
    expect(said(at('"timestamp":"2024-03-15T10:30:00"'))).toMatch(/^timestamp: got a time without its offset.*\+08:00/);
    expect(said(at('"timestamp":"2024-02-30T10:30:00Z"'))).toMatch(/^timestamp: got a text that is no such time/);
    expect(said(at('"timestamp":1710498600'))).toMatch(/^timestamp: expected .* got a number\.$/);
    expect(said(at(`"id":"${'x'.repeat(201)}"`))).toBe('id: expected a text of 1 to 200 characters; got 201.');
    expect(said(at('"id":true'))).toBe('id: expected a text of 1 to 200 characters, or a number; got true or false.');
    expect(said(at('"property_id":""'))).toMatch(/got an empty one/);
    expect(said('')).toMatch(/^body: it is empty/);
    expect(said('{"event":')).toMatch(/ends before it is complete/);
  });

  test('many events are read in several turns, with the same end', async () => {
    const one = '{"event":"guest.checkin","data":{"booking_id":"b","note":"4111 1111 1111 1111"}}';
    const body = bytes(`[${Array(500).fill(one).join()}]`);
    const turn = async () => {};
    const read = await parseEventsInTurns(body, { lines: false, charset: null, turn });
    expect(read).toEqual(parseEvents(body, false));
  });

  test('garbage is refused and never crashes it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.uint8Array().map((raw) => Buffer.from(raw).toString('latin1')),
        ),
        (text) => {
          for (const lines of [false, true]) expect(refused(text, lines).status).toBe(400);
        },
      ),
    );
  });
});

describe('what an event is about', () => {
  const entity = (data: string) => first(`{"event":"payment.received","data":${data}}`).entity;

  test('the first of booking, order, item and payment, in this order', () => {
    expect(entity('{"payment_id":"p","booking_id":"b"}')).toEqual({ member: 'booking_id', id: 'b' });
    expect(entity('{"payment_id":"p","item_id":"i","order_id":"o"}')).toEqual({ member: 'order_id', id: 'o' });
    expect(entity('{"payment_id":"p"}')).toEqual({ member: 'payment_id', id: 'p' });
    expect(entity('{"other":"p"}')).toBeNull();
  });

  test.each([
    ...[
      '{"reservation_id":"R"}',
      '{"reservationId":"R"}',
      '{"bookingId":"R"}',
      '{"bookingID":"R"}',
      '{"BookingId":"R"}',
    ],
    ...['{"confirmation_number":"R"}', '{"confirmationNumber":"R"}', '{"folio_id":"R"}', '{"booking":{"id":"R"}}'],
    ...['{"reservation":{"id":"R"}}', '{"reservation":{"confirmation_number":"R"}}', '{"Booking":{"Id":"R"}}'],
    ...['{"payment_id":"p","bookingId":"R"}', '{"order":{"id":"o"},"booking":{"id":"R"}}'],
  ])('a booking however it is called: %s', (data) => {
    expect(entity(data)).toEqual({ member: 'booking_id', id: 'R' });
  });

  test('an order, an item and a payment however they are called', () => {
    expect(entity('{"orderId":7,"payment":{"id":"p"}}')).toEqual({ member: 'order_id', id: '7' });
    expect(entity('{"item":{"id":12345678901234567890}}')).toEqual({ member: 'item_id', id: '12345678901234567890' });
    expect(entity('{"payment":{"id":"p"}}')).toEqual({ member: 'payment_id', id: 'p' });
  });

  test('an id longer than any is passed over, with a hint', () => {
    const event = first(`{"event":"payment.received","data":{"booking_id":"${'x'.repeat(201)}","payment_id":"p"}}`);
    expect(event.entity).toEqual({ member: 'payment_id', id: 'p' });
    expect(event.hints.map((hint) => inEnglish(hint))).toEqual([
      'data.booking_id: longer than 200 characters, so it is not taken as an id and keeps no order.',
    ]);
    expect(first(`{"event":"payment.received","data":{"order_id":${'1'.repeat(900)}}}`).entity).toBeNull();
  });

  test('a booking without any id has a hint that names what was looked for', () => {
    const event = first('{"event":"booking.created","data":{"guest_name":"x","payment_id":"p"}}');
    expect(event.isUnordered).toBe(true);
    expect(event.hints.map((hint) => inEnglish(hint)).join()).toMatch(
      /booking_id, reservation_id, confirmation_number, folio_id, booking.id/,
    );
    expect(first('{"event":"order.created","data":{}}')).toMatchObject({ isUnordered: false, hints: [] });
  });

  test('an id that is not there, or empty, is passed over', () => {
    expect(entity('{"booking_id":null,"order_id":"","payment_id":"p"}')).toEqual({ member: 'payment_id', id: 'p' });
  });

  test('a number keeps its digits', () => {
    expect(entity('{"booking_id":12345678901234567890}')?.id).toBe('12345678901234567890');
    expect(entity('{"booking_id":1,"booking_id":2}')?.id).toBe('2');
  });
});

describe('hints', () => {
  test('a known member of another type is a hint, an unknown member is none', () => {
    const { hints } = first(
      '{"event":"booking.created","data":{"booking_id":"b","total":"6000","room":"101","mine":1,"nights":2}}',
    );
    expect(hints.map((hint) => inEnglish(hint))).toEqual([
      'data.room: usually an object, here a text',
      'data.total: usually a number, here a text',
    ]);
  });
});

describe('what a shape made of a message', () => {
  const made = (text: string) => {
    const steps = readMadeInSteps(text, { time: (value) => (value === 'noon' ? '2024-03-15T12:00:00Z' : null) });
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  };

  test('is read as our envelope, one or several, with the times as its source has them', () => {
    const { events, form } = made('[{"event":"order.created","timestamp":"noon","data":{"order_id":"s_1"}}]');
    expect(form).toBe('many');
    expect(events.map(({ type, timestamp, dataText }) => [type, timestamp, dataText])).toEqual([
      ['order.created', '2024-03-15T12:00:00Z', '{"order_id":"s_1"}'],
    ]);
    expect(() => made('[{"event":"sale"}]')).toThrow('[0].event');
  });

  test('may be nothing, with the reason', () => {
    const why = (text: string) => made(text).ignored.map((says) => inEnglish(says));
    expect(why('{"ignore":"a health check"}')).toEqual(['The shape says: a health check']);
    expect(why(' [] ')).toEqual(['The shape makes no event of it.']);
    expect(why('{"event":"ignore","data":{}}')).toHaveLength(1);
    expect(made('[{"ignore":"x"},{"event":"order.created","data":{}}]')).toMatchObject({ events: [{}], ignored: [{}] });
  });
});

test('what is wrong first is what is told, though a later line is no JSON at all', () => {
  expect(refused('{"event":"nonsense","data":{}}\nnot json', true).member).toBe('[0].event');
});
