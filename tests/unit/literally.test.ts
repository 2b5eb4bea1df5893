/** What a person or a receiver wrote is looked for letter for letter, whatever its letters mean in a pattern. */
import { describe, expect, test } from 'vitest';
import { matcherOf, noIdentifiers, takenOut } from '../../electron/engine/privacy/forget/sought.ts';
import { createRedaction } from '../../electron/engine/privacy/redact.ts';
import { knownSecrets } from '../../electron/engine/sending/known-secrets.ts';
import { namesOf } from '../../electron/engine/sources/kinds/folder/names.ts';
import { literally } from '../../shared/literally.ts';

const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const odd = ['’', '–', '—', '‐', 'ñ', 'ß', 'ı', 'İ', '中', '𝒜', '😀', '\u0301', '\u200b', '\u2028', '\u00a0', '\ud800'];
const signs = [...printable.filter((sign) => !/[A-Za-z0-9]/.test(sign)), ...odd];

describe('a text inside a pattern', () => {
  test.each(signs)('%j is itself and nothing else, under every way to read it', (sign) => {
    for (const flags of ['', 'i', 'u', 'iu', 'v', 'iv']) {
      const pattern = new RegExp(`^${literally(`a${sign}b`)}$`, flags);
      expect(pattern.test(`a${sign}b`), flags).toBe(true);
      expect(pattern.test('axyb') || pattern.test('ab') || pattern.test('a'), flags).toBe(false);
    }
  });
});

describe.each(signs)('whatever stands inside of it, such as %j', (sign) => {
  const inside = `Quill${sign}feather`;

  test.each([
    ['name', { ...noIdentifiers, names: [`Zora ${inside}`] }, `Zora ${inside}`],
    ['mail address', { ...noIdentifiers, mails: [`${inside}@hotel.example`] }, `${inside}@hotel.example`],
    ['booking', { ...noIdentifiers, bookings: [`bk${inside}-1`] }, `bk${inside}-1`],
  ] as const)('a %s is found and taken out', (_what, identifiers, text) => {
    const matcher = matcherOf(identifiers);
    expect(matcher.mentions(`of ${text}, room 4`)).toBe(true);
    expect(matcher.without(`of ${text}, room 4`)).toBe(`of ${takenOut}, room 4`);
    expect(matcher.mentions('of somebody else, room 4')).toBe(false);
  });

  test('a label of the property, a secret and the name of a file are', () => {
    const data = JSON.stringify({ note: `to ${inside}` });
    expect(() =>
      createRedaction({ labels: [inside] })
        .ofEvent('booking.created', data)
        .dataText(),
    ).not.toThrow();
    const keys = { current: null, next: null } as never;
    const custom = [{ name: 'X-Key', value: inside }];
    expect(knownSecrets({ url: 'https://a.example/', custom, keys, proxy: null }).standIn(`no ${inside}`)).toBe(true);
    if (!/[*?/]/.test(sign) && sign !== '\u2028') expect(namesOf(`${inside}.csv`)(`${inside}.csv`)).toBe(true);
  });
});
