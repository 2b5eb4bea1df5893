import { expect, test } from 'vitest';
import { behaviourOf } from '../../electron/engine/endpoints/kinds/index.ts';
import { faultOfMessage } from '../../electron/engine/endpoints/kinds/message-fault.ts';
import { sampleScope } from '../../electron/engine/endpoints/sample-scope.ts';
import { chatPresets } from '../../shared/endpoint-kinds/chat-presets.ts';
import type { EndpointKindName } from '../../shared/endpoint-kinds/index.ts';
import { usualOptions } from '../../shared/endpoint-kinds/options.ts';
import { allEventTypes } from '../../shared/events.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';

const told = (kind: EndpointKindName, message: unknown, address: string | null = null) => {
  const fault = faultOfMessage(behaviourOf(kind), JSON.stringify(message), address);
  return fault && inEnglish(fault.says);
};
const x = (count: number) => 'x'.repeat(count);
const bot = 'https://api.telegram.org/bot1:a/sendMessage';
const card = (...sections: unknown[]) => ({ cardsV2: [{ cardId: 'a', card: { sections } }] });
const adaptive = (content: object) => ({
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
});
const blocks = (...some: unknown[]) => ({ blocks: some });
const section = (text: object) => ({ type: 'section', text });
const plain = (text: string) => ({ type: 'plain_text', text });
const html = (text: string) => ({ chat_id: 1, text, parse_mode: 'HTML' });
const markdown = (text: string) => ({ chat_id: 1, text, parse_mode: 'MarkdownV2' });
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
  ['google_chat', { cardsV2: [{}] }, 'Expected cardsV2[0].card, with something in it; got "{}".'],
  ['google_chat', card({}), 'Expected cardsV2[0].card.sections[0].widgets, with something in it; got "{}".'],
  ['google_chat', card({ widgets: [{}] }), 'Expected one of cardsV2[0].card.sections[0].widgets[0].textParagraph'],
  ['google_chat', card({ widgets: [{ textParagraph: { text: 'a' } }] }), null],
  ['google_chat', { cards: [{}] }, 'Expected cards[0].sections'],
  ['teams', { attachments: [{}] }, 'Expected attachments[0].contentType'],
  ['teams', adaptive({}), 'Expected attachments[0].content, with something in it; got "contentType, content".'],
  ['teams', adaptive({ body: [] }), 'Expected attachments[0].content.type, with something in it; got "body".'],
  ['teams', adaptive({ type: 'Card' }), 'attachments[0].content.type: expected one of AdaptiveCard, got "Card".'],
  ['teams', adaptive({ type: 'AdaptiveCard', body: [{}] }), 'Expected attachments[0].content.body[0].type'],
  ['teams', adaptive({ type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text: 'a' }] }), null],
  ['teams', { attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content: { title: 'a' } }] }, null],
  ['slack', blocks({}), 'Expected blocks[0].type, with something in it; got "{}".'],
  ['slack', blocks('a'), 'Expected blocks[0].type, with something in it; got "string".'],
  ['slack', blocks({ type: 'section' }), 'Expected one of blocks[0].text, blocks[0].fields'],
  [
    'slack',
    blocks({ type: 'section', text: 'a' }),
    'Expected blocks[0].text.text, with something in it; got "string".',
  ],
  ['slack', blocks({ type: 'section', text: { text: 'a' } }), 'Expected blocks[0].text.type'],
  [
    'slack',
    blocks(section({ type: 'markdown', text: 'a' })),
    'blocks[0].text.type: expected one of mrkdwn, plain_text',
  ],
  ['slack', blocks(section({ type: 'mrkdwn', text: x(3000) })), null],
  ['slack', blocks(section({ type: 'mrkdwn', text: x(3001) })), 'blocks[0].text.text has 3001 characters; expected at'],
  ['slack', blocks({ type: 'section', fields: Array(11).fill(plain('a')) }), 'blocks[0].fields is a list of 11'],
  ['slack', blocks({ type: 'section', fields: [plain(x(2001))] }), 'blocks[0].fields[0].text has 2001 characters'],
  [
    'slack',
    blocks({ type: 'header', text: plain(x(151)) }),
    'blocks[0].text.text has 151 characters; expected at most',
  ],
  [
    'slack',
    blocks({ type: 'header', text: { type: 'mrkdwn', text: 'a' } }),
    'expected one of plain_text, got "mrkdwn".',
  ],
  ['slack', blocks({ type: 'context', elements: [] }), 'Expected blocks[0].elements'],
  ['slack', blocks({ type: 'context', elements: Array(11).fill(plain('a')) }), 'blocks[0].elements is a list of 11'],
  ['slack', blocks({ type: 'image', image_url: 'https://a.example/a.png' }), 'Expected blocks[0].alt_text'],
  ['slack', blocks({ type: 'divider' }, { type: 'of_tomorrow' }), null],
  [
    'slack',
    { attachments: [{}] },
    'Expected one of attachments[0].text, attachments[0].fallback, attachments[0].blocks',
  ],
  ['slack', { attachments: [{ color: '#fff', blocks: [{}] }] }, 'Expected attachments[0].blocks[0].type'],
  ['slack', { attachments: [{ fallback: 'a' }] }, null],
  ['discord', { embeds: [{}] }, 'Expected one of embeds[0].title, embeds[0].description, embeds[0].fields'],
  ['discord', { embeds: [{ color: 1 }] }, 'with something in it; got "color".'],
  ['discord', { content: 'a', embeds: [{}] }, null],
  // As Forgejo sends them, and Discord takes them.
  ['discord', { embeds: [{ title: 'a', description: '', footer: {} }] }, null],
  ['discord', embeds(1, { fields: [{ name: 'a' }] }), 'Expected embeds[0].fields[0].value, with something in it; got'],
  ['discord', { content: 'a', username: x(81) }, 'username has 81 characters; expected at most 80.'],
  ['telegram', html('<b>a'), 'text: expected </b> for its <b>, which is not closed.'],
  ['telegram', html('<b><i>a</b></i>'), 'text: expected </i>, got </b>.'],
  ['telegram', html('a</b>'), 'text: </b> closes nothing that is open.'],
  ['telegram', html('a<br>b'), 'text: <br> is no tag that Telegram reads.'],
  ['telegram', html('1 < 2'), 'text: <> is no tag that Telegram reads.'],
  ['telegram', html('a <b'), 'text: a tag begins with "<" and has no ">".'],
  ['telegram', html('<b> </b>'), 'Expected text, with something in it; got "text".'],
  ['telegram', html('<a href="https://a.example/?a>b">a</a> <B>b</b> &lt;br&gt; > <tg-spoiler>c</tg-spoiler>'), null],
  ['telegram', markdown('*a'), 'text: expected another *: what one begins is not ended.'],
  ['telegram', markdown('J. Cruz'), 'text: expected a \\ before the . of a text'],
  ['telegram', markdown('[a](https://a.example/x'), 'text: expected another )'],
  ['telegram', markdown('*a _b_ __c__* ~d~ ||e|| `x.y` [a](https://a.example/x.y) J\\. Cruz\\!'), null],
  ['telegram', markdown('```js\nlet a = 1;\n``` and _b_'), null],
  ['telegram', markdown('> as it was said. a_b'), null],
  ['telegram', { chat_id: 1, text: 'a_b', parse_mode: 'Markdown' }, 'text: expected another _'],
  ['telegram', { chat_id: 1, text: 'J. *Cruz* [a](b)', parse_mode: 'Markdown' }, null],
  ['telegram', { chat_id: 1, text: '<b>a' }, null],
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

test('who stands in the place of Slack may pass over what it does not know', () => {
  const message = { text: 'a', blocks: [{}] };
  expect(told('slack', message, 'https://hooks.slack.com/services/T0/B0/x')).toContain('blocks[0].type');
  expect(told('slack', message, 'https://mattermost.hotel.example/hooks/x')).toBeNull();
});

test.each(Object.entries(chatPresets))('the usual message of %s is in order, of each event', (kind, template) => {
  const behaviour = behaviourOf(kind as EndpointKindName);
  if (behaviour.isShared) throw new Error('it has a template');
  for (const event of allEventTypes) {
    const setUp = {
      kind: kind as EndpointKindName,
      options: usualOptions,
      config: { template, chatId: '1' },
      secrets: [],
    };
    const made = behaviour.shape(sampleScope(event), setUp);
    expect(made.ok && faultOfMessage(behaviour, made.body.toString('utf8'), null), event).toBeNull();
  }
});
