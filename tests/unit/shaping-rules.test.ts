import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRules } from '../../electron/engine/shaping/rules.ts';
import { type EndpointRules, endpointRules, rulesTold } from '../../shared/endpoint-kinds/rules.ts';
import { type Language, renderSentence } from '../../shared/sentences/index.ts';

const dataText = String.raw`{ "guest": {"name": "Jos\u00e9 Peña", "vip": true, "note": null}, "total": 6000.00, "paid": "5999.50",
  "id": 12345678901234567890, "room": "007", "tags": ["sea", 2.0, {"a": 1}], "check_in": "2024-03-20", "twice": 1, "twice": 2 }`;
const event = { event: 'booking.created', timestamp: '2024-03-15T10:30:00Z', dataText, propertyId: 'prop_1' } as const;

/** As an operator gives them: what the schema refuses is no rule. */
const passes = (match: 'all' | 'any', ...of: unknown[]): boolean =>
  compileRules(endpointRules.parse({ match, of }))(event);

describe('a rule', () => {
  test.each([
    ['data.guest.name', 'is', 'José Peña', true],
    ['data.guest.name', 'is', 'Jose', false],
    ['data.guest.name', 'contains', 'peña', true],
    ['data.guest.vip', 'is', true, true],
    ['data.guest.vip', 'is', 'true', true],
    ['data.total', 'is', 6000, true],
    ['data.total', 'is', '6000', true],
    ['data.total', 'is_not', 6000, false],
    ['data.total', 'greater', 5000, true],
    ['data.total', 'greater', '6000.00', false],
    ['data.paid', 'less', 6000, true],
    ['data.paid', 'is', 5999.5, true],
    ['data.id', 'is', '12345678901234567890', true],
    ['data.id', 'is', '12345678901234567891', false],
    ['data.room', 'is', '7', false],
    ['data.room', 'is', '007', true],
    ['data.room', 'one_of', ['001', '007'], true],
    ['data.room', 'one_of', ['001'], false],
    ['data.tags', 'contains', 'sea', true],
    ['data.tags', 'contains', 2, true],
    ['data.tags', 'contains', 'se', false],
    ['data.tags.0', 'is', 'sea', true],
    ['data.tags.2.a', 'is', 1, true],
    ['data.tags', 'is', 'sea', false],
    ['data.check_in', 'greater', '2024-03-19', true],
    ['data.check_in', 'greater', '2024-03-20', false],
    ['timestamp', 'less', '2024-03-15T19:00:00+08:00', true],
    ['data.room', 'greater', 'x', false],
    ['data.room', 'less', 'x', false],
    ['data.twice', 'is', 2, true],
    ['data.none', 'is', '', false],
    ['data.none', 'is_not', 'x', true],
    ['data.none', 'less', 5, false],
    ['data.none', 'contains', '', false],
    ['data.none', 'exists', false, true],
    ['data.guest.note', 'exists', true, false],
    ['data.guest', 'exists', true, true],
    ['data.guest.name.first', 'exists', true, false],
    ['data.constructor', 'exists', true, false],
    ['event', 'is', 'booking.created', true],
    ['property_id', 'one_of', ['prop_2', 'prop_1'], true],
  ])('%s %s %j: %s', (path, is, value, expected) => {
    expect(passes('all', { path, is, value })).toBe(expected);
  });

  test('all or any of them', () => {
    const yes = { path: 'data.total', is: 'greater', value: 1 };
    const no = { path: 'data.total', is: 'less', value: 1 };
    expect(passes('all', yes, yes)).toBe(true);
    expect(passes('all', yes, no)).toBe(false);
    expect(passes('any', no, yes)).toBe(true);
    expect(passes('any', no, no)).toBe(false);
  });

  test.each([
    { match: 'all', of: [] },
    { match: 'all', of: [{ path: 'guest', is: 'is', value: 1 }] },
    { match: 'all', of: [{ path: 'data', is: 'exists', value: true }] },
    { match: 'all', of: [{ path: 'data.a..b', is: 'is', value: 1 }] },
    { match: 'all', of: [{ path: 'data.a', is: 'like', value: 1 }] },
    { match: 'all', of: [{ path: 'data.a', is: 'greater', value: true }] },
    { match: 'all', of: [{ path: 'data.a', is: 'one_of', value: 'a' }] },
    { match: 'all', of: [{ path: 'data.a', is: 'is', value: 1, not: true }] },
    { match: 'none', of: [{ path: 'data.a', is: 'is', value: 1 }] },
  ])('%j is none', (rules) => {
    expect(endpointRules.safeParse(rules).success).toBe(false);
  });

  test('passes what is, and keeps away what is not, for any data', () => {
    const name = fc.stringMatching(/^[a-z_]{1,8}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue(), { minKeys: 1 }), fc.jsonValue(), (data, value) => {
        // As text by itself: an object may say of itself that it has none (`{"toString":""}`).
        const wanted = JSON.stringify(value);
        for (const [key, found] of Object.entries(data)) {
          const of = { ...event, dataText: JSON.stringify(data) };
          const test = (is: 'is' | 'is_not', than: string) =>
            compileRules({ match: 'all', of: [{ path: `data.${key}`, is, value: than }] })(of);
          if (typeof found === 'string') expect(test('is', found)).toBe(true);
          expect(test('is', wanted)).toBe(!test('is_not', wanted));
        }
      }),
    );
  });
});

test('rules are told in one line', () => {
  const rules: EndpointRules = endpointRules.parse({
    match: 'any',
    of: [
      { path: 'data.total', is: 'greater', value: 5000 },
      { path: 'data.source', is: 'one_of', value: ['ota', 'direct'] },
      { path: 'data.vip', is: 'exists', value: false },
    ],
  });
  const told = (language: Language) => rulesTold(rules, (said) => renderSentence(said, language, { timeZone: 'UTC' }));
  expect(told('en')).toBe(
    'Only where data.total is greater than 5000 or data.source is one of ota, direct or data.vip is not there.',
  );
  expect(told('fil')).toBe(
    'Kapag mas mataas sa 5000 ang data.total o isa sa ota, direct ang data.source o walang data.vip lang.',
  );
});
