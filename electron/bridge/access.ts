/**
 * Who may use the window in a browser (decisions 26): an address with a one-time token, good for 60 s, is
 * turned into a session cookie; calls carry the session's own token in a header besides.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../engine/engine.ts';

const openTokenLivesMs = 60_000;
const sessionLivesMs = 12 * 3_600_000;
const mostSessions = 50;

interface Session {
  readonly headerToken: string;
  expiresAtMs: number;
}

export interface BridgeAccess {
  /** A token for one opening, within 60 s. */
  newOpenToken(): string;
  /** The cookie's value for a token that is good; null where it is used up, too old or unknown. */
  redeem(openToken: string): string | null;
  /** The header token of a cookie's session; null without one. Keeps the session alive. */
  headerToken(cookie: string | undefined): string | null;
}

export function createBridgeAccess(clock: Clock): BridgeAccess {
  // Kept as hashes: a lookup by hash takes the same time whatever the guess.
  const openTokens = new Map<string, number>();
  const sessions = new Map<string, Session>();
  const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
  const secret = (): string => randomBytes(32).toString('base64url');

  return {
    newOpenToken() {
      const now = clock.monotonicMs();
      for (const [key, expiresAtMs] of openTokens) if (expiresAtMs <= now) openTokens.delete(key);
      const token = secret();
      openTokens.set(hash(token), now + openTokenLivesMs);
      return token;
    },
    redeem(openToken) {
      const key = hash(openToken);
      const expiresAtMs = openTokens.get(key);
      openTokens.delete(key);
      const now = clock.monotonicMs();
      if (expiresAtMs === undefined || expiresAtMs <= now) return null;
      const cookie = secret();
      sessions.set(hash(cookie), { headerToken: secret(), expiresAtMs: now + sessionLivesMs });
      for (const oldest of sessions.keys()) {
        if (sessions.size <= mostSessions) break;
        sessions.delete(oldest);
      }
      return cookie;
    },
    headerToken(cookie) {
      if (cookie === undefined) return null;
      const session = sessions.get(hash(cookie));
      const now = clock.monotonicMs();
      if (session === undefined || session.expiresAtMs <= now) return null;
      session.expiresAtMs = now + sessionLivesMs;
      return session.headerToken;
    },
  };
}
