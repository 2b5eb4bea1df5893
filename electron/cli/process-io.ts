/** The command line's ends in a real process: its standard streams and its environment. */
import { once } from 'node:events';
import { read } from 'node:fs';
import type { Writable } from 'node:stream';
import { promisify } from 'node:util';
import type { Invocation } from '../invocation.ts';
import type { CliIo } from './io.ts';

export interface ProcessIoOptions {
  readonly invocation: Invocation;
  readonly restoreWithoutEngine: CliIo['restoreWithoutEngine'];
  readonly isHeld?: CliIo['isHeld'];
  readonly engineCommand: CliIo['engineCommand'];
  /** Electron on Windows gives a standard input that is at its end at once (electron/electron#21705). */
  readonly readsDescriptor?: boolean;
}

/** For the one command of this process: it ends where nobody reads what it writes any more. */
export function processIo(options: ProcessIoOptions): CliIo {
  const { invocation, restoreWithoutEngine, isHeld, engineCommand, readsDescriptor = false } = options;
  process.stdout.on('error', endWithOutput);
  // Nobody hears why.
  process.stderr.on('error', (error) => process.exit(isClosedPipe(error) ? 0 : 1));
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    input: readsDescriptor ? descriptorInput() : process.stdin,
    inputIsTerminal: !readsDescriptor && process.stdin.isTTY === true,
    environment: process.env,
    isTerminal: process.stderr.isTTY === true,
    columns: terminalColumns(process.stdout.isTTY ? process.stdout.columns : undefined),
    invocation,
    restoreWithoutEngine,
    isHeld,
    engineCommand,
    drained: async () => {
      if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
    },
  };
}

/** Some terminals say 0. */
const terminalColumns = (columns: number | undefined): number | null =>
  columns !== undefined && columns > 0 ? columns : null;

/**
 * Standard input by its descriptor, piece by piece. A pipe whose other end is closed is at its end: Windows says
 * `EOF` or `EPIPE` of it.
 * @param descriptor 0, but for tests
 */
export async function* descriptorInput(descriptor = 0): AsyncGenerator<Uint8Array> {
  const readInto = promisify(read);
  for (;;) {
    const piece = Buffer.alloc(65_536);
    const { bytesRead } = await readInto(descriptor, piece, 0, piece.length, null).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EOF' || error.code === 'EPIPE') return { bytesRead: 0 };
        throw error;
      },
    );
    if (bytesRead === 0) return;
    yield piece.subarray(0, bytesRead);
  }
}

/** `… | head` closes the pipe when it has seen enough: no error of ours. */
const isClosedPipe = ({ code }: NodeJS.ErrnoException): boolean => code === 'EPIPE' || code === 'EOF';

/** What there is of the output is not whole, and whoever keeps it has to know. */
function endWithOutput(error: NodeJS.ErrnoException): void {
  if (isClosedPipe(error)) process.exit(0);
  const why = { ENOSPC: 'the disk is full', EDQUOT: 'no more room is given to this account' }[error.code ?? ''];
  const said = why === undefined ? error.message : `${why} (${error.code})`;
  process.stderr.write(`The output could not be written: ${said}. What is there of it is not whole.\n`, () =>
    process.exit(1),
  );
}

/**
 * Resolves when everything written to the streams has left the process, or cannot any more: a pipe takes it
 * piece by piece, and a process that is ended before takes the rest with it.
 */
export async function whenDrained(streams: readonly Writable[]): Promise<void> {
  await Promise.all(streams.map((stream) => new Promise<void>((resolve) => stream.write('', () => resolve()))));
}
