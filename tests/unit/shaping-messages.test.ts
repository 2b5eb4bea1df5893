import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ShapeContent } from '../../electron/engine/shaping/content.ts';
import type { ShapeScope } from '../../electron/engine/shaping/scope.ts';
import { compileShape, isShapeProblem } from '../../electron/engine/shaping/shape.ts';
import { type ChatName, chatPresets } from '../../shared/endpoint-kinds/chat-presets.ts';
import { mailPreset } from '../../shared/endpoint-kinds/mail-presets.ts';
import { presetNames, presets } from '../../shared/endpoint-kinds/presets.ts';
import { eventTypes, type PmsEventType } from '../../shared/events.ts';
import { sampleText } from '../../shared/samples.ts';
import { usualScope } from '../support/shape-scope.ts';

const usual: ShapeScope = { ...usualScope, config: { chatId: '-1001234567890' } };
const names = Object.keys(chatPresets) as ChatName[];

function made(template: string, scope: Partial<ShapeScope>, content: ShapeContent = 'json'): string {
  const shape = compileShape(template, content);
  if (isShapeProblem(shape)) throw new Error(JSON.stringify(shape));
  const rendered = shape.render({ ...usual, ...scope });
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problem));
  return rendered.body;
}

const line = (scope: Partial<ShapeScope>): string => made('{{ message.line }}', scope, 'text');
const said = (name: ChatName, scope: Partial<ShapeScope>): string => made(chatPresets[name], scope);

const filipino = { ...usual.property, locale: 'fil-PH' };

interface Sample {
  readonly event: PmsEventType;
  readonly timestamp: string;
  readonly data: unknown;
}
const samples = JSON.parse(readFileSync('tests/support/contract/sample-events.json', 'utf8')) as readonly Sample[];
const ofSample = ({ event, timestamp, data }: Sample) => ({ event, timestamp, dataText: JSON.stringify(data) });

describe('an event in a line', () => {
  const inWords: Readonly<Record<PmsEventType, string>> = {
    'booking.created': 'New booking: Juan dela Cruz, Room 101, 20 to 22 March, ₱6,000',
    'booking.updated': 'Booking changed: Juan dela Cruz, Room 204, 20 to 23 March, ₱9,750.50',
    'booking.cancelled': 'Booking cancelled: María Peña-Ñúñez, Room 102, 1 to 2 April, ₱2,500',
    'guest.checkin': 'Checked in: Juan dela Cruz, Room 204',
    'guest.checkout': 'Checked out: Juan dela Cruz, Room 204',
    'order.created': 'New order: Restaurant, Halo-halo 🍧, ₱360',
    'order.completed': 'Order paid: Restaurant, ₱360',
    'inventory.low': 'Low stock: Bath soap 30 g, 12 left',
    'payment.received': 'Payment received: gcash, ₱10,110.50',
  };

  test.each(samples.map((sample) => [sample.event, sample] as const))('%s', (event, sample) => {
    expect(line(ofSample(sample))).toBe(inWords[event]);
  });

  test.each([
    [{}, 'New booking'],
    [{ booking_id: 'bk_1' }, 'New booking: bk_1'],
    [{ guest_name: 7, room: [], check_in: {}, total: 'a lot' }, 'New booking: 7, a lot'],
    [
      { guest: { first_name: 'Ana' }, check_in: '2024-03-30', check_out: '2024-04-02' },
      'New booking: Ana, 30 March to 2 April',
    ],
    [{ check_in: '2024-12-30', check_out: '2025-01-02' }, 'New booking: 30 December 2024 to 2 January 2025'],
    [{ check_in: '2025-03-20', check_out: '2025-03-22' }, 'New booking: 20 to 22 March 2025'],
    [{ check_in: '2024-03-20' }, 'New booking: 20 March'],
    [{ check_out: '2024-03-22' }, 'New booking'],
    [
      { guest_name: 'Ana', check_in: '2024-03-20', check_out: '22/03/2026', total: '₱6,000.00' },
      'New booking: Ana, 20 March to 22/03/2026, ₱6,000.00',
    ],
    [{ check_in: '20/03/2026', check_out: '2026-03-22' }, 'New booking: 20/03/2026 to 22 March 2026'],
    [{ check_in: 'next Friday\n', check_out: 'tbd', total: 'tbd' }, 'New booking: next Friday'],
    [{ check_in: '2024-03-20', total: '1.234' }, 'New booking: 20 March, 1.234'],
    [{ guest_name: { first: 'Ana', last: 'Cruz' }, total: -0.004 }, 'New booking: Ana Cruz, ₱0.00'],
    [{ guest: { name: { first: 'Ana' } }, total: -5 }, 'New booking: Ana, -₱5'],
    [{ last: 'page', first: 'page' }, 'New booking'],
    [{ arrival: '2024-03-19T18:00:00Z', departure: '2024-03-22T02:00:00Z' }, 'New booking: 20 to 22 March'],
    [{ guest_name: 'Ana\u202e\n', total: '120.50', currency: 'EUR' }, 'New booking: Ana\\u202e, €120.50'],
  ])('%j', (data, expected) => {
    expect(line({ dataText: JSON.stringify(data) })).toBe(expected);
  });

  test.each([
    [[{ name: 'Sisig' }], 'Sisig', 'Sisig'],
    [[{ name: 'Sisig' }, { name: 'Rice' }], 'Sisig and 1 more', 'Sisig at 1 pa'],
    [[{ name: 'Sisig' }, { name: 'Rice' }, {}], 'Sisig and 2 more', 'Sisig at 2 pa'],
    [[{}, { name: 'Rice' }], '', ''],
  ])('an order of %j says how many it does not name', (items, en, fil) => {
    for (const event of ['order.created', 'order.completed'] as const) {
      const scope = { event, dataText: JSON.stringify({ items, total: 360 }) };
      expect(line(scope).split(': ')[1]).toBe(en === '' ? '₱360' : `${en}, ₱360`);
      expect(line({ ...scope, property: filipino }).split(': ')[1]).toBe(fil === '' ? '₱360' : `${fil}, ₱360`);
    }
  });

  const rooms: readonly (readonly [data: object, en: string, fil: string])[] = [
    [{ room_number: '101' }, 'Room 101', 'Kuwarto 101'],
    [{ room: 101 }, 'Room 101', 'Kuwarto 101'],
    [{ room: '101 - Deluxe' }, 'Room 101', 'Kuwarto 101'],
    [{ room: { number: '12-B' } }, 'Room 12-B', 'Kuwarto 12-B'],
    [{ room: 'A 204' }, 'Room A 204', 'Kuwarto A 204'],
    [{ room: { name: 'DLX' } }, 'Room DLX', 'Kuwarto DLX'],
    [{ room_name: 'Room 101' }, 'Room 101', 'Room 101'],
    [{ room: 'ROOM 7' }, 'ROOM 7', 'ROOM 7'],
    [{ room: 'Rm. 101' }, 'Rm. 101', 'Rm. 101'],
    [{ room: 'Kuwarto 101' }, 'Kuwarto 101', 'Kuwarto 101'],
    [{ room: '2nd floor suite' }, '2nd floor suite', '2nd floor suite'],
    [{ room: 'Villa-3' }, 'Villa-3', 'Villa-3'],
    [{ room: 'Sea View' }, 'Sea View', 'Sea View'],
    [{ table: 5 }, 'Table 5', 'Mesa 5'],
    [{ table: 'Table 5' }, 'Table 5', 'Table 5'],
    [{ room_number: '101', table: 5 }, 'Room 101', 'Kuwarto 101'],
  ];

  test.each(rooms)('the room of %j, with its word and no word twice, of each type', (data, en, fil) => {
    for (const event of eventTypes.filter((type) => !type.startsWith('relay.'))) {
      const scope = { event, dataText: JSON.stringify(data) };
      expect(line(scope).split(': ')[1]).toBe(en);
      expect(line({ ...scope, property: filipino }).split(': ')[1]).toBe(fil);
      for (const name of names)
        expect(
          texts(JSON.parse(said(name, scope)))
            .join(' ')
            .replaceAll('\\', ''),
        ).toContain(en);
    }
  });

  test('in Filipino, and as a test', () => {
    const [booking, other] = samples.map(ofSample);
    expect(line({ ...booking, property: filipino })).toBe(
      'Bagong booking: Juan dela Cruz, Room 101, Marso 20 hanggang 22, ₱6,000',
    );
    expect(line({ ...other, test: true })).toMatch(/^Test: Booking changed: Juan/);
  });
});

describe('a value of several lines', () => {
  const breaks = 'Line1\nLine2\r\n.\r\nTotal: 1\u2028Bcc: x@y.z\u000b\u0085';
  const members = { guest_name: 'Ana', booking_id: 'bk_1', reason: 'late', outlet: 'Bar' };
  const scopeOf = (put: (text: string) => string): Partial<ShapeScope> => ({
    dataText: JSON.stringify(Object.fromEntries(Object.entries(members).map(([name, text]) => [name, put(text)]))),
    property: { ...usual.property, name: put('Casa Azul') },
  });
  const plain = scopeOf((text) => text);
  const broken = scopeOf((text) => `${text} ${breaks} ${text}`);
  const linesOf = (text: string): number => text.split(/[\p{Zl}\p{Zp}\p{Cc}]/u).length;

  test.each(['en', 'fil'] as const)('makes no line more of a mail in %s', (language) => {
    const { subject, text } = mailPreset(language);
    for (const template of [subject, text]) {
      expect(linesOf(made(template, broken, 'text'))).toBe(linesOf(made(template, plain, 'text')));
    }
    expect(made(text, broken, 'text')).toContain(': Ana Line1\\nLine2\\r\\n.\\r\\nTotal: 1\\u2028Bcc: x@y.z');
  });

  test('makes no line more of a plain text, nor of what a chat shows', () => {
    const { template } = presets.text;
    expect(linesOf(made(template, broken, 'text'))).toBe(linesOf(made(template, plain, 'text')));
    for (const name of names) {
      const lines = (scope: Partial<ShapeScope>) => texts(JSON.parse(said(name, scope))).map(linesOf);
      expect(lines(broken)).toEqual(lines(plain));
    }
  });
});

/** What a service shows of each text, its entities and backslashes read. */
const texts = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(texts)
      : [];

describe.each(names)('%s', (name) => {
  test.each(eventTypes)('says %s', (event) => {
    const body = JSON.parse(said(name, { event, dataText: sampleText(event) }));
    const shown = texts(body).join(' ');
    expect(shown).toMatch(/Casa Azul/);
    expect(shown.replaceAll('\\', '')).toContain(
      event === 'inventory.low' ? '12 left' : event.startsWith('guest') ? 'Room 204' : '₱',
    );
  });

  const limits: Readonly<Record<ChatName, number>> = {
    slack: 8000,
    discord: 8000,
    teams: 28 * 1024,
    google_chat: 32_000,
    telegram: 20_000,
  };

  test('stays JSON and within its limit, whatever the data', () => {
    const member = fc.constantFrom(
      'guest_name',
      'guest',
      'room',
      'check_in',
      'check_out',
      'total',
      'currency',
      'items',
      'name',
      'on_hand',
      'method',
      '__proto__',
      'constructor',
      'toString',
    );
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.string({ unit: 'binary', maxLength: 3000 }),
      fc.constantFrom(
        '9'.repeat(400),
        '<'.repeat(3000),
        '\\"'.repeat(2000),
        '2024-99-99',
        '-1e99',
        1e308,
        '🍧'.repeat(2000),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...eventTypes), fc.array(fc.tuple(member, value)), (event, entries) => {
        const dataText = `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${JSON.stringify(each)}`).join(',')}}`;
        const body = said(name, {
          event,
          dataText,
          property: { ...usual.property, locale: 'no such', currency: 'pesos' },
        });
        JSON.parse(body);
        expect(Buffer.byteLength(body)).toBeLessThan(limits[name]);
      }),
      { numRuns: 60 },
    );
  });
});

test.each(presetNames)('%s, to start from, fits every sample', (preset) => {
  const { content, template } = presets[preset];
  for (const event of eventTypes) expect(made(template, { event, dataText: sampleText(event) }, content)).not.toBe('');
});

test('a notification of Google Chat says the whole line', () => {
  const [booking] = samples.map(ofSample);
  const { fallbackText } = JSON.parse(said('google_chat', booking ?? {}));
  expect(fallbackText).toBe('New booking: Juan dela Cruz, Room 101, 20 to 22 March, ₱6,000');
});

describe("a stranger's words stay words", () => {
  const hostile =
    '<!channel> <@U1> @everyone @here <b>x</b> [a](http://x.y) *b* `c` ||d|| <https://x.y|z> &amp; </i> <at>A</at> <users/all>';
  const scope = {
    dataText: JSON.stringify({ guest_name: hostile, room: hostile }),
    property: { ...usual.property, name: hostile },
  };

  test('Slack sees no angle bracket', () => {
    const { attachments } = JSON.parse(said('slack', scope));
    for (const text of texts(attachments)) expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
  });

  test('Discord calls nobody, and each sign stands behind a backslash', () => {
    const body = JSON.parse(said('discord', scope));
    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(body.embeds[0].description.replace(/\\./g, '')).not.toMatch(/[<>@[\]()*`|_~]/);
  });

  test('Teams reads no Markdown: all of it is text runs', () => {
    const [{ content }] = JSON.parse(said('teams', scope)).attachments;
    const types = content.body.flatMap((block: { type: string; inlines: { type: string }[] }) => [
      block.type,
      ...block.inlines.map(({ type }) => type),
    ]);
    expect(new Set(types)).toEqual(new Set(['RichTextBlock', 'TextRun']));
  });

  test('Google Chat and Telegram see only our own tags', () => {
    const { fallbackText, cardsV2 } = JSON.parse(said('google_chat', scope));
    expect(fallbackText).not.toContain('<');
    const { widgets } = cardsV2[0].card.sections[0];
    expect(widgets[0].textParagraph.text.match(/<[^>]*>/g)).toEqual(['<font color="#1c7044">', '</font>']);
    const { text, parse_mode, chat_id } = JSON.parse(said('telegram', scope));
    expect({ parse_mode, chat_id }).toEqual({ parse_mode: 'HTML', chat_id: '-1001234567890' });
    expect(text.match(/<[^>]*>/g)).toEqual(['<b>', '</b>', '<i>', '</i>']);
    expect(text).not.toMatch(/@\w/);
  });
});

test('a notice is in one language, the one that notices have', () => {
  const dataText = JSON.stringify({ title: 'Front desk is quiet.', text: 'Look.', language: 'en' });
  const scope = { event: 'relay.source_quiet', dataText, test: true, property: filipino } as const;
  expect(line(scope)).toBe('Test: Front desk is quiet. Look.');
});

test('a stay whose times are in UTC is told by the days of the property', () => {
  const dataText = JSON.stringify({ check_in: '2024-12-19T18:00:00Z', check_out: '2024-12-21T04:00:00Z' });
  expect(line({ dataText, property: { ...usual.property, timeZone: 'Asia/Manila' } })).toBe(
    'New booking: 20 to 21 December',
  );
});
