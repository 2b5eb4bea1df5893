/** Names of headers that a person may not choose: they are ours, or belong to the request itself. */

/** Names that the request itself, or the connection, needs for its own. Lower case. */
const reservedNames = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
]);
const reservedPrefixes = ['x-roostsync-', 'webhook-', 'proxy-', ':'];
// RFC 9110, 5.6.2: a field name is a token.
export const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Whether an operator may not set this name, in whatever case. */
export function isReservedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return reservedNames.has(lower) || reservedPrefixes.some((prefix) => lower.startsWith(prefix));
}
