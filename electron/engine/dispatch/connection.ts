/**
 * One kept-alive HTTP/1.1 connection to one endpoint: an undici client with a connector of its own, which
 * measures each step, keeps what the certificate says and knows how often the connection was used.
 */
import { X509Certificate } from 'node:crypto';
import { isIP, type LookupFunction, connect as netConnect, type Socket, type TcpNetConnectOpts } from 'node:net';
import { type ConnectionOptions, type SecureContext, type TLSSocket, connect as tlsConnect } from 'node:tls';
import { type buildConnector, Client } from 'undici';
import type { Clock } from '../ports.ts';
import { certificateFacts } from './certificate-facts.ts';
import type { CertificateFacts, FailurePhase, TransportFailure } from './evidence.ts';
import { openTunnel } from './proxy-tunnel.ts';

/**
 * How long one address of a name may take before the next is tried beside it. Node's 250 ms gives up on
 * every address of a far receiver over a slow line.
 */
const addressAttemptMs = 2000;

/** Where connections go, and whom they trust. */
export interface Route {
  /** `https://hooks.example.com`: scheme, host, port. */
  readonly origin: string;
  readonly trust: () => SecureContext;
  /** Address of the proxy; null for a direct way. */
  readonly proxy: string | null;
  readonly lookup: LookupFunction;
}

/** How the present connection was made. Null where a step was not needed. */
export interface ConnectionFacts {
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  certificate: CertificateFacts | null;
}

type Stage = Exclude<FailurePhase, 'answer' | 'aborted'>;

/** A connection that could not be made. Its `failure` says where and why. */
class ConnectFailure extends Error {
  readonly failure: TransportFailure;
  constructor(failure: TransportFailure, cause: unknown) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}

export class Connection {
  readonly client: Client;
  /** Requests that the present socket has carried, the present one included. */
  requests = 0;
  facts: ConnectionFacts = { dnsMs: null, connectMs: null, tlsMs: null, certificate: null };
  /** The step that is under way while no request is. */
  stage: Stage = 'connect';
  /** An error that the socket itself has had since it was made. */
  socketError: Error | null = null;
  private readonly route: Route;
  private readonly clock: Clock;
  private socket: Socket | null = null;
  private closeTunnel: (() => void) | null = null;

  constructor(route: Route, clock: Clock) {
    this.route = route;
    this.clock = clock;
    this.client = new Client(route.origin, {
      pipelining: 1,
      allowH2: false,
      // The attempt's own deadline covers all of it.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, callback) => this.connect(options, callback),
    });
  }

  /** Cuts the connection, whatever it is doing. */
  destroy(): void {
    this.closeTunnel?.();
    this.socket?.destroy();
    void this.client.destroy();
  }

  /** What an error of this connection says; a request that was begun says more, see `Exchange`. */
  failureOf(error: Error): TransportFailure {
    if (error instanceof ConnectFailure) return error.failure;
    return failure(this.stage, error);
  }

  private connect(options: buildConnector.Options, callback: buildConnector.Callback): void {
    this.requests = 0;
    this.socketError = null;
    this.facts = { dnsMs: null, connectMs: null, tlsMs: null, certificate: null };
    const { proxy } = this.route;
    if (proxy === null) {
      this.open(options, null, callback);
      return;
    }
    const port = options.port || (options.protocol === 'https:' ? '443' : '80');
    this.stage = 'proxy';
    const begunAt = this.clock.monotonicMs();
    this.closeTunnel = openTunnel(proxy, authority(options.hostname, port), this.route.trust, {
      onProxyReached: () => {
        // From here on the proxy waits for the receiver.
        this.stage = 'connect';
      },
      onOpen: (tunnel) => {
        this.facts.connectMs = this.clock.monotonicMs() - begunAt;
        this.open(options, tunnel, callback);
      },
      onFailure: (refusal) => callback(new ConnectFailure(refusal, null), null),
    });
  }

  private open(options: buildConnector.Options, tunnel: Socket | null, callback: buildConnector.Callback): void {
    const secure = options.protocol === 'https:';
    const host = options.hostname;
    let stepAt = this.clock.monotonicMs();
    const step = () => {
      const now = this.clock.monotonicMs();
      const length = now - stepAt;
      stepAt = now;
      return length;
    };
    let settled = false;
    let socket: Socket;
    try {
      // Made at the first connection; not part of what the network took.
      if (secure) this.route.trust();
      step();
      socket = secure ? this.startTls(options, tunnel) : this.startPlain(options);
    } catch (error) {
      tunnel?.destroy();
      callback(new ConnectFailure(failure('tls', asError(error)), error), null);
      return;
    }
    this.socket = socket;
    if (tunnel === null) {
      this.stage = isIP(host) ? 'connect' : 'dns';
      socket.once('lookup', (error: Error | null) => {
        if (error) return;
        this.facts.dnsMs = step();
        this.stage = 'connect';
      });
      socket.once('connect', () => {
        this.facts.connectMs = step();
        this.stage = secure ? 'tls' : 'request';
      });
    } else {
      this.stage = 'tls';
    }
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      if (secure) this.facts.tlsMs = step();
      this.stage = 'request';
      settled = true;
      callback(null, socket);
    });
    socket.on('error', (error) => {
      this.socketError = error;
      if (settled) return;
      settled = true;
      callback(new ConnectFailure(failure(this.stage, error), error), null);
    });
  }

  private startPlain(options: buildConnector.Options): Socket {
    const port = Number(options.port || 80);
    // The types lack `highWaterMark`, which Node takes here as for every socket.
    const tcp: TcpNetConnectOpts & { highWaterMark: number } = {
      host: options.hostname,
      port,
      lookup: this.route.lookup,
      highWaterMark: 64 * 1024,
      noDelay: true,
    };
    return netConnect(tcp).setKeepAlive(true, 60_000);
  }

  private startTls(options: buildConnector.Options, tunnel: Socket | null): TLSSocket {
    const host = options.hostname;
    // TLS hands what is TCP's on to `net.connect`; the types know only TLS's own.
    const tls: ConnectionOptions & { autoSelectFamilyAttemptTimeout: number } = {
      host,
      // A certificate for an address is checked against `host`; SNI knows names only (RFC 6066, 3).
      servername: isIP(host) ? '' : host,
      port: Number(options.port || 443),
      secureContext: this.route.trust(),
      ALPNProtocols: ['http/1.1'],
      lookup: this.route.lookup,
      autoSelectFamilyAttemptTimeout: addressAttemptMs,
      ...(tunnel === null ? {} : { socket: tunnel }),
    };
    const socket = tlsConnect(tls);
    // Before Node's own listener, which throws the certificate away with the socket when it refuses it. Not
    // `getPeerX509Certificate`: after it, Node 24 finds no addresses in the certificate (measured).
    socket.prependOnceListener('secure', () => {
      const { raw } = socket.getPeerCertificate() as { raw?: Buffer };
      if (raw) this.facts.certificate = certificateFacts(new X509Certificate(raw));
    });
    return socket.setNoDelay(true).setKeepAlive(true, 60_000);
  }
}

function failure(stage: Stage, error: Error): TransportFailure {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return {
    phase: syscall === 'getaddrinfo' ? 'dns' : stage,
    code: code ?? error.name,
    message: wordsOf(error),
    proxyStatus: null,
  };
}

/** An `AggregateError` (one error for each address tried) has no words of its own. */
function wordsOf(error: Error): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map((each) => asError(each).message).join('; ');
  }
  // Advice for whoever starts Node by hand.
  return error.message.replace(/; if the root CA is installed locally.*$/, '');
}

const asError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown)));
const authority = (host: string, port: string) => (isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`);
