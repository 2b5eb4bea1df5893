import { expect, test } from 'vitest';
import { type ExpectedSignature, signatureRefusal } from '../../electron/engine/intake/signatures.ts';

const at = Date.UTC(2026, 0, 1);
const source = { secret: 'right', header: 'X-Key', user: 'pms' };

function says(way: ExpectedSignature['way'], headers: Record<string, string>) {
  const refused = signatureRefusal({ way, ...source }, { headers, bytes: Buffer.from('{}') }, at);
  return refused && [refused.says.key, refused.expected];
}

/** Of the ways that prove who sends, nothing speaks of a signature; what is there is not said to be missing. */
test.each([
  ['basic', {}, 'refusal.login_missing'],
  ['basic', { authorization: `Basic ${btoa('pms:wrong')}` }, 'refusal.login_wrong'],
  ['header', {}, 'refusal.login_missing'],
  ['header', { 'x-key': 'wrong' }, 'refusal.login_wrong'],
  ['github', {}, 'refusal.signature_missing'],
  ['github', { 'x-hub-signature-256': 'sha256=00' }, 'refusal.signature_wrong'],
  ['standard', { 'webhook-id': 'a' }, 'refusal.signature_missing'],
  ['standard', { 'webhook-id': 'a', 'webhook-timestamp': 'abc' }, 'refusal.signature_time'],
] as const)('%s with %j: %s', (way, headers, key) => {
  const [found, expected] = says(way, headers) ?? [];
  expect(found).toBe(key);
  expect(expected?.includes('signature')).toBe(key.startsWith('refusal.signature'));
});

test('what is right is taken', () => {
  expect(says('basic', { authorization: `Basic ${btoa('pms:right')}` })).toBeNull();
  expect(says('header', { 'x-key': 'right' })).toBeNull();
});
