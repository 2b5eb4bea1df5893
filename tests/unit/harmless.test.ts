import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { harmless, harmlessBody, harmlessJson, harmlessLines, harmlessSentence } from '../../shared/harmless.ts';

describe('what a stranger wrote', () => {
  test.each([
    ['an escape sequence', 'a\u001b[31mred', 'a\\x1b[31mred'],
    ['a bell and a backspace', '\u0007\u0008', '\\x07\\x08'],
    ['C1 controls, a terminal’s one-character sequences', '\u009b2J', '\\x9b2J'],
    ['breaks and tabs within one line', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['a right-to-left override', 'invoice\u202efdp.exe', 'invoice\\u202efdp.exe'],
    ['isolates and marks of direction', '\u2066a\u2069\u200f\u061c', '\\u2066a\\u2069\\u200f\\u061c'],
    ['what nobody sees', 'pass\u200bword\ufeff\u00ad', 'pass\\u200bword\\ufeff\\xad'],
    ['separators of lines and paragraphs', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
    ['half of a character', 'a\ud800b', 'a\\ud800b'],
    ['tags, by which text is hidden in text', '\u{e0041}\u{e0042}', '\\u{e0041}\\u{e0042}'],
    ['a joiner between Latin letters', 'a\u200db', 'a\\u200db'],
  ])('%s is shown as what it is', (_what, text, shown) => {
    expect(harmless(text)).toBe(shown);
  });

  test.each([
    ['names of many scripts', 'María Núñez, Łukasz, 中村 太郎, Ирина, محمد, שלום, นภา'],
    ['families, flags and skin tones', '👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽 ❤️ 🇵🇭'],
    ['joiners that spell', 'می‌خواهم क्‍ष'],
    ['a variant of an ideograph', '葛\u{e0100}'],
    ['marks on letters', 'e\u0301 ñ'],
  ])('%s stay as they are', (_what, text) => {
    expect(harmless(text)).toBe(text);
  });

  test('in a sentence is harmless too, and numbers stay numbers', () => {
    const said = { key: 'conditions.receiver.said', params: { said: 'a\u202eb', status: 404 } };
    expect(harmlessSentence(said)).toEqual({ ...said, params: { said: 'a\\u202eb', status: 404 } });
  });

  test('of several lines keeps its lines and nothing else', () => {
    expect(harmlessLines('a\r\nb\u001bc\nd\te')).toBe('a\nb\\x1bc\nd\\te');
  });

  test('as JSON means the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = harmlessJson(JSON.stringify({ text }, null, 2));
        expect(JSON.parse(shown)).toEqual({ text });
        expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u);
      }),
    );
  });

  test('as a body that is mended keeps its tabs and breaks', () => {
    expect(harmlessBody('{\r\n\t"a": "\u202e"}')).toBe('{\r\n\t"a": "\\u202e"}');
  });

  test('whatever it is, nothing that acts on a terminal or turns text is left, and nothing that is seen is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = harmless(text);
        expect(shown).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f]/u);
        for (const letter of text.match(/[\p{L}\p{N}]/gu) ?? []) expect(shown).toContain(letter);
      }),
    );
  });
});
