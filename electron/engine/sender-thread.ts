/**
 * Entry of the sending thread: HTTP and TLS beside the delivering thread. The composition root names this file
 * (bundles carry it as a file of its own).
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { SenderThreadData } from './dispatch/sender-protocol.ts';
import { serveSender } from './dispatch/sender-service.ts';

if (parentPort) serveSender(parentPort, workerData as SenderThreadData);
