/** Which way requests take: directly, by the proxy of the settings, or by the one that this PC's own settings name. */
import type { ProxyOrigin } from '../../../../shared/schemas.ts';
import type { EngineContext, SettingsStore } from '../../context.ts';
import { interfacesNow } from '../../own-network.ts';
import type { Clock, Logger, SystemProxy } from '../../ports.ts';
import { proxyOfEnvironment } from './environment.ts';
import { canGoBy, type ProxyWay, parseProxyList } from './proxy-list.ts';

export interface ProxyChoice {
  /** The proxy's address for an endpoint's address, or null for a direct way. Never rejects. */
  wayTo(url: string): ProxyWay | Promise<ProxyWay>;
  /** The same as far as it is known, without asking anybody. */
  knownWayTo(url: string): ProxyWay;
  /** Who names the proxies that are gone by. */
  from(): ProxyOrigin;
  /** It could not be reached: for some minutes what the system names after it takes its place, where that is something. */
  notReached(proxy: string): void;
  /** Another network, perhaps: the system is asked anew. */
  forget(): void;
  /** Told when an endpoint's way may be another than it was. */
  onChange(listener: () => void): void;
}

export interface ProxyChoiceParts {
  readonly settings: Pick<SettingsStore, 'proxyAddress'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly own: EngineContext['mishaps']['own'];
  /** Absent where there is no desktop: the environment's variables alone tell then. */
  readonly system?: SystemProxy | undefined;
  /** Another text whenever this PC's network is another. */
  readonly network?: () => string;
}

/** How long the system's word is believed, in milliseconds. */
const believedMs = 60_000;
/** Longest wait for the system's answer, in milliseconds: a PAC file may ask a name server that is silent. */
const askedForMs = 10_000;
/** How long a proxy that could not be reached is passed over, in milliseconds, as browsers do. */
const passedOverMs = 300_000;
/** Whether the network is another is looked at this often, in milliseconds. */
const networkEveryMs = 5_000;

interface Answer {
  readonly ways: readonly ProxyWay[];
  readonly at: number;
}

export function createProxyChoice(parts: ProxyChoiceParts): ProxyChoice {
  const { settings, clock, logger, system } = parts;
  const network = parts.network ?? (() => JSON.stringify(interfacesNow()));
  const answers = new Map<string, Answer>();
  const asking = new Map<string, Promise<Answer | null>>();
  const unreached = new Map<string, number>();
  const listeners: (() => void)[] = [];
  let seenNetwork = system === undefined ? '' : network();
  let lookedAt = clock.monotonicMs();

  function changed(): void {
    for (const listener of listeners) listener();
  }

  function forget(): void {
    // Kept as what was last known: who cannot be asked now is not taken for one who says "directly".
    for (const [origin, { ways }] of answers) answers.set(origin, { ways, at: Number.NEGATIVE_INFINITY });
    unreached.clear();
  }

  function lookAtNetwork(): void {
    const now = clock.monotonicMs();
    if (now - lookedAt < networkEveryMs) return;
    lookedAt = now;
    const found = network();
    if (found === seenNetwork || found === 'null') return;
    seenNetwork = found;
    forget();
  }

  /** The first that can be gone by and was not found to be away; else the first, so that what is wrong with it is told. */
  function choose(ways: readonly ProxyWay[]): ProxyWay {
    const now = clock.monotonicMs();
    const isAway = (way: ProxyWay) => now - (unreached.get(way ?? '') ?? Number.NEGATIVE_INFINITY) < passedOverMs;
    const usable = ways.filter(canGoBy);
    const inOrder = [...usable.filter((way) => !isAway(way)), ...usable, ...ways];
    return inOrder[0] ?? null;
  }

  /** By the settings or the environment alone; undefined where the system has to be asked. */
  function decided(url: string): ProxyWay | undefined {
    // An office proxy is for the web.
    if (!/^https?:/i.test(url)) return null;
    const proxy = settings.proxyAddress();
    if (proxy === 'none') return null;
    if (proxy !== 'system') return proxy;
    // Whoever set a variable for this program meant it; without a desktop there is nothing else.
    if (system === undefined || namesProxy(process.env)) return proxyOfEnvironment(url) || null;
    return undefined;
  }

  function ask(from: SystemProxy, origin: string): Promise<Answer | null> {
    const before = choose(answers.get(origin)?.ways ?? []);
    const timedOut = Promise.withResolvers<never>();
    const cancel = clock.after(askedForMs, () => timedOut.reject(new Error(`no answer within ${askedForMs} ms`)));
    const asked = Promise.race([from.resolve(origin), timedOut.promise])
      .then(
        (list) => {
          const answer = { ways: parseProxyList(list), at: clock.monotonicMs() };
          answers.set(origin, answer);
          if (choose(answer.ways) !== before) changed();
          return answer;
        },
        (error: unknown) => {
          logger.warn({ error: String(error) }, 'the system did not say which proxy leads there; the last word holds');
          return answers.get(origin) ?? null;
        },
      )
      .finally(() => {
        cancel();
        asking.delete(origin);
      });
    asking.set(origin, asked);
    return asked;
  }

  return {
    wayTo(url) {
      const known = decided(url);
      if (known !== undefined || system === undefined) return known ?? null;
      lookAtNetwork();
      const origin = originOf(url);
      const answer = answers.get(origin);
      if (answer !== undefined && clock.monotonicMs() - answer.at < believedMs) return choose(answer.ways);
      return (asking.get(origin) ?? ask(system, origin)).then((told) => choose(told?.ways ?? []));
    },
    knownWayTo(url) {
      const known = decided(url);
      if (known !== undefined || system === undefined) return known ?? null;
      const origin = originOf(url);
      const answer = answers.get(origin);
      if (answer !== undefined) return choose(answer.ways);
      if (!asking.has(origin)) parts.own('the question which proxy leads there', ask(system, origin));
      return null;
    },
    from() {
      if (settings.proxyAddress() !== 'system') return 'settings';
      return system === undefined || namesProxy(process.env) ? 'environment' : 'system';
    },
    notReached(proxy) {
      const now = clock.monotonicMs();
      unreached.set(proxy, now);
      const others = [...answers.values()].some(({ ways }) => ways.includes(proxy) && choose(ways) !== proxy);
      if (others) changed();
    },
    forget,
    onChange: (listener) => void listeners.push(listener),
  };
}

/** Every way is a direct one. */
export const directly: ProxyChoice = {
  wayTo: () => null,
  knownWayTo: () => null,
  from: () => 'settings',
  notReached() {},
  forget() {},
  onChange() {},
};

/** Of an address only what the choice goes by is told to anybody: its path may be a secret. */
const originOf = (url: string): string => new URL(url).origin;

const namesProxy = (environment: NodeJS.ProcessEnv): boolean =>
  ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'].some((name) => (environment[name] ?? '') !== '');
