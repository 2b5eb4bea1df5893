/** Which way requests take: directly, by the proxy of the settings, or by the one that this PC's environment names. */
import { getProxyForUrl } from 'proxy-from-env';
import type { SettingsStore } from '../context.ts';

/** Returns what tells a proxy's address for an endpoint's address, or null for a direct way. */
export function createProxyChoice(settings: Pick<SettingsStore, 'proxyAddress'>) {
  return (_target: unknown, url: string): string | null => {
    const proxy = settings.proxyAddress();
    if (proxy === 'none') return null;
    return (proxy === 'system' ? getProxyForUrl(url) : proxy) || null;
  };
}
