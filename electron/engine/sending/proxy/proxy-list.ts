/**
 * The ways that a PAC file, or the system's settings in its form, name: `PROXY proxy.hotel.local:3128; DIRECT`.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Proxy_servers_and_tunneling/Proxy_Auto-Configuration_PAC_file
 */
import { hostOf } from '../../../../shared/facts.ts';

/** An address such as `http://proxy.hotel.local:3128`; `socks5:` and its like are named too; null is the direct way. */
export type ProxyWay = string | null;

const schemes: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5',
};

/** In the order in which they are to be tried; what nobody knows is left out. */
export function parseProxyList(list: string): readonly ProxyWay[] {
  return list.split(';').flatMap((entry) => {
    const [word = '', where = '', ...more] = entry.trim().split(/\s+/);
    if (more.length > 0) return [];
    if (word.toUpperCase() === 'DIRECT') return where === '' ? [null] : [];
    const scheme = schemes[word.toUpperCase()];
    return scheme === undefined || !isHostAndPort(where) ? [] : [`${scheme}://${where}`];
  });
}

/** Whether a request can go this way: through what speaks HTTP, or directly. */
export const canGoBy = (way: ProxyWay): boolean => way === null || /^https?:/i.test(way);

const isHostAndPort = (text: string): boolean =>
  /^(?:[^\s:/?#@[\]]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(text) && URL.canParse(`http://${text}`);

/** A proxy's host and port, as facts name it. */
export const hostAndPortOf = (address: string): string => {
  // Of the environment's variables, say: the request was not made, and this is what was named.
  if (!URL.canParse(address)) return address.replace(/^.*@/s, '');
  const { hostname, port, protocol } = new URL(address);
  return `${hostOf(hostname)}:${port || (protocol === 'https:' ? 443 : 80)}`;
};
