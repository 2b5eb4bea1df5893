/** The engine in a utility process of Electron's. */
import { utilityProcess } from 'electron';
import type { EngineChild } from './engine-supervisor.ts';

/** Longest piece of what a crashing engine printed that is kept in the log. */
const keptOutput = 4000;

/** @param bundle the built engine-process.ts */
export function forkEngine(bundle: string, log: (message: string, detail: string) => void): EngineChild {
  const child = utilityProcess.fork(bundle, [], {
    serviceName: 'Roost Relay engine',
    stdio: ['ignore', 'ignore', 'pipe'],
    // Names are looked up in libuv's threads: with its usual four, two names that hang hold up all the others.
    env: { UV_THREADPOOL_SIZE: '16', ...process.env },
  });
  // Out of memory, say: the process ends without a word of its own.
  child.on('error', (type, location) => log('the engine ended', `${type} at ${location}`));
  child.stderr?.on('data', (bytes: Buffer) => log('engine', bytes.toString('utf8').slice(0, keptOutput)));
  return {
    postMessage: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    // Not Electron's own `kill`, which asks with SIGTERM: an engine that hangs may not hear it.
    kill: () => (child.pid === undefined ? child.kill() : process.kill(child.pid, 'SIGKILL')),
  };
}
