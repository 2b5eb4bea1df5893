/** Makes one attempt: signs, sends, asks for the evidence that its outcome needs, and says what it means. */
import type { AttemptId, AttemptKind, DeliveryId, UtcMs } from '../../../shared/domain.ts';
import { attemptDeadlineMs } from '../../../shared/domain.ts';
import { isTestAddress } from '../../../shared/endpoint-kinds/index.ts';
import { hostOf } from '../../../shared/facts.ts';
import { receiverWords } from '../../../shared/receiver-words.ts';
import type { Situation } from '../../../shared/schemas.ts';
import { type SentenceKey, sentence } from '../../../shared/sentences/sentence.ts';
import { whyOf } from '../../../shared/sentences/why.ts';
import { wallTime } from '../context.ts';
import type { EndpointBehaviour } from '../endpoints/kinds/kind.ts';
import { faultOfBody } from '../endpoints/kinds/message-fault.ts';
import type { EngineTime } from '../engine-time.ts';
import { answerText } from '../evidence/answer-text.ts';
import { skewFromDate } from '../evidence/clock-skew.ts';
import { type Evidence, type HeaderPairs, headerValue } from '../evidence/evidence.ts';
import { isOwnTrouble, type Outcome, uncounted } from '../evidence/judgement.ts';
import type { FactLedger } from '../evidence/ledger.ts';
import { classifyOutcome } from '../evidence/outcome.ts';
import { isUnknownIssuer } from '../evidence/outcome-certificate.ts';
import { parseRateLimit, type RateLimit } from '../evidence/rate-limit.ts';
import { siteOf } from '../evidence/sites.ts';
import { isLoopbackAddress } from '../locality.ts';
import type { Clock } from '../ports.ts';
import type { ShapeScope } from '../shaping/scope.ts';
import type { ShapeProblem } from '../shaping/shape.ts';
import type { NewAttempt } from '../store/attempts.ts';
import type { CommonTrust } from './common-trust.ts';
import type { EventToSend } from './event-to-send.ts';
import type { DigestOf } from './mail/digests.ts';
import { notSent } from './not-sent.ts';
import type { ProxyChoice } from './proxy/proxy.ts';
import { hostAndPortOf } from './proxy/proxy-list.ts';
import { type EventToShape, storableAnswerHeaders } from './request.ts';
import type { SendResult } from './sender.ts';
import { nothingSent, type SignedResult, type SignedSender, type SigningRequest } from './signed-sender.ts';
import type { SigningKeys } from './signing.ts';
import { type Access, type Target, targetName } from './target.ts';

export interface AttemptParts {
  readonly clock: Clock;
  readonly time: EngineTime;
  readonly sender: SignedSender;
  readonly facts: FactLedger;
  readonly proxies: ProxyChoice;
  readonly trust: CommonTrust;
  /** What a template can say of the property, as the settings have it now. */
  readonly property: () => ShapeScope['property'];
  /** Whether endpoints may be programs on this very PC over plain HTTP; not unless given. */
  readonly mayBePlain?: () => boolean;
}

export interface AttemptOrder {
  readonly id: AttemptId;
  readonly target: Target;
  readonly access: Access;
  readonly event: EventToSend;
  readonly deliverySeq: number | null;
  readonly deliveryId: DeliveryId | null;
  readonly kind: AttemptKind;
  /** A person asked for it. */
  readonly byHand: boolean;
  readonly ordinal: number;
  /** Of a digest: those that it goes out with. */
  readonly together?: DigestOf | null;
  /** Engine time. */
  readonly throttledSince: UtcMs | null;
  readonly verifiedIssuer: string | null;
  /**
   * Whether the endpoint has taken something just now, and nothing that it did not take came since.
   * @param began engine time of the attempt's begin
   */
  readonly othersGetThrough: (began: UtcMs, endedWall: UtcMs) => boolean;
  /** Instead of the endpoint's own: a test send with the next secret. */
  readonly keys?: SigningKeys;
}

export interface AttemptReport {
  readonly outcome: Outcome;
  /** Engine time. */
  readonly endedAt: UtcMs;
  /** The wall clock's time. */
  readonly endedWall: UtcMs;
  readonly status: number | null;
  readonly durationMs: number;
  /** By the monotonic clock. */
  readonly endedMonotonicMs: number;
  /** What the receiver says that it still takes. */
  readonly rateLimit: RateLimit | null;
  /** Of the certificate, where it was verified. */
  readonly issuer: string | null;
  /** Why no body could be made of the event: no request was made. */
  readonly unshaped: ShapeProblem | null;
  /** What the receiver said in its own words of why it did not take it. */
  readonly said: string | null;
  readonly row: NewAttempt;
}

export async function makeAttempt(parts: AttemptParts, order: AttemptOrder): Promise<AttemptReport> {
  const { clock, time, sender, facts } = parts;
  const { target, access, event, kind } = order;
  const { behaviour, ofKind } = target;
  const { body, headers } = behaviour.isShared ? event.shapedFor(behaviour) : event.unshaped;
  const { url, hostAndPort } = access;
  const way = target.local ? null : parts.proxies.wayTo(url);
  // Nearly always known already: a turn of its own for each attempt would be for nothing.
  const proxy = way instanceof Promise ? await way : way;
  const startedAt = wallTime(clock);
  const began = time.now();
  const begunMs = clock.monotonicMs();
  const sent = await sendSafely(sender, {
    route: {
      endpointId: target.id,
      url,
      hostAndPort,
      ownPem: target.ownPem,
      commonPem: parts.trust.pem(),
      proxy,
      mayBePlain: parts.mayBePlain?.() ?? false,
      keys: order.keys ?? access.keys,
      custom: access.headers,
      ofKind: behaviour.isShared && behaviour.follows === undefined && ofKind?.secrets.length === 0 ? null : ofKind,
    },
    attempt: {
      eventId: event.stored.id,
      event: event.stored.type,
      deliveryId: order.deliveryId,
      kind,
      ordinal: order.ordinal,
      at: startedAt,
      lateMs: kind === 'test' ? 0 : began - event.stored.takenAt,
      contentHeaders: headers,
    },
    body,
    toShape: behaviour.isShared ? null : toShapeOf(event, parts.property()),
    together: order.together ?? null,
  });
  const endedAt = time.now();
  const endedWall = wallTime(clock);
  if (sent.unshaped)
    return unshapedReport(parts, order, sent, { startedAt, endedAt, endedWall, problem: sent.unshaped });
  const { status, error, certificate, responseHeaders } = sent;
  const host = hostOf(hostAndPort);
  facts.saw({
    host,
    local: target.local,
    proxy: proxy === null ? null : hostAndPortOf(proxy),
    // Only of HTTP a status says whose answer it is (511).
    status: status !== null && behaviour.answerMeans !== undefined ? 250 : status,
    error,
    certificate,
    verifiedIssuer: order.verifiedIssuer,
    skewMs: status === null ? null : skewFromDate(headerValue(responseHeaders, 'date'), startedAt, endedWall),
    redirectHost: status === null || sent.followed ? null : otherHost(status, responseHeaders, host),
  });
  if (error !== null && isUnknownIssuer(error.code)) parts.trust.unknownIssuer();
  if (proxy !== null && isProxyAway(error)) parts.proxies.notReached(proxy);
  if (needsProbe(target, sent)) await facts.probe(begunMs);
  else if (isSilentMachine(target, host, sent)) await facts.localSilence(host, begunMs);
  const { connectivity, skewMs, meanwhile } = facts.knownOf(host, target.local, error === null ? undefined : begunMs);
  const judged = verdictOn(behaviour.answerMeans, {
    status: sent.status,
    responseHeaders: sent.responseHeaders,
    error: sent.error,
    certificate: sent.certificate,
    connectivity,
    meanwhile,
    skewMs,
    local: target.local,
    host: access.host,
    name: target.name,
    verifiedIssuer: order.verifiedIssuer,
    sentBytes: sent.sentBody?.length ?? body.length,
    addsSlash: sent.addsSlash,
    toTestAddress: sent.status === 404 && isTestAddress(url),
    isAlone: isAlone(facts.sight(), endedWall),
    body: bodyForVerdict(sent),
    throttledSince: order.throttledSince === null ? null : time.toWall(order.throttledSince),
    othersGetThrough: order.othersGetThrough(began, endedWall),
    endedAt: endedWall,
    deadlineMs: attemptDeadlineMs,
  });
  const outcome = goneSaid(
    target.toBench ? atBench(judged, target) : unfitSaid(byItsKind(target, sent, judged), target, sent),
    order,
    status,
  );
  return {
    outcome,
    endedAt,
    endedWall,
    status: sent.status,
    durationMs: sent.timings.totalMs,
    endedMonotonicMs: clock.monotonicMs(),
    rateLimit: parseRateLimit(sent.responseHeaders, endedWall),
    issuer: sent.error === null ? (sent.certificate?.issuer ?? null) : null,
    unshaped: null,
    said: outcome.class === 'delivered' ? null : saidBy(sent),
    row: {
      ...rowOf(order, outcome, sent),
      startedAt,
      endedAt: endedWall,
      responseHeaders: sent.responseHeaders === null ? null : storableAnswerHeaders(sent.responseHeaders),
      responseBody: sent.status === null ? null : sent.responseBody,
      responseCut: sent.responseTruncated,
      sentBody: keptBody(sent.sentBody),
      shape: behaviour.isShared ? null : target.shapeVersion,
    },
  };
}

/** What was seen of the way out so long ago says nothing of whether names can be looked up now, in milliseconds. */
const sightLastsMs = 60_000;

/** Nobody out there has answered lately, and no address of the settings did: only this one name is known not to be found. */
function isAlone({ rests, answeredAt, lookedAt }: Situation['internet'], now: UtcMs): boolean {
  const heardAt = Math.max(answeredAt ?? 0, rests === 'addresses' || rests === 'endpoints' ? (lookedAt ?? 0) : 0);
  return now - heardAt > sightLastsMs;
}

/** By a test, or a resend, nothing is paused: what is said must be true. */
const goneSaid = (outcome: Outcome, { kind, target }: AttemptOrder, status: number | null): Outcome =>
  outcome.class === 'gone' && (kind === 'test' || kind === 'resend')
    ? { ...outcome, sentence: sentence('outcome.gone_told', { name: targetName(target), status: status ?? 410 }) }
    : outcome;

/** What of an attempt's row does not hang on an answer. */
const rowOf = (
  { id, target, deliverySeq, kind, byHand, ordinal }: AttemptOrder,
  outcome: Outcome,
  sent: SignedResult,
) => ({
  id,
  deliverySeq,
  endpointNo: target.no,
  kind,
  byHand,
  ordinal,
  counts: outcome.counts,
  outcome: outcome.class,
  sentence: outcome.sentence,
  detail: outcome.detail,
  status: sent.status,
  requestHeaders: sent.requestHeaders,
  timings: sent.timings,
  toBench: target.toBench,
  test: null,
});

/** So much of what went out is kept with its attempt; what is longer is not kept in part. */
const mostKeptBytes = 256 * 1024;

const keptBody = (body: Uint8Array | undefined): Uint8Array | null =>
  body === undefined || body.length > mostKeptBytes ? null : body;

const toShapeOf = ({ stored }: EventToSend, property: ShapeScope['property']): EventToShape => ({
  timestamp: stored.occurredAt,
  propertyId: stored.propertyId,
  property,
});

interface Unshaped {
  readonly startedAt: UtcMs;
  readonly endedAt: UtcMs;
  readonly endedWall: UtcMs;
  readonly problem: ShapeProblem;
}

/** The template does not fit the event: nothing went out, and nothing is learned of the endpoint. */
function unshapedReport(
  { clock }: AttemptParts,
  order: AttemptOrder,
  sent: SignedResult,
  { startedAt, endedAt, endedWall, problem }: Unshaped,
): AttemptReport {
  const { line, column, why } = problem;
  const params = { ...whyOf(why), name: targetName(order.target), line, column };
  const outcome = { ...uncounted('event_refused', sentence('outcome.shape_failed', params)), detail: null };
  return {
    outcome,
    endedAt,
    endedWall,
    status: null,
    durationMs: 0,
    endedMonotonicMs: clock.monotonicMs(),
    rateLimit: null,
    issuer: null,
    unshaped: problem,
    said: null,
    row: {
      ...rowOf(order, outcome, sent),
      startedAt,
      endedAt: endedWall,
      responseHeaders: null,
      responseBody: null,
      responseCut: false,
      sentBody: null,
      shape: order.target.shapeVersion,
    },
  };
}

/** Of a refusal the beginning of what was said: some tell the next step there. */
function bodyForVerdict({ status, responseBody, responseTruncated }: SendResult): string | null {
  if (status === null || status < 300 || responseBody.length === 0) return null;
  return answerText(responseBody.subarray(0, lookedAtBytes), responseTruncated || responseBody.length > lookedAtBytes);
}

const lookedAtBytes = 16 * 1024;

/** A request that could not even be made, or whose answer nobody could take, ends as a failed one. */
async function sendSafely(sender: SignedSender, request: SigningRequest): Promise<SignedResult> {
  try {
    return await sender.send(request);
  } catch (error) {
    return {
      ...notSent('request', 'DEFECT', String(error)),
      ...nothingSent,
    };
  }
}

/** Whatever a stranger's bytes do in describing an attempt, it ends: what is known of it by its status stands. */
function verdictOn(answerMeans: EndpointBehaviour['answerMeans'], evidence: Evidence): Outcome {
  try {
    return classifyOutcome(evidence, answerMeans);
  } catch (error) {
    const { status } = evidence;
    const bare = { ...evidence, responseHeaders: null, certificate: null };
    if (status !== null && evidence.error === null) return classifyOutcome({ ...bare, error: null }, answerMeans);
    return classifyOutcome({
      ...bare,
      error: { phase: 'request', code: 'DEFECT', message: String(error), proxyStatus: null },
    });
  }
}

/** A kind may know better what an answer means; not where the trouble is on this side, or where none came whole. */
function byItsKind(target: Target, sent: SendResult, judged: Outcome): Outcome {
  const { status, responseHeaders: headers, responseBody: body, error } = sent;
  if (status === null || headers === null || error !== null) return judged;
  // What was followed was taken, wherever the trouble is by now.
  if (isOwnTrouble(judged.class) && !sent.followed) return judged;
  const { behaviour, ofKind } = target;
  const own =
    ofKind &&
    behaviour.judge(
      { status, headers, body, followed: sent.followed ?? false },
      { name: targetName(target), setUp: ofKind },
    );
  if (own !== null) return { ...own, detail: judged.detail };
  const key = behaviour.says?.[judged.sentence.key as SentenceKey];
  return key === undefined ? judged : { ...judged, sentence: { ...judged.sentence, key } };
}

/** Where the message itself tells why it was refused, that is said: it is what can be mended. */
function unfitSaid(outcome: Outcome, target: Target, { sentBody }: SignedResult): Outcome {
  const { behaviour, ofKind, access } = target;
  if (outcome.class !== 'event_refused' || sentBody === undefined || !ofKind || !access) return outcome;
  if (behaviour.isShared || !behaviour.refuses || isSaidOfSize(outcome)) return outcome;
  const fault = faultOfBody(behaviour, ofKind.kind, sentBody, { host: access.host, address: access.url });
  if (fault === null) return outcome;
  const params = { ...whyOf(fault.says), name: targetName(target) };
  return { ...outcome, sentence: sentence('outcome.message_unfit', params) };
}

const isSaidOfSize = ({ sentence: { key } }: Outcome): boolean =>
  key === 'outcome.event_too_large' || key === 'outcome.event_too_large_limit';

/** The bench's word is not its endpoint's. */
const atBench = (outcome: Outcome, target: Target): Outcome => ({
  ...outcome,
  sentence: sentence(outcome.class === 'delivered' ? 'outcome.bench_took' : 'outcome.bench_refused', {
    name: targetName(target),
  }),
});

function saidBy({ status, responseBody, responseHeaders, responseTruncated }: SendResult): string | null {
  if (status === null || responseBody === null || responseBody.length === 0) return null;
  return receiverWords(answerText(responseBody, responseTruncated), headerValue(responseHeaders, 'content-type'));
}

/** Where a redirect to somebody else leads; null where there is none. */
function otherHost(status: number, headers: HeaderPairs | null, host: string): string | null {
  const location = status >= 300 && status <= 399 ? headerValue(headers, 'location') : null;
  if (location === null || !URL.canParse(location, `https://${host}/`)) return null;
  const to = hostOf(new URL(location, `https://${host}/`).host);
  return to === '' || siteOf(to) === siteOf(host) ? null : to;
}

/** Nothing was there, or it closed at once; what refuses by an answer is there. */
const isProxyAway = (error: SendResult['error']): boolean =>
  error?.phase === 'proxy' && error.proxyStatus === null && !error.code.startsWith('PROXY_');

/** Only a failure on the way, or an answer that may be somebody else's, makes the way itself the question. */
function needsProbe(target: Target, { error, status, followed }: SendResult): boolean {
  if (target.local || followed) return false;
  if (error !== null) return error.phase !== 'aborted';
  return status !== null && status >= 300 && status <= 399;
}

/** A machine of the property's own network, and not this PC, to which no connection came about. */
const isSilentMachine = (target: Target, host: string, { error }: SendResult): boolean =>
  target.local &&
  !isLoopbackAddress(host) &&
  error?.phase === 'connect' &&
  error.code !== 'ECONNREFUSED' &&
  error.code !== 'ECONNRESET';

/** What came of one attempt. */
export type AttemptEnd = Pick<AttemptReport['outcome'], 'class' | 'sentence'>;
