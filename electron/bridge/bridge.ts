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
import websocketPlugin, { type WebSocket } from '@fastify/websocket';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  type CallError,
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
import { type AskedByPage, meetPath, secretPattern, sessionHeader } from '../../shared/window-session.ts';
import { type Clock, type Engine, resultOf } from '../engine/engine.ts';
import { closeSoon, listenOn } from '../engine/listen.ts';
import { watchStrangers } from '../engine/strangers.ts';
import { createOpenTokens } from './open-tokens.ts';
import type { SurfaceHandlers } from './surface-calls.ts';

export interface BridgeOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly surface: SurfaceHandlers;
  readonly port: number;
  /** The built window: index.html and its assets. */
  readonly windowFolder: string;
  readonly dataFolder: string;
  /** The command that prints a new address, as it can be pasted on this PC. */
  readonly openCommand: string;
}

export interface Bridge {
  /** `http://127.0.0.1:4781` */
  readonly address: string;
  /** An address that opens the window once, within 60 s. */
  openAddress(): string;
  stop(): Promise<void>;
}

/** For a request to come whole, in milliseconds. */
const longestRequestMs = 30_000;
/** For a socket's first word. */
const longestSilenceMs = 5_000;
const largestCallBytes = 2 * 1024 * 1024;

/** @throws RelayError `conflict` where the port is taken */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const { engine, port } = options;
  const { windowSessions } = engine;
  const openTokens = createOpenTokens(options.clock);
  const downloads = createOpenTokens(options.clock);
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  const cookieName = `roost_relay_${port}`;
  const { username } = userInfo();
  const actorOf = (request: FastifyRequest): Actor => ({
    account: username,
    surface: 'window',
    session: windowSessions.ofCookie(cookieOf(request)) ?? '',
  });
  const app = Fastify({ bodyLimit: largestCallBytes, requestTimeout: longestRequestMs, logger: false });

  const strangers = watchStrangers(app.server, options.clock);
  const cookieOf = (request: FastifyRequest) => request.cookies[cookieName];

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

  // The page's code is over the text, so that what it says is what it sent.
  const texts = new WeakMap<FastifyRequest, string>();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    texts.set(request, String(text));
    return parse(request, String(text), done);
  });

  const over = `Run \`${options.openCommand}\` for a new address.`;
  const sessionOf = (request: FastifyRequest, shown: unknown, body: string): string | null => {
    const asked: AskedByPage = { origin, method: request.method, path: request.url, body };
    const session = windowSessions.of(cookieOf(request), typeof shown === 'string' ? shown : undefined, asked);
    if (session !== null) strangers.isKnown(request.raw.socket);
    return session;
  };
  // A cookie alone is nothing: the browser hands it to every server on this PC.
  const signedIn = async (request: FastifyRequest, reply: FastifyReply) => {
    if (sessionOf(request, request.headers[sessionHeader], texts.get(request) ?? '') !== null) return undefined;
    return refuse(reply, 401, over, options.openCommand);
  };
  const withCookie = async (request: FastifyRequest, reply: FastifyReply) =>
    windowSessions.ofCookie(cookieOf(request)) === null ? refuse(reply, 401, over, options.openCommand) : undefined;

  app.get<{ Querystring: { token?: unknown } }>('/open', async (request, reply) => {
    if (!openTokens.redeem(request.query.token)) {
      return reply.code(403).type('text/html; charset=utf-8').send(lockedPage(options.openCommand));
    }
    const opened = await resultOf(() => windowSessions.open(request.headers['user-agent'] ?? ''));
    if (!opened.ok) {
      const page = await closedPage(opened.error, options.openCommand);
      return reply.code(503).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
    }
    const { cookie, key } = opened.value;
    // What stands behind # reaches no server: the page keeps it in its own origin's storage.
    return reply
      .header('cache-control', 'no-store')
      .setCookie(cookieName, cookie, { httpOnly: true, sameSite: 'strict', path: '/' })
      .redirect(`/#key=${key}`, 303);
  });
  // Before a page says anything, it asks who answers.
  app.post<{ Querystring: { challenge?: unknown } }>(meetPath, async (request, reply) => {
    const { challenge } = request.query;
    if (typeof challenge !== 'string' || !secretPattern.test(challenge)) return refuse(reply, 400, 'No challenge.');
    return windowSessions.meet(cookieOf(request), origin, challenge) ?? refuse(reply, 401, over, options.openCommand);
  });
  app.get('/api/pushes', { websocket: true, preValidation: withCookie }, (socket, request) =>
    pushTo(socket, engine, (shown) => sessionOf(request, shown, '')),
  );
  app.post<{ Params: { name: string } }>(
    '/api/:name',
    { onRequest: withCookie, preHandler: signedIn },
    async (request) => callAsBrowser(options, request.params.name, request.body, actorOf(request)),
  );
  /** One file for one session: whoever may have a redacted export has not asked for a full one. */
  const ticketFor = (request: FastifyRequest): string =>
    JSON.stringify([(request.params as { id: string }).id, actorOf(request).session]);
  // A download is a navigation, which carries no key: a ticket for this one, good once, stands for it.
  app.post<{ Params: { id: string } }>(
    '/exports/:id',
    { onRequest: withCookie, preHandler: signedIn },
    async (request, reply) => {
      const { id } = request.params;
      const allowed = await engine.callUnparsed('jobs.download', { id }, actorOf(request));
      if (!allowed.ok) return reply.code(403).send(allowed);
      return { address: `exports/${encodeURIComponent(id)}?ticket=${downloads.make(ticketFor(request))}` };
    },
  );
  app.get<{ Params: { id: string }; Querystring: { ticket?: unknown } }>(
    '/exports/:id',
    { preHandler: withCookie },
    async (request, reply) =>
      downloads.redeem(request.query.ticket, ticketFor(request))
        ? sendExport(options, request.params.id, actorOf(request), reply)
        : refuse(reply, 403, 'This download was not asked for in the window.'),
  );
  addPages(app, (request) => windowSessions.ofCookie(cookieOf(request)) !== null, lockedPage(options.openCommand));

  try {
    await listenOn(app, '127.0.0.1', port, 'window');
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    address: origin,
    openAddress: () => `${origin}/open?token=${openTokens.make()}`,
    stop: () => closeSoon(app),
  };
}

/** @param command what a person runs to get in again */
function refuse(reply: FastifyReply, status: number, message: string, command?: string) {
  return reply.code(status).send({ ok: false, error: { code: 'not_possible', message }, command });
}

/**
 * A socket shows whose it is before it is told anything; one whose session has ended is told nothing more.
 * @param sessionOf by its first word
 */
function pushTo(socket: WebSocket, engine: Engine, sessionOf: (shown: string) => string | null): void {
  let stop = () => {};
  const late = setTimeout(() => socket.close(), longestSilenceMs);
  socket.once('message', (shown: Buffer) => {
    clearTimeout(late);
    const session = sessionOf(String(shown));
    if (session === null) return socket.close();
    stop = engine.onPush((push) => {
      if (!engine.windowSessions.isOpen(session)) return socket.close();
      const says = push.name === 'changed' || push.name === 'engine' || push.name === 'preferences';
      // Of a locked window nothing that may name a guest.
      if (says || !engine.isLocked({ account: '', surface: 'window', session })) socket.send(JSON.stringify(push));
    });
  });
  socket.on('close', () => {
    clearTimeout(late);
    stop();
  });
}

/** The window's files; a path that is none is one of the window's own, and gets the page. */
function addPages(app: FastifyInstance, isSignedIn: (request: FastifyRequest) => boolean, locked: string): void {
  app.get('/*', async (request, reply) => {
    if (!isSignedIn(request)) return reply.code(401).type('text/html; charset=utf-8').send(locked);
    const path = (request.params as { '*': string })['*'];
    if (path.startsWith('assets/')) return reply.sendFile(path, { immutable: true, maxAge: '1y' });
    return reply.header('cache-control', 'no-store').sendFile(/^[\w-]+\.\w+$/.test(path) ? path : 'index.html');
  });
}

const lockedPage = (
  command: string,
): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Roost Relay</title>
<h1>Roost Relay</h1><p>This window opens with an address that is good for one minute.</p>
<p>Run <code>${inHtml(command)}</code> on this PC and open the address that it prints.</p></html>`;

/** Why there is no window, in both languages: which one is read here is known in the window. */
async function closedPage({ says }: CallError, command: string): Promise<string> {
  // Loaded only here: what renders Filipino is not needed otherwise.
  const { renderSentence } = await import('../../shared/sentences/index.ts');
  const sentences = [sentence('problem.window_not_opened'), says, sentence('problem.window_open_again', { command })];
  const paragraphs = (['en', 'fil'] as const).map((language) => {
    const said = sentences.map((one) => renderSentence(one, language, { timeZone: 'UTC' }));
    return `<p lang="${language}">${inHtml(said.join(' '))}</p>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Roost Relay</title>
<h1>Roost Relay</h1>${paragraphs.join('\n')}</html>`;
}

const inHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

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
    const input = await resultOf(() => withinDataFolder(name, body ?? {}, options.dataFolder));
    return input.ok ? options.engine.callUnparsed(name, input.value, actor) : input;
  }
  return resultOf(() => {
    const surfaceCall = name as SurfaceCallName;
    return options.surface[surfaceCall](parseInput(surfaceCall, body ?? {}) as never);
  });
}

/** Calls that write a file: a page in a browser names none. */
const writesFile: ReadonlySet<string> = new Set(['export.start', 'backup.start', 'audit.save', 'support.save']);

/** Calls after which files are written into a folder, by the clock: a page in a browser names none either. */
const writesIntoFolder: ReadonlySet<string> = new Set(['schedules.add', 'schedules.change']);

/**
 * A browser names no path of this PC: exports and backups go to the data folder's own places, and only a
 * backup that lies there is restored.
 */
function withinDataFolder(name: CallName, body: unknown, dataFolder: string): unknown {
  const file = (body as { file?: unknown }).file;
  if (name === 'backup.restore' && typeof file === 'string') {
    return { ...(body as object), file: join(dataFolder, 'backups', basename(file)) };
  }
  if (writesFile.has(name) && file !== null && file !== undefined) {
    throw new RelayError('bad_input', sentence('problem.path_in_browser'), {
      member: 'file',
    });
  }
  const { folder } = (body as { schedule?: { folder?: unknown } | null }).schedule ?? {};
  if (writesIntoFolder.has(name) && folder !== null && folder !== undefined) {
    throw new RelayError('bad_input', sentence('problem.path_in_browser'), { member: 'schedule.folder' });
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
    .header('cache-control', 'no-store')
    .type('application/octet-stream')
    .send(createReadStream(job.file));
}
