/** Makes an attempt's request: writes its headers, signs its exact bytes, and sends it. */
import { attemptDeadlineMs, type EndpointId } from '../../../shared/domain.ts';
import { behaviourOf } from '../endpoints/kinds/index.ts';
import type { KindSetUp, ShapedOrNot } from '../endpoints/kinds/kind.ts';
import { answerText, textInOtherCharset } from '../evidence/answer-text.ts';
import { headerValue } from '../evidence/evidence.ts';
import type { ShapeProblem } from '../shaping/shape.ts';
import type { CustomHeader } from './custom-headers.ts';
import { type KnownSecrets, knownSecrets } from './known-secrets.ts';
import type { DigestOf } from './mail/digests.ts';
import { notSent } from './not-sent.ts';
import type { ProbeRequest } from './probe-request.ts';
import {
  type AttemptForRequest,
  type EventToShape,
  type RequestFormat,
  requestHeaders,
  storableRequestHeaders,
} from './request.ts';
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
  /** Authorities that every endpoint is trusted by (`common-trust.ts`); none unless given. */
  readonly commonPem?: string | null;
  /** Address of the proxy; null for a direct way. */
  readonly proxy: string | null;
  /** Whether it may be a program on this very PC over plain HTTP; not unless given. */
  readonly mayBePlain?: boolean;
  readonly keys: SigningKeys;
  readonly custom: readonly CustomHeader[];
  /** Its kind, where that has something of its own to do with a request; absent or null where it is sent as it comes. */
  readonly ofKind?: KindSetUp | null;
}

export interface SigningRequest {
  readonly route: SigningRoute;
  readonly attempt: AttemptForRequest;
  /** The exact bytes that are signed and sent; of what is shaped here, the event's data. */
  readonly body: Uint8Array;
  /** What its body is made of, where its endpoint's kind makes one for each attempt. */
  readonly toShape?: EventToShape | null;
  /** Of a digest: those that its message is of as well, all of which are sent with the same. */
  readonly together?: DigestOf | null;
}

export interface SignedResult extends SendResult {
  /** The headers that were sent, fit to be stored ({@link storableRequestHeaders}), as JSON. */
  readonly requestHeaders: string;
  /** A redirect that only adds a slash to the address. */
  readonly addsSlash: boolean;
  /** The body that was made here, and sent. */
  readonly sentBody?: Uint8Array;
  /** Why no body could be made: no request was. */
  readonly unshaped?: ShapeProblem;
}

export type ProbeOrder = Omit<ProbeRequest, 'userAgent'>;

export interface SignedSender {
  /** Makes one HTTP request: `POST`, redirects never followed. Never throws for trouble on the network. */
  send(request: SigningRequest): Promise<SignedResult>;
  /** Asks one address whether the internet is there, as the same program. Never throws for trouble on the network. */
  probe(request: ProbeOrder): Promise<SendResult>;
  /** Lets what is under way finish and forgets the endpoint's connections: after it was removed or paused. */
  closeEndpoint(endpointId: EndpointId): void;
  /** The system says that it goes to sleep: what is under way and fails was cut off by that. */
  fallsAsleep(): void;
  /** The system says that it woke: so is what was under way, and what fails before the network is back. */
  wakesUp(): void;
  /** Ends everything, what is under way as `SHUTDOWN`. */
  close(): void;
}

export function createSignedSender(sender: Sender, format: RequestFormat): SignedSender {
  const secretsOfRoute = new WeakMap<SigningRoute, KnownSecrets>();

  function secretsOf(route: SigningRoute): KnownSecrets {
    const known = secretsOfRoute.get(route) ?? knownSecrets(route);
    secretsOfRoute.set(route, known);
    return known;
  }

  /** A kind may have its receiver's redirect followed, once, without anything of ours. */
  async function followed(route: SigningRoute, first: SendResult): Promise<SendResult> {
    const { ofKind = null } = route;
    const { status, responseHeaders, error } = first;
    if (ofKind === null || status === null || error !== null || responseHeaders === null) return first;
    const to = behaviourOf(ofKind.kind).follows?.(status, responseHeaders) ?? null;
    if (to === null) return first;
    const { endpointId, ownPem, commonPem = null, proxy } = route;
    const leftMs = attemptDeadlineMs - first.timings.totalMs;
    const request = {
      endpointId,
      url: to,
      ownPem,
      commonPem,
      proxy,
      headers: [],
      body: new Uint8Array(),
      get: true,
      leftMs,
    };
    const second = await sender.send(request);
    const timings = { ...first.timings, totalMs: first.timings.totalMs + second.timings.totalMs };
    const isWhole = second.status !== null && second.error === null;
    return { ...(isWhole ? second : first), timings, followed: true };
  }

  return {
    async send(request) {
      const { route, attempt } = request;
      const { endpointId, url, hostAndPort, ownPem, commonPem = null, proxy, keys, custom, ofKind = null } = route;
      const made = madeBody(request);
      if (!made.ok) return { ...notSent('aborted', 'UNSHAPED', ''), ...nothingSent, unshaped: made.problem };
      const { body } = made;
      const alsoSigned = (ofKind && behaviourOf(ofKind.kind).alsoSigned?.(ofKind)) ?? null;
      const headers = requestHeaders(
        format,
        { ...attempt, contentHeaders: made.headers, alsoSigned },
        keys,
        body,
        custom,
      );
      const { mayBePlain = false } = route;
      const first = await sender.send({ endpointId, url, ownPem, commonPem, proxy, mayBePlain, headers, body });
      const result = await followed(route, first);
      const stored = storableRequestHeaders(headers, custom, hostAndPort, body.length, alsoSigned?.name);
      const addsSlash = isSlashAdded(url, headerValue(result.responseHeaders, 'location'));
      const shown = withoutSecrets(result, () => secretsOf(route));
      const ownBody = request.toShape ? { sentBody: body } : {};
      return { ...shown, ...ownBody, addsSlash, requestHeaders: JSON.stringify(stored) };
    },
    probe: (order) => sender.probe({ ...order, userAgent: format.userAgent }),
    closeEndpoint: (endpointId) => sender.closeEndpoint(endpointId),
    fallsAsleep: () => sender.fallsAsleep(),
    wakesUp: () => sender.wakesUp(),
    close: () => sender.close(),
  };
}

/** Of a request that was not made. */
export const nothingSent = { requestHeaders: '[]', addsSlash: false } as const;

/** As it was handed over, or as its endpoint's kind makes it. */
export function madeBody({
  route,
  attempt,
  body,
  toShape,
}: SigningRequest): ShapedOrNot | (Made & { readonly ok: true }) {
  const { ofKind = null } = route;
  const behaviour = ofKind && behaviourOf(ofKind.kind);
  if (!toShape || !ofKind || !behaviour || behaviour.isShared)
    return { ok: true, body, headers: attempt.contentHeaders };
  const dataText = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  const { event, eventId } = attempt;
  return behaviour.shape({ ...toShape, dataText, event, eventId, test: attempt.kind === 'test' }, ofKind);
}

/** A body that was made, or handed over. */
export interface Made {
  readonly body: Uint8Array;
  readonly headers: readonly string[];
}

/**
 * What the receiver said, without what it repeats of ours, and its text in the one charset that is kept. Done here, in
 * the thread that sends: nothing beyond it ever sees the rest.
 */
export function withoutSecrets(result: SendResult, secrets: () => KnownSecrets): SendResult {
  const { responseHeaders, responseBody, responseTruncated, error } = result;
  const headers =
    responseHeaders?.map(([name, value]): [string, string] => [name, takenOutBehindHost(secrets(), value)]) ?? null;
  const message = error === null ? null : secrets().takenOutOf(error.message);
  const shown = { ...result, responseHeaders: headers, error: error && { ...error, message: message ?? '' } };
  if (responseBody.length === 0) return shown;
  const other = textInOtherCharset(responseBody, responseHeaders, responseTruncated);
  const whole = other ?? answerText(responseBody, responseTruncated);
  const text = responseTruncated ? secrets().takenOffTheEndOf(whole) : whole;
  if (other === null && text === whole && !secrets().standIn(text)) return shown;
  return { ...shown, responseBody: Buffer.from(secrets().takenOutOf(text)) };
}

/**
 * Of an address the host stays, and what stands behind it stays apart from it: a redirect is told by the host that it
 * points to.
 */
function takenOutBehindHost(secrets: KnownSecrets, value: string): string {
  const host = /^\s*https?:\/\/[^/?#\s]*/i.exec(value)?.[0] ?? '';
  const behind = secrets.takenOutOf(value.slice(host.length));
  return host === '' || behind === '' || /^[/?#]/.test(behind) ? host + behind : `${host}/${behind}`;
}

/** Django and others send a POST without the slash at the end of its path elsewhere: to the same path with one. */
function isSlashAdded(url: string, location: string | null): boolean {
  if (location === null || !URL.canParse(location, url)) return false;
  const from = new URL(url);
  const to = new URL(location, url);
  return to.host === from.host && !from.pathname.endsWith('/') && to.pathname === `${from.pathname}/`;
}
