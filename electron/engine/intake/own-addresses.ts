/** This PC's addresses: all of them, by which it may be called, and those that another machine can use. */
import type { NetworkInterfaceInfo } from 'node:os';
import { interfacesNow } from '../own-network.ts';

export interface OwnAddress {
  readonly address: string;
  /** What the system calls the network's interface. */
  readonly network: string;
}

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** But loopback and those of a link alone, which a machine gives itself where nobody gives it any; IPv4 first. */
export function allAddresses(interfaces: Interfaces = interfacesNow() ?? {}): OwnAddress[] {
  return Object.entries(interfaces)
    .flatMap(([network, addresses = []]) => addresses.map((one) => ({ ...one, network })))
    .filter(({ internal, address }) => !internal && !/^(?:fe[89ab][\da-f]:|169\.254\.)/i.test(address))
    .sort((one, other) => one.family.localeCompare(other.family))
    .map(({ address, network }) => ({ address, network }));
}

/**
 * Those that another machine of the property can use: networks between this PC and its own virtual machines or
 * containers, and tunnels to elsewhere, are left out. Where nothing else is left, they are what there is: a PC whose
 * cable Hyper-V has taken into a switch has its address there.
 */
export function ownAddresses(interfaces?: Interfaces): OwnAddress[] {
  const all = allAddresses(interfaces);
  const reached = all.filter(({ network }) => !isInner.test(network) && !isSwitch.test(network));
  if (reached.length > 0) return reached;
  const switched = all.filter(({ network }) => !isInner.test(network));
  return switched.length > 0 ? switched : all;
}

/** A switch of Hyper-V's that somebody named may lead out; those that it makes by itself do not. */
const isSwitch = /^vEthernet\b/i;

const isInner = new RegExp(
  [
    String.raw`^vEthernet \((?:WSL|Default Switch|nat\b|DockerNAT|HNS)`,
    String.raw`\b(?:WSL|Docker|VirtualBox|VMware|VMnet\d|Host-Only)\b`,
    String.raw`^(?:docker|br-[\da-f]{6,}|veth(?!ernet)|virbr|vboxnet|vmnet|lxcbr|lxdbr|cni|flannel|cali|podman|bridge1\d\d)`,
    // Tunnels, by what their programs call them.
    String.raw`^(?:tun|tap|wg|ppp|utun|ipsec|zt|nordlynx)\w*$`,
    String.raw`\b(?:VPN|TAP-Windows\d?|TAP|Wintun|WireGuard|OpenVPN|Tailscale|ZeroTier|Hamachi|NordLynx|AnyConnect|GlobalProtect)\b`,
    '^tailscale',
  ].join('|'),
  'i',
);
