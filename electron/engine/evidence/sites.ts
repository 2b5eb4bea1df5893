/** Which hosts have nothing to do with each other: only those can vouch for each other (principle 5). */
import { isIP } from 'node:net';

/**
 * Whose a host is: its registered domain, or its address. Under country codes that sell names one level deeper
 * (`com.ph`, `co.uk`) that level belongs to it.
 */
export function siteOf(host: string): string {
  const bare = host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (isIP(bare) !== 0) return bare;
  const labels = bare.split('.');
  const isDeep = (labels.at(-1) ?? '').length === 2 && (labels.at(-2) ?? '').length <= 3;
  return labels.slice(isDeep ? -3 : -2).join('.');
}

/** How many of these hosts are unrelated to each other. */
export const countSites = (hosts: readonly string[]): number => new Set(hosts.map(siteOf)).size;
