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
