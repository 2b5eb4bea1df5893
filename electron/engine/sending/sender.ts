/**
 * Sends attempts over kept-alive connections, one set of them for each endpoint, and brings back what was
 * seen. Never throws for trouble on the network; what it means is `classifyOutcome`'s to say.
 */
import type { SecureContext } from 'node:tls';
import { attemptDeadlineMs, type EndpointId, keptAnswerBytes } from '../../../shared/domain.ts';
import { isPlainLoopback } from '../../../shared/plain-loopback.ts';
import type { Clock } from '../ports.ts';
import { Connection, type Route } from './connection.ts';
import { createDeadlines } from './deadlines.ts';
import { Exchange, type ExchangeOwner, type SendResult } from './exchange.ts';
import { notSent } from './not-sent.ts';
import { type ProbeRequest, probeRoute } from './probe-request.ts';
import { requestBytes } from './request-bytes.ts';
import { createSharedLookup, onlyLoopback } from './shared-lookup.ts';
import { createSleepWatch } from './sleep-watch.ts';
import { createTrust, type Trust } from './trust.ts';

export type { SendResult } from './exchange.ts';

export interface SenderOptions {
  readonly clock: Clock;
  /** Whom TLS trusts; Node's roots and the operating system's store unless given. */
  readonly trust?: Trust;
  /** In all: connect, send, answer. 30 s unless given. */
  readonly deadlineMs?: number;
  /** For benchmarks only: `http:` to loopback, whatever the settings say. */
  readonly allowPlainLoopback?: boolean;
  /** When aborted, everything under way ends as `SHUTDOWN`, and so does what comes later. */
  readonly signal?: AbortSignal;
}

export interface SendRequest {
  readonly endpointId: EndpointId;
  /** The endpoint's whole address. A changed one is taken over by itself. */
  readonly url: string;
  /** The endpoint's own CA or pinned certificate (`parseOwnTrust`), or null. */
  readonly ownPem: string | null;
  /** Authorities that every endpoint is trusted by (`common-trust.ts`); none unless given. */
  readonly commonPem?: string | null;
  /** Address of the proxy, with name and password where it needs them; null for a direct way. */
  readonly proxy: string | null;
  /** Whether it may be a program on this very PC over plain HTTP; not unless given. */
  readonly mayBePlain?: boolean;
  /** Flat list of names and values: `requestHeaders`. */
  readonly headers: string[];
  readonly body: Uint8Array;
  /** A `GET`, without a body and on a connection of its own: where a redirect of the endpoint's leads. */
  readonly get?: boolean;
  /** What is left of its time, in milliseconds; all of it unless given. */
  readonly leftMs?: number;
}

export interface Sender {
  /** Makes one HTTP request: a `POST` unless it says otherwise, redirects never followed. */
  send(request: SendRequest): Promise<SendResult>;
  /** Asks one address whether the internet is there: a plain `GET`, redirects never followed, 5 s in all. */
  probe(request: ProbeRequest): Promise<SendResult>;
  /** Lets what is under way finish and forgets the endpoint's connections: after it was removed or paused. */
  closeEndpoint(endpointId: EndpointId): void;
  /** The system says that it goes to sleep: what is under way and fails was cut off by that. */
  fallsAsleep(): void;
  /** The system says that it woke: so is what was under way, and what fails before the network is back. */
  wakesUp(): void;
  /** Ends everything, what is under way as `SHUTDOWN`. */
  close(): void;
}

/** The connections of one endpoint, by one route. */
interface Pool {
  readonly url: string;
  readonly ownPem: string | null;
  readonly commonPem: string | null;
  readonly proxy: string | null;
  readonly requestLine: string;
  readonly route: Route;
  /** Over plain HTTP, to this very PC. */
  readonly isPlain: boolean;
  readonly idle: Connection[];
  closed: boolean;
  /** The waking after which a failure was already put down to that. */
  excusedAt: number | null;
}

export function createSender(options: SenderOptions): Sender {
  const { clock, allowPlainLoopback = false } = options;
  const trust = options.trust ?? createTrust();
  const sleep = createSleepWatch(clock);
  const limits = {
    deadlineMs: options.deadlineMs ?? attemptDeadlineMs,
    keptBytes: keptAnswerBytes,
    sleep,
  };
  const lookup = createSharedLookup();
  const deadlines = createDeadlines(clock);
  const probeDeadlines = createDeadlines(clock);
  const getDeadlines = createDeadlines(clock);
  const probes = new Set<Exchange>();
  const pools = new Map<EndpointId, Pool>();
  const underWay = new Map<Exchange, Pool>();
  let closed = false;

  const owner = {
    again: (exchange: Exchange): Connection | null => {
      const pool = underWay.get(exchange);
      return pool && !closed ? new Connection(pool.route, clock) : null;
    },
    /** Once for each endpoint and waking: what fails again is no sleepiness, and would be tried without an end. */
    isOfWaking: (exchange: Exchange, code: string): boolean => {
      const pool = underWay.get(exchange);
      const waking = sleep.justAwake();
      if (!pool || waking === null || pool.excusedAt === waking || !networkIsAway.has(code)) return false;
      pool.excusedAt = waking;
      return true;
    },
    ended: (exchange: Exchange, connection: Connection, usable: boolean): void => {
      const pool = underWay.get(exchange);
      if (!usable || !connection.isReusable || !pool || pool.closed || closed) {
        connection.destroy();
        return;
      }
      connection.onLost = () => {
        const at = pool.idle.indexOf(connection);
        if (at >= 0) pool.idle.splice(at, 1);
      };
      pool.idle.push(connection);
    },
  };

  function poolOf(request: SendRequest): Pool | null {
    const known = pools.get(request.endpointId);
    const mayBePlain = allowPlainLoopback || request.mayBePlain === true;
    if (known && isSameWay(known, request) && (mayBePlain || !known.isPlain)) return known;
    if (known) closePool(known);
    pools.delete(request.endpointId);
    const route = routeOf(request);
    if (route === null) return null;
    const pool = {
      url: request.url,
      ownPem: request.ownPem,
      commonPem: request.commonPem ?? null,
      proxy: request.proxy,
      ...route,
      isPlain: route.route.origin.startsWith('http:'),
      idle: [],
      closed: false,
      excusedAt: null,
    };
    pools.set(request.endpointId, pool);
    return pool;
  }

  function routeOf(request: SendRequest): { route: Route; requestLine: string } | null {
    const url = URL.canParse(request.url) ? new URL(request.url) : null;
    if (url === null || !mayBeSentTo(url, allowPlainLoopback || request.mayBePlain === true)) return null;
    let context: SecureContext | null = null;
    const trusted = () => {
      context ??= trust.contextFor(request.ownPem, request.commonPem ?? null);
      return context;
    };
    return {
      route: {
        origin: url.origin,
        trust: trusted,
        proxy: url.protocol === 'http:' ? null : request.proxy,
        lookup: url.protocol === 'http:' ? onlyLoopback(lookup) : lookup,
      },
      requestLine: `POST ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: keep-alive\r\n`,
    };
  }

  function closePool(pool: Pool): void {
    pool.closed = true;
    for (const connection of pool.idle.splice(0)) connection.destroy();
  }

  /** On a connection that is made for it and closed after it: it leads elsewhere than the endpoint's own. */
  function beginGet(request: SendRequest, resolve: (result: SendResult) => void): void {
    const way = routeOf(request);
    if (way === null) {
      resolve(notSent('connect', 'ADDRESS_REFUSED', 'Events are sent to https: addresses only.'));
      return;
    }
    const url = new URL(request.url);
    const head = `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: close\r\nAccept: */*\r\n\r\n`;
    const bytes = Buffer.from(head, 'latin1');
    const left = { ...limits, deadlineMs: Math.max(1, request.leftMs ?? limits.deadlineMs) };
    const exchange: Exchange = new Exchange(
      probeOwner,
      clock,
      new Connection(way.route, clock),
      bytes,
      left,
      (result) => {
        getDeadlines.remove(exchange);
        probes.delete(exchange);
        resolve(result);
      },
    );
    probes.add(exchange);
    getDeadlines.add(exchange);
    exchange.start();
  }

  function begin(request: SendRequest, pool: Pool, resolve: (result: SendResult) => void): void {
    const bytes = requestBytes(pool.requestLine, request.headers, request.body);
    if (bytes === null) {
      resolve(notSent('connect', 'HEADER_REFUSED', 'A header’s name or value cannot be sent.'));
      return;
    }
    const connection = pool.idle.pop() ?? new Connection(pool.route, clock);
    connection.onLost = null;
    const exchange: Exchange = new Exchange(owner, clock, connection, bytes, limits, (result) => {
      deadlines.remove(exchange);
      underWay.delete(exchange);
      resolve(result);
    });
    underWay.set(exchange, pool);
    deadlines.add(exchange);
    exchange.start();
  }

  /** Its connection is its own, and is made anew each time: one that stands says nothing of the way. */
  function beginProbe(request: ProbeRequest, resolve: (result: SendResult) => void): void {
    const asked = probeRoute(request, () => trust.contextFor(null, null), lookup);
    if ('phase' in asked) {
      resolve({ ...notSent('connect', asked.code, asked.message), error: asked });
      return;
    }
    const exchange: Exchange = new Exchange(
      probeOwner,
      clock,
      new Connection(asked.route, clock),
      asked.bytes,
      { deadlineMs: probeDeadlineMs, keptBytes: probeKeptBytes, sleep },
      (result) => {
        probeDeadlines.remove(exchange);
        probes.delete(exchange);
        resolve(asked.seen(result));
      },
    );
    probes.add(exchange);
    probeDeadlines.add(exchange);
    exchange.start();
  }

  function close(): void {
    if (closed) return;
    closed = true;
    for (const exchange of [...underWay.keys(), ...probes]) exchange.abort('SHUTDOWN');
    probeDeadlines.close();
    getDeadlines.close();
    for (const pool of pools.values()) closePool(pool);
    pools.clear();
    deadlines.close();
  }

  if (options.signal?.aborted) close();
  options.signal?.addEventListener('abort', close, { once: true });

  return {
    send: (request) => {
      if (closed) return Promise.resolve(notSent('aborted', 'SHUTDOWN', 'The app is stopping.'));
      if (request.get === true) return new Promise((resolve) => beginGet(request, resolve));
      const pool = poolOf(request);
      if (pool === null) {
        return Promise.resolve(notSent('connect', 'ADDRESS_REFUSED', 'Events are sent to https: addresses only.'));
      }
      return new Promise((resolve) => begin(request, pool, resolve));
    },
    probe: (request) => {
      if (closed) return Promise.resolve(notSent('aborted', 'SHUTDOWN', 'The app is stopping.'));
      return new Promise((resolve) => beginProbe(request, resolve));
    },
    closeEndpoint: (endpointId) => {
      const pool = pools.get(endpointId);
      if (!pool) return;
      pools.delete(endpointId);
      closePool(pool);
    },
    fallsAsleep: sleep.fallsAsleep,
    wakesUp: sleep.wakesUp,
    close,
  };
}

/** How long an address has to answer a probe, in milliseconds, and how much of its answer is looked at, in bytes. */
const probeDeadlineMs = 5000;
const probeKeptBytes = 4096;

const probeOwner: ExchangeOwner = {
  again: () => null,
  isOfWaking: () => false,
  ended: (_exchange, connection) => connection.destroy(),
};

const isSameWay = (one: Omit<Pool, 'route' | 'isPlain'>, other: SendRequest): boolean =>
  one.url === other.url &&
  one.ownPem === other.ownPem &&
  one.commonPem === (other.commonPem ?? null) &&
  one.proxy === other.proxy;

/** What a network says that is not there yet; a receiver that refuses, or a name that is not known, is there. */
const networkIsAway: ReadonlySet<string> = new Set([
  ...['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'CLOSED', 'ETIMEDOUT', 'EADDRNOTAVAIL', 'EAI_AGAIN'],
  ...['ENETUNREACH', 'ENETDOWN', 'ENETRESET', 'EHOSTUNREACH', 'EHOSTDOWN'],
]);

const mayBeSentTo = (url: URL, mayBePlain: boolean) =>
  url.protocol === 'https:' || (mayBePlain && isPlainLoopback(url));
