/** The ways in which a receiver answers, the bad ones of the real world among them. */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';

interface PlainAnswer {
  readonly status?: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
  /** Waits so long before the status line. */
  readonly delayMs?: number;
  /** Waits for this before the status line. */
  readonly after?: Promise<void>;
}

interface OddAnswer {
  /**
   * - `hang`: takes the request and is silent
   * - `reset`: cuts the connection without an answer
   * - `reset_mid_answer`: cuts it inside the body
   * - `reset_after_answer`: answers whole, then cuts the connection
   * - `drip`: one byte of the body every `everyMs` (1,000), forever
   * - `gzip_bomb`: `sizeBytes` (64 MiB) of zeros, gzipped
   */
  readonly does: 'hang' | 'reset' | 'reset_mid_answer' | 'reset_after_answer' | 'drip' | 'gzip_bomb';
  readonly status?: number;
  readonly everyMs?: number;
  readonly sizeBytes?: number;
}

export type Answer = PlainAnswer | OddAnswer;

/** A redirect to `location`. */
export const redirectTo = (location: string, status = 302): Answer => ({ status, headers: { location } });

/** Gives `answer`; `reset` cuts the connection below TLS with an RST. */
export async function answerRequest(answer: Answer, response: ServerResponse, reset: () => void): Promise<void> {
  response.on('error', () => undefined);
  if ('does' in answer) return answerOddly(answer, response, reset);
  if (answer.delayMs !== undefined && !(await pause(answer.delayMs, response))) return;
  await answer.after;
  response.writeHead(answer.status ?? 200, answer.headers ?? {});
  response.end(answer.body ?? '');
}

async function answerOddly(answer: OddAnswer, response: ServerResponse, reset: () => void): Promise<void> {
  const status = answer.status ?? 200;
  switch (answer.does) {
    case 'hang':
      return;
    case 'reset':
      return reset();
    case 'reset_mid_answer':
      response.writeHead(status, { 'content-length': 1000 });
      response.write('the first part of an answer', () => setImmediate(reset));
      return;
    case 'reset_after_answer':
      response.writeHead(status);
      response.end('', () => setImmediate(reset));
      return;
    case 'drip':
      response.writeHead(status, { 'content-type': 'text/plain' });
      do response.write('.');
      while (await pause(answer.everyMs ?? 1000, response));
      return;
    case 'gzip_bomb':
      return sendZeros(answer.sizeBytes ?? 64 * 1024 * 1024, status, response);
  }
}

async function sendZeros(sizeBytes: number, status: number, response: ServerResponse): Promise<void> {
  response.writeHead(status, { 'content-type': 'text/plain', 'content-encoding': 'gzip' });
  const gzip = createGzip();
  gzip.on('error', () => undefined);
  gzip.pipe(response);
  response.once('close', () => gzip.destroy());
  const zeros = Buffer.alloc(1024 * 1024);
  for (let sent = 0; sent < sizeBytes && !gzip.destroyed; sent += zeros.length) {
    if (!gzip.write(zeros)) {
      await new Promise<void>((resolve) => {
        gzip.once('drain', resolve);
        gzip.once('close', resolve);
      });
    }
  }
  if (!gzip.destroyed) gzip.end();
}

/** False where the other side has gone away meanwhile. */
function pause(ms: number, response: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve(false);
    const ended = (goOn: boolean) => {
      clearTimeout(timer);
      response.off('close', gone);
      resolve(goOn);
    };
    const gone = () => ended(false);
    const timer = setTimeout(() => ended(true), ms);
    response.once('close', gone);
  });
}
