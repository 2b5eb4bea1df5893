/** Nobody calls those who run Slack or Make: what is to be done there has words of its own. */
import { expect, test } from 'vitest';
import type { EndpointKindName } from '../../shared/endpoint-kinds/index.ts';
import { askOf, goneOf, remedyOfDelivery, remedyOfEndpoint, remedyOfTest, stepOf } from '../../shared/remedies.ts';
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

test('one that is gone, and a test send', () => {
  expect(stepKey(goneOf(endpoint({ kind: 'discord' })))).toBe('remedy.gone_hook.step');
  expect(stepKey(goneOf(endpoint({ kind: 'webhook' })))).toBe('remedy.gone.step');
  const attempt = { sentence: { key: 'outcome.address_refused', params: {} }, status: 404 } as never;
  expect(stepKey(remedyOfTest({ ok: false, attempt }, 'telegram'))).toBe('remedy.new_hook.step');
  expect(stepKey(remedyOfTest({ ok: false, attempt }))).toBe('remedy.new_address.step');
});
