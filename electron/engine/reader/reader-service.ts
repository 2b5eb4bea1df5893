/** What runs inside a reader thread: takes calls from its port, answers them, and streams where asked to. */
import type { MessagePort } from 'node:worker_threads';
import { type CallError, callErrorOf, RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { sayLoaded } from '../loading-thread.ts';
import { resultOf } from '../result-of.ts';
import type { Present } from './present.ts';
import type { FromReader, ReaderThreadData, StreamChunk, ToReader } from './reader-protocol.ts';

export type Call = (input: never, present: Present) => unknown;
export type Stream = (input: never, present: Present) => AsyncIterator<StreamChunk>;

/** What one of these threads can do. */
export interface ReaderService {
  readonly calls: Record<string, Call>;
  readonly streams: Record<string, Stream>;
}

/** @param serviceOf loads what the thread's role needs, and no more: one of these threads is always there */
export async function serveReader(
  port: MessagePort,
  data: ReaderThreadData,
  serviceOf: (data: ReaderThreadData) => Promise<ReaderService>,
): Promise<void> {
  // What comes meanwhile waits in the port until somebody listens.
  const { calls, streams } = await serviceOf(data);
  sayLoaded(port);
  const open = new Map<number, AsyncIterator<StreamChunk>>();

  const send = (message: FromReader, moved: ArrayBuffer[] = []) => port.postMessage(message, moved);

  async function reply(callId: number, handle: () => unknown): Promise<void> {
    let unexpected: unknown = null;
    const result = await resultOf(handle, (error) => {
      unexpected = error;
    });
    send(result.ok ? { callId, value: result.value } : failed(callId, result.error, unexpected));
  }

  async function nextChunk(callId: number): Promise<void> {
    const stream = open.get(callId);
    let unexpected: unknown = null;
    const result = await resultOf(
      () => stream?.next() ?? { done: true as const, value: undefined },
      (error) => {
        unexpected = error;
      },
    );
    if (result.ok && result.value.done !== true) {
      const { bytes, rows } = result.value.value;
      // A copy of its own, so that it can be moved rather than copied again.
      const moved = new Uint8Array(bytes);
      return send({ callId, chunk: { bytes: moved, rows } }, [moved.buffer]);
    }
    open.delete(callId);
    send(result.ok ? { callId, value: null } : failed(callId, result.error, unexpected));
  }

  /** What cannot even be carried back is still an answer: nobody waits for ever. */
  const notTold = (callId: number) => (error: unknown) =>
    send({
      callId,
      error: callErrorOf(new RelayError('internal', sentence('problem.reading_failed'), { detail: String(error) })),
    });

  const goOn = (callId: number): void => void nextChunk(callId).catch(notTold(callId));

  port.on('message', (message: ToReader) => {
    const { callId } = message;
    if ('more' in message) return goOn(callId);
    if ('stop' in message) {
      open
        .get(callId)
        ?.return?.()
        .catch(() => undefined);
      open.delete(callId);
      return;
    }
    const { call, input, present } = message;
    const stream = streams[call];
    if (stream) {
      open.set(callId, stream(input as never, present));
      return goOn(callId);
    }
    reply(callId, () => {
      const handle = calls[call];
      if (!handle) throw new Error(`a reader thread knows no call ${call}`);
      return handle(input as never, present);
    }).catch(notTold(callId));
  });
}

const failed = (callId: number, error: CallError, unexpected: unknown): FromReader =>
  unexpected === null
    ? { callId, error }
    : { callId, error, stack: (unexpected instanceof Error ? unexpected.stack : undefined) ?? String(unexpected) };
