#!/usr/bin/env node
/** Entry of the command line: `roost-relay …`, or `npm run -s relay -- …` from a checkout. */
import { processIo } from './cli/process-io.ts';
import { runCli } from './cli/run.ts';
import { invocationInCheckout } from './invocation.ts';
import { catchTheRest } from './last-handler.ts';

export { type CliIo, runCli } from './cli/run.ts';

if (import.meta.main) {
  catchTheRest(() => null);
  process.exitCode = await runCli(process.argv.slice(2), processIo({ invocation: invocationInCheckout() }));
}
