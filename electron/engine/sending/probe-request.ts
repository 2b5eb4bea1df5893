/** A probe's request: a plain `GET` by the way that deliveries take, through a proxy as plain HTTP goes through one. */
import type { LookupFunction } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { TransportFailure } from '../evidence/evidence.ts';
import type { Route } from './connection.ts';
import type { SendResult } from './exchange.ts';
import { credentials, proxyAddress } from './proxy/proxy-tunnel.ts';

export interface ProbeRequest {
  /** A plain `http:` address. */
  readonly url: string;
  /** Address of the proxy, with name and password where it needs them; null for a direct way. */
  readonly proxy: string | null;
  readonly userAgent: string;
}

export interface AskedProbe {
  readonly route: Route;
  readonly bytes: Buffer;
  /** What was seen, with what happened to the connection told as the proxy's where it was made to one. */
  seen(result: SendResult): SendResult;
}

/**
 * @param trust for a proxy that is reached over TLS
 * @returns what is wrong with the proxy's address, where it cannot be gone through
 */
export function probeRoute(
  { url, proxy, userAgent }: ProbeRequest,
  trust: () => SecureContext,
  lookup: LookupFunction,
): AskedProbe | TransportFailure {
  const { origin, host, pathname, search } = new URL(url);
  // A copy that was kept on the way would be yesterday's internet.
  const headers = {
    Host: host,
    Connection: 'close',
    'User-Agent': userAgent,
    Accept: '*/*',
    'Cache-Control': 'no-cache',
  };
  if (proxy === null) {
    const bytes = requestOf(`${pathname}${search}`, headers);
    return { route: { origin, trust, proxy: null, lookup }, bytes, seen: (result) => result };
  }
  const by = proxyAddress(proxy);
  if (!(by instanceof URL)) return by;
  // Not by CONNECT, which proxies let nobody have to port 80.
  const bytes = requestOf(`${origin}${pathname}${search}`, { ...headers, ...credentials(by) });
  return { route: { origin: by.origin, trust, proxy: null, lookup }, bytes, seen: ofProxy };
}

function requestOf(target: string, headers: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
}

const ofConnecting = new Set<TransportFailure['phase']>(['dns', 'connect', 'tls']);

const ofProxy = (result: SendResult): SendResult =>
  result.error !== null && ofConnecting.has(result.error.phase)
    ? { ...result, error: { ...result.error, phase: 'proxy' } }
    : result;
