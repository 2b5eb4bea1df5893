/** The command line's ends in a real process: its standard streams and its environment. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { CliIo } from './io.ts';

/** For the one command of this process: it ends where nobody reads what it writes any more. */
export function processIo(): CliIo {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', endWithReader);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    input: process.stdin,
    environment: process.env,
    isTerminal: process.stderr.isTTY === true,
    drained: async () => {
      if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
    },
  };
}

/** `… | head` closes the pipe when it has seen enough: no error of ours. */
function endWithReader(error: NodeJS.ErrnoException): void {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
}

/**
 * Resolves when everything written to the streams has left the process, or cannot any more: a pipe takes it
 * piece by piece, and a process that is ended before takes the rest with it.
 */
export async function whenDrained(streams: readonly Writable[]): Promise<void> {
  await Promise.all(streams.map((stream) => new Promise<void>((resolve) => stream.write('', () => resolve()))));
}
