import { describe, expect, test } from 'vitest';
import { discord } from '../../electron/engine/endpoints/kinds/discord.ts';
import { googleChat } from '../../electron/engine/endpoints/kinds/google-chat.ts';
import type { KindSetUp, OwnBodies } from '../../electron/engine/endpoints/kinds/kind.ts';
import { make } from '../../electron/engine/endpoints/kinds/make.ts';
import { slack } from '../../electron/engine/endpoints/kinds/slack.ts';
import { teams } from '../../electron/engine/endpoints/kinds/teams.ts';
import { telegram } from '../../electron/engine/endpoints/kinds/telegram.ts';
import { kindNamed, kindOf, lintOf } from '../../shared/endpoint-kinds/index.ts';
import { usualOptions } from '../../shared/endpoint-kinds/options.ts';

const setUp = { kind: 'webhook', options: usualOptions, config: {}, secrets: [] } as KindSetUp;

function judged(kind: Pick<OwnBodies, 'judge'>, status: number, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const verdict = kind.judge({ status, headers: [], body: Buffer.from(text) }, { name: 'Chat', setUp });
  return verdict && [verdict.class, verdict.counts, verdict.sentence.key.replace('outcome.', ''), verdict.retryAfterMs];
}

const failed = (status: number) =>
  `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${status} with ContextId tcid=1.`;
const refused = ['event_refused', true, 'event_refused', undefined];
const within = ['event_refused', true, 'refused_within', undefined];
const address = ['setup', true, 'address_refused', undefined];
const chat = ['setup', true, 'chat_unknown', undefined];
const slower = (ms?: number) => ['throttled', false, 'throttled', ms];

describe('what an answer means beyond its status', () => {
  test.each([
    [slack, 200, 'ok', null],
    [slack, 400, 'invalid_payload', null],
    [slack, 500, 'rollup_error', null],
    [slack, 404, 'no_service', address],
    [slack, 403, 'action_prohibited', address],
    [slack, 400, 'user_not_found', address],
    [slack, 200, { ok: true }, null],
    [slack, 200, { ok: false, error: 'invalid_blocks' }, within],
    [discord, 200, { id: '1' }, null],
    [discord, 404, { message: 'Unknown Webhook', code: 10015 }, address],
    [discord, 400, { message: 'Invalid Form Body', code: 50035 }, null],
    [discord, 429, { message: 'slow', retry_after: 1.5 }, slower(1500)],
    [discord, 429, { message: 'slow', retry_after: 0.2 }, slower(1000)],
    [discord, 429, { message: 'slow', retry_after: 'soon' }, slower()],
    [teams, 202, '', null],
    [teams, 200, '1', null],
    [teams, 200, failed(413), refused],
    [teams, 200, failed(429), slower()],
    [teams, 200, failed(404), address],
    [teams, 200, failed(503), ['endpoint_down', true, 'server_error', undefined]],
    [teams, 200, { error: { code: 'BadRequest' } }, within],
    [teams, 400, { error: { code: 'BadRequest' } }, null],
    [teams, 401, { error: { code: 'DirectApiAuthorizationRequired' } }, address],
    [teams, 403, '<html><title>Web Filter: access blocked</title></html>', null],
    [make, 400, 'Queue is full.', slower()],
    [make, 400, 'Bad request', null],
    [googleChat, 200, { name: 'spaces/A/messages/B' }, null],
    [googleChat, 403, { error: { code: 403, status: 'PERMISSION_DENIED' } }, address],
    [googleChat, 400, { error: { code: 400 } }, null],
    [googleChat, 200, { error: { code: 400 } }, refused],
    [telegram, 200, { ok: true }, null],
    [telegram, 200, { ok: false, error_code: 400, description: 'x' }, refused],
    [telegram, 200, { ok: false, description: 'nope' }, within],
    // What cannot even be made a text.
    [telegram, 200, { ok: false, description: { toString: '' } }, within],
    [telegram, 404, { ok: false, error_code: 404, description: 'Not Found' }, address],
    [telegram, 400, { ok: false, error_code: 400, description: 'Bad Request: chat not found' }, chat],
    [telegram, 403, { ok: false, error_code: 403, description: 'Forbidden: bot was kicked from the group chat' }, chat],
    [telegram, 400, { ok: false, error_code: 400, description: "Bad Request: can't parse entities" }, refused],
    [telegram, 429, { ok: false, error_code: 429, parameters: { retry_after: 4 } }, slower(4000)],
    [telegram, 502, '<html>', null],
  ] as const)('%# %o', (kind, status, body, expected) => {
    expect(judged(kind, status, body)).toEqual(expected);
  });

  test('the header tells the time where there is one', () => {
    const headers = [['retry-after', '2']] as const;
    const answer = { status: 429, headers, body: Buffer.from('{"retry_after": 1.5}') };
    expect(discord.judge(answer, { name: 'Chat', setUp })).toBeNull();
  });
});

describe('addresses', () => {
  test('are completed', () => {
    const to = (kind: OwnBodies, address: string) => kind.addressOf?.(address, setUp);
    expect(to(discord, 'https://discord.com/api/webhooks/1/a?thread_id=2')).toBe(
      'https://discord.com/api/webhooks/1/a?thread_id=2&wait=true',
    );
    expect(to(discord, 'https://discord.com/api/webhooks/1/a?wait=false')).toBe(
      'https://discord.com/api/webhooks/1/a?wait=true',
    );
    for (const end of ['', '/', '/sendMessage']) {
      expect(to(telegram, `https://api.telegram.org/bot1:a-B${end}`)).toBe(
        'https://api.telegram.org/bot1:a-B/sendMessage',
      );
    }
  });

  const token = '123456:ABCdefGHIjklMNOpqrSTUvwxYZ012345678';
  test.each([
    ['https://hooks.slack.com/services/T0/B0/x', 'slack', undefined],
    ['https://hooks.slack.com/triggers/T0/1/x', 'slack', 'slack_workflow'],
    ['https://discord.com/api/webhooks/1/a', 'discord', undefined],
    ['https://discord.com/api/webhooks/1/a/slack', 'discord', 'discord_ending'],
    ['https://discord.com/api/webhooks/1/a/github', 'discord', 'discord_ending'],
    ['https://api.outpost.hookdeck.com/2025-07-01/publish', 'outpost', undefined],
    ['https://head-office.example:4781/v1/events', 'roost_relay', undefined],
    ['https://head-office.example:4782/v1/events', 'roost_relay', undefined],
    ['http://127.0.0.1:4780/v1/events', 'roost_relay', undefined],
    ['https://relay.hotel.example/v1/in/Zk3vQ9xR1tUw7pLm', 'roost_relay', undefined],
    ['https://relay.hotel.example/v1/in/', 'webhook', undefined],
    ['https://hotel.example/v1/events', 'webhook', undefined],
    ['https://head-office.example:4781/hook', 'webhook', undefined],
    ['https://hotel.webhook.office.com/webhookb2/x', 'teams', 'retired_connector'],
    ['https://prod-1.westeurope.logic.azure.com/workflows/x?sp=a&sig=s', 'teams', undefined],
    ['https://prod-1.westeurope.logic.azure.com/workflows/x?sp=a', 'teams', 'teams_half'],
    ['https://a.b.environment.api.powerplatform.com/powerautomate/workflows/x?sig=', 'teams', 'teams_half'],
    ['https://hooks.zapier.com/hooks/catch/123', 'zapier', 'zapier_half'],
    ['https://hooks.zapier.com/hooks/catch/123/', 'zapier', 'zapier_half'],
    ['https://hooks.zapier.com/hooks/catch/', 'zapier', 'zapier_half'],
    ['https://hooks.zapier.com/hooks/standard/1/a/', 'zapier', undefined],
    ['https://192.168.1.20:1880', 'node_red', 'node_red_half'],
    ['http://localhost:1880/#flow/a1b2c3', 'node_red', 'node_red_half'],
    ['https://hook.eu1.make.com/', 'make', 'make_half'],
    ['https://hook.eu1.make.com', 'make', 'make_half'],
    ['https://script.googleusercontent.com/macros/echo?user_content_key=a&lib=b', 'apps_script', 'apps_script_echo'],
    ['https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t', 'google_chat', undefined],
    [`https://api.telegram.org/bot${token}/sendMessage`, 'telegram', undefined],
    [`https://api.telegram.org/bot${token}`, 'telegram', undefined],
    ['https://api.telegram.org/bot123', 'telegram', 'telegram_address'],
    ['https://t.me/hotelbot', 'webhook', 'telegram_address'],
    ['https://discord.gg/abc', 'webhook', 'discord_address'],
    ['https://make.powerautomate.com/environments/x/flows/y/details', 'webhook', 'teams_address'],
    ['https://hooks.zapier.com/hooks/catch/1/a/', 'zapier', undefined],
    ['https://zapier.com/editor/1/published', 'webhook', 'zapier_address'],
    ['https://hook.eu1.make.com/abc', 'make', undefined],
    ['https://hook.us1.make.celonis.com/abc', 'make', undefined],
    ['https://eu1.make.com/1/scenarios/2/edit', 'make', 'make_address'],
    ['https://hotel.app.n8n.cloud/webhook/abc', 'n8n', undefined],
    ['https://hotel.app.n8n.cloud/webhook-test/abc', 'n8n', 'test_address'],
    ['https://hotel.app.n8n.cloud/workflow/abc', 'n8n', 'n8n_address'],
    ['https://n8n.hotel.example/webhook-test/abc', 'n8n', 'test_address'],
    ['https://hotel.example/n8n/webhook-test/abc', 'n8n', 'test_address'],
    ['https://192.168.1.20:5678/webhook/abc', 'n8n', undefined],
    ['https://hotel.example/webhook/abc', 'webhook', undefined],
    ['https://hotel.app.n8n.cloud/webhook/', 'n8n', 'n8n_half'],
    ['https://192.168.1.20:5678/webhook', 'n8n', 'n8n_half'],
    ['https://hotel.app.n8n.cloud/form/', 'n8n', 'n8n_half'],
    ['https://hooks.nabu.casa/', 'home_assistant', 'home_assistant_half'],
    ['https://ha.hotel.example:8123/api/webhook', 'home_assistant', 'home_assistant_half'],
    ['https://ha.hotel.example:8123/api/webhook/hotel', 'home_assistant', 'home_assistant'],
    ['https://chat.googleapis.com/v1/spaces/A/messages?key=&token=t', 'google_chat', 'google_chat_address'],
    ['https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=', 'google_chat', 'google_chat_address'],
    ['https://script.google.com/macros/s/a/exec', 'apps_script', undefined],
    ['https://script.google.com/a/macros/hotel.example/s/a/exec', 'apps_script', undefined],
    ['https://script.google.com/home/projects/a/edit', 'apps_script', 'apps_script_address'],
    ['https://docs.google.com/spreadsheets/d/a/edit', 'webhook', 'document_address'],
    ['https://accounts.google.com/ServiceLogin?service=chat', 'webhook', 'sign_in_address'],
    [
      'https://accounts.google.com/ServiceLogin?continue=https%3A%2F%2Fscript.google.com%2Fmacros',
      'webhook',
      'apps_script_sign_in',
    ],
    ['https://zapier.com.hotel.example/', 'webhook', undefined],
    ['https://example.com/services/x', 'webhook', undefined],
  ])('%s is %s', (given, kind, lint) => {
    expect(kindOf(given)).toBe(kind);
    expect(lintOf(given)?.name).toBe(lint);
  });

  test.each([
    ['/api/exchanges/%2F/amq.default/publish', undefined],
    ['/api/exchanges/amq.default/publish', 'engine_path'],
    ['/api/exchanges//amq.default/publish', 'engine_path'],
  ])('%s is an exchange of RabbitMQ', (path, lint) => {
    const address = `https://mq.hotel.example:15671${path}`;
    expect(kindOf(address)).toBe('rabbitmq_http');
    expect(lintOf(address, kindOf(address))?.name).toBe(lint);
  });

  test('a secret path of another Roost Relay says who sends, so that it asks for no token', () => {
    const lacks = (address: string) => kindNamed('roost_relay').lacks?.(new URL(address), {}, []) ?? null;
    expect(lacks('https://relay.hotel.example/v1/in/Zk3vQ9xR1tUw7pLm')).toBeNull();
    expect(lacks('https://relay.hotel.example:4782/v1/events')).toMatchObject({ member: 'token' });
  });
});
