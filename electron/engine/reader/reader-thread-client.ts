/**
 * The delivering thread's side of a reader thread: typed calls matched by `callId`, streams that are asked for
 * chunk by chunk, and a new thread where one dies. Reads change nothing, so what was under way is asked again
 * once.
 */
import { Worker } from 'node:worker_threads';
import { RelayError, relayErrorOf } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type LoadingThread, loadingThread } from '../loading-thread.ts';
import type { Mishaps } from '../mishaps.ts';
import type { Clock } from '../ports.ts';
import { createThreadLives } from '../thread-lives.ts';
import type { Present } from './present.ts';
import type { FromReader, ReaderThreadData, StreamChunk, ToReader } from './reader-protocol.ts';

/** Calls by name: what goes in, and what comes out. */
export type ReaderCalls = Record<string, { readonly input: unknown; readonly output: unknown }>;

export interface ReaderThread<Calls extends ReaderCalls> {
  /** @throws RelayError as the call itself does, or `internal` where the thread died twice over it */
  call<Name extends keyof Calls & string>(name: Name, input: Calls[Name]['input']): Promise<Calls[Name]['output']>;
  /** Chunks of a call that streams; leaving the loop ends it. A thread that dies ends it with an error. */
  stream(name: string, input: unknown): AsyncGenerator<StreamChunk, void>;
  /** Starts the thread before the first call, for what it does by itself. */
  start(): void;
  stop(): Promise<void>;
}

export interface ReaderThreadOptions extends ReaderThreadData {
  readonly file: URL;
  readonly clock: Clock;
  readonly mishaps: Pick<Mishaps, 'note'>;
  /** What holds now, sent along with each call. */
  readonly present: () => Present;
  /** Told why a call failed, before whoever asked hears it. @param stack of an error that nobody foresaw */
  readonly failed?: (reason: unknown, stack: string | undefined) => void;
}

interface Waiting {
  readonly message: ToReader;
  readonly stream: boolean;
  lives: number;
  resolve(answer: FromReader): void;
  reject(error: unknown): void;
}

/**
 * It makes much and keeps little: a larger young generation would only hold on to memory. The old one may hold a million
 * guests' names; told no limit, V8 lets what is long dead lie until it is four times what lives.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 };
/** One that tells piece by piece has done with each at once; measured, an export took 25 MB more with the others' 8 MB. */
const streamLimits = { ...resourceLimits, maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 512 };

const restartAfterMs = [0, 100, 1000, 5000];

export function createReaderThread<Calls extends ReaderCalls>(options: ReaderThreadOptions): ReaderThread<Calls> {
  const { file, clock, mishaps, present, dataFolder, role } = options;
  const waiting = new Map<number, Waiting>();
  const lives = createThreadLives(clock, restartAfterMs);
  let nextCallId = 1;
  let worker: Worker | null = null;
  let loading: LoadingThread | null = null;
  let stopped = false;
  let cancelRestart: (() => void) | null = null;

  function start(): void {
    const data: ReaderThreadData = { dataFolder, role };
    const thread = new Worker(file, {
      workerData: data,
      name: `reader-${role}`,
      resourceLimits: role === 'stream' ? streamLimits : resourceLimits,
    });
    thread.unref();
    worker = thread;
    lives.began();
    loading = loadingThread<FromReader>(thread, clock, answered);
    thread.on('error', (error) => mishaps.note(`a reader thread (${role})`, error));
    thread.on('exit', () => {
      if (worker === thread) worker = null;
      if (!stopped) restart();
    });
  }

  function restart(): void {
    for (const [callId, call] of waiting) {
      call.lives -= 1;
      if (call.lives > 0) continue;
      waiting.delete(callId);
      call.reject(new RelayError('internal', sentence('problem.reading_failed')));
    }
    cancelRestart = clock.after(lives.restartAfterMs(), () => {
      cancelRestart = null;
      start();
      for (const { message } of waiting.values()) worker?.postMessage(message);
    });
  }

  function answered(message: FromReader): void {
    const call = waiting.get(message.callId);
    if (!call) return;
    waiting.delete(message.callId);
    if ('error' in message) {
      const reason = relayErrorOf(message.error);
      options.failed?.(reason, message.stack);
      call.reject(reason);
    } else {
      call.resolve(message);
    }
  }

  function ask(message: ToReader, stream: boolean): Promise<FromReader> {
    return new Promise((resolve, reject) => {
      if (stopped) return reject(new RelayError('engine_not_running', sentence('problem.engine_stopping')));
      waiting.set(message.callId, { message, stream, lives: stream ? 1 : 2, resolve, reject });
      if (!worker && !cancelRestart) start();
      worker?.postMessage(message);
    });
  }

  return {
    start() {
      if (!worker && !cancelRestart && !stopped) start();
    },

    async call(name, input) {
      const answer = await ask({ callId: nextCallId++, call: name, input, present: present() }, false);
      return ('value' in answer ? answer.value : null) as never;
    },

    async *stream(name, input) {
      const callId = nextCallId++;
      let answer = await ask({ callId, call: name, input, present: present() }, true);
      try {
        while ('chunk' in answer) {
          yield answer.chunk;
          answer = await ask({ callId, more: true }, true);
        }
      } finally {
        if (!stopped) worker?.postMessage({ callId, stop: true } satisfies ToReader);
      }
    },

    async stop() {
      stopped = true;
      cancelRestart?.();
      for (const call of waiting.values())
        call.reject(new RelayError('engine_not_running', sentence('problem.engine_stopping')));
      waiting.clear();
      await loading?.end();
    },
  };
}
