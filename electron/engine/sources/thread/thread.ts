/**
 * What reads for a source beside the delivering thread: a thread of its own for each, started when it is first asked and
 * ended when nobody has asked for a while. Where it dies, what it was asked is rejected and the next question starts another.
 */
import { Worker } from 'node:worker_threads';
import type { Sentence } from '../../../../shared/domain.ts';
import { type LoadingThread, loadingThread } from '../../loading-thread.ts';
import type { Clock } from '../../ports.ts';
import type { Call, Calls, Role, ThreadAnswer, ThreadQuestion } from './protocol.ts';

export interface SourceThread {
  /** Rejects with {@link ThreadTrouble} where it says what is wrong, else with what was thrown there. */
  ask<Value>(call: string, input: unknown): Promise<Value>;
  close(): Promise<void>;
}

/** What the thread says is wrong, in a sentence that may be shown. */
export class ThreadTrouble extends Error {
  readonly says: Sentence;
  constructor(message: string, says: Sentence) {
    super(message);
    this.name = 'ThreadTrouble';
    this.says = says;
  }
}

export type OpenSourceThread = (role: Role) => SourceThread;

/** Nobody asked for so long: the thread's memory is given back, in milliseconds. */
const idleMs = 30_000;
const resourceLimits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 };

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** @param file entry of the thread; absent: it is done on this thread, as tests without one do */
export function sourceThreads(file: URL | undefined, clock: Pick<Clock, 'after'>): OpenSourceThread {
  return (role) => (file === undefined ? onThisThread(role) : ownThread(file, role, clock));
}

function ownThread(file: URL, role: Role, clock: Pick<Clock, 'after'>): SourceThread {
  const waiting = new Map<number, Waiting>();
  let current: { readonly worker: Worker; readonly loading: LoadingThread } | null = null;
  let nextNo = 1;
  let cancelIdle: (() => void) | null = null;

  function start(): NonNullable<typeof current> {
    const thread = new Worker(file, { workerData: { role }, name: `source ${role}`, resourceLimits });
    thread.unref();
    let problem: unknown = null;
    const started = { worker: thread, loading: loadingThread<ThreadAnswer>(thread, clock, answered) };
    thread.on('error', (error) => {
      problem = error;
    });
    thread.on('exit', () => {
      if (current !== started) return;
      current = null;
      const ended = [...waiting.values()];
      waiting.clear();
      for (const { reject } of ended)
        reject(new Error('the thread that reads for this source ended', { cause: problem }));
    });
    return started;
  }

  function answered(answer: ThreadAnswer): void {
    const asked = waiting.get(answer.no);
    waiting.delete(answer.no);
    if ('value' in answer) asked?.resolve(answer.value as never);
    else asked?.reject(errorOf(answer));
    if (waiting.size === 0) restSoon();
  }

  function restSoon(): void {
    cancelIdle?.();
    cancelIdle = clock.after(idleMs, () => {
      cancelIdle = null;
      if (waiting.size > 0) return;
      const resting = current;
      current = null;
      // It has nothing under way: nothing is lost with it.
      resting?.loading.end().catch(() => {});
    });
  }

  return {
    ask: (call, input) =>
      new Promise((resolve, reject) => {
        cancelIdle?.();
        current ??= start();
        const no = nextNo++;
        waiting.set(no, { resolve, reject });
        current.worker.postMessage({ no, call, input } satisfies ThreadQuestion);
      }),
    async close() {
      cancelIdle?.();
      const ending = current;
      current = null;
      for (const { reject } of waiting.values()) reject(new Error('this source is stopping'));
      waiting.clear();
      await ending?.loading.end();
    },
  };
}

function errorOf({ message, says }: Exclude<ThreadAnswer, { readonly value: unknown }>): Error {
  return says === null ? new Error(message) : new ThreadTrouble(message, says);
}

function onThisThread(role: Role): SourceThread {
  let calls: Promise<Calls> | null = null;
  return {
    async ask(name, input) {
      calls ??= callsOf(role);
      const call: Call | undefined = (await calls)[name];
      if (call === undefined) throw new Error(`no such call: ${name}`);
      try {
        return (await call(input as never)) as never;
      } catch (error) {
        const { says } = error as { readonly says?: Sentence };
        throw says === undefined ? error : new ThreadTrouble(String(error), says);
      }
    },
    async close() {
      await (await calls)?.close?.(undefined as never);
      calls = null;
    },
  };
}

/** What each role can be asked; each loads what it needs alone. */
export async function callsOf(role: Role): Promise<Calls> {
  switch (role) {
    case 'files':
      return (await import('../reading/file-calls.ts')).fileCalls();
    case 'sql':
      // Before the thread says that it has loaded: see loading-thread.ts.
      (await import('../database/sqlite.ts')).loadModule();
      return (await import('../database/sql-calls.ts')).sqlCalls();
  }
}
