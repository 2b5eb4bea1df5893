/**
 * A real receiver on loopback: HTTPS, records every request byte for byte, answers as it is told, can go
 * away and come back on the same port.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { type Answer, answerRequest } from './answers.ts';
import { type CertificateKind, certificateOfKind, loopbackHosts, testAuthority } from './certificates.ts';

export type { Answer } from './answers.ts';

/** Answers of a receiver that fails, and of one that takes what comes. */
export const down: Answer = { status: 500 };
export const up: Answer = { status: 200 };

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: IncomingHttpHeaders;
  /** As they came: name, value, name, value … */
  readonly rawHeaders: readonly string[];
  /** The exact bytes. */
  readonly body: Buffer;
  readonly text: string;
  readonly at: number;
  /** The sender's port: equal for two requests on one connection. */
  readonly connection: number;
}

export interface ReceiverOptions {
  readonly certificate?: CertificateKind;
  /** Names and addresses in the certificate; loopback's unless given. */
  readonly hosts?: readonly string[];
  /** A free one unless given. */
  readonly port?: number;
  /** The address of this machine that it listens on; 127.0.0.1 unless given. */
  readonly address?: string;
}

/** How the receiver answers: always the same way, or as a function of the request and its number from 0. */
export type Answering = Answer | ((request: ReceivedRequest, n: number) => Answer);

export interface Receiver extends AsyncDisposable {
  readonly port: number;
  /** `https://ADDRESS:PORT/hooks` */
  readonly url: string;
  /** To be trusted by whoever sends; null where the certificate is self-signed or of an unknown issuer. */
  readonly caPem: string;
  /** Of the server's own certificate, for pinning. */
  readonly certPem: string;
  readonly requests: readonly ReceivedRequest[];
  answerWith(answering: Answering): void;
  /** These first, one for each request, then as `answerWith` said. */
  answerNext(...answers: Answer[]): void;
  /** Resolves with all requests as soon as there are `n` of them; rejects after `withinMs` (15,000). */
  received(n: number, withinMs?: number): Promise<readonly ReceivedRequest[]>;
  /** Resolves as soon as the requests satisfy `when`; rejects after `withinMs` (15,000). */
  until(
    when: (requests: readonly ReceivedRequest[]) => boolean,
    withinMs?: number,
  ): Promise<readonly ReceivedRequest[]>;
  clear(): void;
  /** Connections are cut and the port refuses until `start`. */
  stop(): Promise<void>;
  /** Listens again, on the same port. */
  start(): Promise<void>;
  /** Cuts idle connections, as receivers do at any time. */
  closeConnections(): void;
  readonly openConnections: number;
}

/** `sha256=<hex>` over the exact bytes, keyed with the secret as UTF-8 text. */
export const signatureOf = (secret: string, body: Uint8Array): string =>
  `sha256=${createHmac('sha256', Buffer.from(secret, 'utf8')).update(body).digest('hex')}`;

/** Whether `X-RoostSync-Signature` (or another header) is the plain HMAC of what really came. */
export function isSignedWith(request: ReceivedRequest, secret: string, header = 'x-roostsync-signature'): boolean {
  const given = Buffer.from(String(request.headers[header] ?? ''));
  const expected = Buffer.from(signatureOf(secret, request.body));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Starts a receiver; it answers 200 until told otherwise. */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const { address = '127.0.0.1' } = options;
  const certificate = await certificateOfKind(options.certificate ?? 'valid', options.hosts ?? loopbackHosts);
  const { caPem } = await testAuthority();
  const requests: ReceivedRequest[] = [];
  const waiting = new Set<() => void>();
  const next: Answer[] = [];
  let answering: Answering = { status: 200 };
  let count = 0;
  let port = options.port ?? 0;
  let server: Server | null = null;
  const sockets = new Map<number, Socket>();

  const take = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(message);
    if (request === null) return;
    const n = count++;
    requests.push(request);
    const answer = next.shift() ?? (typeof answering === 'function' ? answering(request, n) : answering);
    for (const check of [...waiting]) check();
    const raw = sockets.get(request.connection);
    await answerRequest(answer, response, () => (raw ?? message.socket).resetAndDestroy());
  };

  const start = async (): Promise<void> => {
    const fresh = createServer({ key: certificate.keyPem, cert: certificate.certPem, keepAliveTimeout: 60_000 });
    fresh.on('request', (message, response) => void take(message, response));
    // A reset needs the TCP socket below TLS, which is the one this event carries.
    fresh.on('connection', (socket: Socket) => {
      const from = socket.remotePort ?? 0;
      sockets.set(from, socket);
      socket.once('close', () => sockets.get(from) === socket && sockets.delete(from));
      socket.on('error', () => undefined);
    });
    fresh.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve, reject) => {
      fresh.once('error', reject);
      fresh.listen(port, address, resolve);
    });
    port = (fresh.address() as AddressInfo).port;
    server = fresh;
  };

  const stop = async (): Promise<void> => {
    const running = server;
    server = null;
    if (running === null) return;
    const closed = new Promise((resolve) => running.close(resolve));
    for (const socket of sockets.values()) socket.destroy();
    running.closeAllConnections();
    await closed;
  };

  const until: Receiver['until'] = (when, withinMs = 15_000) =>
    new Promise((resolve, reject) => {
      const check = () => {
        if (!when(requests)) return;
        waiting.delete(check);
        clearTimeout(deadline);
        resolve(requests);
      };
      const deadline = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(`Only ${requests.length} requests had come after ${withinMs} ms: ${listOf(requests)}`));
      }, withinMs);
      waiting.add(check);
      check();
    });

  await start();
  return {
    port,
    url: `https://${address}:${port}/hooks`,
    caPem,
    certPem: certificate.certPem,
    requests,
    answerWith: (how) => {
      answering = how;
    },
    answerNext: (...answers) => void next.push(...answers),
    received: (n, withinMs) => until((all) => all.length >= n, withinMs),
    until,
    clear: () => {
      requests.length = 0;
    },
    stop,
    start,
    closeConnections: () => {
      for (const socket of sockets.values()) socket.destroy();
    },
    get openConnections() {
      return sockets.size;
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function readRequest(message: IncomingMessage): Promise<ReceivedRequest | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
  } catch {
    // The sender went away in the middle: that is no request.
    return null;
  }
  const body = Buffer.concat(chunks);
  return {
    method: message.method ?? '',
    path: message.url ?? '',
    headers: message.headers,
    rawHeaders: message.rawHeaders,
    body,
    text: body.toString('utf8'),
    at: Date.now(),
    connection: message.socket.remotePort ?? 0,
  };
}

const listOf = (requests: readonly ReceivedRequest[]): string =>
  requests.map(({ method, path, headers }) => `${method} ${path} ${headers['x-roostsync-event'] ?? ''}`).join(', ') ||
  'none';
