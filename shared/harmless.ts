/**
 * What a stranger wrote (a PMS, a receiver, a guest) as it may be shown: a control character, an escape sequence, a
 * mark that turns the direction of text or is not seen at all stands there as what it is, `\x1b` or `\u202e`, and
 * does nothing. Letters, marks and emoji of any script stay as they are.
 */

import type { Sentence } from './domain.ts';

/** Between letters of these scripts a joiner is spelling (Unicode Standard, 9.2 and 12.1), not a hiding place. */
const scripts = [
  'Arab',
  'Beng',
  'Deva',
  'Gujr',
  'Guru',
  'Knda',
  'Mlym',
  'Mong',
  'Orya',
  'Sinh',
  'Syrc',
  'Taml',
  'Telu',
];
const joining = `[${scripts.map((script) => `\\p{scx=${script}}`).join('')}]`;

/** What is written with an invisible character in it, by rule: emoji, flags of regions, variants of an ideograph. */
const spelling = [
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\u{fe0f}])\\u200d(?=\\p{Extended_Pictographic})',
  `(?<=${joining})[\\u200c\\u200d](?=${joining})`,
  '(?<=[\\p{Emoji}\\p{Extended_Pictographic}])[\\ufe0e\\ufe0f]',
  '(?<=\\p{Unified_Ideograph})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]',
  '(?<=\\u{1f3f4})[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{2,6}\\u{e007f}',
].join('|');

const unseen = '[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb]';
const found = new RegExp(`${spelling}|(${unseen})`, 'gu');

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** In one line: line breaks and tabs are shown as such too. */
export const harmless = (text: string): string =>
  text.replace(found, (kept, bad?: string) => (bad ? visible(bad) : kept));

/** A sentence whose parameters can be a stranger's words: a member's name, a receiver's answer, a file's name. */
export const harmlessSentence = ({ key, params }: Sentence): Sentence => ({
  key,
  params: Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? harmless(value) : value]),
  ),
});

/** Of several lines: its own line breaks stay, and nothing else does. */
export const harmlessLines = (text: string): string => text.split(/\r?\n/).map(harmless).join('\n');

/** JSON that means the same: only what is inside of its texts can be there, and is written as an escape. */
export const harmlessJson = (json: string): string =>
  json.replace(found, (kept, bad?: string) => (bad === undefined || bad === '\n' ? kept : escaped(bad)));

/** A request's body as it can be mended: its lines and tabs stay, the rest is written as JSON writes it. */
export const harmlessBody = (body: string): string =>
  body.replace(found, (kept, bad?: string) => (bad === undefined || /[\n\r\t]/.test(bad) ? kept : escaped(bad)));

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0xffff) return `\\u{${code.toString(16)}}`;
  return named[character] ?? (code > 0xff ? escaped(character) : `\\x${code.toString(16).padStart(2, '0')}`);
}

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
