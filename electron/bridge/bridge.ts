/**
 * The same window in a browser on loopback: its files, its calls over HTTP, its pushes over a WebSocket.
 * Derived from shared/api.ts like the desktop's IPC.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import cookiePlugin from '@fastify/cookie';
import staticPlugin from '@fastify/static';
import websocketPlugin from '@fastify/websocket';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  type CallName,
  callErrorOf,
  engineCalls,
  RelayError,
  type Result,
  type SurfaceCallName,
} from '../../shared/api.ts';
import type { Actor } from '../../shared/domain.ts';
import { isCallName, parseInput } from '../../shared/input.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { windowHeaders } from '../../shared/window-policy.ts';
import { answer, type Clock, type Engine } from '../engine/engine.ts';
import { createBridgeAccess } from './access.ts';
import type { SurfaceHandlers } from './surface-calls.ts';

export interface BridgeOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly surface: SurfaceHandlers;
  readonly port: number;
  /** The built window: index.html and its assets. */
  readonly windowFolder: string;
  readonly dataFolder: string;
}

export interface Bridge {
  /** `http://127.0.0.1:4781` */
  readonly address: string;
  /** An address that opens the window once, within 60 s. */
  openAddress(): string;
  stop(): Promise<void>;
}

const headerName = 'x-roost-relay';
const largestCallBytes = 2 * 1024 * 1024;

/** @throws RelayError `conflict` where the port is taken */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const { engine, port } = options;
  const access = createBridgeAccess(options.clock);
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  const cookieName = `roost_relay_${port}`;
  const actor: Actor = { account: userInfo().username, surface: 'window' };
  const app = Fastify({ bodyLimit: largestCallBytes, logger: false });

  await app.register(cookiePlugin);
  await app.register(websocketPlugin, { options: { maxPayload: 1024 } });
  await app.register(staticPlugin, { root: options.windowFolder, serve: false });

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(windowHeaders);
    // Another page, or a name that somebody points at loopback, must reach nothing here.
    const foreign = request.headers.host !== host || (request.headers.origin ?? origin) !== origin;
    if (foreign) return refuse(reply, 403, 'This address answers only its own page.');
    return undefined;
  });

  const sessionOf = (request: FastifyRequest): string | null => access.headerToken(request.cookies[cookieName]);
  const signedIn = async (request: FastifyRequest, reply: FastifyReply) =>
    sessionOf(request) === null ? refuse(reply, 401, 'Run `roost-relay open` for a new address.') : undefined;
  const withHeader = async (request: FastifyRequest, reply: FastifyReply) => {
    const expected = sessionOf(request);
    if (expected === null) return refuse(reply, 401, 'Run `roost-relay open` for a new address.');
    return request.headers[headerName] === expected ? undefined : refuse(reply, 403, 'The header token is missing.');
  };

  app.get<{ Querystring: { token?: string } }>('/open', async (request, reply) => {
    const cookie = access.redeem(request.query.token ?? '');
    if (cookie === null) return reply.code(403).type('text/html; charset=utf-8').send(lockedPage);
    return reply.setCookie(cookieName, cookie, { httpOnly: true, sameSite: 'strict', path: '/' }).redirect('/', 303);
  });
  app.get('/api/session', { preHandler: signedIn }, async (request) => ({ token: sessionOf(request) }));
  app.get('/api/pushes', { websocket: true, preValidation: signedIn }, (socket) => {
    const stop = engine.onPush((push) => socket.send(JSON.stringify(push)));
    socket.on('close', stop);
  });
  app.post<{ Params: { name: string } }>('/api/:name', { preHandler: withHeader }, async (request) =>
    callAsBrowser(options, request.params.name, request.body, actor),
  );
  app.get<{ Params: { id: string } }>('/exports/:id', { preHandler: signedIn }, async (request, reply) =>
    sendExport(options, request.params.id, actor, reply),
  );
  addPages(app, sessionOf);

  try {
    await app.listen({ host: '127.0.0.1', port });
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new RelayError('conflict', sentence('problem.window_port', { port }), {
      cause: error,
    });
  }
  return {
    address: origin,
    openAddress: () => `${origin}/open?token=${access.newOpenToken()}`,
    stop: () => app.close(),
  };
}

function refuse(reply: FastifyReply, status: number, message: string) {
  return reply.code(status).send({ ok: false, error: { code: 'not_possible', message } });
}

/** The window's files; a path that is none is one of the window's own, and gets the page. */
function addPages(app: FastifyInstance, sessionOf: (request: FastifyRequest) => string | null): void {
  app.get('/*', async (request, reply) => {
    if (sessionOf(request) === null) return reply.code(401).type('text/html; charset=utf-8').send(lockedPage);
    const path = (request.params as { '*': string })['*'];
    if (path.startsWith('assets/')) return reply.sendFile(path, { immutable: true, maxAge: '1y' });
    return reply.header('cache-control', 'no-store').sendFile(/^[\w-]+\.\w+$/.test(path) ? path : 'index.html');
  });
}

const lockedPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Roost Relay</title>
<h1>Roost Relay</h1><p>This window opens with an address that is good for one minute.</p>
<p>Run <code>roost-relay open</code> on this PC and open the address that it prints.</p></html>`;

async function callAsBrowser(
  options: BridgeOptions,
  name: string,
  body: unknown,
  actor: Actor,
): Promise<Result<unknown>> {
  if (!isCallName(name)) {
    return {
      ok: false,
      error: callErrorOf(new RelayError('bad_input', sentence('problem.no_such_call', { call: name }))),
    };
  }
  if (Object.hasOwn(engineCalls, name)) {
    const input = await answer(() => withinDataFolder(name, body ?? {}, options.dataFolder));
    return input.ok ? options.engine.callUnparsed(name, input.value, actor) : input;
  }
  return answer(() => {
    const surfaceCall = name as SurfaceCallName;
    return options.surface[surfaceCall](parseInput(surfaceCall, body ?? {}) as never);
  });
}

/**
 * A browser names no path of this PC: exports and backups go to the data folder's own places, and only a
 * backup that lies there is restored.
 */
function withinDataFolder(name: CallName, body: unknown, dataFolder: string): unknown {
  const file = (body as { file?: unknown }).file;
  if (name === 'backup.restore' && typeof file === 'string') {
    return { ...(body as object), file: join(dataFolder, 'backups', basename(file)) };
  }
  if ((name === 'export.start' || name === 'backup.start') && file !== null && file !== undefined) {
    throw new RelayError('bad_input', sentence('problem.path_in_browser'), {
      member: 'file',
    });
  }
  return body;
}

/** A browser gets what lies in the folders that are made for it; where else a file was written is nobody's to read here. */
const isOwn = (file: string, dataFolder: string): boolean =>
  ['exports', 'backups'].some((folder) => dirname(file) === join(dataFolder, folder));

async function sendExport({ engine, dataFolder }: BridgeOptions, id: string, actor: Actor, reply: FastifyReply) {
  const found = await engine.callUnparsed('jobs.get', { id }, actor);
  const job = found.ok ? (found.value as { kind: string; state: string; file: string | null }) : null;
  if (
    job === null ||
    job.kind === 'resend' ||
    job.state !== 'done' ||
    job.file === null ||
    !isOwn(job.file, dataFolder)
  ) {
    return refuse(reply, 404, 'There is no finished export of that id.');
  }
  const present = await stat(job.file).catch(() => null);
  if (present === null) return refuse(reply, 404, 'The file is not there any more.');
  return reply
    .header('content-disposition', `attachment; filename="${basename(job.file).replaceAll(/[^\w.-]/g, '_')}"`)
    .header('content-length', present.size)
    .type('application/octet-stream')
    .send(createReadStream(job.file));
}
