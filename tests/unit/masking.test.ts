import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCardNumbers } from '../../electron/engine/intake/masking/card-numbers.ts';
import { maskCards } from '../../electron/engine/intake/masking/masking.ts';

const visa = '4111111111111111';

describe('card numbers', () => {
  test.each([
    ['Visa', visa],
    ['Visa of 13 digits', '4222222222222'],
    ['Mastercard', '5555555555554444'],
    ['Mastercard of the 2 series', '2223003122003222'],
    ['American Express', '378282246310005'],
    ['Diners', '30569309025904'],
    ['JCB', '3530111333300000'],
    ['Discover', '6011111111111117'],
    ['UnionPay', '6240008631401148'],
  ])('%s', (_network, number) => {
    expect(findCardNumbers(`paid with ${number}.`)).toEqual([{ start: 10, end: 10 + number.length }]);
  });

  test.each([
    ['a wrong check digit', '4111111111111112'],
    ['a beginning that no network has', '1111111111111117'],
    ['twelve digits', '411111111111'],
    ['twenty digits', '41111111111111111111'],
    ['a mobile number', '+63 917 123 4567'],
    ['dates and times', '2024-03-15 10:30:00 2024-03-16 11'],
  ])('none in %s', (_what, text) => {
    expect(findCardNumbers(text)).toEqual([]);
  });

  test.each([
    ['track 2', ';4111111111111111=27121010000000000?', ';************1111=*****************?'],
    [
      'track 1',
      '%B4111111111111111^DELA CRUZ/JUAN^2712101000000000?',
      '%B************1111^DELA CRUZ/JUAN^****************?',
    ],
    ['a short answer behind it', '4111111111111111=3', '************1111=3'],
  ])('what a magnetic stripe says behind the number goes with it: %s', (_what, text, masked) => {
    for (const name of ['track', 'note']) {
      expect(maskCards(JSON.stringify({ [name]: text })).text).toBe(JSON.stringify({ [name]: masked }));
    }
  });

  test("Maestro's in a card's member alone", () => {
    expect(findCardNumbers('6759649826438453')).toEqual([]);
    expect(findCardNumbers('6759649826438453', true)).toEqual([{ start: 0, end: 16 }]);
  });

  test('with spaces and dashes, beside other digits, and several', () => {
    const text = 'Room 101 4111 1111 1111 1111, then 5555-5555-5555-4444 12/27';
    expect(findCardNumbers(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      '4111 1111 1111 1111',
      '5555-5555-5555-4444',
    ]);
  });
});

describe('masking', () => {
  test.each([
    ['in a text', '{"note":"card 4111 1111 1111 1111 ok"}', '{"note":"card **** **** **** 1111 ok"}'],
    ['as a number, where the name says card', `{"card_number":${visa}}`, '{"card_number":"************1111"}'],
    [
      'as a number, where an object around says card',
      `{"card":{"value":${visa}}}`,
      '{"card":{"value":"************1111"}}',
    ],
    ['pan and cc as words', `{"pan":${visa},"cc":${visa}}`, '{"pan":"************1111","cc":"************1111"}'],
    ['in a list', `{"cards":[${visa}]}`, '{"cards":["************1111"]}'],
    [
      'with digits that are escaped',
      String.raw`{"a":"\u0034111111111111111 \u00f1"}`,
      String.raw`{"a":"************1111 \u00f1"}`,
    ],
    [
      'between escapes that stay',
      String.raw`{"a":"\"4111-1111-1111-1111\"\n"}`,
      String.raw`{"a":"\"****-****-****-1111\"\n"}`,
    ],
    [
      'card secrets by their exact names',
      '{"cvv":"123","CVC":456,"track2":";4111=","card_pin":"1234"}',
      '{"cvv":"***","CVC":"***","track2":"***","card_pin":"***"}',
    ],
    ['a card secret that is an object', '{"track_data":{"t1":"x","t2":[1]},"b":2}', '{"track_data":"***","b":2}'],
    ['an escaped name', String.raw`{"cv\u0076":"123"}`, String.raw`{"cv\u0076":"***"}`],
  ])('%s', (_where, text, masked) => {
    const result = maskCards(text);
    expect(result.text).toBe(masked);
    expect(result.count).toBeGreaterThan(0);
  });

  test.each([
    ['ids', `{"booking_id":"${visa}","id":"${visa}","guestId":"${visa}","barcode":"4006381333931"}`],
    ['a number whose name does not say card', `{"booking":${visa},"account":${visa},"company":${visa}}`],
    ['door PINs', '{"pin":"1234","door_pin":5678,"cvv_result":"M","cvv_checked":true}'],
    ['card secrets that are empty', '{"cvv":null,"cvc":"","track1":{},"cvv2":false}'],
    ['amounts and dates', '{"card_type":"visa","total":6000.5,"number":7,"check_in":"2024-03-20"}'],
  ])('%s stay', (_what, text) => {
    expect(maskCards(text)).toEqual({ text, count: 0 });
  });

  test('counts each span', () => {
    expect(maskCards(`{"a":"${visa} and ${visa}","cvv":"1","b":{"card_no":"${visa}"}}`).count).toBe(4);
  });

  const number = fc.constantFrom(visa, '5555 5555 5555 4444', '3782-822463-10005');
  const text = fc
    .tuple(
      fc.string({ unit: 'binary' }).map((around) => around.replaceAll(/[\d -]/g, '_')),
      number,
    )
    .map(([around, card]) => `${around}${card}${around}`);
  const data = fc.dictionary(
    fc.constantFrom('note', 'card', 'cvv', 'x', 'booking_id', 'number', '\u00f1"', 'deep'),
    fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.string({ unit: 'grapheme' }),
        fc.constant(Number(visa)),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(fc.constantFrom('note', 'cc', 'cvc', 'y'), tie('value')),
      ),
    })).value,
  );

  test('what is masked is valid JSON of the same shape, and masking it again changes nothing', () => {
    fc.assert(
      fc.property(data, fc.constantFrom(0, 2), (value, indent) => {
        const once = maskCards(JSON.stringify(value, null, indent));
        expect(Object.keys(JSON.parse(once.text) as object)).toEqual(Object.keys(value));
        expect(maskCards(once.text)).toEqual({ text: once.text, count: 0 });
      }),
    );
  });

  test('no card number is left in any text that is no id', () => {
    fc.assert(
      fc.property(data, (value) => {
        const texts: string[] = [];
        const { booking_id: _, ...rest } = JSON.parse(maskCards(JSON.stringify(value)).text) as Record<string, unknown>;
        JSON.stringify(rest, (_name, one: unknown) => {
          if (typeof one === 'string') texts.push(one);
          return one;
        });
        for (const one of texts) expect(findCardNumbers(one)).toEqual([]);
      }),
    );
  });

  test('all outside the masked spans stays as it was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 3), (value, indent) => {
        const before = JSON.stringify({ ...value, zz: 1 }, null, indent)
          .slice(0, -1)
          .trimEnd();
        const { text: after, count } = maskCards(`${before},"cvv":"1"}`);
        if (count === 1) expect(after).toBe(`${before},"cvv":"***"}`);
      }),
    );
  });
});

describe('a card’s secret beside its number', () => {
  const masked = (value: object): unknown => JSON.parse(maskCards(JSON.stringify(value)).text);
  const hidden = '************1111';

  test.each(['security_code', 'securityCode', 'cvn', 'verification_value', 'cid', 'card_verification_value'])(
    '%s is one in a card’s object and beside a card’s number, in any order, and nothing elsewhere',
    (name) => {
      expect(masked({ card: { number: visa, [name]: '123' } })).toEqual({ card: { number: hidden, [name]: '***' } });
      expect(masked({ [name]: '123', card_number: visa })).toEqual({ [name]: '***', card_number: hidden });
      expect(masked({ payment: { number: visa, [name]: 123 } })).toEqual({
        payment: { number: hidden, [name]: '***' },
      });
      const doors = { door: { [name]: '4711' }, room: '101', [name]: '0815', confirmation_number: visa, phone: visa };
      if (name !== 'card_verification_value') expect(masked(doors)).toEqual(doors);
    },
  );

  test.each([
    ['4111 1111 1111 1111 cvv 123', '**** **** **** 1111 cvv ***'],
    ['CVC: 123, card 4111111111111111 exp 12/27', 'CVC: ***, card ************1111 exp 12/27'],
    ['4111111111111111, the CVV is 1234.', '************1111, the CVV is ****.'],
    ['4111111111111111 security code 123', '************1111 security code ***'],
    ['señor\u00a04111111111111111 cvv 123', 'señor\u00a0************1111 cvv ***'],
    // A door's PIN and a booking's number stay beside it.
    ['4111111111111111, door PIN 4711, booking 12345', '************1111, door PIN 4711, booking 12345'],
    ['cvv 123', 'cvv 123'],
    ['security code 4711', 'security code 4711'],
  ])('in free text: %s', (text, after) => {
    expect(masked({ note: text })).toEqual({ note: after });
    const escaped = `{"note":"${text.replace('4111', '\\u0034111')}"}`;
    expect(JSON.parse(maskCards(escaped).text)).toEqual({ note: after });
  });

  test('in JSON that stands in a text, which stays JSON', () => {
    const inside = { card: visa, cvv: '123', cvc2: 123, pin: '4711', id: '123' };
    const after = { card: hidden, cvv: '***', cvc2: '***', pin: '4711', id: '123' };
    const { raw } = masked({ raw: JSON.stringify(inside) }) as { raw: string };
    expect(JSON.parse(raw)).toEqual(after);
    const twice = masked({ raw: JSON.stringify({ raw: JSON.stringify({ cvv: '123' }) }) }) as { raw: string };
    expect(JSON.parse((JSON.parse(twice.raw) as { raw: string }).raw)).toEqual({ cvv: '***' });
  });
});

describe('groups as people write them', () => {
  test.each([
    ['3852 0000 0232 37', '**** **** **32 37'],
    ['3056-9309-0259-04', '****-****-**59-04'],
    // Not Diners', rooms, or parted by two signs.
    ['4111 1111 1111 11', '4111 1111 1111 11'],
    ['3601 3602 3603 04', '3601 3602 3603 04'],
    ['3852 0000-0232 37', '3852 0000-0232 37'],
  ])('Diners of fourteen: %s', (text, after) => {
    expect(maskCards(JSON.stringify({ note: text })).text).toBe(JSON.stringify({ note: after }));
  });

  test.each([
    ['5018 0000 0009', '**** **** 0009'],
    ['5018 0000 0009 12/27', '**** **** 0009 12/27'],
    ['Maestro 5018 0000 0009 12 27', 'Maestro **** **** 0009 12 27'],
    ['6767 7000 00001 exp', '**** **** *0001 exp'],
  ])('Maestro in a card’s member: %s', (text, after) => {
    for (const value of [{ card: text }, { card: { number: text } }, { pan: text }]) {
      expect(maskCards(JSON.stringify(value)).text).toBe(JSON.stringify(value).replace(text, after));
    }
    expect(maskCards(JSON.stringify({ reference: text })).count).toBe(0);
    expect(maskCards(JSON.stringify({ note: text })).count).toBe(0);
  });
});
