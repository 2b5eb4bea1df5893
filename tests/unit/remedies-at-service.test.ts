/** Nobody calls those who run Slack or Make: what is to be done there has words of its own. */
import { expect, test } from 'vitest';
import { checkEndpoint } from '../../electron/engine/doctor/doctor-endpoint.ts';
import { endpointFailing } from '../../shared/conditions/endpoint.ts';
import type { EndpointKindName } from '../../shared/endpoint-kinds/index.ts';
import { askOf, goneOf, remedyOfDelivery, remedyOfEndpoint, remedyOfTest, stepOf } from '../../shared/remedies.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { endpoint } from './desktop/situations.ts';

const facts = { id: 'ep_1', name: 'Front desk chat', sinceAt: 0, status: 503 };
const failing = (kind: EndpointKindName, key: string, status: number | null) =>
  endpoint({
    kind,
    state: 'failing',
    lastAnswer: { at: 0, status, outcome: 'endpoint_down', sentence: { key, params: {} }, durationMs: 1 } as never,
  });
const stepKey = (remedy: Parameters<typeof stepOf>[0] | null) => remedy && stepOf(remedy, facts)?.key;

test.each([
  ['slack', 'outcome.server_error', 503, 'service'],
  ['google_chat', 'outcome.no_answer', null, 'service'],
  ['make', 'outcome.answer_unfinished', 200, 'service'],
  ['zapier', 'outcome.connection_lost', null, 'service'],
  ['slack', 'outcome.address_refused', 404, 'new_hook'],
  ['slack', 'outcome.certificate_expired', null, 'certificate'],
  ['webhook', 'outcome.server_error', 503, 'call_answered'],
  ['n8n', 'outcome.address_unknown', 404, 'new_address'],
] as const)('%s, %s', (kind, key, status, words) => {
  const remedy = remedyOfEndpoint(failing(kind, key, status));
  expect(stepKey(remedy)).toBe(`remedy.${words}.step`);
  expect(remedy && askOf(remedy, 2)?.key).toBe(`remedy.${words}.ask.many`);
  const delivery = { state: 'waiting', sentence: { key, params: {} }, status } as const;
  expect(stepKey(remedyOfDelivery(delivery, failing(kind, key, status)))).toBe(`remedy.${words}.step`);
});

test('one that is gone, in the doctor’s words too, and a test send', () => {
  const gone = { at: 0, status: 410, outcome: 'gone', sentence: { key: 'outcome.gone', params: {} }, durationMs: 1 };
  const paused = { kind: 'discord', switch: 'paused', state: 'paused', lastAnswer: gone } as never;
  expect(checkEndpoint(endpoint(paused), { facts: [] }).nextStep?.key).toBe('remedy.gone_hook.step');
  expect(stepKey(goneOf(endpoint({ kind: 'discord' })))).toBe('remedy.gone_hook.step');
  expect(stepKey(goneOf(endpoint({ kind: 'webhook' })))).toBe('remedy.gone.step');
  const attempt = { sentence: { key: 'outcome.address_refused', params: {} }, status: 404 } as never;
  expect(stepKey(remedyOfTest({ ok: false, attempt }, 'telegram'))).toBe('remedy.new_hook.step');
  expect(stepKey(remedyOfTest({ ok: false, attempt }))).toBe('remedy.new_address.step');
});

test('what another answers in the place of a service is no error that the service tells of', () => {
  const situation = { endpoints: [failing('slack', 'outcome.not_its_answer', 200)], version: '1' } as never;
  const [card] = endpointFailing.present(situation, null as never);
  expect(card?.title.key).toBe('conditions.endpoint_failing.title.another');
});

test('a card says once since when nothing is taken, and a test names nobody whose answer it may not be', () => {
  const card = endpointFailing.present(
    { endpoints: [failing('slack', 'outcome.server_error', 503)], version: '1' } as never,
    null as never,
  )[0];
  expect(card?.step && inEnglish(card.step)).not.toMatch(/since/);
  const answered = { key: 'outcome.not_its_answer', params: { name: 'Chat', status: 200 } };
  expect(inEnglish(answered)).toMatch(/^What answered \(200\)/);
});
