/** One attempt's request: the exact bytes of its body, its headers, and what of them may be kept. */

import type { AttemptKind, DeliveryId, EventId, UtcMs } from '../../../shared/domain.ts';
import type { EventType } from '../../../shared/events.ts';
import type { AlsoSigned } from '../endpoints/kinds/kind.ts';
import { maskedValue } from '../masked-value.ts';
import type { ShapeScope } from '../shaping/scope.ts';
import type { CustomHeader } from './custom-headers.ts';
import type { Attachment } from './mail/mail-message.ts';
import { roostSyncSignature, type SigningKeys, signatureHeaders } from './signing.ts';

export interface AttemptForRequest {
  readonly eventId: EventId;
  readonly event: EventType;
  /** Null for a test send, which has no delivery. */
  readonly deliveryId: DeliveryId | null;
  readonly kind: AttemptKind;
  /** `X-RoostSync-Attempt`: which HTTP request for this delivery it is, from 1. */
  readonly ordinal: number;
  /** When it is signed. */
  readonly at: UtcMs;
  /** How long ago its event was taken in, in milliseconds. */
  readonly lateMs: number;
  /** Of its body, as its endpoint's kind shapes it: names and values in one flat list. */
  readonly contentHeaders: readonly string[];
  /** A second header that says the signature. */
  readonly alsoSigned?: AlsoSigned | null;
  /** Of a digest: the attempts that this request is for beside this one. */
  readonly others?: readonly OtherOfDigest[];
  /** Of mail: files that go with the message. */
  readonly attached?: readonly Attachment[];
}

/** What the sending thread needs of an event beside its data to shape a body. */
export type EventToShape = Pick<ShapeScope, 'timestamp' | 'propertyId' | 'property'>;

/** A further attempt that one message is for, with what its part of the body is made of. */
export interface OtherOfDigest {
  readonly attempt: AttemptForRequest;
  readonly dataText: string;
  readonly toShape: EventToShape;
}

/** An event that goes out so long after it was taken in says so: a receiver may act on it otherwise, or not at all. */
const lateFromMs = 60_000;

/** Builds requests for one app version on one platform. */
export interface RequestFormat {
  readonly userAgent: string;
}

const platformWords: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'Windows NT 10.0',
  darwin: 'Macintosh; Intel Mac OS X 10_15_7',
  linux: 'X11; Linux x86_64',
};

/**
 * A User-Agent that bot filters let through: a bare name, or one with an address in it, is taken for a bot by
 * the package `isbot`, which many receivers' filters are made from (measured).
 * @param version `1.2.3`; major and minor are shown
 */
export function userAgent(version: string, platform: NodeJS.Platform): string {
  const shown = version.split('.').slice(0, 2).join('.');
  return `RoostRelay/${shown} (${platformWords[platform] ?? platformWords.linux})`;
}

/**
 * All headers of an attempt as a flat list of names and values, but `Host` and `Content-Length`, which the
 * HTTP client writes from the address and the body.
 */
export function requestHeaders(
  format: RequestFormat,
  attempt: AttemptForRequest,
  keys: SigningKeys,
  body: Uint8Array,
  custom: readonly CustomHeader[],
): string[] {
  const headers = [...attempt.contentHeaders, 'User-Agent', format.userAgent, 'Accept', '*/*'];
  headers.push(...idHeaders(attempt));
  headers.push(...signatureHeaders(keys, attempt.eventId, Math.floor(attempt.at / 1000), body));
  if (attempt.alsoSigned) {
    const { name, bareHex } = attempt.alsoSigned;
    const signature = roostSyncSignature(keys.current, body);
    headers.push(name, bareHex ? signature.slice('sha256='.length) : signature);
  }
  if (custom.length === 0) return headers;
  // A custom `Accept` stands for ours.
  const names = new Set(custom.map(({ name }) => name.toLowerCase()));
  if (names.has('accept')) headers.splice(headers.indexOf('Accept'), 2);
  for (const { name, value } of custom) headers.push(name, value);
  return headers;
}

/** What every attempt says of its event and of itself, whatever it goes out by. */
export function idHeaders(attempt: AttemptForRequest): string[] {
  const all = [attempt, ...(attempt.others ?? []).map((other) => other.attempt)];
  const events = [...new Set(all.map(({ event }) => event))].join(', ');
  const headers = ['X-RoostSync-Event', events, 'X-RoostSync-Event-Id', all.map(({ eventId }) => eventId).join(', ')];
  const deliveries = all.flatMap(({ deliveryId }) => deliveryId ?? []);
  if (deliveries.length > 0) headers.push('X-RoostSync-Delivery', deliveries.join(', '));
  headers.push('X-RoostSync-Attempt', String(attempt.ordinal));
  if (attempt.lateMs >= lateFromMs) headers.push('X-RoostSync-Late-Seconds', String(Math.floor(attempt.lateMs / 1000)));
  if (attempt.kind === 'test') headers.push('X-RoostSync-Test', 'true');
  return headers;
}

/** What of a header list may be kept: custom values, `Authorization` and cookies only as a mask. */
const keptNames = new Set([
  'accept',
  'content-length',
  'content-type',
  'host',
  'user-agent',
  'webhook-id',
  'webhook-signature',
  'webhook-timestamp',
]);

/**
 * The headers as they were sent, fit to be stored in an attempt: every value but our own is masked, so that
 * no custom header, `Authorization` or cookie ever reaches the log. Signatures are kept: they reveal no secret
 * and are what the IT helper compares.
 * @param sent the flat list of {@link requestHeaders}
 * @param custom the endpoint's custom headers: masked even under a name that is ours
 * @param host the address's host with its port, as `Host` says it
 * @param sizeBytes of the body
 * @param signatureName a further header that says the signature
 */
export function storableRequestHeaders(
  sent: readonly string[],
  custom: readonly CustomHeader[],
  host: string,
  sizeBytes: number,
  signatureName?: string,
): [string, string][] {
  const customNames = new Set(custom.map(({ name }) => name.toLowerCase()));
  const kept: [string, string][] = [
    ['Host', host],
    ['Content-Length', String(sizeBytes)],
  ];
  for (let index = 0; index < sent.length; index += 2) {
    const name = sent[index] ?? '';
    const lower = name.toLowerCase();
    const isKept = keptNames.has(lower) || lower.startsWith('x-roostsync-') || name === signatureName;
    const ours = !customNames.has(lower) && isKept;
    kept.push([name, ours ? (sent[index + 1] ?? '') : maskedValue]);
  }
  return kept;
}

const credentialAnswerHeaders = new Set([
  'authorization',
  'set-cookie',
  'set-cookie2',
  'cookie',
  'proxy-authorization',
]);

/** Of one value, and of all of them, in characters: an answer may bring 300 kB of headers at every attempt. */
const mostValueLength = 2_000;
const mostHeadersLength = 32_000;

/** An answer's headers fit to be stored: the receiver's cookies are masked, what is very long is cut. */
export function storableAnswerHeaders(headers: readonly (readonly [string, string])[]): [string, string][] {
  const kept: [string, string][] = [];
  let length = 0;
  for (const [name, value] of headers) {
    const shown = credentialAnswerHeaders.has(name.toLowerCase()) ? maskedValue : cut(withoutTokens(name, value));
    length += name.length + shown.length;
    if (length > mostHeadersLength) break;
    kept.push([cut(name), shown]);
  }
  return kept;
}

const addressHeaders = new Set(['location', 'content-location', 'refresh', 'link']);

/** Where a receiver sends us on, tokens travel in the query, names and passwords before the host. */
const withoutTokens = (name: string, value: string) =>
  addressHeaders.has(name.toLowerCase())
    ? // No `?` inside of a name: from each of many in a row, all that follows would be read again.
      value.replace(/([?&][^=&#?\s]*=)[^&#\s>]+/g, `$1${maskedValue}`).replace(/\/\/[^/@\s]*@/g, `//${maskedValue}@`)
    : value;

const cut = (text: string) => (text.length > mostValueLength ? `${text.slice(0, mostValueLength)}…` : text);
