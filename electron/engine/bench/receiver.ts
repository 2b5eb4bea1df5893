/** The bench's HTTPS receiver: reads a request, verifies it, answers as it is told. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { EndpointId } from '../../../shared/domain.ts';
import { type BenchBehaviour, type BenchRequest, endpointId } from '../../../shared/schemas.ts';
import { wallTime } from '../context.ts';
import type { Mishaps } from '../mishaps.ts';
import type { Clock } from '../ports.ts';
import { verifySignature } from './verify.ts';

export interface BenchReceiver {
  /** `https://127.0.0.1:PORT`; an endpoint's id is the path below it. */
  readonly address: string;
  /** The authority behind the receiver's certificate, made anew at each start; its key is never stored. */
  readonly caPem: string;
  stop(): Promise<void>;
}

export interface BenchReceiverOptions {
  readonly clock: Clock;
  readonly mishaps: Pick<Mishaps, 'own'>;
  readonly behaviour: () => BenchBehaviour;
  readonly secretsOf: (id: EndpointId) => readonly string[];
  readonly arrived: (request: BenchRequest) => void;
}

/** Bodies above this are refused: no event is as large. */
const largestBodyBytes = 2 * 1024 * 1024;
const slowAnswerMs = 10_000;
const mostConnections = 100;

/** Starts the receiver on a free port of 127.0.0.1. */
export async function startBenchReceiver(options: BenchReceiverOptions): Promise<BenchReceiver> {
  // Loaded only when somebody opens the bench: the library behind it takes memory.
  const { createCertificateAuthority } = await import('../certificates.ts');
  const authority = await createCertificateAuthority('Roost Relay test bench');
  const { certPem, keyPem } = await authority.issue({ hosts: ['127.0.0.1', 'localhost'] });
  const cancels = new Set<() => void>();
  let count = 0;

  const server = createServer({ cert: certPem, key: keyPem }, (message, response) => {
    response.on('error', () => undefined);
    const taken = readBody(message).then((body) => {
      if (body === null) return;
      if (body === 'too large') response.writeHead(413, { connection: 'close' }).end();
      else answer(describeRequest(message, body, ++count, options), response);
    });
    options.mishaps.own('a request at the bench', taken);
  });
  // Whoever opens connections and says nothing leaves room for what is to be shown.
  server.maxConnections = mostConnections;
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.on('tlsClientError', () => undefined);

  function answer(request: BenchRequest, response: ServerResponse): void {
    const end = (status: number, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
      response.end(`Roost Relay test bench: ${status}\n`);
      options.arrived({ ...request, answered: status });
    };
    switch (options.behaviour()) {
      case 'ok':
        end(200);
        break;
      case 'error_500':
        end(500);
        break;
      case 'throttle_429':
        end(429, { 'retry-after': '60' });
        break;
      case 'gone_410':
        end(410);
        break;
      case 'not_at_all':
        options.arrived(request);
        break;
      case 'slowly': {
        options.arrived(request);
        const cancel = options.clock.after(slowAnswerMs, () => {
          cancels.delete(cancel);
          if (!response.destroyed) end(200);
        });
        cancels.add(cancel);
        response.once('close', () => {
          cancel();
          cancels.delete(cancel);
        });
      }
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caPem: authority.caPem,
    stop: () => {
      for (const cancel of cancels) cancel();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function describeRequest(
  message: IncomingMessage,
  body: Buffer,
  n: number,
  { clock, secretsOf }: BenchReceiverOptions,
): BenchRequest {
  const header = (name: string): string | null => {
    const value = message.headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const id = endpointId.safeParse((message.url ?? '/').slice(1).split('?')[0]);
  const attempt = Number(header('x-roostsync-attempt') ?? Number.NaN);
  return {
    n,
    at: wallTime(clock),
    endpointId: id.success ? id.data : null,
    event: header('x-roostsync-event'),
    eventId: header('x-roostsync-event-id'),
    attempt: Number.isInteger(attempt) ? attempt : null,
    headers: pairs(message.rawHeaders),
    body: body.toString('utf8'),
    signature: verifySignature(header('x-roostsync-signature'), body, id.success ? secretsOf(id.data) : []),
    answered: null,
  };
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  const list: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) list.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '']);
  return list;
}

/** Null where the sender went away in the middle. */
async function readBody(message: IncomingMessage): Promise<Buffer | 'too large' | null> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > largestBodyBytes) return 'too large';
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}
