/** Where the endpoints that are switched on are, and what leads there: what the evidence of this PC's way out rests on. */
import type { SettingsStore } from '../context.ts';
import type { Way } from '../evidence/reachability.ts';
import type { ProxyChoice } from '../sending/proxy/proxy.ts';
import type { Target } from '../sending/target.ts';
import type { Targets } from './targets.ts';

export interface Ways {
  current(): readonly Way[];
  /** Told once a turn, whatever changed in it: an endpoint, the settings, or which proxy leads there. */
  onChange(listener: () => void): void;
}

export function createWays(
  targets: Pick<Targets, 'all' | 'onChange'>,
  proxies: Pick<ProxyChoice, 'knownWayTo' | 'onChange'>,
  settings: Pick<SettingsStore, 'onChange'>,
): Ways {
  const listeners: (() => void)[] = [];
  let ways: readonly Way[] | null = null;
  let isTelling = false;

  function tell(): void {
    if (isTelling) return;
    isTelling = true;
    setImmediate(() => {
      isTelling = false;
      for (const listener of listeners) listener();
    });
  }

  targets.onChange(() => {
    ways = null;
    tell();
  });
  settings.onChange(tell);
  proxies.onChange(tell);

  return {
    current() {
      ways ??= targets.all().flatMap((target) => wayOf(target, proxies) ?? []);
      return ways;
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

function wayOf(
  { id, local, access, switch: switchedTo }: Target,
  proxies: Pick<ProxyChoice, 'knownWayTo'>,
): Way | null {
  if (access === null || switchedTo !== 'on') return null;
  const { url } = access;
  const direct = hostAndPortOf(url);
  const through = () => hostAndPortOf((local ? null : proxies.knownWayTo(url)) ?? '');
  return direct && { id, local, ...direct, through };
}

/** Of an address; null where it is none. */
function hostAndPortOf(address: string): { readonly host: string; readonly port: number } | null {
  if (!URL.canParse(address)) return null;
  const { hostname, port, protocol } = new URL(address);
  const usual = protocol === 'https:' ? 443 : 80;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usual : Number(port) };
}
