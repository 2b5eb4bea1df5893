/** The one exception to HTTPS: a program on this very PC, whose traffic never leaves it. Off until a person switches it on. */

/**
 * Whether an address is one of this very PC over plain HTTP: `localhost`, `127.0.0.0/8` or `[::1]`, as the URL was read. A
 * name that only leads to loopback today is none of them.
 */
export const isPlainLoopback = ({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>): boolean =>
  protocol === 'http:' && (hostname === 'localhost' || hostname === '[::1]' || isLoopbackIpv4(hostname));

/** A URL writes an IPv4 address as four numbers, however it was given. */
const isLoopbackIpv4 = (hostname: string): boolean => /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
