/**
 * A thread that is ended while it loads a native module takes the whole process with it: the module's own start fails in a
 * way that it cannot report (`FATAL ERROR: Error::New napi_get_last_error_info`, better-sqlite3 13 on Node 24, seen). So a
 * thread says when it has loaded, and is ended no sooner.
 */
import type { MessagePort, Worker } from 'node:worker_threads';
import type { Clock } from './ports.ts';
import { within } from './within.ts';

const loaded = 'loaded';

/** Loading takes a second on a busy PC; what takes longer is stuck, and holds up no end, in milliseconds. */
const loadingMs = 10_000;

/** Called by the thread once everything is loaded that it will ever load of native modules. */
export const sayLoaded = (port: Pick<MessagePort, 'postMessage'>): void => port.postMessage(loaded);

export interface LoadingThread {
  /** Ends the thread, once it has loaded; resolves when it is gone. */
  end(): Promise<void>;
}

/** @param heard is given whatever the thread says, but that it has loaded */
export function loadingThread<Message>(
  worker: Worker,
  clock: Pick<Clock, 'after'>,
  heard: (message: Message) => void,
): LoadingThread {
  const settled = new Promise<void>((resolve) => {
    worker.on('message', (message: Message | typeof loaded) => (message === loaded ? resolve() : heard(message)));
    worker.once('exit', () => resolve());
  });
  return {
    async end() {
      await within(clock, loadingMs, settled);
      await worker.terminate();
    },
  };
}
