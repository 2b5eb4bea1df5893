/**
 * What nobody caught. A promise that failed unheard leaves the rest as it was: it is logged, counted and the process goes
 * on. An exception left work half done somewhere: the process says so in one sentence and ends, and whoever holds it (the
 * desktop, `npm start`, a service manager) starts it anew; what was acknowledged is in the database.
 */
import { writeSync } from 'node:fs';
import type { Mishaps } from './engine/engine.ts';

/** @param mishaps of the engine, once there is one */
export function catchTheRest(mishaps: () => Pick<Mishaps, 'note'> | null): void {
  process.on('unhandledRejection', (reason) => {
    const known = mishaps();
    if (known === null) endUnexpectedly(reason);
    else known.note('a promise that nobody awaited', reason);
  });
  process.on('uncaughtException', (error) => {
    mishaps()?.note('an exception that nobody caught', error);
    endUnexpectedly(error);
  });
}

/** For processes that hold no engine: the sentence alone, never a stack. */
export function endUnexpectedly(problem: unknown): never {
  const [line = ''] = (problem instanceof Error ? problem.message : String(problem)).split('\n');
  try {
    writeSync(process.stderr.fd, `roost-relay: it ended on something unexpected: ${line}\n`);
  } catch {
    // Nobody reads it any more.
  }
  process.exit(1);
}
