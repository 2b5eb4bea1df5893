/**
 * Whether this PC has a way out to the internet, from what is there to see: the network interfaces, the addresses of
 * the settings that answer whoever asks (`probes.ts`), and where these do not tell, whether the hosts that the property's
 * own endpoints lead to can be reached.
 *
 * Offline is: no network interface up, or none of those hosts can be reached while none has answered since the
 * trouble began. What is found is for the ledger (`ledger.ts`), which says what it means.
 */
import { BlockList, connect, isIP } from 'node:net';
import type { EndpointId } from '../../../shared/domain.ts';
import { interfacesNow } from '../own-network.ts';
import { hasNoRoom, nameIsUnknown } from './outcome.ts';
import { type Nameless, namelessAll, type ProbeVerdict, type SignInPage } from './probes.ts';
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
  /** Another text whenever this PC's network is another; null where that cannot be told. */
  signature?(): string | null;
  /** Whether an interface of this PC stands in the network of an address; null of a name. */
  leadsTo?(host: string): boolean | null;
  /** Whether an address is this PC's. */
  isOwn?(host: string): boolean;
}

/**
 * `no_network`: this PC has no way there; `no_names`: it has nobody to ask for the name; `name_silent`, `name_unknown`: whoever
 * is asked for it says nothing, or that there is none; `silent`: nothing came back.
 */
export type Reach = 'reached' | 'silent' | 'no_network' | 'no_names' | 'name_silent' | 'name_unknown';

/** What was found, and what it rests on. Null where there is not enough evidence either way. */
export interface Sight {
  readonly found:
    | 'reachable'
    | 'no_interface'
    | 'no_answer'
    | { readonly page: SignInPage; readonly hosts: readonly string[] }
    | null;
  readonly rests: 'interface' | 'addresses' | 'endpoints' | 'nothing';
  /**
   * Only a proxy could be seen from here, and it was reached: what is behind it shows in what is sent by it, so
   * something must be.
   */
  readonly byProxyAlone: boolean;
  /** No answer: the one site that was tried beside the addresses, whose silence may be its own; null where none is alone. */
  readonly only: string | null;
  /** No answer: none of the names that lead to the endpoints was found. Null where one was, or it has an address. */
  readonly nameless: Nameless | null;
}

const reachMs = 5_000;
/** Most hosts that are tried at once. */
const mostHosts = 5;
/** A single host that cannot be reached says nothing about the internet; two unrelated ones do. */
const fewestSites = 2;

/**
 * Looks whether there is a way out.
 * @param ask asks the addresses of the settings; their word is left out where it is known to be worth nothing here
 * @param wasOpen whether the way out was open until now: what was said to be closed stays so until one answers
 */
export async function lookOut(
  ways: readonly Way[],
  network: NetworkSight,
  ask: () => Promise<ProbeVerdict>,
  wasOpen: boolean,
): Promise<Sight> {
  const sight = (found: Sight['found'], rests: Sight['rests'], more: Partial<Sight> = {}): Sight => ({
    ...{ found, rests, byProxyAlone: false, only: null, nameless: null, ...more },
  });
  if (!network.hasInterface()) return sight('no_interface', 'interface');
  const away = ways.filter(({ local }) => !local);
  if (away.length === 0) return sight(wasOpen ? null : 'reachable', 'nothing');
  const verdict = await ask();
  if (verdict === 'online') return sight('reachable', 'addresses');
  if (verdict !== null && verdict !== 'unreachable') return sight(verdict, 'addresses');
  const led = away.map((way) => {
    const proxy = way.through?.() ?? null;
    return { ...(proxy ?? { host: way.host, port: way.port }), isProxy: proxy !== null };
  });
  const tried = [...new Map(led.map((way) => [`${way.host}:${way.port}`, way])).values()].slice(0, mostHosts);
  const answers = await Promise.all(
    tried.map(async ({ host, port, isProxy }) => ({ reach: await network.reach(host, port, reachMs), isProxy })),
  );
  const only = countSites(away.map(({ host }) => host)) < fewestSites ? (away[0]?.host ?? null) : null;
  const reached = answers.filter(({ reach }) => reach === 'reached');
  // A proxy that is there says nothing of what is behind it, which the addresses were asked through.
  if (reached.length > 0 && verdict === 'unreachable' && reached.every(({ isProxy }) => isProxy)) {
    return sight('no_answer', 'addresses', { byProxyAlone: true, only });
  }
  if (reached.length > 0) return sight('reachable', 'endpoints');
  // None of the addresses answers either: unrelated hosts agree.
  const isCutOff = answers.every(({ reach }) => reach === 'no_network' || reach === 'no_names');
  const nameless = namelessAll(answers.map(({ reach }) => namelessBy[reach] ?? null));
  if (verdict === 'unreachable' && !isCutOff) return sight('no_answer', 'endpoints', { only, nameless });
  if (isCutOff || countSites(tried.map(({ host }) => host)) >= fewestSites) {
    return sight('no_answer', 'endpoints', { nameless });
  }
  return wasOpen ? sight(null, 'nothing') : sight('no_answer', 'endpoints', { only, nameless });
}

const namelessBy: Partial<Record<Reach, Nameless>> = {
  no_names: 'unanswered',
  name_silent: 'unanswered',
  name_unknown: 'unknown',
};

/** An address that every interface gives itself, whatever it is connected to. */
const isOwnLink = (address: string): boolean => /^fe80:/i.test(address);

/** The machine's own network. */
export const systemNetwork: NetworkSight = {
  hasInterface() {
    const interfaces = interfacesNow();
    // Who cannot be asked has not said that there is none.
    if (interfaces === null) return true;
    return Object.values(interfaces).some((addresses) =>
      addresses?.some(({ internal, address }) => !internal && !isOwnLink(address)),
    );
  },
  reach(host, port, withinMs) {
    const { promise, resolve } = Promise.withResolvers<Reach>();
    // Of a name with several addresses each is tried: one family may be announced and lead nowhere.
    const socket = connect({ host, port, autoSelectFamilyAttemptTimeout: addressAttemptMs });
    let isNamed = isIP(host) !== 0;
    socket.once('lookup', (error: Error | null) => {
      isNamed = error === null;
    });
    const timer = setTimeout(() => resolve(isNamed ? 'silent' : 'name_silent'), withinMs);
    socket.once('connect', () => resolve('reached'));
    socket.once('error', (error) => resolve(reachOf(error)));
    return promise.finally(() => {
      clearTimeout(timer);
      socket.on('error', () => undefined).destroy();
    });
  },
  signature() {
    const interfaces = interfacesNow();
    if (interfaces === null) return null;
    const addresses = Object.entries(interfaces).flatMap(([name, found = []]) =>
      found.flatMap(({ internal, address }) => (internal || isOwnLink(address) ? [] : [`${name} ${address}`])),
    );
    return addresses.sort().join('\n');
  },
  leadsTo(host) {
    const interfaces = interfacesNow();
    if (isIP(host) === 0 || interfaces === null) return null;
    const family = isIP(host) === 6 ? 'ipv6' : 'ipv4';
    const found = Object.values(interfaces).flatMap((addresses = []) => addresses);
    return found.some(({ internal, cidr }) => !internal && netOf(cidr).check(host, family));
  },
  isOwn(host) {
    const found = Object.values(interfacesNow() ?? {}).flatMap((addresses = []) => addresses);
    return found.some(({ address }) => address === host);
  },
};

/** The network that an interface stands in: `192.168.1.20/24`. */
function netOf(cidr: string | null): BlockList {
  const net = new BlockList();
  const [address = '', prefix = ''] = (cidr ?? '').split('/');
  if (prefix !== '') net.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return net;
}

/** How long one address of a name may take before the next is tried, in milliseconds. */
const addressAttemptMs = 1_500;

/** Codes that say that this PC itself has no way out, whatever the other side does. */
const noNetworkCodes = new Set(['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']);

/**
 * Refused is an answer too: something is there. Where this process has too much open, nothing is known of the way.
 * @param error of all addresses that were tried, where these were several
 */
function reachOf(error: Error): Reach {
  const errors = error instanceof AggregateError ? (error.errors as Error[]) : [error];
  const codes = errors.map((each) => (each as NodeJS.ErrnoException).code);
  if (codes.some((code) => code === 'ECONNREFUSED' || code === 'ECONNRESET' || hasNoRoom(code))) return 'reached';
  if (codes.every((code) => code === 'EAI_AGAIN')) return 'no_names';
  if (codes.every((code) => code !== undefined && nameIsUnknown(code))) return 'name_unknown';
  return codes.every((code) => code !== undefined && noNetworkCodes.has(code)) ? 'no_network' : 'silent';
}
