/** Network namespaces of the lab: one that is the internet, and one for each property, with a cable between them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { lockOf, nameServer, officeProxy, probeHosts, receivers } from './worlds.ts';

const ip = (...args: string[]): void => void execFileSync('ip', args);
const within = (name: string, ...args: string[]): void => ip('-n', name, ...args);

/** Why no lab can be had here; null where one can. */
export function whyNoLab(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are a thing of Linux';
  if (process.getuid?.() !== 0) return 'a network of its own needs root';
  // Names are looked up there by a file of its own, for which the root folder has to be a mount: in a bare chroot it is
  // none, and what `ip` mounts for the first namespace would stay.
  const isMount = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[4] === '/');
  if (!isMount) return 'the root folder is no mount, as in a bare chroot';
  const name = nameOf('try');
  const why = (...args: string[]): string | null => {
    const { error, status, stderr } = spawnSync('ip', args, { encoding: 'utf8' });
    return error || status !== 0 ? `no network of its own can be made: ${error ?? stderr.trim()}` : null;
  };
  const notMade = why('netns', 'add', name);
  if (notMade !== null) return notMade;
  ip('netns', 'delete', name);
  return null;
}

const nameOf = (what: string): string => `roost-lab-${process.pid}-${what}`;

/** How a program is started in a namespace, with the names that are looked up there. */
export const commandIn = (namespace: string, ...command: string[]): string[] => [
  ...['ip', 'netns', 'exec', namespace],
  ...command,
];

export interface InternetNamespace extends Disposable {
  readonly name: string;
  property(): PropertyNamespace;
}

/** A property's end of it. */
export interface PropertyNamespace {
  readonly name: string;
  /** What it is seen as: directly, and by its VPN. */
  readonly addresses: readonly string[];
  readonly lock: string;
  cable(is: 'up' | 'down'): void;
  /** Whether what it sends to the internet's addresses, names aside, comes out anywhere. */
  internet(is: 'open' | 'swallowed'): void;
  officeProxy(is: 'there' | 'gone'): void;
  /** A network of the property's own beside the way out, with a lock on it. */
  addLock(): void;
  lockCable(is: 'up' | 'down'): void;
  /** An IPv6 way is announced that leads nowhere. */
  announceIPv6(): void;
  /** A VPN takes the default route: `nowhere` until it leads through. */
  vpn(leads: 'nowhere' | 'through' | 'off'): void;
}

export function makeInternet(): InternetNamespace {
  const name = nameOf('net');
  const made: string[] = [];
  const make = (namespace: string): void => {
    ip('netns', 'add', namespace);
    made.push(namespace);
    within(namespace, 'link', 'set', 'lo', 'up');
  };
  make(name);
  const own = [nameServer, officeProxy.address, ...Object.values(probeHosts)];
  for (const address of [...own, ...Object.values(receivers).map((one) => one.address)]) {
    within(name, 'address', 'add', `${address}/32`, 'dev', 'lo');
  }
  // Before those of this machine's own addresses stand the rules that let something go nowhere.
  within(name, 'rule', 'add', 'pref', '1000', 'lookup', 'local');
  within(name, 'rule', 'delete', 'pref', '0');
  let count = 0;
  return {
    name,
    property() {
      const no = count++;
      const namespace = nameOf(`p${no}`);
      make(namespace);
      mkdirSync(`/etc/netns/${namespace}`, { recursive: true });
      writeFileSync(`/etc/netns/${namespace}/resolv.conf`, `nameserver ${nameServer}\n`);
      return plugIn({ internet: name, namespace, no });
    },
    [Symbol.dispose]() {
      for (const namespace of made) {
        ip('netns', 'delete', namespace);
        rmSync(`/etc/netns/${namespace}`, { recursive: true, force: true });
      }
    },
  };
}

interface Ends {
  readonly internet: string;
  readonly namespace: string;
  readonly no: number;
}

const swallowed = { internet: '203.0.113.0/24', proxy: `${officeProxy.address}/32` };

function plugIn({ internet, namespace, no }: Ends): PropertyNamespace {
  const far = `far${no}`;
  const here = `198.51.100.${4 * no + 2}`;
  const there = `198.51.100.${4 * no + 1}`;
  ip('link', 'add', 'net0', 'netns', namespace, 'type', 'veth', 'peer', 'name', far, 'netns', internet);
  within(namespace, 'address', 'add', `${here}/30`, 'dev', 'net0');
  within(internet, 'address', 'add', `${there}/30`, 'dev', far);
  within(internet, 'link', 'set', far, 'up');
  const up = (): void => {
    within(namespace, 'link', 'set', 'net0', 'up');
    within(namespace, 'route', 'replace', 'default', 'via', there);
  };
  up();
  const rule = (act: 'add' | 'delete', from: string, to: string): void =>
    within(internet, 'rule', act, 'pref', '10', 'iif', from, 'to', to, 'blackhole');
  const lost = new Set<string>();
  const swallow = (isOn: boolean, to: string): void => {
    if (lost.has(to) === isOn) return;
    rule(isOn ? 'add' : 'delete', far, to);
    if (isOn) lost.add(to);
    else lost.delete(to);
  };
  return {
    name: namespace,
    addresses: [here, `198.18.${no}.2`, lockOf(no).pc],
    lock: lockOf(no).address,
    cable(is) {
      if (is === 'up') up();
      else within(namespace, 'link', 'set', 'net0', 'down');
    },
    internet: (is) => swallow(is === 'swallowed', swallowed.internet),
    officeProxy: (is) => swallow(is === 'gone', swallowed.proxy),
    addLock() {
      const { address, pc } = lockOf(no);
      ip('link', 'add', 'lan0', 'netns', namespace, 'type', 'veth', 'peer', 'name', `lan${no}`, 'netns', internet);
      within(namespace, 'address', 'add', `${pc}/24`, 'dev', 'lan0');
      within(internet, 'address', 'add', `${address}/24`, 'dev', `lan${no}`);
      within(internet, 'link', 'set', `lan${no}`, 'up');
      within(namespace, 'link', 'set', 'lan0', 'up');
      // No way round leads there.
      rule('add', far, `${address}/32`);
    },
    lockCable: (is) => within(namespace, 'link', 'set', 'lan0', is),
    announceIPv6() {
      within(internet, 'address', 'add', `2001:db8:${no + 1}::1/64`, 'dev', far, 'nodad');
      within(namespace, 'address', 'add', `2001:db8:${no + 1}::2/64`, 'dev', 'net0', 'nodad');
      within(namespace, 'route', 'add', 'default', 'via', `2001:db8:${no + 1}::1`);
    },
    vpn(leads) {
      const [near, end] = ['vpn0', `vpn${no}`];
      if (leads === 'off') {
        within(namespace, 'link', 'delete', near);
        return;
      }
      if (leads === 'nowhere') {
        ip('link', 'add', near, 'netns', namespace, 'type', 'veth', 'peer', 'name', end, 'netns', internet);
        within(namespace, 'address', 'add', `198.18.${no}.2/30`, 'dev', near);
        within(internet, 'address', 'add', `198.18.${no}.1/30`, 'dev', end);
        within(namespace, 'link', 'set', near, 'up');
        within(internet, 'link', 'set', end, 'up');
        for (const to of ['0.0.0.0/1', '128.0.0.0/1']) {
          within(namespace, 'route', 'add', to, 'via', `198.18.${no}.1`, 'dev', near, 'src', `198.18.${no}.2`);
        }
        rule('add', end, '0.0.0.0/0');
        return;
      }
      rule('delete', end, '0.0.0.0/0');
    },
  };
}
