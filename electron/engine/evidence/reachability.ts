/**
 * Whether this PC has a way out to the internet, from what is there to see: the network interfaces, and whether
 * the hosts that the property's own endpoints lead to can be reached. Nobody else is asked.
 *
 * Offline is: no network interface up, or none of those hosts can be reached while none has answered since the
 * trouble began. What is found is for the ledger (`ledger.ts`), which says what it means.
 */
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import type { EndpointId } from '../../../shared/domain.ts';
import { interfacesNow } from '../own-network.ts';
import { hasNoRoom } from './outcome.ts';
import { countSites } from './sites.ts';

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

/** Null where there is not enough evidence either way. */
export type Reachability = 'reachable' | 'no_interface' | 'no_answer' | null;

const reachMs = 5_000;
/** Most hosts that are tried at once. */
const mostHosts = 5;
/** A single host that cannot be reached says nothing about the internet; two unrelated ones do. */
const fewestSites = 2;

/**
 * Tries the hosts that endpoints lead to.
 * @param wasOpen whether the way out was open until now: what was said to be closed stays so until one answers
 */
export async function lookOut(ways: readonly Way[], network: NetworkSight, wasOpen: boolean): Promise<Reachability> {
  if (!network.hasInterface()) return 'no_interface';
  const away = ways.filter(({ local }) => !local).map((way) => way.through?.() ?? way);
  const tried = [...new Map(away.map((way) => [`${way.host}:${way.port}`, way])).values()].slice(0, mostHosts);
  if (tried.length === 0) return wasOpen ? null : 'reachable';
  const answers = await Promise.all(tried.map(({ host, port }) => network.reach(host, port, reachMs)));
  if (answers.includes('reached')) return 'reachable';
  if (answers.every((answer) => answer === 'no_network') || !wasOpen) return 'no_answer';
  return countSites(tried.map(({ host }) => host)) >= fewestSites ? 'no_answer' : null;
}

/** The machine's own network. */
export const systemNetwork: NetworkSight = {
  hasInterface() {
    const interfaces = interfacesNow();
    // Who cannot be asked has not said that there is none.
    if (interfaces === null) return true;
    return Object.values(interfaces).some((addresses) =>
      addresses?.some(({ internal, address }) => !internal && !address.startsWith('fe80:')),
    );
  },
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

/** Refused is an answer too: something is there. Where this process has too much open, nothing is known of the way. */
function reachOf(code: string | undefined): Reach {
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || hasNoRoom(code)) return 'reached';
  return code !== undefined && noNetworkCodes.has(code) ? 'no_network' : 'silent';
}
