/**
 * The delivering thread's side of the sending thread. Handshakes, sockets and parsing of answers take no time
 * from the thread that writes, and a commit's fsync delays no request: on two cores both go on at once.
 *
 * The thread starts with the first request. Where it dies, what was under way ends as interrupted, so that it
 * counts for nothing and goes out again, and another thread takes over.
 */
import { Worker } from 'node:worker_threads';
import type { EndpointId } from '../../../shared/domain.ts';
import type { Clock, Logger } from '../ports.ts';
import { notSent, type Sender, type SendRequest, type SendResult } from './sender.ts';
import type { FromSender, SenderThreadData, SentOrder, SentRoute, ToSender } from './sender-protocol.ts';

export interface SenderThreadOptions extends SenderThreadData {
  readonly file: URL;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Waiting {
  readonly resolve: (result: SendResult) => void;
  readonly since: number;
}

/** It makes much and keeps little: a larger young generation would only hold on to memory. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 };
/** After a death the next thread starts so much later, in milliseconds: one that dies at once must not spin. */
const restartAfterMs = 1000;

const nothing = Buffer.alloc(0);

export function createSenderThread({ file, clock, logger, allowPlainLoopback }: SenderThreadOptions): Sender {
  const waiting = new Map<number, Waiting>();
  const routeOfEndpoint = new Map<EndpointId, SentRoute>();
  let nextNo = 1;
  let worker: Worker | null = null;
  let cancelRestart: (() => void) | null = null;
  let closed = false;
  let routes: SentRoute[] = [];
  let orders: SentOrder[] = [];
  let bodies: Uint8Array[] = [];
  let bodiesEnd = 0;

  function start(): void {
    cancelRestart = null;
    const data: SenderThreadData = { allowPlainLoopback };
    const thread = new Worker(file, { workerData: data, name: 'sender', resourceLimits });
    thread.unref();
    worker = thread;
    thread.on('message', answered);
    thread.on('error', (error) => logger.error({ error: String(error) }, 'the sending thread failed'));
    thread.on('exit', () => {
      worker = null;
      if (closed) return;
      cancelRestart = clock.after(restartAfterMs, restart);
      forgetThread();
    });
  }

  /** A new thread knows no route, and has none of what its predecessor was doing. */
  function forgetThread(): void {
    routeOfEndpoint.clear();
    [routes, orders, bodies, bodiesEnd] = [[], [], [], 0];
    endAll('The sending thread ended.');
  }

  function restart(): void {
    start();
    flush();
  }

  function endAll(message: string): void {
    const ended = [...waiting.values()];
    waiting.clear();
    const now = clock.monotonicMs();
    for (const { resolve, since } of ended) resolve(notSent('aborted', 'SHUTDOWN', message, now - since));
  }

  function answered(results: FromSender): void {
    for (const { callId, result, responseBody } of results) {
      const call = waiting.get(callId);
      if (!call) continue;
      waiting.delete(callId);
      call.resolve({ ...result, responseBody: responseBody === null ? nothing : Buffer.from(responseBody.buffer) });
    }
  }

  function routeNo({ endpointId, url, ownPem, proxy }: SendRequest): number {
    const known = routeOfEndpoint.get(endpointId);
    if (known?.url === url && known.ownPem === ownPem && known.proxy === proxy) return known.no;
    const route = { no: nextNo++, endpointId, url, ownPem, proxy };
    routeOfEndpoint.set(endpointId, route);
    routes.push(route);
    return route.no;
  }

  /** What one commit sets going is one message. */
  function flush(): void {
    if (worker === null || orders.length === 0) return;
    const together = new Uint8Array(bodiesEnd);
    let at = 0;
    for (const body of bodies) {
      together.set(body, at);
      at += body.length;
    }
    const message: ToSender = { routes, orders, bodies: together };
    [routes, orders, bodies, bodiesEnd] = [[], [], [], 0];
    worker.postMessage(message, [together.buffer]);
  }

  return {
    send: (request) => {
      if (closed) return Promise.resolve(notSent('aborted', 'SHUTDOWN', 'The app is stopping.'));
      return new Promise((resolve) => {
        const callId = nextNo++;
        waiting.set(callId, { resolve, since: clock.monotonicMs() });
        if (orders.length === 0) queueMicrotask(flush);
        bodies.push(request.body);
        bodiesEnd += request.body.length;
        const headers = request.headers.join('\n');
        orders.push({ callId, routeNo: routeNo(request), headers, bodyEnd: bodiesEnd });
        if (worker === null && cancelRestart === null) start();
      });
    },
    closeEndpoint: (endpointId) => {
      routeOfEndpoint.delete(endpointId);
      flush();
      worker?.postMessage({ closeEndpoint: endpointId } satisfies ToSender);
    },
    close: () => {
      if (closed) return;
      closed = true;
      cancelRestart?.();
      endAll('We ended this attempt ourselves.');
      void worker?.terminate();
    },
  };
}
