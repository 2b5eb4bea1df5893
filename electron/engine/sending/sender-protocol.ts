/**
 * What the delivering thread and the sending thread say to each other: plain values, many to a message, since
 * a message costs more than what it carries.
 */
import type { EndpointId } from '../../../shared/domain.ts';
import type { AttemptForRequest, EventToShape, RequestFormat } from './request.ts';
import type { ProbeOrder, SignedResult, SigningRoute } from './signed-sender.ts';

/** Given to the thread at its start. */
export interface SenderThreadData {
  readonly allowPlainLoopback: boolean;
  readonly format: RequestFormat;
}

/** A route, said once and then named by `no`. A new one of an endpoint replaces the last for later messages. */
export interface SentRoute {
  readonly no: number;
  readonly route: SigningRoute;
}

/** One request to be made. */
export interface SentOrder {
  readonly callId: number;
  readonly routeNo: number;
  readonly attempt: AttemptForRequest;
  /** Where in the message's `bodies` its body ends; it begins where the one before it ends. */
  readonly bodyEnd: number;
  readonly toShape: EventToShape | null;
}

export type ToSender =
  | { readonly routes: readonly SentRoute[]; readonly orders: readonly SentOrder[]; readonly bodies: Uint8Array }
  | { readonly probe: ProbeOrder; readonly callId: number }
  | { readonly closeEndpoint: EndpointId }
  | { readonly sleep: 'begins' | 'ends' };

/** A result whose body lies beside it; null where it is empty. */
export interface SentResult {
  readonly callId: number;
  readonly result: Omit<SignedResult, 'responseBody'>;
  readonly responseBody: Uint8Array | null;
}

/** A request that could not even be made: a defect, which costs nothing but this request. */
export interface SentDefect {
  readonly callId: number;
  readonly error: string;
}

export type FromSender = readonly (SentResult | SentDefect)[];
