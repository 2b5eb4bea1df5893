/** An endpoint's signing secret: made, checked and shown. */
import { randomBytes } from 'node:crypto';
import type { Sentence } from '../../../shared/domain.ts';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';

const standardPrefix = 'whsec_';
const shortestOwnSecret = 16;
const longestOwnSecret = 200;

/** A new secret: `whsec_` and the standard base64 of 32 random bytes. */
export function generateSecret(random: (size: number) => Buffer = randomBytes): string {
  return standardPrefix + random(32).toString('base64');
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
