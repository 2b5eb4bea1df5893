/** JSON is shown indented with every character as it came. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indented } from '../../../renderer/components/JsonViewer.tsx';

test('digits and the order of members stay as they came', () => {
  expect(indented('{"10":1.50,"2":12345678901234567890}')).toBe('{\n  "10": 1.50,\n  "2": 12345678901234567890\n}');
});

test('empty objects and lists stay on their line', () => {
  expect(indented('{"a":{},"b":[]}')).toBe('{\n  "a": {},\n  "b": []\n}');
});

test('what is no JSON, or no object, is left to be shown as it is', () => {
  expect(indented('Bad Gateway')).toBeNull();
  expect(indented('12')).toBeNull();
});

test('any JSON still means the same when it is indented', () => {
  fc.assert(
    fc.property(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())), (value) => {
      expect(JSON.parse(indented(JSON.stringify(value)) ?? 'null')).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
