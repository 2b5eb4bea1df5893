import { expect, test } from 'vitest';
import { behaviourOf } from '../../electron/engine/endpoints/kinds/index.ts';
import { faultOfMessage } from '../../electron/engine/endpoints/kinds/message-fault.ts';
import type { EndpointKindName } from '../../shared/endpoint-kinds/index.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';

const told = (kind: EndpointKindName, message: unknown, address: string | null = null) => {
  const fault = faultOfMessage(behaviourOf(kind), JSON.stringify(message), address);
  return fault && inEnglish(fault.says);
};
const x = (count: number) => 'x'.repeat(count);
const bot = 'https://api.telegram.org/bot1:a/sendMessage';
const embeds = (count: number, embed: object) => ({ embeds: Array.from({ length: count }, () => embed) });

test.each<[EndpointKindName, unknown, string | null]>([
  ['slack', { txt: 'a' }, 'Expected one of text, blocks, attachments, with something in it; got "txt".'],
  ['slack', { text: ' ', attachments: [] }, 'Expected one of text, blocks, attachments'],
  ['slack', [{ text: 'a' }], 'Expected an object, got an array.'],
  ['slack', { text: x(40_000) }, null],
  ['slack', { text: x(40_001) }, 'text has 40001 characters; expected at most 40000.'],
  ['slack', { blocks: Array.from({ length: 51 }, () => ({})) }, 'blocks is a list of 51; expected at most 50.'],
  ['discord', {}, 'Expected one of content, embeds, with something in it; got "{}".'],
  ['discord', { poll: { question: { text: 'a' } } }, null],
  // Two code units each: a service that counts characters takes them.
  ['discord', { content: '😀'.repeat(2000) }, null],
  ['discord', { content: x(2001) }, 'content has 2001 characters; expected at most 2000.'],
  ['discord', embeds(10, { title: 'a' }), null],
  ['discord', embeds(11, { title: 'a' }), 'embeds is a list of 11; expected at most 10.'],
  ['discord', embeds(1, { description: x(4097) }), 'embeds[0].description has 4097 characters'],
  ['discord', embeds(1, { fields: [{ name: 'a', value: x(1025) }] }), 'embeds[0].fields[0].value has 1025 characters'],
  ['discord', embeds(2, { description: x(3000) }), null],
  ['discord', embeds(2, { description: x(3001) }), 'embeds has 6002 characters; expected at most 6000.'],
  ['teams', { text: 'a' }, 'Expected attachments, with something in it; got "text".'],
  ['teams', { '@type': 'MessageCard', text: 'a' }, null],
  ['google_chat', { fallbackText: 'a' }, 'Expected one of text, cardsV2, with something in it; got "fallbackText".'],
  ['google_chat', { cardsV2: [{}] }, null],
  ['telegram', { chat_id: 1 }, 'Expected text, with something in it; got "chat_id".'],
  ['telegram', { chat_id: 1, text: x(4097) }, 'text has 4097 characters; expected at most 4096.'],
  // Counted without the signs that are read.
  ['telegram', { chat_id: 1, text: `<b>${'&lt;'.repeat(4096)}</b>`, parse_mode: 'HTML' }, null],
  ['telegram', { chat_id: 1, text: `*${x(4096)}*`, parse_mode: 'MarkdownV2' }, null],
])('%s, %#', (kind, message, expected) => {
  const says = told(kind, message);
  if (expected === null) expect(says).toBeNull();
  else expect(says).toContain(expected);
});

test('of Telegram the chat may stand in the address, which is not always known', () => {
  const message = { text: 'a' };
  expect(told('telegram', message, bot)).toBe('Expected chat_id, with something in it; got "text".');
  expect(told('telegram', message, `${bot}?chat_id=-1`)).toBeNull();
  expect(told('telegram', message)).toBeNull();
});

test('what receives events as they are, or whatever a template makes, is not judged', () => {
  expect(told('webhook', {})).toBeNull();
  expect(told('custom', {})).toBeNull();
});
