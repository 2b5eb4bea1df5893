import { expect, test } from 'vitest';
import type { EndpointKindName } from '../../shared/endpoint-kinds/index.ts';
import { receiverWords } from '../../shared/receiver-words.ts';
import {
  type ChatService,
  discordService,
  googleChatService,
  slackService,
  teamsService,
  telegramService,
} from '../support/chat-services.ts';
import { afterAttempts, delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { isSignedWith, startReceiver } from '../support/receiver.ts';

const chatId = '-1001234567890';
const bot = '/bot123456:ABCdefGHIjklMNOpqrSTUvwxYZ012345678';
const booking = {
  guest_name: 'Juan <!channel> dela Cruz',
  room: { name: 'Room 101 - Deluxe' },
  check_in: '2024-03-20',
  check_out: '2024-03-22',
  total: 6000,
  currency: 'PHP',
};
const more = { timestamp: '2024-03-15T10:30:00Z' };

interface Chat {
  readonly kind: EndpointKindName;
  readonly path: string;
  /** Where it is asked for; the path that the endpoint was given unless a kind completes it. */
  readonly asked?: string;
  readonly service: ChatService;
  readonly config?: Record<string, unknown>;
}

const chats: readonly Chat[] = [
  { kind: 'slack', path: '/services/T0/B0/x', service: slackService },
  { kind: 'discord', path: '/api/webhooks/1/a', asked: '/api/webhooks/1/a?wait=true', service: discordService },
  { kind: 'teams', path: '/workflows/x', service: teamsService },
  { kind: 'google_chat', path: '/v1/spaces/A/messages?key=k&token=t', service: googleChatService },
  { kind: 'telegram', path: bot, asked: `${bot}/sendMessage`, service: telegramService, config: { chatId } },
  // Its address alone, as it is pasted into the window.
  { kind: 'telegram', path: `${bot}/sendMessage?chat_id=${chatId}`, service: telegramService },
];

async function addChat(engine: TestEngine, stack: AsyncDisposableStack, { kind, path, service, config }: Chat) {
  const receiver = stack.use(await startReceiver());
  receiver.answerWith(service(() => engine.clock.wallMs()));
  const url = `${new URL(receiver.url).origin}${path}`;
  const endpoint = await engine.addEndpoint(receiver, { url, kind, ...(config === undefined ? {} : { config }) });
  return { receiver, ...endpoint };
}

/** Everything that is text in a message, in one line. */
const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null ? Object.values(value).map(shown).join(' ') : String(value);

test('an event goes into each chat as a message that people read, and is delivered', async () => {
  await using stack = new AsyncDisposableStack();
  const engine = stack.use(await startTestEngine());
  const added = await Promise.all(chats.map(async (chat) => ({ chat, ...(await addChat(engine, stack, chat)) })));

  const event = await posted(engine, 'booking.created', { booking_id: 'bk_1', ...booking }, more);
  for (const { chat, receiver, id, secret } of added) {
    const [request] = await receiver.received(1);
    if (request === undefined) throw new Error('nothing came');
    expect(request.path).toBe(chat.asked ?? chat.path);
    expect(isSignedWith(request, secret)).toBe(true);
    const words = shown(JSON.parse(request.text)).replaceAll('\\', '');
    for (const part of ['New booking', 'dela Cruz, Room 101, 20 to 22 March, ', '6,000']) expect(words).toContain(part);
    expect(await deliveryOf(engine, event, delivered, id)).toMatchObject({ outcome: 'delivered' });
  }
});

/** What a service refuses, as it says so, and what it comes to. */
const refusals: readonly (Chat & {
  readonly why: string;
  readonly outcome: string;
  readonly status: number;
  readonly says: string;
})[] = [
  {
    ...named('slack'),
    why: 'an address that is no more',
    path: '/gone/x',
    outcome: 'setup',
    status: 404,
    says: 'no_service',
  },
  {
    ...named('slack'),
    why: 'a message of another form',
    config: { template: '{"{% if test %}text{% else %}txt{% endif %}": "{{ message.line }}"}' },
    outcome: 'event_refused',
    status: 400,
    says: 'no_text',
  },
  {
    ...named('discord'),
    why: 'an unknown webhook',
    path: '/api/webhooks/x',
    asked: '',
    outcome: 'setup',
    status: 404,
    says: 'Unknown Webhook',
  },
  {
    ...named('discord'),
    why: 'a text that is too long',
    config: { template: '{"content": "{% for i in (1..2001) %}x{% endfor %}"}' },
    outcome: 'event_refused',
    status: 400,
    says: 'Invalid Form Body',
  },
  {
    ...named('teams'),
    why: 'no card, in a 200',
    path: '/webhookb2/x',
    config: { template: '{"attachments": [{}]}' },
    outcome: 'event_refused',
    status: 200,
    says: 'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 400 with ContextId tcid=1.',
  },
  {
    ...named('google_chat'),
    why: 'a space that is not its own',
    path: '/v1/spaces/A/messages',
    outcome: 'setup',
    status: 403,
    says: 'The caller does not have permission',
  },
  {
    ...named('telegram'),
    why: 'a chat that it does not know',
    config: { chatId: '-2' },
    outcome: 'setup',
    status: 400,
    says: 'Bad Request: chat not found',
  },
];

function named(kind: EndpointKindName): Chat {
  const chat = chats.find((each) => each.kind === kind);
  if (chat === undefined) throw new Error(kind);
  return chat;
}

test('what a chat refuses comes to what it means, and its words are kept', async () => {
  await using stack = new AsyncDisposableStack();
  const engine = stack.use(await startTestEngine());
  const added = await Promise.all(refusals.map(async (chat) => ({ ...chat, ...(await addChat(engine, stack, chat)) })));
  const slow = await addChat(engine, stack, named('telegram'));
  slow.receiver.answerNext({
    status: 429,
    headers: { 'content-type': 'application/json' },
    body: '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 4","parameters":{"retry_after":4}}',
  });

  const event = await posted(engine, 'booking.created', booking, more);
  for (const { kind, why, outcome, status, says, id } of added) {
    const { attemptsMade, ...delivery } = await deliveryOf(engine, event, afterAttempts(1), id);
    const said = receiverWords(attemptsMade[0]?.responseBody ?? '', null);
    expect({ kind, why, ...delivery, said }).toMatchObject({ kind, why, outcome, status, failures: 1, said: says });
  }
  // Asked too often, in its own way: left alone for as long as it says.
  const held = await deliveryOf(engine, event, afterAttempts(1), slow.id);
  expect(held).toMatchObject({ outcome: 'throttled', failures: 0 });
  const waitsMs = (held.nextAttemptAt ?? 0) - engine.clock.wallMs();
  expect(waitsMs).toBeGreaterThan(2000);
  expect(waitsMs).toBeLessThan(10_000);
});

test('a page that a filter answers in a chat’s place takes nothing: the event waits, and goes out once it is gone', async () => {
  await using stack = new AsyncDisposableStack();
  const engine = stack.use(await startTestEngine());
  const [slack] = chats;
  if (slack === undefined) throw new Error('there is no chat');
  const { receiver, id } = await addChat(engine, stack, slack);
  receiver.answerWith({ headers: { 'content-type': 'text/html' }, body: '<html><title>Web Filter</title></html>' });

  const event = await posted(engine, 'booking.created', booking, more);
  const waiting = await deliveryOf(engine, event, ({ failures }) => failures === 1, id);
  expect(waiting).toMatchObject({ state: 'waiting', outcome: 'setup', status: 200 });
  expect(waiting.sentence).toMatchObject({ key: 'outcome.not_its_answer', params: { status: 200 } });
  const tested = await engine.call('endpoints.test', { id });
  expect(tested).toMatchObject({ ok: false, attempt: { sentence: { key: 'outcome.not_its_answer' } } });
  expect(await engine.call('endpoints.get', { id })).toMatchObject({ state: 'degraded' });

  receiver.answerWith(slack.service(() => engine.clock.wallMs()));
  await engine.call('endpoints.tryNow', { id });
  await deliveryOf(engine, event, delivered, id);
});
