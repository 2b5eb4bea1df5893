import { createHmac, timingSafeEqual } from 'node:crypto';
import type { BenchRequest } from '../../../shared/schemas.ts';

/**
 * Verifies a request as a receiver does, and on purpose not with the sender's own code: a plain HMAC-SHA256
 * over the exact bytes, keyed with the secret as UTF-8 text.
 *
 * @param given `X-RoostSync-Signature` as it came
 * @param secrets what it may be signed with: the endpoint's secret, and its next one during a rotation
 */
export function verifySignature(
  given: string | null,
  body: Uint8Array,
  secrets: readonly string[],
): BenchRequest['signature'] {
  if (secrets.length === 0) return 'unknown';
  if (given === null) return 'missing';
  const actual = Buffer.from(given);
  const valid = secrets.some((secret) => {
    const expected = Buffer.from(
      `sha256=${createHmac('sha256', Buffer.from(secret, 'utf8')).update(body).digest('hex')}`,
    );
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  });
  return valid ? 'valid' : 'invalid';
}
