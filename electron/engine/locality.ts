/** Whether an endpoint stands on the property's own network, where the internet plays no part. */
import { BlockList, isIP } from 'node:net';

const localRanges = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  localRanges.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  localRanges.addSubnet(network, prefix, 'ipv6');
}

const localNames = ['localhost', 'local', 'localdomain', 'lan', 'home.arpa', 'internal'];

/**
 * Loopback, a private or link-local range (IPv4, IPv6, and IPv4 inside IPv6), or a name that only a local
 * network knows: `.local`, `.lan`, `.home.arpa`, `.internal`, `localhost`, and names without a dot.
 * @param host a host as `URL.hostname` gives it, brackets of IPv6 included or not; a port is not part of it
 */
export function isLocalAddress(host: string): boolean {
  const bare = host
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .toLowerCase();
  const family = isIP(bare);
  if (family === 4) return localRanges.check(bare, 'ipv4');
  if (family === 6) return localRanges.check(bare, 'ipv6');
  const name = bare.replace(/\.$/, '');
  if (name === '') return false;
  return !name.includes('.') || localNames.some((suffix) => name.endsWith(`.${suffix}`));
}

/** Loopback only: `127.0.0.0/8`, `::1` and `localhost`. */
export function isLoopbackAddress(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}
