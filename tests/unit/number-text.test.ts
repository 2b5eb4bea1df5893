/** Numbers as systems of several countries write them: read where they are one number alone, and never guessed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberIn, withNumbers } from '../../electron/engine/number-text.ts';

describe('a number that is a text', () => {
  test.each([
    // What was written, by a comma, by a point, as it is found.
    ['1.234,56', '1234.56', null, '1234.56'],
    ['1234,56', '1234.56', null, '1234.56'],
    ['1,234.56', null, '1234.56', '1234.56'],
    ['1234.56', null, '1234.56', '1234.56'],
    ['6000.00', null, '6000.00', '6000.00'],
    ['1.234', '1234', '1.234', null],
    ['1,234', '1.234', '1234', null],
    ['-1.234', '-1234', '-1.234', null],
    ['1.234.567', '1234567', null, '1234567'],
    ['1,234,567.8', null, '1234567.8', '1234567.8'],
    ['0,123', '0.123', null, '0.123'],
    ['0.123', null, '0.123', '0.123'],
    ['1234,567', '1234.567', null, '1234.567'],
    ['1 234,50', '1234.50', null, '1234.50'],
    ['1\u202f234,50', '1234.50', null, '1234.50'],
    ["1'234.50", null, '1234.50', '1234.50'],
    ['1’234', '1234', '1234', '1234'],
    ['12', '12', '12', '12'],
    ['007,50', '7.50', null, '7.50'],
    ['0', '0', '0', '0'],
    ['-5,00', '-5.00', null, '-5.00'],
    ['5,00-', '-5.00', null, '-5.00'],
    ['−5,00', '-5.00', null, '-5.00'],
    ['+5,00', '5.00', null, '5.00'],
    [' 12,5 ', '12.5', null, '12.5'],
    ['9007199254740993,01', '9007199254740993.01', null, '9007199254740993.01'],
    ['1,2,3', null, null, null],
    ['1.23.4', null, null, null],
    ['12.34,56', null, null, null],
    ['1.234,', null, null, null],
    [',50', null, null, null],
    ['1e5', null, null, null],
    ['EUR 5', null, null, null],
    ['-', null, null, null],
    ['--5', null, null, null],
    ['-5-', null, null, null],
    ['1  234', null, null, null],
    ['12:30', null, null, null],
    ['2026-03-20', null, null, null],
    ['', null, null, null],
    ['1'.repeat(61), null, null, null],
  ])('%s', (text, comma, point, found) => {
    expect([numberIn(text, 'comma'), numberIn(text, 'point'), numberIn(text, 'found')]).toEqual([comma, point, found]);
  });

  test('what it was written from is what is read, by its own sign, and by no sign another one', () => {
    const grouped = (digits: string, sign: string) => digits.replaceAll(/\B(?=(\d{3})+$)/g, sign);
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 18n),
        fc.stringMatching(/^\d{0,4}$/),
        fc.boolean(),
        (whole, cents, isGrouped) => {
          for (const [rule, decimal, between] of [
            ['comma', ',', '.'],
            ['point', '.', ','],
          ] as const) {
            const digits = isGrouped ? grouped(String(whole), between) : String(whole);
            const text = cents === '' ? digits : `${digits}${decimal}${cents}`;
            const expected = cents === '' ? String(whole) : `${whole}.${cents}`;
            expect(numberIn(text, rule), text).toBe(expected);
            expect([expected, null], text).toContain(numberIn(text, 'found'));
          }
        },
      ),
    );
  });

  test('whatever is read is a number of JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.,-+ '’") }), (text) => {
        for (const rule of ['comma', 'point', 'found'] as const) {
          const number = numberIn(text, rule);
          if (number !== null) expect(typeof JSON.parse(number)).toBe('number');
        }
      }),
    );
  });
});

describe('the amounts of an event', () => {
  test('become numbers where they stand, and nothing else changes by a byte', () => {
    const data = `{ "note":"1,50", "total" : "1.234,50","room":"1,2","amount":{"value":"7,00", "x":1.0 },"\\u00e9":1e2,"qty":"3" }`;
    expect(withNumbers(data, 'comma')).toBe(
      `{ "note":"1,50", "total" : 1234.50,"room":"1,2","amount":{"value":7.00, "x":1.0 },"\\u00e9":1e2,"qty":3 }`,
    );
    expect(withNumbers(data, 'as_is')).toBe(data);
    expect(withNumbers(data, 'point')).toBe(data.replace('"3"', '3'));
  });

  test('stay as they are where they are no text, twice the same name, or nothing', () => {
    expect(withNumbers('{"total":12.50,"price":null,"balance":["1,5"]}', 'comma')).toBe(
      '{"total":12.50,"price":null,"balance":["1,5"]}',
    );
    expect(withNumbers('{"total":"1,5","total":"2,5"}', 'comma')).toBe('{"total":"1,5","total":2.5}');
    expect(withNumbers('{}', 'found')).toBe('{}');
  });
});
