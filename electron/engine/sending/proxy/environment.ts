/** The proxy that the environment's variables name. */
import { isIP } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';

/** Its address, or an empty text for a direct way. */
export const proxyOfEnvironment = (url: string): string => {
  const proxy = getProxyForUrl(url);
  return proxy !== '' && isExempt(new URL(url)) ? '' : proxy;
};

/**
 * A name in NO_PROXY stands for what is under it too, as curl and Go have it (curl.se/docs/manpage.html, NO_PROXY): whoever
 * writes `hotel.local` means the lock of the property. The library takes it for that name alone.
 */
function isExempt({ hostname, port }: URL): boolean {
  const listed = (process.env.no_proxy || process.env.NO_PROXY || '').toLowerCase().split(/[\s,]+/);
  return listed.some((entry) => {
    const [, name = '', onlyPort] = /^(.+?)(?::(\d+))?$/.exec(entry) ?? [];
    if (name === '' || isIP(name) !== 0 || (onlyPort !== undefined && onlyPort !== (port || '443'))) return false;
    return hostname.endsWith(`.${name.replace(/^\*?\./, '')}`);
  });
}
