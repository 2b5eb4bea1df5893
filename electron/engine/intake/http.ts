/**
 * The intake's routes: `POST /v1/events` and `POST /v1/in/<secret>`, health, status and the OpenAPI document.
 * `202` means that the events and their deliveries are on the disk.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import fastify from 'fastify';
import type { Sentence } from '../../../shared/domain.ts';
import { intakePaths } from '../../../shared/intake-paths.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { memoryShare } from '../memory-share.ts';
import type { Clock, Logger } from '../ports.ts';
import { watchStrangers } from '../strangers.ts';
import type { Accept } from './accept.ts';
import { type RequestBody, readBody } from './body.ts';
import { encodingOf, unpacked } from './compressed.ts';
import { isLines, mediaType, refuseType } from './content-type.ts';
import { tokensOf } from './credentials.ts';
import { type DiskWatch, refuseFullDisk } from './disk.ts';
import { keptHeaders, keptPath } from './kept-request.ts';
import { readIdempotencyKey, readRelayEventId } from './keys.ts';
import { openApiDocument } from './openapi.ts';
import { mostBytes, parseEventsInTurns } from './parse.ts';
import { postedMessages } from './posted-messages.ts';
import { fieldsOfParts } from './posted-parts.ts';
import { IntakeRefusal, refusalBody } from './refusal.ts';
import type { RefusalLog } from './refusal-log.ts';
import { acceptedBody, asRefusal, takenBody, testedBody, tooLarge } from './reply.ts';
import { type KnowsHost, refuseBrowsers } from './request-guard.ts';
import { createIntakeRoom } from './room.ts';
import type { SignedRequest } from './signatures.ts';
import type { KnownSource, SourceAccess } from './source-access.ts';
import type { MessageReading, Takes } from './take.ts';

/** What a source's own set-up says of what is posted to it. */
export interface SourceDoor {
  /** @throws IntakeRefusal 401 where it does not prove to be from this source, 503 where nobody can tell now */
  admit(source: KnownSource, request: SignedRequest): void;
  /** How its messages are read; null: it sends our envelope. */
  readingOf(source: KnownSource): MessageReading | null;
  /** Whether it signs each message's own id, which is the same when it is sent again (Standard Webhooks). */
  signsIds(source: KnownSource): boolean;
}

export interface IntakeHttpParts {
  readonly accept: Accept;
  readonly takes: Takes;
  readonly door: SourceDoor;
  readonly access: SourceAccess;
  readonly refusals: Pick<RefusalLog, 'keep'>;
  readonly disk: Pick<DiskWatch, 'current' | 'takesEvents'>;
  readonly clock: Pick<Clock, 'after' | 'monotonicMs'>;
  readonly logger: Logger;
  readonly version: string;
  /** A test came, and was as it should be: it is noted with its source, and stored nowhere. */
  readonly sawTest: (source: KnownSource) => Promise<void>;
  /** The body of `GET /v1/status`. */
  readonly status: () => Promise<object>;
  /** Whether a route is open only to whoever can read the data folder. */
  readonly isOfFolder: (route: string) => boolean;
}

export interface ListenerOptions {
  readonly knowsHost: KnowsHost;
  /** More to check of a request before anything else; throws an IntakeRefusal. */
  readonly check?: (request: FastifyRequest) => void;
  /** `GET /v1/status` asks for a source's token, as a listener beyond loopback must. */
  readonly statusNeedsToken: boolean;
  readonly tls?: { readonly cert: string; readonly key: string };
}

declare module 'fastify' {
  interface FastifyRequest {
    source: KnownSource | null;
    /** What it declares, whether or not that is a media type. */
    declaredType: string;
    received: RequestBody | null;
    /** Other requests take up all the memory that there is for them: its body is read and dropped. */
    isTooMany: boolean;
  }
}

/** Bytes of requests under way at once: more than any PMS sends, and a small share of the memory where that is short. */
const mostUnderWay = 64 * 1024 * 1024;
const underWayParts = 24;

const jsonType = 'application/json; charset=utf-8';

/** A server with the intake's routes; it listens nowhere yet. */
export function createIntakeServer(parts: IntakeHttpParts, options: ListenerOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: mostBytes,
    requestTimeout: 30_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    ...(options.tls === undefined ? {} : { https: options.tls }),
  }) as unknown as FastifyInstance;
  const strangers = watchStrangers(app.server, parts.clock);
  app.decorateRequest('source', null);
  app.decorateRequest('declaredType', '');
  app.decorateRequest('received', null);
  app.decorateRequest('isTooMany', false);
  const room = createIntakeRoom(memoryShare(mostUnderWay, underWayParts));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: FastifyRequest['raw']) => {
    request.received = await readBody(payload, request.isTooMany ? 0 : (request.routeOptions.bodyLimit ?? mostBytes));
    if (request.isTooMany) throw tooManyUnderWay();
    return request.received.bytes;
  });
  app.addHook('onRequest', (request, _reply, done) => {
    request.declaredType = request.headers['content-type'] ?? '';
    // What is no media type at all would be refused before its body is read.
    request.raw.headers['content-type'] = 'application/octet-stream';
    refuseBrowsers(request.headers, options.knowsHost);
    options.check?.(request);
    done();
  });
  app.addHook('preParsing', (request, reply, _payload, done) => {
    const declaredBytes = Number(request.headers['content-length'] ?? mostBytes);
    const leave = room.enter(Math.min(declaredBytes, mostBytes));
    request.isTooMany = leave === null;
    if (leave !== null) reply.raw.once('close', leave);
    // What stands before its body was looked at: a source's token, or the one of this data folder.
    const isOfFolder = parts.isOfFolder(request.routeOptions.url ?? '');
    if (request.source !== null || isOfFolder) strangers.isKnown(request.raw.socket);
    done();
  });
  app.setErrorHandler((error, request, reply) => refuse(parts, error, request, reply));
  app.setNotFoundHandler((request, reply) => refuse(parts, notFound(parts.access, request), request, reply));
  addRoutes(app, parts, options);
  return app;
}

function addRoutes(app: FastifyInstance, parts: IntakeHttpParts, options: ListenerOptions): void {
  const { access, version } = parts;
  const byToken: onRequestHookHandler = (request, _reply, done) => {
    const tokens = tokensOf(request.headers);
    if (tokens.length === 0) throw notAuthorized(sentence('refusal.no_token'));
    request.source = knownOrRefused(request, sourceByToken(access, tokens));
    done();
  };
  const bySecretPath: onRequestHookHandler = (request, _reply, done) => {
    const { secret } = request.params as { secret: string };
    request.source = knownOrRefused(request, access.bySecretPath(secret));
    done();
  };
  const take = (request: FastifyRequest, reply: FastifyReply) => takeEvents(parts, request, reply, false);
  const takeLeniently = (request: FastifyRequest, reply: FastifyReply) => takeEvents(parts, request, reply, true);

  app.post(intakePaths.events, { onRequest: byToken }, take);
  app.post(`${intakePaths.bySecret}:secret`, { onRequest: bySecretPath }, takeLeniently);
  app.get(intakePaths.health, (_request, reply) => {
    const { state } = parts.disk.current();
    const body = JSON.stringify({ status: 'ok', version, takes_events: parts.disk.takesEvents(), disk: state });
    return reply.header('content-type', jsonType).send(body);
  });
  const statusOptions = options.statusNeedsToken ? { onRequest: byToken } : {};
  app.get(intakePaths.status, statusOptions, async (_request, reply) => {
    const body = JSON.stringify(await parts.status());
    return reply.header('content-type', jsonType).send(body);
  });
  const openApi = JSON.stringify(openApiDocument(version));
  app.get(intakePaths.openApi, (_request, reply) => reply.header('content-type', jsonType).send(openApi));
}

/** @throws IntakeRefusal 400 where the header is no key */
function keyOf(door: SourceDoor, source: KnownSource | null, headers: FastifyRequest['headers']): string | null {
  const given = readIdempotencyKey(headers['idempotency-key']);
  return given === null && source !== null && door.signsIds(source)
    ? readIdempotencyKey(headers['webhook-id'], 'webhook-id')
    : given;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @param lenient a PMS that cannot set headers may leave the type out, or say another one */
async function takeEvents(parts: IntakeHttpParts, request: FastifyRequest, reply: FastifyReply, lenient: boolean) {
  const { received: body, declaredType, headers, source } = request;
  if (body?.isTooLarge) throw tooLarge(body.sizeBytes);
  const bytes = await admitted(parts.door, request, body?.bytes ?? Buffer.alloc(0));
  refuseFullDisk(parts.disk.current());
  const reading = source && parts.door.readingOf(source);
  if (source !== null && reading !== null) return takeMessages(parts, { source, reading, bytes }, request, reply);
  const charset = refuseType({ contentType: declaredType, bytes }, lenient);
  const idempotencyKey = keyOf(parts.door, source, headers);
  const relayEventId = readRelayEventId(headers['x-roostsync-event-id']);
  const lines = isLines(mediaType(declaredType));
  const received = await parseEventsInTurns(bytes, { lines, charset, turn });
  const isTest = isMarkedTest(headers);
  reply.code(202).header('content-type', jsonType);
  if (isTest && source !== null) {
    await parts.sawTest(source);
    return reply.send(JSON.stringify({ test: true, events: received.events.length }));
  }
  const accepted = await parts.accept({ received, origin: source, idempotencyKey, relayEventId });
  return reply.send(acceptedBody(accepted, received.form));
}

/**
 * The body of a request that is from its source, as its sender wrote it. What was signed may be that, or what it was
 * compressed to: one program signs before, another after.
 *
 * @throws IntakeRefusal 401, 413, 415
 */
async function admitted(door: SourceDoor, request: FastifyRequest, bytes: Buffer): Promise<Buffer> {
  const { headers, source } = request;
  const encoding = encodingOf(headers['content-encoding']);
  if (encoding === '') {
    if (source !== null) door.admit(source, { headers, bytes });
    return bytes;
  }
  const written = await unpacked(bytes, encoding, mostBytes);
  // What is kept of a refusal can be read.
  request.received = { bytes: written, sizeBytes: bytes.length, isTooLarge: false };
  if (source === null) return written;
  try {
    door.admit(source, { headers, bytes });
  } catch (error) {
    if (!(error instanceof IntakeRefusal) || error.status !== 401) throw error;
    door.admit(source, { headers, bytes: written });
  }
  return written;
}

/** It is a matter of moments: those that are under way are stored, or were refused, by then. */
const tooManyUnderWay = (): IntakeRefusal =>
  new IntakeRefusal(503, 'cannot_store', sentence('refusal.too_many_under_way'), { retryAfterS: 2 });

const isMarkedTest = (headers: FastifyRequest['headers']): boolean =>
  String(headers['x-roostsync-test']).toLowerCase() === 'true';

interface Posted {
  readonly source: KnownSource;
  readonly reading: MessageReading;
  readonly bytes: Uint8Array;
}

/** Of a source with a shape, or that is being set up: whatever comes is acknowledged, and what is no event is kept. */
async function takeMessages(
  { takes, sawTest, door }: IntakeHttpParts,
  { source, reading, bytes }: Posted,
  { headers, declaredType }: FastifyRequest,
  reply: FastifyReply,
) {
  const fields = await fieldsOfParts(bytes, declaredType);
  const raws = fields === null ? postedMessages(bytes, declaredType) : [fields];
  reply.code(202).header('content-type', jsonType);
  if (isMarkedTest(headers)) {
    const [first = ''] = raws;
    const outcome = await takes.preview(source, reading, first);
    await sawTest(source);
    return reply.send(testedBody(outcome));
  }
  const key = keyOf(door, source, headers);
  const messages = raws.map((raw, i) => ({
    raw,
    origin: raws.length === 1 ? '' : `[${i}]`,
    key: key === null ? null : `request:${key}:${i}`,
  }));
  return reply.send(takenBody(await takes.take(source, reading, messages)));
}

const sourceByToken = (access: SourceAccess, tokens: readonly string[]): KnownSource | null => {
  const known = tokens.flatMap((token) => access.byToken(token) ?? []);
  return known.find(({ revokedAt }) => revokedAt === null) ?? known[0] ?? null;
};

function knownOrRefused(request: FastifyRequest, source: KnownSource | null): KnownSource {
  if (source === null) throw notAuthorized(sentence('refusal.unknown_token'));
  request.source = source;
  if (source.revokedAt !== null) throw notAuthorized(sentence('refusal.source_revoked'));
  return source;
}

const notAuthorized = (says: Sentence): IntakeRefusal =>
  new IntakeRefusal(401, 'not_authorized', says, {
    member: 'Authorization',
    expected: 'Bearer and the token of a source; or the token as the password of Basic, or as X-Api-Key',
  });

/** Whoever can name a source is told, and shown, like one: it is a slip in the address. */
function notFound(access: SourceAccess, request: FastifyRequest): IntakeRefusal {
  const secret = /^\/+v1\/+in\/+([^/?]+)/.exec(request.url)?.[1];
  const source =
    (secret === undefined ? null : access.bySecretPath(secret)) ?? sourceByToken(access, tokensOf(request.headers));
  if (source !== null && source.revokedAt === null) request.source = source;
  // Never the address itself: it may be a secret path with a slip of the pen.
  const isPost = /^\/+v1\/+(?:events\/*(?:\?|$)|in\/)/.test(request.url);
  return isPost && request.method !== 'POST'
    ? new IntakeRefusal(405, 'method_not_allowed', sentence('refusal.use_post'), { expected: 'POST' })
    : new IntakeRefusal(404, 'not_found', sentence('refusal.nothing_here'));
}

function refuse(parts: IntakeHttpParts, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = asRefusal(error, (unexpected) =>
    parts.logger.error({ error: unexpected instanceof Error ? unexpected.stack : String(unexpected) }, 'intake failed'),
  );
  // Who comes again with it has nothing to mend.
  if (!request.isTooMany) keep(parts.refusals, refusal, request);
  if (refusal.retryAfterS !== undefined) reply.header('retry-after', String(refusal.retryAfterS));
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer');
  if (refusal.status === 405) reply.header('allow', 'POST');
  return reply.code(refusal.status).header('content-type', jsonType).send(refusalBody(refusal));
}

/** Of a source, everything; of nobody known, that something was refused, unless there is nothing at its address. */
function keep(refusals: Pick<RefusalLog, 'keep'>, refusal: IntakeRefusal, request: FastifyRequest): void {
  const { source, received, method } = request;
  const isKnown = source !== null && source.revokedAt === null;
  if (!isKnown && (method !== 'POST' || refusal.status === 404)) return;
  const kept = {
    method,
    path: keptPath(request.url),
    address: request.ip,
    lines: isLines(mediaType(request.declaredType)),
    headers: keptHeaders({ ...request.headers, 'content-type': request.declaredType }),
  };
  const bytes = received?.bytes ?? Buffer.alloc(0);
  refusals.keep(source?.no ?? null, refusal, isKnown, { request: kept, bytes, sizeBytes: received?.sizeBytes ?? 0 });
}
