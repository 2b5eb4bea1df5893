/**
 * Entry of a reader thread: long reads beside the delivering thread, on a connection of their own. The
 * composition root names this file (bundles carry it as a file of its own).
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { ReaderThreadData } from './log/reader/reader-protocol.ts';
import { serveReader } from './log/reader/reader-service.ts';

if (parentPort) {
  serveReader(parentPort, workerData as ReaderThreadData).catch((error: unknown) => {
    // Ends the thread: whoever started it hears of it, and starts another.
    setImmediate(() => {
      throw error;
    });
  });
}
