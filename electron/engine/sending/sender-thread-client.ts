/**
 * The delivering thread's side of the sending thread. Handshakes, sockets and parsing of answers take no time
 * from the thread that writes, and a commit's fsync delays no request: on two cores both go on at once.
 *
 * The thread starts with the first request. Where it dies, what was under way ends as interrupted, so that it
 * counts for nothing and goes out again, and another thread takes over.
 */
import { Worker } from 'node:worker_threads';
import type { EndpointId } from '../../../shared/domain.ts';
import { type LoadingThread, loadingThread } from '../loading-thread.ts';
import type { Mishaps } from '../mishaps.ts';
import type { Clock } from '../ports.ts';
import { createThreadLives } from '../thread-lives.ts';
import { turnByTurn } from '../turn-by-turn.ts';
import { notSent } from './not-sent.ts';
import type { FromSender, SenderThreadData, SentOrder, SentRoute, ToSender } from './sender-protocol.ts';
import { nothingSent, type SignedResult, type SignedSender, type SigningRoute } from './signed-sender.ts';

export interface SenderThreadOptions extends SenderThreadData {
  readonly file: URL;
  readonly clock: Clock;
  readonly mishaps: Mishaps;
}

interface Waiting {
  readonly resolve: (result: SignedResult) => void;
  readonly reject: (error: Error) => void;
  readonly since: number;
}

/** It makes much and keeps little: a larger young generation would only hold on to memory. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 };
/**
 * After a death, and after each further one soon after it, the next thread starts so much later, in milliseconds:
 * each costs an attempt of all that wait. The longest is well within a lease.
 */
const restartAfterMs = [1000, 5000, 15_000, 30_000];

/**
 * So many answers are taken in one turn of the delivering thread, however many come back together: each is judged, and
 * what of it is written down follows in the same turn.
 */
const mostAnswersInTurn = 64;

const nothing = Buffer.alloc(0);

/** What is known of a request that was not made, or whose thread is gone. */
const unknownResult = (message: string, totalMs = 0): SignedResult => ({
  ...notSent('aborted', 'SHUTDOWN', message, totalMs),
  ...nothingSent,
});

export function createSenderThread(options: SenderThreadOptions): SignedSender {
  const { file, clock, mishaps, allowPlainLoopback, format } = options;
  const waiting = new Map<number, Waiting>();
  const routeOfEndpoint = new Map<EndpointId, SentRoute>();
  const lives = createThreadLives(clock, restartAfterMs);
  const answers = turnByTurn(mostAnswersInTurn, answered);
  let nextNo = 1;
  let worker: Worker | null = null;
  let loading: LoadingThread | null = null;
  let cancelRestart: (() => void) | null = null;
  let closed = false;
  let routes: SentRoute[] = [];
  let orders: SentOrder[] = [];
  let bodies: Uint8Array[] = [];
  let bodiesEnd = 0;

  function start(): void {
    cancelRestart = null;
    const data: SenderThreadData = { allowPlainLoopback, format };
    const thread = new Worker(file, { workerData: data, name: 'sender', resourceLimits });
    thread.unref();
    lives.began();
    worker = thread;
    loading = loadingThread<FromSender>(thread, clock, answers.take);
    thread.on('error', (error) => mishaps.note('the sending thread', error));
    thread.on('exit', () => {
      worker = null;
      if (closed) return;
      cancelRestart = clock.after(lives.restartAfterMs(), restart);
      forgetThread();
    });
  }

  /** A new thread knows no route, and has none of what its predecessor was doing. */
  function forgetThread(): void {
    routeOfEndpoint.clear();
    // What it still said has happened.
    answers.finish();
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
    for (const { resolve, since } of ended) resolve(unknownResult(message, now - since));
  }

  function answered(sent: FromSender[number]): void {
    const call = waiting.get(sent.callId);
    if (!call) return;
    waiting.delete(sent.callId);
    if ('error' in sent) {
      call.reject(new Error(sent.error));
      return;
    }
    const { result, responseBody } = sent;
    call.resolve({ ...result, responseBody: responseBody === null ? nothing : Buffer.from(responseBody.buffer) });
  }

  function routeNo(route: SigningRoute): number {
    const known = routeOfEndpoint.get(route.endpointId);
    if (known && isSameRoute(known.route, route)) return known.no;
    const sent = { no: nextNo++, route };
    routeOfEndpoint.set(route.endpointId, sent);
    routes.push(sent);
    return sent.no;
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

  function tellOfSleep(sleep: 'begins' | 'ends'): void {
    flush();
    worker?.postMessage({ sleep } satisfies ToSender);
  }

  return {
    send: ({ route, attempt, body, toShape = null }) => {
      if (closed) return Promise.resolve(unknownResult('The app is stopping.'));
      return new Promise((resolve, reject) => {
        const callId = nextNo++;
        waiting.set(callId, { resolve, reject, since: clock.monotonicMs() });
        if (orders.length === 0) queueMicrotask(flush);
        bodies.push(body);
        bodiesEnd += body.length;
        orders.push({ callId, routeNo: routeNo(route), attempt, bodyEnd: bodiesEnd, toShape });
        if (worker === null && cancelRestart === null) start();
      });
    },
    probe: (order) => {
      if (closed) return Promise.resolve(unknownResult('The app is stopping.'));
      if (worker === null && cancelRestart !== null) return Promise.resolve(unknownResult('The sending thread ended.'));
      if (worker === null) start();
      return new Promise((resolve, reject) => {
        const callId = nextNo++;
        waiting.set(callId, { resolve, reject, since: clock.monotonicMs() });
        worker?.postMessage({ probe: order, callId } satisfies ToSender);
      });
    },
    closeEndpoint: (endpointId) => {
      routeOfEndpoint.delete(endpointId);
      flush();
      worker?.postMessage({ closeEndpoint: endpointId } satisfies ToSender);
    },
    fallsAsleep: () => tellOfSleep('begins'),
    wakesUp: () => tellOfSleep('ends'),
    close: () => {
      if (closed) return;
      closed = true;
      cancelRestart?.();
      answers.finish();
      endAll('We ended this attempt ourselves.');
      if (worker && loading) mishaps.own('the end of the sending thread', loading.end());
    },
  };
}

/** Keys and custom headers are opened once after each change of an endpoint: the same ones are the same objects. */
const isSameRoute = (one: SigningRoute, other: SigningRoute): boolean =>
  one.url === other.url &&
  one.ownPem === other.ownPem &&
  one.commonPem === other.commonPem &&
  one.proxy === other.proxy &&
  one.mayBePlain === other.mayBePlain &&
  one.keys === other.keys &&
  one.custom === other.custom &&
  one.ofKind === other.ofKind;
