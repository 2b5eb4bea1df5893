/**
 * Whether this PC has a way out to the internet, from what is there to see: the network interfaces, and what
 * came of the attempts at the property's own endpoints. Nobody else is asked.
 *
 * Offline is: no network interface up, or none of the hosts that events go to can be reached while none has
 * answered since the trouble began. While offline the hosts are tried again, and the first that answers ends it.
 */
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type EndpointId, utcMs } from '../../../shared/domain.ts';
import type { Clock, Connectivity, ConnectivityVerdict, Logger } from '../ports.ts';
import { isClockWrong, skewFromDate } from './clock-skew.ts';

/** Where one endpoint's events go. */
export interface Way {
  readonly id: EndpointId;
  readonly host: string;
  readonly port: number;
  readonly local: boolean;
  /** The proxy that leads there now, which is all that can be seen from here; null for a direct way. */
  readonly through?: () => { readonly host: string; readonly port: number } | null;
}

export interface NetworkSight {
  /** Whether any network interface but loopback has an address. */
  hasInterface(): boolean;
  /** What comes of opening a connection to a host within the time given. */
  reach(host: string, port: number, withinMs: number): Promise<Reach>;
}

/** `no_network`: this PC has no way there, or nobody to ask for the name; `silent`: nothing came back. */
export type Reach = 'reached' | 'silent' | 'no_network';

export interface ConnectivityParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The endpoints that are switched on. */
  readonly ways: () => readonly Way[];
  readonly network?: NetworkSight;
}

/** A verdict is believed for so long after it was asked for, in milliseconds. */
const believedMs = 5_000;
/** An endpoint's answers are looked at this often, in milliseconds. */
const seenEveryMs = 1_000;
/** While offline, the way out is looked for this often, in milliseconds. */
const lookAgainMs = 10_000;
const reachMs = 5_000;
/** At most so many hosts are tried at once. */
const mostHosts = 5;
/** A single host that cannot be reached says nothing about the internet; two unrelated ones do. */
const fewestHosts = 2;

/** Builds the evidence keeper; `watch` and `stop` are for the engine's own life. */
export function createConnectivity(parts: ConnectivityParts): Connectivity & { watch(): void; stop(): void } {
  const { clock, logger, ways } = parts;
  const network = parts.network ?? systemNetwork;
  const listeners = new Set<(verdict: ConnectivityVerdict) => void>();
  let verdict: ConnectivityVerdict = { state: 'online', clockSkewMs: null };
  let asking: Promise<ConnectivityVerdict> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let answeredAt = Number.NEGATIVE_INFINITY;
  let seenOf: EndpointId | null = null;
  let seenAt = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | null = null;
  let watching = false;

  function set(next: Partial<ConnectivityVerdict>): void {
    const before = verdict;
    verdict = { ...verdict, ...next };
    if (before.state === verdict.state && isClockWrong(before.clockSkewMs) === isClockWrong(verdict.clockSkewMs))
      return;
    logger.info({ state: verdict.state, clockSkewMs: verdict.clockSkewMs }, 'the way out to the internet changed');
    for (const listener of listeners) listener(verdict);
  }

  async function ask(): Promise<ConnectivityVerdict> {
    const begunAt = clock.monotonicMs();
    const reachable = await isReachable();
    askedAt = clock.monotonicMs();
    // An answer that came meanwhile knows better than a connection that could not be opened.
    if (reachable === true || answeredAt > begunAt) set({ state: 'online' });
    else if (reachable === false) set({ state: 'offline' });
    lookAgainLater();
    return verdict;
  }

  /** Null where there is not enough evidence either way. */
  async function isReachable(): Promise<boolean | null> {
    const away = ways().filter(({ local }) => !local);
    if (!network.hasInterface()) return false;
    const hosts = new Map(away.map((way) => way.through?.() ?? way).map((way) => [`${way.host}:${way.port}`, way]));
    const tried = [...hosts.values()].slice(0, mostHosts);
    if (tried.length === 0) return verdict.state === 'offline' ? true : null;
    const answers = await Promise.all(tried.map(({ host, port }) => network.reach(host, port, reachMs)));
    if (answers.includes('reached')) return true;
    if (answers.every((answer) => answer === 'no_network') || verdict.state === 'offline') return false;
    return tried.length >= fewestHosts ? false : null;
  }

  function probe(): Promise<ConnectivityVerdict> {
    if (clock.monotonicMs() - askedAt < believedMs) return Promise.resolve(verdict);
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  }

  function lookAgainLater(): void {
    if (!watching || cancel !== null) return;
    cancel = clock.after(lookAgainMs, () => {
      cancel = null;
      if (verdict.state !== 'online') {
        askedAt = Number.NEGATIVE_INFINITY;
        void probe();
      } else if (!network.hasInterface() && ways().some(({ local }) => !local)) {
        set({ state: 'offline' });
      }
      lookAgainLater();
    });
  }

  return {
    current: () => verdict,
    probe,
    sawAnswer(endpoint, serverDate) {
      const monotonicMs = clock.monotonicMs();
      // Busy endpoints answer thousands of times a second and say the same.
      if (endpoint === seenOf && monotonicMs - seenAt < seenEveryMs && verdict.state === 'online') return;
      seenOf = endpoint;
      seenAt = monotonicMs;
      const now = utcMs(Math.round(clock.wallMs()));
      const skewMs = skewFromDate(serverDate, now, now);
      const local = ways().find(({ id }) => id === endpoint)?.local ?? true;
      if (!local) answeredAt = monotonicMs;
      set({ ...(skewMs === null ? {} : { clockSkewMs: skewMs }), ...(local ? {} : { state: 'online' }) });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    watch() {
      watching = true;
      lookAgainLater();
    },
    stop() {
      watching = false;
      cancel?.();
      cancel = null;
    },
  };
}

/** The machine's own network. */
export const systemNetwork: NetworkSight = {
  hasInterface: () =>
    Object.values(networkInterfaces()).some((addresses) =>
      addresses?.some(({ internal, address }) => !internal && !address.startsWith('fe80:')),
    ),
  async reach(host, port, withinMs) {
    const { promise, resolve } = Promise.withResolvers<Reach>();
    const timer = setTimeout(() => resolve('silent'), withinMs);
    const found = lookup(host).catch((error: NodeJS.ErrnoException) => {
      resolve(reachOf(error.code));
      return null;
    });
    try {
      const address = await Promise.race([found, promise.then(() => null)]);
      if (address === null) return await promise;
      const socket = connect({ host: address.address, port });
      socket.once('connect', () => resolve('reached'));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(reachOf(error.code)));
      return await promise.finally(() => socket.destroy());
    } finally {
      clearTimeout(timer);
    }
  },
};

/** Codes that say that this PC itself has no way out, whatever the other side does. */
const noNetworkCodes = new Set(['EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']);

/** Refused is an answer too: something is there. */
function reachOf(code: string | undefined): Reach {
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return 'reached';
  return code !== undefined && noNetworkCodes.has(code) ? 'no_network' : 'silent';
}
