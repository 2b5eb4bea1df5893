/** What runs inside the sending thread: makes the requests that its port asks for, and brings back what was seen. */
import type { MessagePort } from 'node:worker_threads';
import type { EndpointId } from '../../../shared/domain.ts';
import { sayLoaded } from '../loading-thread.ts';
import { systemClock } from '../system-clock.ts';
import { createSender } from './sender.ts';
import type { FromSender, SenderThreadData, SentDefect, SentResult, SentRoute, ToSender } from './sender-protocol.ts';
import {
  createSignedSender,
  nothingSent,
  type ProbeOrder,
  type SignedResult,
  type SigningRoute,
} from './signed-sender.ts';
import { withMail } from './transports.ts';

export function serveSender(port: MessagePort, { allowPlainLoopback, format }: SenderThreadData): void {
  const web = createSignedSender(createSender({ clock: systemClock, allowPlainLoopback }), format);
  const sender = withMail(web, { clock: systemClock, allowPlainLoopback });
  sayLoaded(port);
  const routes = new Map<number, SigningRoute>();
  const routeOfEndpoint = new Map<EndpointId, number>();
  let results: (SentResult | SentDefect)[] = [];

  /** Returns the number of the route that this one replaces; requests of the same message may still go by it. */
  function keepRoute({ no, route }: SentRoute): number | undefined {
    const before = routeOfEndpoint.get(route.endpointId);
    routeOfEndpoint.set(route.endpointId, no);
    routes.set(no, route);
    return before;
  }

  /** All results of one turn of the event loop go back together. */
  function sendBack(result: SentResult | SentDefect): void {
    if (results.length === 0) setImmediate(flush);
    results.push(result);
  }

  const sent = (callId: number, { responseBody, ...result }: SignedResult): SentResult => ({
    callId,
    result,
    // A copy of its own: what is kept of an answer may be a piece of a larger buffer.
    responseBody: responseBody.length === 0 ? null : new Uint8Array(responseBody),
  });

  function ask(callId: number, order: ProbeOrder): void {
    sender.probe(order).then(
      (result) => sendBack(sent(callId, { ...result, ...nothingSent })),
      (error) => sendBack({ callId, error: String(error) }),
    );
  }

  /** Nothing of it stays here: neither connections nor keys. */
  function closeEndpoint(endpointId: EndpointId): void {
    routes.delete(routeOfEndpoint.get(endpointId) ?? 0);
    routeOfEndpoint.delete(endpointId);
    sender.closeEndpoint(endpointId);
  }

  function flush(): void {
    const message: FromSender = results;
    results = [];
    port.postMessage(
      message,
      message.flatMap((sent) =>
        'error' in sent || sent.responseBody === null ? [] : [sent.responseBody.buffer as ArrayBuffer],
      ),
    );
  }

  port.on('message', (message: ToSender) => {
    if ('closeEndpoint' in message) return closeEndpoint(message.closeEndpoint);
    if ('probe' in message) return ask(message.callId, message.probe);
    if ('sleep' in message) return message.sleep === 'begins' ? sender.fallsAsleep() : sender.wakesUp();
    const replaced = message.routes.map(keepRoute);
    let bodyStart = 0;
    for (const { callId, routeNo, attempt, bodyEnd, toShape } of message.orders) {
      const route = routes.get(routeNo);
      if (route === undefined) throw new Error(`Route ${routeNo} was never said.`);
      const body = message.bodies.subarray(bodyStart, bodyEnd);
      bodyStart = bodyEnd;
      sender.send({ route, attempt, body, toShape }).then(
        (result) => sendBack(sent(callId, result)),
        (error) => sendBack({ callId, error: String(error) }),
      );
    }
    for (const no of replaced) if (no !== undefined) routes.delete(no);
  });
}
