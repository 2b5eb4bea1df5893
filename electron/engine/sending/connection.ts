/**
 * One kept-alive HTTP/1.1 connection to one endpoint: a socket, which measures each step of how it was made and keeps
 * what the certificate says, and a reader that takes answers as curl does (`answer-reader.ts`).
 */
import { isIP, type LookupFunction, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { CertificateFacts, TransportFailure } from '../evidence/evidence.ts';
import type { Clock } from '../ports.ts';
import { type AnswerHead, AnswerReader } from './answer-reader.ts';
import { openTunnel } from './proxy/proxy-tunnel.ts';
import { type Destination, startPlain, startTls } from './sockets.ts';
import { asError, brokenAnswer, closedByReceiver, failure, type Stage } from './transport-failure.ts';

/** An unused connection is closed after this time, in milliseconds, unless the receiver names its own. */
const idleMs = 4000;
const longestIdleMs = 600_000;
/** How much earlier than the receiver we close, in milliseconds: a request must not meet its closing. */
const idleMarginMs = 2000;

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

/** A connection that could not be made. Its `failure` says where and why. */
class ConnectFailure extends Error {
  readonly failure: TransportFailure;
  constructor(failure: TransportFailure, cause: unknown) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}

/** Whose request a connection carries: what it is told of it. Nothing more comes after `onEnd` or `onError`. */
export interface ConnectionUser {
  /** The connection stands, and the request goes out. */
  onRequestStart(): void;
  onFirstByte(): void;
  onHead(head: AnswerHead): void;
  onData(chunk: Buffer): void;
  /** The answer is whole. */
  onEnd(): void;
  onError(error: Error): void;
}

interface Underway {
  readonly request: Buffer;
  readonly user: ConnectionUser;
  readonly reader: AnswerReader;
  began: boolean;
  sent: boolean;
  head: AnswerHead | null;
  ended: boolean;
}

export class Connection {
  /** Requests that it has carried, the present one included. */
  requests = 0;
  readonly facts: ConnectionFacts = { dnsMs: null, connectMs: null, tlsMs: null, certificate: null };
  /** The step that is under way while no request is. */
  stage: Stage = 'connect';
  /** Called once it can carry nothing more, while it carries nothing. */
  onLost: (() => void) | null = null;
  private readonly route: Route;
  private readonly clock: Clock;
  private socket: Socket | null = null;
  private isOpen = false;
  private isLost = false;
  private closeTunnel: (() => void) | null = null;
  private underway: Underway | null = null;
  private idleMs = 0;

  constructor(route: Route, clock: Clock) {
    this.route = route;
    this.clock = clock;
  }

  /** Sends a request, over a connection that is made first where there is none; one at a time. */
  send(request: Buffer, user: ConnectionUser): void {
    const underway: Underway = {
      request,
      user,
      began: false,
      sent: false,
      head: null,
      ended: false,
      reader: new AnswerReader({
        onHead: (head) => {
          underway.head = head;
          user.onHead(head);
        },
        onData: (chunk) => user.onData(chunk),
        onEnd: () => {
          underway.ended = true;
        },
        onBroken: (what) => this.fail(brokenAnswer(what)),
      }),
    };
    this.underway = underway;
    if (this.isOpen) this.write();
    else this.connect();
  }

  /** Whether it may carry another request: its last one ended as it should, in whatever order that came. */
  get isReusable(): boolean {
    return this.isOpen && !this.isLost && this.underway === null;
  }

  /** An answer that is whole, though what it answers has not all been sent. */
  get hasWholeAnswer(): boolean {
    return this.underway?.ended === true;
  }

  pause(): void {
    this.socket?.pause();
  }

  resume(): void {
    this.socket?.resume();
  }

  /** Cuts the connection, whatever it is doing; nobody is told. */
  destroy(): void {
    this.underway?.reader.stop();
    this.underway = null;
    this.onLost = null;
    this.isLost = true;
    this.closeTunnel?.();
    this.socket?.destroy();
  }

  /** What an error of this connection says; a request that was begun says more, see `Exchange`. */
  failureOf(error: Error): TransportFailure {
    if (error instanceof ConnectFailure) return error.failure;
    return failure(this.stage, error);
  }

  // — The request and its answer —

  private write(): void {
    const { underway, socket } = this;
    if (underway === null || socket === null) return;
    this.requests += 1;
    underway.user.onRequestStart();
    socket.write(underway.request, () => {
      underway.sent = true;
      if (this.underway === underway) this.settle(underway);
    });
  }

  private read(chunk: Buffer): void {
    const { underway } = this;
    // Nobody asked for anything: what comes now would be taken for the next answer.
    if (underway === null) {
      this.lose();
      return;
    }
    if (!underway.began) {
      underway.began = true;
      underway.user.onFirstByte();
    }
    underway.reader.take(chunk);
    if (this.underway === underway) this.settle(underway);
  }

  private otherSideEnded(): void {
    const { underway } = this;
    this.isLost = true;
    if (underway === null) {
      this.lose();
      return;
    }
    // A success that came before we had said all stands: who answers so wants no more of it.
    underway.sent = true;
    const whole = underway.reader.end();
    if (this.underway !== underway) return;
    if (whole) this.settle(underway);
    else this.fail(closedByReceiver());
  }

  /**
   * Hands an answer over once it is whole. A refusal may come while we still send, and is all that there is to know;
   * after an early success the rest of the event still goes out.
   */
  private settle(underway: Underway): void {
    const { ended, head, sent, reader, user } = underway;
    if (!ended || head === null) return;
    const isSuccess = head.status >= 200 && head.status <= 299;
    if (isSuccess && !sent) return;
    this.underway = null;
    if (!head.persistent || reader.spoilt || !sent) this.isLost = true;
    else this.keepFor(head);
    user.onEnd();
  }

  private fail(error: Error): void {
    const { underway } = this;
    this.isLost = true;
    if (underway === null) {
      this.lose();
      return;
    }
    if (underway.ended && underway.head !== null) {
      underway.sent = true;
      this.settle(underway);
      return;
    }
    underway.reader.stop();
    this.underway = null;
    underway.user.onError(error);
  }

  private lose(): void {
    this.isLost = true;
    this.socket?.destroy();
    this.onLost?.();
  }

  private keepFor(head: AnswerHead): void {
    const hint = head.headers.find(([name]) => name === 'keep-alive')?.[1];
    const seconds = /timeout=(\d{1,6})/i.exec(hint ?? '')?.[1];
    const ms = seconds === undefined ? idleMs : Math.min(Number(seconds) * 1000 - idleMarginMs, longestIdleMs);
    if (ms <= 0) this.isLost = true;
    else if (ms !== this.idleMs) {
      this.idleMs = ms;
      this.socket?.setTimeout(ms);
    }
  }

  // — How it is made —

  private connect(): void {
    const target = new URL(this.route.origin);
    const secure = target.protocol === 'https:';
    const to: Destination = {
      secure,
      host: target.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(target.port || (secure ? 443 : 80)),
    };
    const { proxy } = this.route;
    if (proxy === null) {
      this.open(to, null);
      return;
    }
    this.stage = 'proxy';
    const begunAt = this.clock.monotonicMs();
    this.closeTunnel = openTunnel(proxy, authority(to), this.route.trust, {
      onProxyReached: () => {
        // From here on the proxy waits for the receiver.
        this.stage = 'connect';
      },
      onOpen: (tunnel) => {
        this.facts.connectMs = this.clock.monotonicMs() - begunAt;
        if (this.isLost) tunnel.destroy();
        else this.open(to, tunnel);
      },
      onFailure: (refusal) => this.fail(new ConnectFailure(refusal, null)),
    });
  }

  private open(to: Destination, tunnel: Socket | null): void {
    const { secure, host } = to;
    const { trust, lookup } = this.route;
    let stepAt = this.clock.monotonicMs();
    const step = () => {
      const now = this.clock.monotonicMs();
      const length = now - stepAt;
      stepAt = now;
      return length;
    };
    let socket: Socket;
    try {
      // Made at the first connection; not part of what the network took.
      if (secure) trust();
      step();
      socket = secure
        ? startTls(to, {
            secureContext: trust(),
            lookup,
            tunnel,
            onCertificate: (certificate) => {
              this.facts.certificate = certificate;
            },
          })
        : startPlain(to, lookup);
    } catch (error) {
      tunnel?.destroy();
      this.fail(new ConnectFailure(failure('tls', asError(error)), error));
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
      this.isOpen = true;
      this.write();
    });
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('end', () => this.otherSideEnded());
    socket.on('timeout', () => {
      if (this.underway === null) this.lose();
    });
    socket.on('error', (error) =>
      this.fail(this.isOpen ? error : new ConnectFailure(failure(this.stage, error), error)),
    );
    socket.on('close', () => {
      this.isLost = true;
      if (this.underway !== null) this.fail(closedByReceiver());
      else this.onLost?.();
    });
  }
}

const authority = ({ host, port }: Destination) => (isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`);
