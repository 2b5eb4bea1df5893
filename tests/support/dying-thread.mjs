/** A thread that dies over whatever it is asked. */
import { parentPort } from 'node:worker_threads';

parentPort?.postMessage('loaded');
parentPort?.on('message', () => {
  throw new Error('died over a call');
});
