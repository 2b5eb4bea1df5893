/** The command line's ends in a real process: its standard streams and its environment. */
import { once } from 'node:events';
import type { CliIo } from './io.ts';

export const processIo = (): CliIo => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  input: process.stdin,
  environment: process.env,
  isTerminal: process.stderr.isTTY === true,
  drained: async () => {
    if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
  },
});
