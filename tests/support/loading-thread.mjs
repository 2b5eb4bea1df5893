/** A thread that says through shared memory that it begins to load a native module, loads it, and says so. */
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { sayLoaded } from '../../electron/engine/loading-thread.ts';

Atomics.store(workerData, 0, 1);
new Sqlite(':memory:').close();
sayLoaded(parentPort);
