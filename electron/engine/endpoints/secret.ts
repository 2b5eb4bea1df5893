/** An endpoint's signing secret: made, checked and shown. */
import { randomBytes } from 'node:crypto';
import type { Sentence } from '../../../shared/domain.ts';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';

const standardPrefix = 'whsec_';
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
const shortestOwnSecret = 16;
const longestOwnSecret = 200;

/** A new secret: `whsec_` and the standard base64 of 32 random bytes. */
export function generateSecret(random: (size: number) => Buffer = randomBytes): string {
  return standardPrefix + random(32).toString('base64');
}

/**
 * Whether ready-made Standard Webhooks libraries would decode this secret: it begins with `whsec_` and the
 * rest is base64. Anything else is keyed by its text's bytes.
 */
export function isStandardSecret(secret: string): boolean {
  return secret.startsWith(standardPrefix) && secret.length > standardPrefix.length && base64.test(secret.slice(6));
}

/** The bytes that a `whsec_` secret stands for. */
export function standardKeyBytes(secret: string): Buffer {
  return Buffer.from(secret.slice(standardPrefix.length), 'base64');
}

/**
 * Checks an operator's own secret: 16 to 200 printable ASCII characters, no space at either end (it would be
 * lost when copied, and the receiver would verify with another key).
 * @returns the secret, unchanged
 * @throws {RelayError} `bad_input`, member `secret`; the message never repeats the secret
 */
export function checkOwnSecret(secret: string): string {
  const problem = ownSecretProblem(secret);
  if (problem) throw new RelayError('bad_input', problem, { member: 'secret' });
  return secret;
}

function ownSecretProblem(secret: string): Sentence | null {
  if (secret !== secret.trim()) return sentence('problem.secret_spaces');
  if (!/^[\x20-\x7e]*$/.test(secret)) {
    return sentence('problem.secret_characters');
  }
  if (secret.length < shortestOwnSecret) {
    return sentence('problem.secret_short', { least: shortestOwnSecret, has: secret.length });
  }
  if (secret.length > longestOwnSecret) return sentence('problem.secret_long', { most: longestOwnSecret });
  return null;
}
