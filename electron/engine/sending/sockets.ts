/** The socket of a connection to a receiver: plain, or TLS over one of its own or over a proxy's tunnel. */
import { X509Certificate } from 'node:crypto';
import { isIP, type LookupFunction, connect as netConnect, type Socket, type TcpNetConnectOpts } from 'node:net';
import { type ConnectionOptions, type SecureContext, type TLSSocket, connect as tlsConnect } from 'node:tls';
import type { CertificateFacts } from '../evidence/evidence.ts';
import { certificateFacts } from './certificate-facts.ts';

/**
 * How long one address of a name may take before the next is tried beside it. Node's 250 ms gives up on
 * every address of a far receiver over a slow line.
 */
const addressAttemptMs = 2000;

export interface Destination {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
}

export interface TlsStart {
  readonly secureContext: SecureContext;
  readonly lookup: LookupFunction;
  /** What leads there through a proxy; null for a direct way. */
  readonly tunnel: Socket | null;
  /** What is spoken over it, where TLS is asked to agree on that (ALPN); `http/1.1` unless given. */
  readonly protocols?: readonly string[];
  /** What the other side shows, before it is refused or taken; null where it cannot be read. */
  readonly onCertificate: (facts: CertificateFacts | null) => void;
}

export function startPlain({ host, port }: Destination, lookup: LookupFunction): Socket {
  // The types lack `highWaterMark`, which Node takes here as for every socket.
  const tcp: TcpNetConnectOpts & { highWaterMark: number } = {
    host,
    port,
    lookup,
    autoSelectFamilyAttemptTimeout: addressAttemptMs,
    highWaterMark: 64 * 1024,
    noDelay: true,
  };
  return netConnect(tcp).setKeepAlive(true, 60_000);
}

export function startTls({ host, port }: Destination, options: TlsStart): TLSSocket {
  const { lookup, tunnel, secureContext, onCertificate, protocols = ['http/1.1'] } = options;
  // TLS hands what is TCP's on to `net.connect`; the types know only TLS's own.
  const tls: ConnectionOptions & { autoSelectFamilyAttemptTimeout: number } = {
    host,
    // A certificate for an address is checked against `host`; SNI knows names only (RFC 6066, 3).
    servername: isIP(host) ? '' : host,
    port,
    secureContext,
    ...(protocols.length === 0 ? {} : { ALPNProtocols: [...protocols] }),
    lookup,
    autoSelectFamilyAttemptTimeout: addressAttemptMs,
    ...(tunnel === null ? {} : { socket: tunnel }),
  };
  const socket = tlsConnect(tls);
  // Before Node's own listener, which throws the certificate away with the socket when it refuses it. Not
  // `getPeerX509Certificate`: after it, Node 24 finds no addresses in the certificate (measured).
  socket.prependOnceListener('secure', () => {
    const { raw } = socket.getPeerCertificate() as { raw?: Buffer };
    if (raw) onCertificate(readCertificate(raw));
  });
  return socket.setNoDelay(true).setKeepAlive(true, 60_000);
}

/** What a stranger shows may be no certificate that OpenSSL can read twice: then nothing is known of it. */
function readCertificate(raw: Buffer): CertificateFacts | null {
  try {
    return certificateFacts(new X509Certificate(raw));
  } catch {
    return null;
  }
}
