#!/usr/bin/env node
/** Entry of the command line: `roost-relay …`, or `npm run -s relay -- …` from a checkout. */
import { processIo } from './cli/process-io.ts';
import { runCli } from './cli/run.ts';

export { type CliIo, runCli } from './cli/run.ts';

if (import.meta.main) {
  // `… | head` closes the pipe when it has seen enough: no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
  process.exitCode = await runCli(process.argv.slice(2), processIo());
}
