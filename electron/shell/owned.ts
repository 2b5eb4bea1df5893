/** Work of the desktop's that nobody awaits: what goes wrong with it is logged under its name, and ends nothing. */
import type { Own } from '../engine/engine.ts';
import type { Log } from './desktop-log.ts';

export const ownedBy =
  (log: Log): Own =>
  (what, work) =>
    void work.catch((problem: unknown) => log(`${what} failed`, String(problem)));
