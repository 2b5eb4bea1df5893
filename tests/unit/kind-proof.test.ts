import { expect, test } from 'vitest';
import { behaviourOf } from '../../electron/engine/endpoints/kinds/index.ts';
import type { KindSetUp } from '../../electron/engine/endpoints/kinds/kind.ts';
import { telegram } from '../../electron/engine/endpoints/kinds/telegram.ts';
import type { EndpointKindName } from '../../shared/endpoint-kinds/index.ts';
import { usualOptions } from '../../shared/endpoint-kinds/options.ts';
import { usualScope } from '../support/shape-scope.ts';

function judged(kind: EndpointKindName, status: number, text: string) {
  const setUp: KindSetUp = { kind, options: usualOptions, config: {}, secrets: [] };
  const verdict = behaviourOf(kind).judge({ status, headers: [], body: Buffer.from(text) }, { name: 'It', setUp });
  return verdict && [verdict.class, verdict.counts, verdict.sentence.key];
}

const notItsOwn = ['setup', true, 'outcome.not_its_answer'];
const pages = [
  '<html><title>Web Filter: access blocked</title></html>',
  '\n<!-- blocked --><!DOCTYPE HTML><HTML><body>Sign in to the Wi-Fi</body>',
  '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>',
];

/** What each says when it has taken something, and what looks like it and is not. */
test.each([
  ['slack', 200, ['ok', 'ok\n', '{"ok":true}', '{"success":true}'], ['', 'invalid_payload', 'OK, blocked', '{}']],
  ['discord', 200, ['{"id":"1","type":0}'], ['', '{}', '{"id":1}', '{"id":""}', '[]']],
  ['telegram', 200, ['{"ok":true,"result":{}}'], ['', 'ok', '{"result":{}}', '{"ok":"true"}']],
  ['google_chat', 200, ['{"name":"spaces/A/messages/B"}'], ['', '{}', '{"name":1}', '{"name":" "}']],
  [
    'outpost',
    202,
    [
      '{"id":"evt_1","destination_ids":["d"]}',
      '{"id":"evt_1","destination_ids":null,"duplicate":true}',
      '{"id":"evt_1"}',
    ],
    ['', '{}', '{"id":""}', 'Accepted'],
  ],
  ['svix', 202, ['{"id":"msg_1","eventType":"a","error":null}'], ['', '{}', '{"id":""}']],
  ['convoy', 200, ['{"status":true,"message":"x"}'], ['', '{"status":false}', '{}']],
  ['home_assistant', 200, ['', '{"taken":1}'], ['[]', '1', 'Accepted', '<ok/>', '{"message":"Instance is offline"}']],
  ['zapier', 200, ['', '{"status":"success","id":"1","attempt":"2"}', '{"id":"1"}'], ['1', 'Accepted', '{}', '<ok/>']],
  ['rabbitmq_http', 200, ['{"routed":true}'], ['', '{}', '{"routed":"true"}']],
  [
    'roost_relay',
    202,
    ['{"id":"evt_1","duplicate":false}', '{"accepted":1,"events":[]}', '{"taken":1,"events":[]}', '{"test":true}'],
    ['', '{}', '{"message":"hello"}', '{"id":""}', '{"id":null}', '{"test":false}'],
  ],
] as const)('%s has taken what it says it has, and nothing else', (kind, status, own, others) => {
  for (const text of own) expect(judged(kind, status, text), text).toBeNull();
  for (const text of [...others, ...pages]) expect(judged(kind, status, text), text).toEqual(notItsOwn);
  // Of what is no success the status tells.
  expect(judged(kind, 503, pages[0] ?? '')).toBeNull();
});

test('teams answers with anything but a page', () => {
  for (const text of ['', '1', '{"status":"success"}', 'Accepted', '<ok/>'])
    expect(judged('teams', 200, text)).toBeNull();
  for (const text of pages) expect(judged('teams', 200, text)).toEqual(notItsOwn);
});

test.each(['outpost', 'svix', 'convoy'] as const)('%s knows an event already only where it says so itself', (kind) => {
  for (const text of ['', '{"code":"conflict","detail":"known"}'])
    expect(judged(kind, 409, text)).toEqual(['delivered', false, 'outcome.known_already']);
  for (const text of [...pages, 'Conflict', '[]']) expect(judged(kind, 409, text), text).toEqual(notItsOwn);
});

// Their makers choose what they answer, a page too.
test.each(['webhook', 'make', 'n8n', 'node_red', 'custom'] as const)('%s has taken whatever it answers 2xx', (kind) => {
  const config = { successStatuses: [], mustContain: null, mustNotContain: null };
  const setUp: KindSetUp = { kind, options: usualOptions, config, secrets: [] };
  const answer = { status: 200, headers: [], body: Buffer.from(pages[0] ?? '') };
  expect(behaviourOf(kind).judge(answer, { name: 'It', setUp })).toBeNull();
});

test('an answer longer than what is kept of it is not held against its service', () => {
  expect(judged('discord', 200, `{"content":"${'x'.repeat(64 * 1024)}`)).toBeNull();
  expect(judged('discord', 200, `{"content":"${'x'.repeat(1024)}`)).toEqual(notItsOwn);
});

test.each([
  ['zapier', 200, '{"status":"error","message":"Zap is off"}', 'outcome.refused_within'],
  ['home_assistant', 200, '{"ok":false}', 'outcome.refused_within'],
  ['home_assistant', 200, '{"error":"no such automation"}', 'outcome.refused_within'],
  ['discord', 200, '{"id":"1","code":50035,"message":"Invalid Form Body"}', 'outcome.refused_within'],
  ['discord', 200, '{"id":"1","code":10015,"message":"Unknown Webhook"}', 'outcome.address_refused'],
  ['svix', 202, '{"id":"msg_1","error":{"code":"quota"}}', 'outcome.refused_within'],
  ['slack', 200, '{"success":true,"error":"invalid_blocks"}', 'outcome.refused_within'],
  ['rabbitmq_http', 200, '{"routed":true,"errors":["quota"]}', 'outcome.refused_within'],
  ['roost_relay', 202, '{"id":"evt_1","error":{"code":"disk_full"}}', 'outcome.refused_within'],
  ['zapier', 200, '{"id":"1","status":500}', 'outcome.refused_within'],
  ['outpost', 202, '{"id":"evt_1","destination_ids":null}', 'outcome.for_nobody'],
  ['outpost', 200, '{"id":"evt_1","destination_ids":[]}', 'outcome.for_nobody'],
  ['convoy', 200, '{"status":true,"message":"no endpoints found"}', 'outcome.for_nobody'],
  ['convoy', 201, '{"status":false,"message":"no endpoints"}', 'outcome.for_nobody'],
  ['convoy', 400, '{"status":false,"message":"an endpoint with that owner id does not exist"}', 'outcome.for_nobody'],
  ['convoy', 200, '{"status":false,"message":"project is disabled"}', 'outcome.refused_within'],
] as const)('%s says no with %i and %s', (kind, status, text, key) => {
  expect(judged(kind, status, text)?.[2]).toBe(key);
});

test('a template of one’s own at Telegram is sent to the chat that is set, unless it names one', () => {
  const shaped = (template: string) => {
    const setUp: KindSetUp = {
      kind: 'telegram',
      options: usualOptions,
      config: { chatId: '5', template },
      secrets: [],
    };
    const made = telegram.shape(usualScope, setUp);
    return made.ok ? JSON.parse(made.body.toString('utf8')) : made;
  };
  expect(shaped('{"text":"Hello"}')).toEqual({ text: 'Hello', chat_id: '5' });
  expect(shaped('{"text":"Hello","chat_id":""}')).toEqual({ text: 'Hello', chat_id: '5' });
  expect(shaped('{"text":"Hello","chat_id":7}')).toEqual({ text: 'Hello', chat_id: 7 });
});
