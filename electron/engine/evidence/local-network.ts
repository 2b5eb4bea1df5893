/**
 * The property's own network, where no internet plays a part: several machines there that are silent at once are not
 * each their own trouble, and where this PC no longer has the connection that led to one, its silence is this PC's.
 */
import { isLoopbackAddress } from '../locality.ts';
import type { Clock } from '../ports.ts';
import type { NetworkMemory } from './network-memory.ts';
import type { NetworkSight, Reach, Way } from './reachability.ts';

export interface LocalTrouble {
  /** Those that cannot be reached. */
  readonly hosts: readonly string[];
  /** `interface`: this PC has no connection into their network; `silent`: it has, and none of them answers. */
  readonly why: 'interface' | 'silent';
  readonly since: number;
}

export interface LocalNetwork {
  /** Null where nothing is wrong, or one machine alone is. */
  trouble(): LocalTrouble | null;
  /**
   * One of its machines was silent: sees whether it is alone in that.
   * @param since when that began, by the wall clock
   */
  silent(host: string, since: number): Promise<void>;
  /** One answered. */
  answered(host: string): void;
  /** Looks whether it is over. */
  again(): Promise<void>;
  /** The endpoints have changed. */
  waysChanged(): void;
}

export interface LocalNetworkParts {
  readonly clock: Pick<Clock, 'wallMs' | 'monotonicMs'>;
  readonly ways: () => readonly Way[];
  readonly network: NetworkSight;
  readonly memory: Pick<NetworkMemory, 'led' | 'setLed'>;
}

const reachMs = 5_000;
/** Most machines that are tried at once. */
const mostHosts = 5;
/** One machine that is off says nothing of its network; two do, where nobody there answers. */
const fewestHosts = 2;
/** What was seen a moment ago is not looked at again, in milliseconds. */
const believedMs = 5_000;

export function createLocalNetwork({ clock, ways, network, memory }: LocalNetworkParts): LocalNetwork {
  /** Those that answered while an interface led into their own network. */
  const led = new Set(memory.led());
  let trouble: LocalTrouble | null = null;
  let looking: Promise<void> | null = null;
  /** When the first silence began that is looked at, by the wall clock. */
  let silentSince: number | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;

  /** The endpoints' machines on the property's network: this PC is none of it. */
  function machines(): Way[] {
    const there = ways().filter(({ local, host }) => local && !isLoopbackAddress(host) && !network.isOwn?.(host));
    return [...new Map(there.map((way) => [way.host, way])).values()];
  }

  async function look(host: string | null): Promise<void> {
    const all = machines();
    const cutOff = all.filter((way) => led.has(way.host) && network.leadsTo?.(way.host) === false);
    if (cutOff.length > 0) return found({ why: 'interface', hosts: cutOff.map((way) => way.host) });
    // The one that was silent first: whether the others answer is the question.
    const isAsked = (way: Way) => way.host === host;
    const tried = [...all.filter(isAsked), ...all.filter((way) => !isAsked(way))].slice(0, mostHosts);
    if (tried.length < fewestHosts) return found(null);
    const reaches = await Promise.all(tried.map((way): Promise<Reach> => network.reach(way.host, way.port, reachMs)));
    if (reaches.includes('reached')) return found(null);
    const why = reaches.every((reach) => reach === 'no_network') ? 'interface' : 'silent';
    found({ why, hosts: tried.map((way) => way.host) });
  }

  function found(now: Omit<LocalTrouble, 'since'> | null): void {
    trouble = now && { ...now, since: trouble?.since ?? silentSince ?? clock.wallMs() };
  }

  function lookOnce(host: string | null): Promise<void> {
    looking ??= look(host).finally(() => {
      looking = null;
      silentSince = null;
      lookedAt = clock.monotonicMs();
    });
    return looking;
  }

  return {
    trouble: () => trouble,
    async silent(host, since) {
      if (clock.monotonicMs() - lookedAt >= believedMs) {
        silentSince = Math.min(silentSince ?? since, since);
        await lookOnce(host);
      }
      // It belongs to what was found, and may have begun before that.
      if (trouble?.hosts.includes(host) && since < trouble.since) trouble = { ...trouble, since };
    },
    answered(host) {
      if (!led.has(host) && network.leadsTo?.(host)) memory.setLed([...led.add(host)]);
      if (trouble?.hosts.includes(host)) trouble = null;
    },
    again: () => lookOnce(null),
    waysChanged() {
      const there = new Set(machines().map(({ host }) => host));
      for (const host of led) if (!there.has(host)) led.delete(host);
      memory.setLed([...led]);
      if (trouble === null) return;
      const hosts = trouble.hosts.filter((host) => there.has(host));
      const isEnough = hosts.length >= (trouble.why === 'interface' ? 1 : fewestHosts);
      trouble = isEnough ? { ...trouble, hosts } : null;
    },
  };
}
