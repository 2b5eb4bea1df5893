/** What of a log's line goes into a support bundle: times as they are, cards and the names of accounts not. */
import { expect, test } from 'vitest';
import { createScrub } from '../../electron/engine/support/support-file.ts';

const scrub = createScrub([]);

test.each([
  // Each passes Luhn.
  ['due at 1732620000007, sent at 1764547200006', 'due at 1732620000007, sent at 1764547200006'],
  ['{"at":1764547200006}', '{"at":1764547200006}'],
  ['paid by 4222222222222 of old', 'paid by [card] of old'],
  ['4111 1111 1111 1111 and 4111111111111111', '[card] and [card]'],
])('“%s” reads “%s”', (said, left) => {
  expect(scrub.text(said)).toBe(left);
});

test('a number that is a card’s goes, a moment and a size stay numbers', () => {
  expect(scrub.value({ time: 1732620000007, bytes: 4000787030010, number: 4111111111111111 })).toEqual({
    time: 1732620000007,
    bytes: 4000787030010,
    number: '[card]',
  });
});

test.each([
  ['    at open (/home/maria/relay/engine.ts:12:5)', '    at open (/home/[account]/relay/engine.ts:12:5)'],
  ['    at /Users/maria.santos/relay/engine.ts:12:5', '    at /Users/[account]/relay/engine.ts:12:5'],
  ['file:///C:/Users/Maria/relay/engine.js:1:2', 'file:///…'],
  ['at C:\\Users\\Maria Santos\\AppData\\x.js:3', 'at C:\\Users\\[account]\\AppData\\x.js:3'],
  ['{"path":"D:\\\\Users\\\\Maria\\\\x"}', '{"path":"D:\\\\Users\\\\[account]\\\\x"}'],
  ["ENOENT: no such file, open 'c:\\users\\maria'", "ENOENT: no such file, open 'c:\\users\\[account]'"],
  ['C:\\Documents and Settings\\Maria\\x', 'C:\\Documents and Settings\\[account]\\x'],
  ['EACCES /home/maria is closed', 'EACCES /home/[account] is closed'],
  ['C:\\Program Files\\Roost Relay\\x.js', 'C:\\Program Files\\Roost Relay\\x.js'],
])('of “%s” the account’s name goes', (said, left) => {
  expect(scrub.text(said)).toBe(left);
});
