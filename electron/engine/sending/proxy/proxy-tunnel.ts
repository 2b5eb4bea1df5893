/** A way through an HTTP proxy: `CONNECT host:port`, and the socket that comes of it. */
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Client } from 'undici';
import type { HeaderPairs, TransportFailure } from '../../evidence/evidence.ts';
import { challengeText, type ProxyChallenge, readChallenge, takesPassword } from './proxy-challenge.ts';

export interface TunnelEvents {
  /** The proxy itself has been reached. */
  onProxyReached(): void;
  onOpen(tunnel: Socket): void;
  onFailure(failure: TransportFailure): void;
}

/**
 * Asks a proxy for a tunnel.
 * @param proxy `http://proxy.example:3128`, or `https:`; name and password in it are sent as Basic
 * @param target `host:port`
 * @returns the function that gives it up
 */
export function openTunnel(
  proxy: string,
  target: string,
  trust: () => SecureContext,
  events: TunnelEvents,
): () => void {
  const address = proxyAddress(proxy);
  if (!(address instanceof URL)) {
    events.onFailure(address);
    return () => undefined;
  }
  const client = new Client(address.origin, {
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: 0, ...(address.protocol === 'https:' ? { secureContext: trust() } : {}) },
  });
  // A client whose connections end badly is gone all the same.
  const drop = (): void => void client.destroy().catch(() => undefined);
  let reached = false;
  client.once('connect', () => {
    reached = true;
    events.onProxyReached();
  });
  client.connect({ path: target, headers: { host: target, ...credentials(address) } }, (error, answer) => {
    if (error) {
      const { code } = error as NodeJS.ErrnoException;
      const words = reached ? `The proxy closed the connection: ${error.message}` : error.message;
      events.onFailure(proxyFailure(code ?? error.name, words));
      drop();
      return;
    }
    const socket = answer.socket as Socket;
    if (answer.statusCode === 200) {
      events.onOpen(socket);
      return;
    }
    socket.on('error', () => undefined).destroy();
    const challenges = answer.statusCode === 407 ? linesOf(answer.headers['proxy-authenticate']) : null;
    const words = `The proxy answered ${answer.statusCode} to CONNECT ${target}.`;
    events.onFailure(refusal(answer.statusCode, challenges, address.username !== '', words));
    drop();
  });
  return drop;
}

/** What a proxy answered instead of passing something on. @param challenges of a 407: what it asks for; null of another */
function refusal(
  proxyStatus: number,
  challenges: readonly string[] | null,
  hasSignedIn: boolean,
  words: string,
): TransportFailure {
  const challenge = challenges && readChallenge(challenges);
  const proxyAsksFor = challenge === null ? '' : challengeText(challenge);
  const said = proxyAsksFor === '' ? words : `${words} It asks for ${proxyAsksFor}.`;
  return { ...proxyFailure(refusalCode(challenge, hasSignedIn), said), proxyStatus, proxyAsksFor };
}

/** A 407 to a plain request that went through the proxy. */
export function refusalOf(proxy: string, headers: HeaderPairs | null): TransportFailure {
  const lines = (headers ?? []).flatMap(([name, value]) => (name.toLowerCase() === 'proxy-authenticate' ? value : []));
  const hasSignedIn = URL.canParse(proxy) && new URL(proxy).username !== '';
  return refusal(407, lines, hasSignedIn, 'The proxy answered 407.');
}

/** Of a 407 whether we could sign in at all, and whether what we signed in with was not taken. */
function refusalCode(challenge: ProxyChallenge | null, hasSignedIn: boolean): string {
  if (challenge === null) return 'PROXY_STATUS';
  if (!takesPassword(challenge)) return 'PROXY_SIGN_IN';
  return hasSignedIn ? 'PROXY_PASSWORD' : 'PROXY_STATUS';
}

/** A proxy's address; what is wrong with it, where nothing can be gone through by it. */
export function proxyAddress(proxy: string): URL | TransportFailure {
  if (/^socks/i.test(proxy)) {
    return proxyFailure('PROXY_SOCKS', 'A SOCKS proxy cannot be gone through, only one that speaks HTTP.');
  }
  const address = URL.canParse(proxy) ? new URL(proxy) : null;
  if (address !== null && (address.protocol === 'http:' || address.protocol === 'https:')) return address;
  return proxyFailure('PROXY_ADDRESS', 'The proxy must be an http: or https: address.');
}

const proxyFailure = (code: string, message: string): TransportFailure => ({
  phase: 'proxy',
  code,
  message,
  proxyStatus: null,
});

/** Name and password of a proxy's address, as its header; none where it has none. */
export function credentials(address: URL): Record<string, string> {
  if (address.username === '') return {};
  const text = `${decoded(address.username)}:${decoded(address.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(text, 'utf8').toString('base64')}` };
}

/** A percent sign that was meant as one stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const linesOf = (header: string | string[] | undefined): string[] =>
  header === undefined ? [] : typeof header === 'string' ? [header] : header;
