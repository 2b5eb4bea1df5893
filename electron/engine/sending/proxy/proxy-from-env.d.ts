/** The package brings no types of its own. */
declare module 'proxy-from-env' {
  /** The proxy that HTTPS_PROXY, ALL_PROXY and NO_PROXY name for an address; empty for a direct way. */
  export function getProxyForUrl(url: string): string;
}
