/** What each kind of endpoint asks for has a name, and is taken as it is typed. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { askedMembers, typedText, typedValue } from '../../shared/endpoint-kinds/asked.ts';
import { endpointKindNames, kindNamed, kindOf } from '../../shared/endpoint-kinds/index.ts';

describe.each(endpointKindNames)('the kind %s', (kind) => {
  // That a word is in both catalogues is the compiler's to say.
  test('has a word for each member, and none for another', () => {
    const { asks } = kindNamed(kind).words;
    expect(Object.keys(asks ?? {}).sort()).toEqual(
      askedMembers(kind)
        .map((member) => member.name)
        .sort(),
    );
  });

  test('takes back what it shows of each member', () => {
    for (const { schema, usual } of askedMembers(kind)) {
      if (usual === '') continue;
      expect(schema.safeParse(typedValue(schema, usual)).success).toBe(true);
    }
  });
});

test.each([
  [z.string().nullable().default(null), '', null],
  [z.string().nullable().default(null), '12', '12'],
  // A template is JSON often enough, and may be too long.
  [z.string().max(5).nullable().default(null), '{"text":1}', '{"text":1}'],
  [z.array(z.number()).default([]), '200, 202', [200, 202]],
  [z.array(z.number()).default([]), '[200]', [200]],
  [z.array(z.string()).default([]), 'a@example.com,b@example.com', ['a@example.com', 'b@example.com']],
  [z.number().default(1), '15', 15],
  [z.number().default(1), 'many', 'many'],
  [z.boolean().default(false), 'true', true],
])('what is typed is taken as its member is: %#', (schema, text, value) => {
  expect(typedValue(schema, text)).toEqual(value);
});

test('what is shown of a value can be typed', () => {
  expect([null, undefined, 'x', 5, true, [200, 202]].map(typedText)).toEqual(['', '', 'x', '5', 'true', '200, 202']);
});

test('the host of an address tells its kind, and nothing else does', () => {
  expect(kindOf(' https://hooks.zapier.com/hooks/catch/1/2/ ')).toBe('zapier');
  expect(kindOf('https://zapier.com.evil.example/')).toBe('webhook');
  expect(kindOf('no address')).toBe('webhook');
});
