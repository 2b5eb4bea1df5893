import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { isStandardSecret } from '../../shared/own-secret.ts';

test('24 to 64 bytes in standard base64 after whsec_ are what a library takes', () => {
  for (let bytes = 1; bytes <= 80; bytes += 1) {
    const secret = `whsec_${randomBytes(bytes).toString('base64')}`;
    expect(isStandardSecret(secret), `${bytes} bytes`).toBe(bytes >= 24 && bytes <= 64);
  }
});

test.each([
  ['no prefix', Buffer.alloc(32).toString('base64')],
  ['plain text', 'a-secret-of-the-receiver'],
  ['plain text after the prefix', 'whsec_a-secret-of-the-receiver-itself'],
  ['the alphabet of addresses', `whsec_${Buffer.alloc(32, 0xff).toString('base64url')}`],
  ['without padding', `whsec_${Buffer.alloc(32, 1).toString('base64').replace('=', '')}`],
  ['nothing', ''],
])('not %s', (_what, secret) => {
  expect(isStandardSecret(secret)).toBe(false);
});
