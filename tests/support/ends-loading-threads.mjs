/** Starts thread after thread and ends each while it loads a native module; what goes wrong ends this whole process. */
import { Worker } from 'node:worker_threads';
import { loadingThread } from '../../electron/engine/loading-thread.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';

for (let n = 0; n < 20; n += 1) {
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./loading-thread.mjs', import.meta.url), { workerData: begun });
  const thread = loadingThread(worker, systemClock, () => {});
  while (Atomics.load(begun, 0) === 0) await new Promise((resolve) => setImmediate(resolve));
  // At another moment of the loading each time, in milliseconds.
  for (const since = performance.now(); performance.now() - since < n * 0.1; );
  await thread.end();
}
console.log('ended');
