import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementSpans, memberSpans, nesting, skipSpace, valueEnd } from '../../electron/engine/json-spans.ts';

/** JSON text of a value as any program might write it: spaces anywhere, characters escaped or not. */
const jsonText = (value: unknown, choose: () => number): string => {
  const space = () => ['', ' ', '\n\t', '\r\n  '][choose() % 4] ?? '';
  const quoted = (text: string) =>
    choose() % 2 === 0
      ? JSON.stringify(text)
      : `"${[...Array(text.length).keys()].map((i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`;
  const write = (node: unknown): string => {
    if (typeof node === 'string') return quoted(node);
    if (Array.isArray(node)) return `[${space()}${node.map((one) => write(one) + space()).join(`,${space()}`)}]`;
    if (typeof node === 'object' && node !== null) {
      const members = Object.entries(node).map(
        ([name, one]) => `${quoted(name)}${space()}:${space()}${write(one)}${space()}`,
      );
      return `{${space()}${members.join(`,${space()}`)}}`;
    }
    return JSON.stringify(node);
  };
  return space() + write(value) + space();
};

const written = (values: fc.Arbitrary<unknown>) =>
  fc.tuple(values, fc.infiniteStream(fc.nat(11))).map(([value, choices]) => {
    const text = jsonText(value, () => choices.next().value ?? 0);
    return { value: JSON.parse(text) as unknown, text };
  });

describe('places in JSON text', () => {
  test('every member is found under its name, and its span parses to its value', () => {
    fc.assert(
      fc.property(
        written(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 }))),
        ({ value, text }) => {
          const found = memberSpans(text, skipSpace(text, 0)).map(({ name, start, end }) => [
            name,
            JSON.parse(text.slice(start, end)),
          ]);
          expect(found).toEqual(JSON.parse(JSON.stringify(Object.entries(value as object))));
        },
      ),
    );
  });

  test('a span holds its value and nothing around it', () => {
    fc.assert(
      fc.property(written(fc.dictionary(fc.string(), fc.jsonValue())), ({ text }) => {
        for (const { start, end } of memberSpans(text, skipSpace(text, 0))) {
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
        }
      }),
    );
  });

  test('every element of an array is found', () => {
    fc.assert(
      fc.property(written(fc.array(fc.jsonValue({ maxDepth: 3 }))), ({ value, text }) => {
        const found = elementSpans(text, skipSpace(text, 0)).map(({ start, end }) =>
          JSON.parse(text.slice(start, end)),
        );
        expect(found).toEqual(value);
      }),
    );
  });

  test.each([
    ['{"a":"}"}', ['"}"']],
    [String.raw`{"a":"\\","b":1}`, [String.raw`"\\"`, '1']],
    [String.raw`{"a":"\\\"","b":1}`, [String.raw`"\\\""`, '1']],
    ['{"a":1,"a":2}', ['1', '2']],
    ['{"a":-1.50e+10,"b":[],"c":{}}', ['-1.50e+10', '[]', '{}']],
    ['{}', []],
  ])('%s', (text, values) => {
    expect(memberSpans(text, 0).map(({ start, end }) => text.slice(start, end))).toEqual(values);
  });

  test('a name is given as it is meant, not as it is escaped', () => {
    expect(memberSpans(String.raw`{"d\u0061ta":1,"\"":2}`, 0).map(({ name }) => name)).toEqual(['data', '"']);
  });

  test('nesting counts objects and arrays, and no brackets inside strings', () => {
    const depth = (text: string) => nesting(text, { start: 0, end: text.length });
    expect([depth('{}'), depth('{"a":[1,{"b":2}]}'), depth('{"a":"[[[["}')]).toEqual([1, 3, 1]);
  });

  test('half a million brackets are no trouble', () => {
    const text = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
    expect(valueEnd(text, 0)).toBe(text.length);
    expect(nesting(text, { start: 0, end: text.length })).toBe(500_000);
  });
});
