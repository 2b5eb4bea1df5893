/** What a person has to say yes to first. */
import { CommandError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** What wants a yes says how it is given: by the whole command. */
export async function withWayToConfirm<Value>(terminal: Terminal, call: Promise<Value>): Promise<Value> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'not_confirmed') throw error;
    throw new CommandError(error.code, error.message, {
      command: terminal.sameWith('--yes'),
      cause: error,
      ...(error.member === undefined ? {} : { member: error.member }),
    });
  }
}
