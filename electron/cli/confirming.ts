/** What a person has to say yes to first. */
import { CommandError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/**
 * What wants a yes says how it is given: by the whole command.
 *
 * @param by the option that gives it
 */
export async function withWayToConfirm<Value>(terminal: Terminal, call: Promise<Value>, by = '--yes'): Promise<Value> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'not_confirmed') throw error;
    throw new CommandError(error.code, error.message, {
      command: terminal.sameWith(by),
      cause: error,
      ...(error.member === undefined ? {} : { member: error.member }),
    });
  }
}
