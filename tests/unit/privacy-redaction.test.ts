import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, type JsonObject, summarize, summaryPaths } from '../../electron/engine/event-summary.ts';
import { membersBy, refuseBroadRules, refuseIdleRules } from '../../electron/engine/privacy/members.ts';
import { createRedaction } from '../../electron/engine/privacy/redact.ts';
import { personalTexts } from '../../electron/engine/privacy/walk.ts';
import { catalogue, type EventType, eventTypes } from '../../shared/events.ts';
import { chosenTreatments, type OwnPrivacyRule } from '../../shared/schemas.ts';
import { corpus } from '../support/personal-corpus.ts';

const leaves = (event: EventType, data: unknown, options = {}): string =>
  createRedaction(options).ofEvent(event, JSON.stringify(data)).dataText();

describe('what leaves of an event', () => {
  test.each(corpus)('$what', ({ event, data, goes, stays }) => {
    const text = leaves(event, data);
    for (const personal of goes) expect(text.toLowerCase()).not.toContain(personal.toLowerCase());
    for (const harmless of stays) expect(text).toContain(harmless);
  });

  test.each(eventTypes)('the sample of %s keeps everything but its guest and reasons', (event) => {
    const { sample } = catalogue[event];
    const redacted = JSON.parse(leaves(event, sample)) as Record<string, unknown>;
    const { guest_name, reason, ...rest } = sample as Record<string, unknown>;
    expect(redacted).toEqual({
      ...rest,
      ...(guest_name === undefined ? {} : { guest_name: 'Guest 1' }),
      ...(reason === undefined ? {} : { reason: '[note]' }),
    });
  });

  test.each([
    ...['0.0000001', '-0', '-0.0', '-0.5', '1e3', '1E-7', '6000.00', '0.10', '0', '100', '0.5', '0.000001'],
    ...['123456789012345.67', '1234567.12345678', '1.0e2', '12345678.0000001', '99999999'],
  ])('a total of %s is printed as it was written', (written) => {
    expect(createRedaction().ofEvent('booking.created', `{"total":${written}}`).dataText()).toBe(
      `{"total":${written}}`,
    );
  });

  test('a number keeps its digits, and an id of twenty is not rounded', () => {
    const text = '{"booking_id":12345678901234567890,"total":6000.00}';
    expect(createRedaction().ofEvent('booking.created', text).dataText()).toBe(text);
  });

  test('one guest has one pseudonym in one export, however the name is written, and another in the next', () => {
    const redaction = createRedaction();
    const name = (guest: string) =>
      redaction.ofEvent('guest.checkin', JSON.stringify({ guest_name: guest })).dataText();
    expect(name('Juan dela Cruz')).toBe('{"guest_name":"Guest 1"}');
    expect(name('Maria Santos')).toBe('{"guest_name":"Guest 2"}');
    expect(name('Mr. DELA CRUZ, Juan')).toBe('{"guest_name":"Guest 1"}');
    expect(createRedaction().ofEvent('guest.checkin', '{"guest_name":"Maria Santos"}').dataText()).toContain('Guest 1');
  });

  test('who differs in a number, or as father from son, is another guest; one guest is one', () => {
    const redaction = createRedaction();
    const called = (...guests: string[]) => {
      const { guests: out } = JSON.parse(
        redaction.ofEvent('guest.checkin', JSON.stringify({ guests: guests.map((name) => ({ name })) })).dataText(),
      ) as { guests: { name: string }[] };
      return out.map(({ name }) => name);
    };
    const several = [
      ...['Guest 01', 'Guest 02', 'Room 01', 'Juan 2', 'Juan', 'Bed 1 Room 2', 'Bed 2 Room 1'],
      ...['Juan Cruz', 'Juan Cruz Jr.', 'Juan Cruz III', 'Walk-in 7', 'Walk-in 8'],
    ];
    const each = several.map((name) => called(name)[0]);
    expect(new Set(each).size).toBe(several.length);
    expect(called('Guest 01', 'Guest 02', 'Juan 2', 'Juan')).toEqual([each[0], each[1], each[3], each[4]]);
    expect(called('GUEST 02', 'juan2', 'Jr. Cruz, Juan', 'Sr. Juan Cruz')).toEqual([
      each[1],
      each[3],
      each[8],
      each[7],
    ]);
  });

  test("the property's own labels stay, though a guest is called alike, and the guest goes", () => {
    const redaction = createRedaction({
      labels: ['Santos Laundry', 'Maria Santos', 'santos.example.ph', 'Casa Maria'],
    });
    const data = { guest_name: 'Maria Santos', property_name: 'Casa Maria', source: 'Maria Santos', origin: 'Maria' };
    const event = redaction.ofEvent('guest.checkin', JSON.stringify(data));
    expect(JSON.parse(event.dataText())).toEqual({
      guest_name: 'Guest 1',
      property_name: 'Casa Maria',
      source: 'Guest 1',
      origin: 'Guest 1',
    });
    expect(
      event.sentence({
        key: 'outcome.any',
        params: { name: 'Maria Santos', host: 'santos.example.ph', detail: 'Santos Laundry: no Maria Santos' },
      }).params,
    ).toEqual({ name: 'Maria Santos', host: 'santos.example.ph', detail: 'Santos Laundry: no Guest 1' });
  });

  test('a label of any signs is a label', () => {
    const signs = [...'!"#$%&()*+,-./:;<=>?[\\]^_`{|}~§€'];
    for (const sign of signs) {
      const label = `Front${sign}desk`;
      const event = createRedaction({ labels: [label] }).ofEvent('guest.checkin', '{"guest_name":"Front Santos"}');
      expect(event.text(`at ${label}: Front is late`)).toBe(`at ${label}: Guest 1 is late`);
    }
  });

  test('beside an endpoint that is called like a pseudonym, guests are called otherwise', () => {
    const called = (...labels: string[]) =>
      createRedaction({ labels }).ofEvent('guest.checkin', '{"guest_name":"Maria Santos"}').dataText();
    for (const label of ['Guest 01', 'guest-2 tablet', 'Till of guest #3']) {
      expect(called('Bay Breeze', label)).toBe('{"guest_name":"Visitor 1"}');
    }
    expect(called('Guest 1', 'Visitor 7')).toBe('{"guest_name":"Person 1"}');
    for (const label of ['Guest messages', 'Guest WiFi 2', 'Guesthouse 4']) {
      expect(called(label)).toBe('{"guest_name":"Guest 1"}');
    }
  });

  test("a property's rule holds inside of what is taken out whole, and for members by their digits", () => {
    const own = [
      { member: 'special.*', treatment: 'keep' },
      { member: 'pet', treatment: 'keep' },
      { member: 'custom_field_3', treatment: 'keep' },
      { member: 'extras', treatment: 'remove' },
      { member: 'extras.note', treatment: 'keep' },
    ] as const;
    const data = {
      special: { meal: 'vegan', deep: { bed: 'hard' }, token: 'abc' },
      pet: { sort: 'old cat', note: 'of Ana Roces', owner: 'Ana Roces' },
      custom_field_3: 'sea view please',
      customField2: 'call my wife',
      extras: { note: 'gone', other: 1 },
    };
    expect(JSON.parse(leaves('booking.created', data, { own }))).toEqual({
      special: { meal: 'vegan', deep: { bed: 'hard' }, token: '[secret]' },
      pet: { sort: 'old cat', note: 'of Guest 1', owner: 'Guest 1' },
      custom_field_3: 'sea view please',
      customField2: '[text]',
      extras: { note: '[remove]', other: '[remove]' },
    });
  });

  test.each(['door_pin', '*_token', 'pin.*', 'wifi_*', 'Guest.Password'])('a rule for %s is refused', (member) => {
    expect(() => refuseIdleRules([{ member, treatment: 'keep' }], [])).toThrow(/never leaves/);
    expect(() => refuseIdleRules([{ member, treatment: 'keep' }], [{ member, treatment: 'name' }])).not.toThrow();
  });
  test.each(['*', 'special.*', 'pins', '*_note'])('a rule for %s is taken', (member) => {
    expect(() => refuseIdleRules([{ member, treatment: 'keep' }], [])).not.toThrow();
  });

  test.each(['*', '*.*', '**', '*e*', '*_*', 'g*', 'guest*', '*a*.*'])(
    'a rule that keeps %s is refused, and turns nothing off',
    (member) => {
      const own = [{ member, treatment: 'keep' }] as const;
      expect(() => refuseBroadRules(own, [])).toThrow(/Expected the name of a member/);
      expect(() => refuseBroadRules(own, own)).not.toThrow();
      expect(() => refuseBroadRules([{ member, treatment: 'remove' }], [])).not.toThrow();
      const data = {
        guest_name: 'Juan dela Cruz',
        email: 'j@example.com',
        phone: '0917 555 0142',
        guest: { name: 'Ana' },
      };
      expect(JSON.parse(leaves('booking.created', data, { own }))).toEqual({
        guest_name: 'Guest 1',
        email: '[mail]',
        phone: '[phone]',
        guest: { name: 'Guest 2' },
      });
    },
  );
  test.each(['tour_leader', 'special.*', '*_note', '*name', 'room*', 'guest_name'])(
    'a rule that keeps %s is taken',
    (member) => {
      expect(() => refuseBroadRules([{ member, treatment: 'keep' }], [])).not.toThrow();
    },
  );

  test.each([
    [
      { name: 'phone', value: '0917 555 0142' },
      { name: 'phone', value: '[phone]' },
    ],
    [
      { name: 'Phone', value: '0917 555 0142' },
      { name: 'Phone', value: '[phone]' },
    ],
    [
      { name: 'contact_name', value: 'Grace Park' },
      { name: 'contact_name', value: 'Guest 1' },
    ],
    [
      { name: 'passport_number', value: 'NCR 1234' },
      { name: 'passport_number', value: '[document]' },
    ],
    // A guest may be called like what a program says.
    [
      { name: 'Grace Park', value: 3 },
      { name: 'Guest 1', value: 3 },
    ],
    [
      { name: 'Rose Street', value: 3 },
      { name: 'Guest 1', value: '[address]' },
    ],
    [
      { name: 'Street', value: 3 },
      { name: 'Guest 1', value: '[address]' },
    ],
    [
      { name: 'Rose Guest', value: 3 },
      { name: 'Guest 1', value: 3 },
    ],
  ])('of the pair %j the word for what it is stays, and whoever is named goes', (pair, left) => {
    const data = { custom_fields: [pair], message: `about ${pair.name}` };
    const leaves = JSON.parse(createRedaction().ofEvent('booking.created', JSON.stringify(data)).dataText());
    expect(leaves.custom_fields).toEqual([left]);
    const inside = createRedaction()
      .ofEvent('booking.created', JSON.stringify({ guest: pair }))
      .dataText();
    if (left.name === 'Guest 1') expect(inside).not.toContain(pair.name);
  });

  test('a guest whom one event of a booking names goes from the others, whichever was read first', () => {
    const redaction = createRedaction();
    const paid = { booking_id: 'bk_h', method: 'GCash Ulysses Vandermolen', source: 'Vandermolen family', amount: 5 };
    const first = redaction.ofEvent('payment.received', JSON.stringify(paid));
    const created = redaction.ofEvent(
      'booking.created',
      JSON.stringify({ reservation: { id: 'bk_h' }, guest_name: 'Ulysses Vandermolen' }),
    );
    const last = redaction.ofEvent('guest.checkin', JSON.stringify({ bookingId: 'bk_h', room: 'Vandermolen party' }));
    const other = redaction.ofEvent('guest.checkin', JSON.stringify({ bookingId: 'bk_i', room: 'Vandermolen wing' }));
    expect(JSON.parse(first.dataText())).toEqual({
      booking_id: 'bk_h',
      method: 'GCash Guest 1',
      source: 'Guest 1 family',
      amount: 5,
    });
    expect(created.dataText()).toContain('Guest 1');
    expect(last.dataText()).toContain('"room":"Guest 1 party"');
    expect(last.summary({ room: 'Vandermolen party' }).room).toBe('Guest 1 party');
    expect(other.dataText()).toContain('Vandermolen wing');
  });

  test("words of a receiver that repeat the event's guest leave without the guest", () => {
    const event = createRedaction().ofEvent('guest.checkin', '{"guest_name":"Juan dela Cruz","email":"j@example.com"}');
    expect(
      event.text('Customer JUAN DELACRUZ (j@example.com, +63 917 555 0142) is unknown: see https://x.example/u/7?t=1'),
    ).toBe('Customer Guest 1 ([mail], [phone]) is unknown: see https://x.example/…');
    expect(event.summary(summarize('guest.checkin', { guest_name: 'Juan dela Cruz', room: 'Room 4' }))).toEqual({
      guest: 'Guest 1',
      room: 'Room 4',
    });
  });

  test('a property keeps or takes out members of its own, but never keeps what is secret', () => {
    const own = [
      { member: 'tour_leader', treatment: 'name' },
      { member: 'house.remarks', treatment: 'keep' },
      { member: 'nights', treatment: 'remove' },
      { member: 'door_pin', treatment: 'keep' },
    ] as const;
    const data = { tourLeader: 'Ana Roces', house: { remarks: 'pool closed' }, nights: 2, door_pin: '4711' };
    expect(JSON.parse(leaves('booking.created', data, { own }))).toEqual({
      tourLeader: 'Guest 1',
      house: { remarks: 'pool closed' },
      nights: '[remove]',
      door_pin: '[secret]',
    });
  });

  test('a full export holds everything but what is secret', () => {
    const data = {
      guest_name: 'Juan dela Cruz',
      note: 'late',
      api_token: 'abc',
      link: 'https://user:pw@pms.example/b/7?token=xyz&page=2',
    };
    expect(JSON.parse(leaves('booking.created', data, { full: true }))).toEqual({
      guest_name: 'Juan dela Cruz',
      note: 'late',
      api_token: '[secret]',
      link: 'https://pms.example/b/7?token=…&page=2',
    });
  });

  test('a full export leaves no secret in what a receiver repeats of its request, whole or cut off', () => {
    const { body, sentence } = createRedaction({ full: true }).ofEvent('booking.created', '{}');
    const echo =
      '{"guest_name":"Ana","api_key":"KEY1","data":{"wifi_password":"WIFI2","total":9007199254740993},"url":"https://x.example/?access_token=T3"}';
    expect(body(echo)).toBe(
      '{"guest_name":"Ana","api_key":"[secret]","data":{"wifi_password":"[secret]","total":9007199254740993},"url":"https://x.example/?access_token=…"}',
    );
    expect(body(echo.slice(0, -60))).not.toMatch(/KEY1|WIFI2/);
    expect(body(`got guest_name=Ana&password=P4&authorization: Bearer B5 and api_key='K 6'`)).toBe(
      "got guest_name=Ana&password=[secret]&authorization: [secret] and api_key='[secret]'",
    );
    const said = { key: 'conditions.receiver.said' as const, params: { said: 'no such token: "password":"P7"' } };
    expect(JSON.stringify(sentence(said))).not.toContain('P7');
  });

  test('what an event says of people is found by its members, each with where it stands', () => {
    const data = {
      guest: { firstName: 'Juan', lastName: 'Cruz', phones: ['0917'] },
      room: { name: 'Room 4' },
      nights: 2,
    };
    expect(personalTexts('booking.created', data, membersBy())).toEqual([
      { path: 'guest', treatment: 'name', text: 'Juan Cruz' },
      { path: 'guest.first_name', treatment: 'name', text: 'Juan' },
      { path: 'guest.last_name', treatment: 'name', text: 'Cruz' },
      { path: 'guest.phones', treatment: 'phone', text: '0917' },
    ]);
  });

  test('a preview marks what was taken out', () => {
    const text = leaves(
      'booking.created',
      { guest_name: 'Juan', booking_id: 'b1' },
      { mark: (taken: string) => `<${taken}>` },
    );
    expect(text).toBe('{"guest_name":"<Guest 1>","booking_id":"b1"}');
  });
});

describe('what stands beside the data leaves as the data does', () => {
  const textMembers = ['guest', 'room', 'item', 'outlet', 'currency'] as const;
  const places = eventTypes.flatMap((event) =>
    Object.entries(summaryPaths(event)).flatMap(([member, paths]) => paths.map((path) => ({ event, member, path }))),
  );
  const nested = (path: readonly string[], value: unknown): unknown =>
    path.reduceRight((inside, name) => (name === '0' ? [inside] : { [name]: inside }), value);

  test.each([undefined, ...chosenTreatments])('whatever a property says of a member: %s', (treatment) => {
    for (const { event, member, path } of places) {
      const isText = textMembers.some((one) => one === member);
      const value = member === 'currency' ? 'PHP' : isText ? 'Sunset Peralta' : 1234.5;
      const data = nested(path, value) as JsonObject;
      const pattern = path.filter((name) => name !== '0').join('.');
      const own = treatment === undefined ? [] : [{ member: pattern, treatment }];
      const redacted = createRedaction({ own }).ofEvent(event, JSON.stringify(data));
      const column = redacted.summary(summarize(event, data))[member as (typeof textMembers)[number]];
      const left = at(JSON.parse(redacted.dataText()) as JsonObject, path);
      expect(column, `${event} ${pattern}`).toBe(isText || typeof left === 'number' ? left : undefined);
    }
  });

  test('two names of one guest are kept, taken out or one pseudonym, in the column and in the data', () => {
    const data = { guest: { firstName: 'Ligaya', last_name: 'Peralta' }, note: 'Ligaya comes late' };
    const of = (own: readonly OwnPrivacyRule[]) => {
      const event = createRedaction({ own }).ofEvent('booking.created', JSON.stringify(data));
      const { guest } = JSON.parse(event.dataText()) as typeof data;
      return [event.summary(summarize('booking.created', data)).guest, guest.firstName, guest.last_name];
    };
    expect(of([])).toEqual(['Guest 1', 'Guest 1', 'Guest 1']);
    const [first, last] = ['first_name', 'last_name'].map((member) => ({ member, treatment: 'keep' as const }));
    expect(of([first, last] as OwnPrivacyRule[])).toEqual(['Ligaya Peralta', 'Ligaya', 'Peralta']);
    expect(of([first] as OwnPrivacyRule[])).toEqual(['Ligaya Guest 1', 'Ligaya', 'Guest 1']);
  });

  test('the id by which an event is in order, wherever it stands', () => {
    const about = (data: object, member: string, own: readonly OwnPrivacyRule[] = []) =>
      createRedaction({ own })
        .ofEvent('booking.created', JSON.stringify(data))
        .about({ member: 'booking_id', id: member });
    expect(about({ booking_id: 'bk_12' }, 'bk_12')).toBe('bk_12');
    const gone = (member: string) => [{ member, treatment: 'remove' as const }];
    expect(about({ booking_id: 'bk_12' }, 'bk_12', gone('booking_id'))).toBe('[remove]');
    expect(about({ reservationId: 4711 }, '4711', gone('reservation_id'))).toBe('[remove]');
    expect(about({ booking: { id: 'bk_12' } }, 'bk_12', gone('booking.id'))).toBe('[remove]');
    expect(about({ booking: { id: 'bk_12' } }, 'bk_12', gone('booking_id'))).toBe('bk_12');
    // Of an event whose data is gone nobody can tell where it stood.
    expect(about({}, 'bk_12', gone('booking_id'))).toBe('[remove]');
    expect(about({}, 'bk_12')).toBe('bk_12');
  });

  test('of an event whose data is gone, what a property takes out goes wherever it may have stood', () => {
    const own = [{ member: 'grand_total', treatment: 'remove' as const }];
    const event = createRedaction({ own }).ofEvent('payment.received', '{}');
    const summary = { amount: 2 ** 53, amountDigits: '9007199254740993', currency: 'PHP', nights: 2 };
    expect(event.summary(summary)).toEqual({ currency: 'PHP', nights: 2 });
    expect(createRedaction().ofEvent('payment.received', '{}').summary(summary)).toEqual(summary);
  });
});

describe('a name, mail address or phone that is planted at random', () => {
  const syllables = ['ba', 'ko', 'li', 'mu', 'ta', 'ña', 'ro', 'si', 'gé', 'xu', 'wen', 'dor'];
  const word = fc.array(fc.constantFrom(...syllables), { minLength: 2, maxLength: 4 }).map((parts) => parts.join(''));
  const name = fc
    .array(word, { minLength: 2, maxLength: 3 })
    .map((words) => words.map((one) => one[0]?.toUpperCase() + one.slice(1)).join(' '));
  const phone = fc
    .tuple(fc.constantFrom('+63 917 ', '0917', '+49 (30) '), fc.integer({ min: 1_000_000, max: 9_999_999 }))
    .map(([begin, rest]) => `${begin}${rest}`);
  const cased = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => text.toLowerCase(),
    (text: string) => text.normalize('NFD'),
  );
  const nested = (value: unknown, path: readonly string[]): unknown =>
    path.reduceRight((inside, member) => (member === '[]' ? [inside] : { [member]: inside }), value);
  const depth = fc.array(fc.constantFrom('booking', 'details', '[]', 'extra', 'room', 'items'), { maxLength: 3 });

  test('never leaves, wherever in the known places it stands', () => {
    const nameMembers = ['guest_name', 'guestName', 'GuestName', 'customer_name', 'contactName', 'full_name', 'payer'];
    const textMembers = [
      'note',
      'internal_notes',
      'source',
      'status',
      'room_name',
      'unknown_text',
      'receipt_url',
      'title',
    ];
    fc.assert(
      fc.property(
        fc.record({
          name,
          phone,
          cased,
          depth,
          nameMember: fc.constantFrom(...nameMembers),
          textMember: fc.constantFrom(...textMembers),
          event: fc.constantFrom(...eventTypes),
          asKey: fc.boolean(),
        }),
        ({ name: person, phone: dialled, cased: written, depth: path, nameMember, textMember, event, asKey }) => {
          const mail = `${person.toLowerCase().replaceAll(' ', '.')}@example.com`;
          const said = `for ${written(person)}, ${mail} or ${dialled}`;
          const data = {
            booking_id: 'bk_1',
            total: 6000,
            person: nested({ [nameMember]: person, email: mail, phone: dialled }, path),
            [textMember]: nested(said, path),
            ...(asKey ? { [written(person)]: 1, [mail]: 2 } : {}),
          };
          const text = leaves(event, data).normalize('NFC').toLowerCase();
          for (const part of person.normalize('NFC').toLowerCase().split(' ')) expect(text).not.toContain(part);
          expect(text).not.toContain('example.com');
          expect(text).not.toContain(dialled.slice(-7));
          expect(text).toContain('bk_1');
          expect(text).toContain('6000');
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('names in odd places', () => {
  test.each([
    [
      'a title in a room',
      { room_type: 'Suite (Mrs Divina Gracia)', key: 'divina-gracia-1990' },
      ['divina', 'gracia'],
      ['Suite (Mrs'],
    ],
    [
      'a title in an id',
      { confirmation: 'Herr Otto Klemperer', room: 'Room of Otto Klemperer', folio_no: 'Klemperer-12' },
      ['otto', 'klemperer'],
      ['Room of'],
    ],
    [
      'what leads to a name',
      { source: 'Walk-in Tomas Katigbak', rate_code: 'BAR' },
      ['tomas', 'katigbak'],
      ['BAR', 'Walk-in'],
    ],
    ['an id of words and a number', { booking_id: 'Villanueva 0917 333 4444' }, ['villanueva', '0917'], []],
    ['an id that counts rooms', { room_id: 'Room 12', booking_id: 'BK 12345' }, [], ['Room 12', 'BK 12345']],
  ])('%s', (_what, data, goes, stays) => {
    const text = leaves('booking.created', data);
    for (const personal of goes) expect(text.toLowerCase()).not.toContain(personal);
    for (const harmless of stays) expect(text).toContain(harmless);
  });

  test('who is called like a dish or a room leaves both as they are', () => {
    const dish = { guest_name: 'Rosa Diaz', items: [{ name: 'Rosa Salad' }, { name: 'Dr Pepper' }] };
    expect(leaves('order.created', dish)).toContain('"items":[{"name":"Rosa Salad"},{"name":"Dr Pepper"}]');
    expect(leaves('guest.checkin', { guest_name: 'Villa', room: 'Villa 3' })).toContain('"room":"Villa 3"');
    expect(leaves('guest.checkin', { guest_name: 'Rosa Diaz', room: 'Rosa Diaz 3' })).not.toContain('Diaz');
  });

  test('a mail address where a name may stand is one, and no part of it is taken for a part of a name', () => {
    const data = {
      guest: { name: 'Maria Dimaculangan', contact: ['maria.dimaculangan@example.ph', '+63 917 123 4567'] },
      page: 'see https://crm.example.com/x',
    };
    expect(JSON.parse(leaves('guest.checkin', data))).toMatchObject({
      guest: { name: 'Guest 1', contact: ['[mail]', '[phone]'] },
    });
    expect(leaves('guest.checkin', { url: 'https://crm.example.com/x', ...data })).toContain(
      'https://crm.example.com/…',
    );
    const both = leaves('guest.checkin', { guest_name: 'Maria Dimaculangan <maria@example.ph>' });
    expect(both).toBe('{"guest_name":"Guest 1"}');
  });

  test('an amount stays, however large', () => {
    const text = '{"amount":125000000,"total":"1250000000.00","currency":"VND","extra":125000000}';
    expect(createRedaction().ofEvent('payment.received', text).dataText()).toBe(
      '{"amount":125000000,"total":"1250000000.00","currency":"VND","extra":"[number]"}',
    );
  });
});

describe('a sentence of ours that quotes', () => {
  const quoting = [
    { key: 'conditions.receiver.said', params: { said: 'Duplicate of guest Teodora Alonso' } },
    { key: 'outcome.message_unfit', params: { why: 'shape.no_json', found: 'Teodora Alonso', name: 'PMS' } },
    { key: 'shape.no_xml', params: { found: 'Teodora Alonso' } },
    { key: 'source_message.ignored', params: { why: 'no booking of Teodora Alonso' } },
  ];

  test.each(quoting)('$key leaves without those words, also where no event names the guest', (said) => {
    const { sentence } = createRedaction().ofNone;
    expect(sentence(said).key).toBe(said.key);
    expect(JSON.stringify(sentence(said))).toMatch(/\[(?:answer|body)\]/);
    expect(JSON.stringify(sentence(said))).not.toContain('Alonso');
  });

  test.each(quoting)('$key keeps them where a person asked for everything', (said) => {
    expect(createRedaction({ full: true }).ofNone.sentence(said)).toEqual(said);
  });

  test('what a sentence names by a template’s set-up stays', () => {
    const said = { key: 'outcome.message_unfit', params: { why: 'shape.no_json', found: '}', name: 'Front desk' } };
    const { params } = createRedaction().ofNone.sentence(said);
    expect(params).toEqual({ why: 'shape.no_json', found: '[body]', name: 'Front desk' });
  });
});

test('guests are numbered as they appear in what leaves, whoever else of a booking is known', () => {
  const numbered = (isReadAtOnce: boolean): string[] => {
    const redaction = createRedaction({ guestsOf: () => ['zoe quill', '=1+1'] });
    const rows = ['Kenji Ito', 'Ana Reyes'].map((guest_name) => JSON.stringify({ booking_id: 'bk_1', guest_name }));
    const asked = rows.map((data) => () => redaction.ofEvent('booking.created', data));
    if (!isReadAtOnce) return asked.map((ask) => ask().dataText());
    return asked.map((ask) => ask()).map((event) => event.dataText());
  };
  for (const rows of [numbered(true), numbered(false)]) {
    expect(rows.map((row) => (JSON.parse(row) as { guest_name: string }).guest_name)).toEqual(['Guest 1', 'Guest 2']);
  }
});
