/**
 * The routes that the command line operates the engine by: on loopback only, with the token of `control.json`.
 * One route for all calls of shared/api.ts, and a few for what is no call: many events, an export, a window, its end.
 */
import { hash } from 'node:crypto';
import { userInfo } from 'node:os';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { engineCalls, RelayError, type Result } from '../../../shared/api.ts';
import type { Actor } from '../../../shared/domain.ts';
import { inputError } from '../../../shared/input.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { Accept } from '../intake/accept.ts';
import { orRelayError } from '../intake/emit.ts';
import { parseEvents } from '../intake/parse.ts';
import { IntakeRefusal } from '../intake/refusal.ts';
import { tooLarge } from '../intake/reply.ts';
import { resultOf } from '../result-of.ts';
import { bootHeader } from './control-headers.ts';
import { challengePattern, giveWayPath, helloPath, proofOf } from './control-hello.ts';
import { readEmitBody } from './emit-body.ts';

/** `file`: where whoever asks writes it, for the audit alone. */
const exportRequest = engineCalls['export.start'].input.extend({ file: z.string().max(4096).nullable().default(null) });
export type ExportRequest = z.output<typeof exportRequest>;

export interface ControlParts {
  readonly callUnparsed: (name: string, input: unknown, actor: Actor) => Promise<Result<unknown>>;
  readonly accept: Accept;
  readonly exportStream: (request: ExportRequest, actor: Actor) => AsyncIterable<string | Uint8Array>;
  readonly openWindow?: () => string | Promise<string>;
  /** Ends this engine, since another one wants the folder; absent where it means to stay. */
  readonly giveWay?: () => void;
  /** Told of an error that nobody foresaw, of what is no call. */
  readonly unexpected: (error: unknown) => void;
  readonly token: string;
  readonly bootId: string;
}

/** A call's input can hold an event of 1 MB as text, escaped. */
const mostBytes = 8_388_608;
const jsonType = 'application/json; charset=utf-8';

const exportTypes = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export function addControlRoutes(app: FastifyInstance, parts: ControlParts): void {
  const expected = hash('sha256', parts.token, 'hex');
  const actor: Actor = { account: userInfo().username, surface: 'command_line' };

  app.post<{ Querystring: { challenge?: unknown } }>(helloPath, async ({ query: { challenge } }, reply) => {
    if (typeof challenge !== 'string' || !challengePattern.test(challenge)) {
      throw new IntakeRefusal(404, 'not_found', sentence('refusal.nothing_here'));
    }
    return reply.header('content-type', 'text/plain; charset=utf-8').send(proofOf(parts.token, challenge));
  });

  app.register((control, _options, done) => {
    control.addHook('onRequest', (request, reply, next) => {
      reply.header(bootHeader, parts.bootId);
      const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      // Hashes of equal length are compared, and tell nothing of the token by the time that takes.
      if (hash('sha256', token, 'hex') !== expected) {
        throw new IntakeRefusal(401, 'not_authorized', sentence('refusal.control_token'));
      }
      next();
    });
    control.addHook('preHandler', (request, _reply, next) => {
      if (request.received?.isTooLarge) throw tooLarge(request.received.sizeBytes);
      next();
    });
    const options = { bodyLimit: mostBytes };

    control.post<{ Params: { name: string } }>('/control/:name', options, async (request, reply) => {
      const result = await resultOf(async () => jsonBody(request));
      const answered = result.ok ? await parts.callUnparsed(request.params.name, result.value, actor) : result;
      return reply.header('content-type', jsonType).send(JSON.stringify(answered));
    });

    control.post('/control/emit', options, async (request, reply) => {
      const result = await resultOf(() => orRelayError(() => emit(parts.accept, request)), parts.unexpected);
      return reply.header('content-type', jsonType).send(JSON.stringify(result));
    });

    control.post('/control/export', options, async (request, reply) => {
      const parsed = exportRequest.safeParse(jsonBody(request));
      if (!parsed.success) throw new IntakeRefusal(400, 'bad_member', inputError('export', parsed.error).says);
      // What is refused is refused before the first byte.
      const result = await resultOf(() => parts.exportStream(parsed.data, actor), parts.unexpected);
      if (!result.ok) return reply.code(400).header('content-type', jsonType).send(JSON.stringify(result));
      return reply
        .header('content-type', exportTypes[parsed.data.format])
        .send(Readable.from(result.value, { objectMode: false }));
    });

    control.post('/control/open', options, async (_request, reply) => {
      const result = await resultOf(async () => {
        if (parts.openWindow) return { url: await parts.openWindow() };
        throw new RelayError('not_possible', sentence('problem.window_of_desktop'));
      }, parts.unexpected);
      return reply.header('content-type', jsonType).send(JSON.stringify(result));
    });
    control.post(giveWayPath, options, async (_request, reply) => {
      const result = await resultOf(() => {
        if (parts.giveWay === undefined) throw new RelayError('not_possible', sentence('problem.stays'));
        // Answered first: what ends also ends this connection.
        reply.raw.once('close', parts.giveWay);
        return null;
      }, parts.unexpected);
      return reply.header('content-type', jsonType).header('connection', 'close').send(JSON.stringify(result));
    });
    done();
  });
}

async function emit(accept: Accept, request: FastifyRequest) {
  const { ids, events } = readEmitBody(bytesOf(request));
  return accept({ received: parseEvents(events, false), origin: null, idempotencyKey: null, eventIds: ids });
}

const bytesOf = (request: FastifyRequest): Buffer => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));

function jsonBody(request: FastifyRequest): unknown {
  try {
    return JSON.parse(bytesOf(request).toString('utf8') || '{}');
  } catch (cause) {
    throw new RelayError('bad_input', sentence('problem.input_not_json'), { cause });
  }
}
