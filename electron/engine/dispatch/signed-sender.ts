/** Makes an attempt's request: writes its headers, signs its exact bytes, and sends it. */
import type { EndpointId } from '../../../shared/domain.ts';
import type { CustomHeader } from './custom-headers.ts';
import { type AttemptForRequest, type RequestFormat, requestHeaders, storableRequestHeaders } from './request.ts';
import type { Sender, SendResult } from './sender.ts';
import type { SigningKeys } from './signing.ts';

/** Where a request goes, and what it is made with: the same for all attempts at an endpoint, until it is changed. */
export interface SigningRoute {
  readonly endpointId: EndpointId;
  /** The endpoint's whole address. */
  readonly url: string;
  /** With its port, as `Host` says it. */
  readonly hostAndPort: string;
  /** The endpoint's own CA or pinned certificate (`parseOwnTrust`), or null. */
  readonly ownPem: string | null;
  /** Address of the proxy; null for a direct way. */
  readonly proxy: string | null;
  readonly keys: SigningKeys;
  readonly custom: readonly CustomHeader[];
}

export interface SigningRequest {
  readonly route: SigningRoute;
  readonly attempt: AttemptForRequest;
  /** The exact bytes that are signed and sent. */
  readonly body: Uint8Array;
}

export interface SignedResult extends SendResult {
  /** The headers that were sent, fit to be stored ({@link storableRequestHeaders}), as JSON. */
  readonly requestHeaders: string;
}

export interface SignedSender {
  /** Makes one HTTP request: `POST`, redirects never followed. Never throws for trouble on the network. */
  send(request: SigningRequest): Promise<SignedResult>;
  /** Lets what is under way finish and forgets the endpoint's connections: after it was removed or paused. */
  closeEndpoint(endpointId: EndpointId): void;
  /** Ends everything, what is under way as `SHUTDOWN`. */
  close(): void;
}

export function createSignedSender(sender: Sender, format: RequestFormat): SignedSender {
  return {
    async send({ route, attempt, body }) {
      const { endpointId, url, hostAndPort, ownPem, proxy, keys, custom } = route;
      const headers = requestHeaders(format, attempt, keys, body, custom);
      const result = await sender.send({ endpointId, url, ownPem, proxy, headers, body });
      const stored = storableRequestHeaders(headers, custom, hostAndPort, body.length);
      return { ...result, requestHeaders: JSON.stringify(stored) };
    },
    closeEndpoint: (endpointId) => sender.closeEndpoint(endpointId),
    close: () => sender.close(),
  };
}
