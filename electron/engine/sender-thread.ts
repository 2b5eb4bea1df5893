/**
 * Entry of the sending thread: HTTP and TLS beside the delivering thread. The composition root names this file
 * (bundles carry it as a file of its own).
 */
import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import type { SenderThreadData } from './sending/sender-protocol.ts';
import { serveSender } from './sending/sender-service.ts';

// After a thousand calls V8 compiles the way out of WebAssembly anew, here of the HTTP client's parser. Where threads of the
// process have come and gone, that can end the process (`Check failed: jit_page.has_value()` in
// Runtime_TierUpWasmToJSWrapper, V8 13.6, seen; https://github.com/nodejs/node/issues/64500 is its like). It saves nothing
// that can be measured here, so it never happens.
setFlagsFromString('--wasm-wrapper-tiering-budget=1000000000');

if (parentPort) serveSender(parentPort, workerData as SenderThreadData);
