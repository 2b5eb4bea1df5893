/**
 * The way to a mail server, made safe before anything of a message is said on it: TLS from the beginning (`smtps:`), or a
 * plain greeting, `STARTTLS` and then TLS (`smtp:`). The certificate is verified as for every other receiver
 * (`trust.ts`); the steps and what the certificate says are known wherever it ends.
 */

import { isIP, type LookupFunction, type Socket } from 'node:net';
import { hostname } from 'node:os';
import type { SecureContext } from 'node:tls';
import { isLoopbackAddress } from '../../locality.ts';
import type { Clock } from '../../ports.ts';
import type { ConnectionFacts } from '../connection.ts';
import { type Destination, startPlain, startTls } from '../sockets.ts';
import { closedByReceiver, coded, type Stage } from '../transport-failure.ts';
import { readReply, type SmtpReply } from './smtp-reply.ts';

export interface MailRoute {
  /** `smtps://mail.example.com:465` or `smtp://mail.example.com:587`. */
  readonly address: string;
  readonly trust: () => SecureContext;
  readonly lookup: LookupFunction;
  /** A server on this very PC may be one without TLS. */
  readonly allowPlainLoopback: boolean;
}

/** The server said no before a message could be begun. */
export class WayRefused extends Error {
  readonly reply: SmtpReply;
  readonly saidTo: string;
  constructor(reply: SmtpReply, saidTo: string) {
    super(reply.text);
    this.reply = reply;
    this.saidTo = saidTo;
  }
}

/** A way that stands: whoever takes it reads the server's greeting first, as on any new connection. */
export interface OpenWay {
  readonly socket: Socket;
  readonly secure: boolean;
}

export class SmtpWay {
  readonly facts: ConnectionFacts = { dnsMs: null, connectMs: null, tlsMs: null, certificate: null };
  /** The step that is under way. */
  stage: Stage = 'connect';
  private readonly route: MailRoute;
  private readonly clock: Clock;
  private socket: Socket | null = null;
  /** A connection stands on which the server has to speak first, and has not: it may wait for TLS. */
  isUngreeted = false;
  private stepAt: number;

  constructor(route: MailRoute, clock: Clock) {
    this.route = route;
    this.clock = clock;
    this.stepAt = clock.monotonicMs();
  }

  /**
   * @throws {WayRefused} the server said no
   * @throws {Error} with the socket's code, `NO_STARTTLS`, `PLAIN_FIRST`, or `NOT_SMTP`; `stage` tells where
   */
  async open(): Promise<OpenWay> {
    const to = smtpDestination(this.route.address);
    if (to.secure) {
      this.stage = isIP(to.host) ? 'connect' : 'dns';
      return { socket: await this.startTls(to, null).catch(plainFirst), secure: true };
    }
    const plain = startPlain(to, this.route.lookup);
    this.take(plain, to);
    await this.happens(plain, 'connect');
    this.stage = 'request';
    this.isUngreeted = true;
    const greeting = await readReply(plain);
    this.isUngreeted = false;
    if (greeting.code !== 220) throw new WayRefused(greeting, 'CONNECT');
    plain.write(`EHLO ${helloName()}\r\n`);
    const hello = await readReply(plain);
    if (hello.code < 300 && /^\d{3}[ -]STARTTLS\s*$/im.test(hello.raw)) {
      return { socket: await this.upgrade(plain, to, greeting), secure: true };
    }
    if (!this.route.allowPlainLoopback || !isLoopbackAddress(to.host)) {
      this.stage = 'tls';
      throw coded('NO_STARTTLS', 'The server does not offer STARTTLS: nothing is sent to it unencrypted.');
    }
    plain.unshift(greeting.raw, 'latin1');
    return { socket: plain, secure: false };
  }

  /** Cuts it, whatever step is under way. */
  destroy(): void {
    this.socket?.destroy();
  }

  /** RFC 3207. The greeting came before TLS: it is put before what comes after it, for whoever takes the way over. */
  private async upgrade(plain: Socket, to: Destination, greeting: SmtpReply): Promise<Socket> {
    plain.write('STARTTLS\r\n');
    const answer = await readReply(plain);
    if (answer.code !== 220) throw new WayRefused(answer, 'STARTTLS');
    const secured = await this.startTls(to, plain);
    secured.unshift(greeting.raw, 'latin1');
    return secured;
  }

  private async startTls(to: Destination, tunnel: Socket | null): Promise<Socket> {
    if (tunnel !== null) this.stage = 'tls';
    const { trust, lookup } = this.route;
    // Made at the first connection; not part of what the network took.
    const secureContext = trust();
    this.stepAt = this.clock.monotonicMs();
    const secured = startTls(to, {
      secureContext,
      lookup,
      tunnel,
      protocols: [],
      onCertificate: (certificate) => {
        this.facts.certificate = certificate;
      },
    });
    this.take(secured, to, tunnel !== null);
    await this.happens(secured, 'secureConnect');
    this.facts.tlsMs = this.step();
    this.stage = 'request';
    return secured;
  }

  private take(socket: Socket, { secure, host }: Destination, isConnected = false): void {
    this.socket = socket;
    if (isConnected) return;
    this.stage = isIP(host) ? 'connect' : 'dns';
    socket.once('lookup', (error: Error | null) => {
      if (error) return;
      this.facts.dnsMs = this.step();
      this.stage = 'connect';
    });
    socket.once('connect', () => {
      this.facts.connectMs = this.step();
      this.stage = secure ? 'tls' : 'request';
    });
  }

  private step(): number {
    const now = this.clock.monotonicMs();
    const length = now - this.stepAt;
    this.stepAt = now;
    return length;
  }

  private happens(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
    return new Promise((resolve, reject) => {
      const onClose = () => reject(closedByReceiver());
      socket.once('error', reject);
      socket.once('close', onClose);
      socket.once(event, () => {
        socket.off('error', reject);
        socket.off('close', onClose);
        resolve();
      });
    });
  }
}

/** What OpenSSL says where a plain greeting stands in place of TLS. */
const notTls = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE|HTTP_REQUEST/;

function plainFirst(error: NodeJS.ErrnoException): never {
  if (!notTls.test(error.code ?? '')) throw error;
  throw coded('PLAIN_FIRST', `The server speaks before TLS, as at smtp:// addresses (${error.code}).`);
}

/** Where an address of a mail server leads. */
export function smtpDestination(address: string): Destination {
  const { protocol, hostname: host, port } = new URL(address);
  const secure = protocol === 'smtps:';
  return { secure, host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port || (secure ? 465 : 587)) };
}

/** What this PC calls itself to a mail server: its full name, or, where it has none, an address (RFC 5321, 4.1.3). */
export function helloName(): string {
  const name = hostname();
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(name) ? name : '[127.0.0.1]';
}
