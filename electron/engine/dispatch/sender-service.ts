/** What runs inside the sending thread: makes the requests that its port asks for, and brings back what was seen. */
import type { MessagePort } from 'node:worker_threads';
import type { EndpointId } from '../../../shared/domain.ts';
import { systemClock } from '../system-clock.ts';
import { createSender, type SendResult } from './sender.ts';
import type { FromSender, SenderThreadData, SentResult, SentRoute, ToSender } from './sender-protocol.ts';

export function serveSender(port: MessagePort, { allowPlainLoopback }: SenderThreadData): void {
  const sender = createSender({ clock: systemClock, allowPlainLoopback });
  const routes = new Map<number, SentRoute>();
  const routeOfEndpoint = new Map<EndpointId, number>();
  let results: SentResult[] = [];

  function keepRoute(route: SentRoute): void {
    const before = routeOfEndpoint.get(route.endpointId);
    if (before !== undefined) routes.delete(before);
    routeOfEndpoint.set(route.endpointId, route.no);
    routes.set(route.no, route);
  }

  /** All results of one turn of the event loop go back together. */
  function sendBack(callId: number, { responseBody, ...result }: SendResult): void {
    if (results.length === 0) setImmediate(flush);
    // A copy of its own: what is kept of an answer may be a piece of a larger buffer.
    results.push({ callId, result, responseBody: responseBody.length === 0 ? null : new Uint8Array(responseBody) });
  }

  function flush(): void {
    const message: FromSender = results;
    results = [];
    port.postMessage(
      message,
      message.flatMap(({ responseBody }) => (responseBody === null ? [] : [responseBody.buffer as ArrayBuffer])),
    );
  }

  port.on('message', (message: ToSender) => {
    if ('closeEndpoint' in message) return sender.closeEndpoint(message.closeEndpoint);
    for (const route of message.routes) keepRoute(route);
    let bodyStart = 0;
    for (const { callId, routeNo, headers, bodyEnd } of message.orders) {
      const route = routes.get(routeNo);
      if (route === undefined) throw new Error(`Route ${routeNo} was never said.`);
      const { endpointId, url, ownPem, proxy } = route;
      const body = message.bodies.subarray(bodyStart, bodyEnd);
      bodyStart = bodyEnd;
      void sender
        .send({ endpointId, url, ownPem, proxy, headers: headers.split('\n'), body })
        .then((result) => sendBack(callId, result));
    }
  });
}
