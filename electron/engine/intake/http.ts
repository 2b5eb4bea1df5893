/**
 * The intake's routes: `POST /v1/events` and `POST /v1/in/<secret>`, health, status and the OpenAPI document.
 * `202` means that the events and their deliveries are on the disk.
 */
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestHookHandler,
  preParsingHookHandler,
} from 'fastify';
import fastify from 'fastify';
import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { Logger } from '../ports.ts';
import type { Accept } from './accept.ts';
import { acceptedBody, asRefusal, diskNearlyFull, diskUnusable, unsupportedType } from './answers.ts';
import { charsetOf } from './charset.ts';
import type { DiskWatch } from './disk.ts';
import { readIdempotencyKey } from './keys.ts';
import { openApiDocument } from './openapi.ts';
import { mostBytes, parseEventsInTurns } from './parse.ts';
import { IntakeRefusal, refusalBody } from './refusal.ts';
import type { RefusalLog } from './refusal-log.ts';
import { type KnowsHost, refuseBrowsers } from './request-guard.ts';
import type { KnownSource, SourceAccess } from './source-access.ts';

export interface IntakeHttpParts {
  readonly accept: Accept;
  readonly access: SourceAccess;
  readonly refusals: Pick<RefusalLog, 'keep'>;
  readonly disk: Pick<DiskWatch, 'current' | 'sawTrouble' | 'sawSuccess'>;
  readonly logger: Logger;
  readonly version: string;
  /** The body of `GET /v1/status`. */
  readonly status: () => Promise<object>;
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
  }
}

const jsonType = 'application/json; charset=utf-8';
const postTypes = /^application\/(?:(?:[\w.-]+\+)?json|x-ndjson|ndjson|jsonl|x-jsonlines)$/;
const lineTypes = /^application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines)$/;

/** A server with the intake's routes; it listens nowhere yet. */
export function createIntakeServer(parts: IntakeHttpParts, options: ListenerOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: mostBytes,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    ...(options.tls === undefined ? {} : { https: options.tls }),
  }) as unknown as FastifyInstance;
  app.decorateRequest('source', null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', (request, _reply, done) => {
    refuseBrowsers(request.headers, options.knowsHost);
    options.check?.(request);
    done();
  });
  app.setErrorHandler((error, request, reply) => refuse(parts, error, request, reply));
  app.setNotFoundHandler((request, reply) => refuse(parts, notFound(request), request, reply));
  addRoutes(app, parts, options);
  return app;
}

function addRoutes(app: FastifyInstance, parts: IntakeHttpParts, options: ListenerOptions): void {
  const { access, version } = parts;
  const byToken: onRequestHookHandler = (request, _reply, done) => {
    request.source = knownOrRefused(request, access.byToken(bearerToken(request)));
    done();
  };
  const bySecretPath: onRequestHookHandler = (request, _reply, done) => {
    const { secret } = request.params as { secret: string };
    request.source = knownOrRefused(request, access.bySecretPath(secret));
    done();
  };
  const storable =
    (lenient: boolean): preParsingHookHandler =>
    (request, _reply, payload, done) => {
      refuseFullDisk(parts.disk);
      refuseType(request, lenient);
      done(null, payload);
    };
  const take = (request: FastifyRequest, reply: FastifyReply) => takeEvents(parts, request, reply);

  app.post('/v1/events', { onRequest: byToken, preParsing: storable(false) }, take);
  app.post('/v1/in/:secret', { onRequest: bySecretPath, preParsing: storable(true) }, take);
  app.get('/v1/health', (_request, reply) => {
    const { state } = parts.disk.current();
    const body = JSON.stringify({ status: 'ok', version, takes_events: state === 'ok', disk: state });
    return reply.header('content-type', jsonType).send(body);
  });
  const statusOptions = options.statusNeedsToken ? { onRequest: byToken } : {};
  app.get('/v1/status', statusOptions, async (_request, reply) => {
    const body = JSON.stringify(await parts.status());
    return reply.header('content-type', jsonType).send(body);
  });
  const openApi = JSON.stringify(openApiDocument(version));
  app.get('/v1/openapi.json', (_request, reply) => reply.header('content-type', jsonType).send(openApi));
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function takeEvents(parts: IntakeHttpParts, request: FastifyRequest, reply: FastifyReply) {
  const idempotencyKey = readIdempotencyKey(request.headers['idempotency-key']);
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const received = await parseEventsInTurns(body, {
    lines: lineTypes.test(mediaType(request)),
    charset: charsetOf(request.headers['content-type'] ?? ''),
    turn,
  });
  const accepted = await parts.accept({ received, origin: request.source, idempotencyKey });
  parts.disk.sawSuccess();
  return reply.code(202).header('content-type', jsonType).send(acceptedBody(accepted, received.form));
}

function bearerToken(request: FastifyRequest): string {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token !== undefined) return token;
  throw notAuthorized(sentence('refusal.no_token'));
}

function knownOrRefused(request: FastifyRequest, source: KnownSource | null): KnownSource {
  if (source === null) throw notAuthorized(sentence('refusal.unknown_token'));
  request.source = source;
  if (source.revokedAt !== null) throw notAuthorized(sentence('refusal.source_revoked'));
  return source;
}

const notAuthorized = (says: Sentence): IntakeRefusal =>
  new IntakeRefusal(401, 'not_authorized', says, {
    member: 'Authorization',
    expected: 'Bearer and the token of a source',
  });

function refuseFullDisk(disk: IntakeHttpParts['disk']): void {
  const { state } = disk.current();
  if (state === 'low') throw diskNearlyFull();
  if (state !== 'ok') throw diskUnusable(state);
}

const mediaType = (request: FastifyRequest): string =>
  (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** @param lenient a PMS that cannot set headers may leave the type out, or say plain text */
function refuseType(request: FastifyRequest, lenient: boolean): void {
  const type = mediaType(request);
  const isKnown = postTypes.test(type) || (lenient && (type === '' || type === 'text/plain'));
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(request.headers['content-type'] ?? '')?.[1]?.toLowerCase();
  const isText = charset === undefined || charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii';
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (!isKnown || !isText || encoding !== 'identity') throw unsupportedType();
}

function notFound(request: FastifyRequest): IntakeRefusal {
  // Never the address itself: it may be a secret path with a slip of the pen.
  const isPost = request.url === '/v1/events' || request.url.startsWith('/v1/in/');
  return isPost && request.method !== 'POST'
    ? new IntakeRefusal(405, 'method_not_allowed', sentence('refusal.use_post'), { expected: 'POST' })
    : new IntakeRefusal(404, 'not_found', sentence('refusal.nothing_here'));
}

function refuse(parts: IntakeHttpParts, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = asRefusal(error, (unexpected) =>
    parts.logger.error({ error: unexpected instanceof Error ? unexpected.stack : String(unexpected) }, 'intake failed'),
  );
  noteDiskTrouble(parts.disk, refusal.cause);
  if (request.method === 'POST' && refusal.status !== 404) parts.refusals.keep(request.source?.no ?? null, refusal);
  if (refusal.retryAfterS !== undefined) reply.header('retry-after', String(refusal.retryAfterS));
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer');
  if (refusal.status === 405) reply.header('allow', 'POST');
  return reply.code(refusal.status).header('content-type', jsonType).send(refusalBody(refusal));
}

function noteDiskTrouble(disk: IntakeHttpParts['disk'], cause: unknown): void {
  if (!(cause instanceof RelayError)) return;
  if (cause.code === 'store_full') disk.sawTrouble('full');
  else if (cause.detail?.startsWith('SQLITE_READONLY')) disk.sawTrouble('read_only');
}
