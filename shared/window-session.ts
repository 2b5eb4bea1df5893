/**
 * How a page in a browser and the engine show each other who they are. The page's key never goes out: whoever on this PC
 * takes the window's port over while the engine is down would have it. The page asks first, and tells nothing to whom
 * cannot answer; then each of its requests carries a code over exactly that request, good once and for that run of the
 * engine alone.
 */

/** With every call: `<channel>.<count>.<code>`. */
export const sessionHeader = 'x-roost-relay';
/** Where a page asks who answers. */
export const meetPath = '/session/meet';

/** 32 bytes in base64url: a key, a channel, a challenge, a code. */
export const secretPattern = /^[\w-]{43}$/;

/** What the engine answers to a challenge. */
export interface Met {
  /** Names what this page and this run of the engine have begun. */
  readonly channel: string;
  /** Over {@link proofText}, by which the page knows whom it speaks to. */
  readonly proof: string;
}

export interface AskedByPage {
  /** Scheme, host and port that the page was loaded from. */
  readonly origin: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** As it is sent; empty where there is none. */
  readonly body: string;
}

/**
 * Words before it all: what is answered here is good for nothing else. With the origin: an engine whose window has moved
 * to another port proves nothing to a page of the one before, whoever carries its answers there.
 */
export const proofText = (origin: string, challenge: string, channel: string): string =>
  `roost-relay window engine ${origin} ${challenge} ${channel}`;

/** @param count never twice in a channel */
export const requestText = (channel: string, count: number, { origin, method, path, body }: AskedByPage): string =>
  `roost-relay window page ${origin} ${channel} ${count} ${method} ${path}\n${body}`;
