/** One-time tokens that open the window in a browser, good for 60 s (decision 26). They do not outlive the process. */
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../engine/engine.ts';

const livesMs = 60_000;

export interface OpenTokens {
  /** For one opening. @param about what it is for, and for nothing else */
  make(about?: string): string;
  /** Whether it was good for that, which it is once. */
  redeem(token: unknown, about?: string): boolean;
}

export function createOpenTokens(clock: Clock): OpenTokens {
  // Kept as hashes: a lookup by hash takes the same time whatever the guess.
  const tokens = new Map<string, number>();
  const hash = (token: string, about: string): string =>
    createHash('sha256').update(`${token} ${about}`).digest('base64url');
  return {
    make(about = '') {
      const now = clock.monotonicMs();
      for (const [key, expiresAtMs] of tokens) if (expiresAtMs <= now) tokens.delete(key);
      const token = randomBytes(32).toString('base64url');
      tokens.set(hash(token, about), now + livesMs);
      return token;
    },
    redeem(token, about = '') {
      // A query that names it twice is a list, and no token.
      if (typeof token !== 'string') return false;
      const key = hash(token, about);
      const expiresAtMs = tokens.get(key);
      tokens.delete(key);
      return expiresAtMs !== undefined && expiresAtMs > clock.monotonicMs();
    },
  };
}
