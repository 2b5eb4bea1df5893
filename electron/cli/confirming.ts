/** What a person has to say yes to first. */
import { CommandError } from './command-error.ts';
import type { Shell } from './shell.ts';

/** What wants a yes says how it is given: by the whole command. */
export async function withWayToConfirm<Value>(shell: Shell, call: Promise<Value>): Promise<Value> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'not_confirmed') throw error;
    throw new CommandError(error.code, error.message, {
      command: shell.sameWith('--yes'),
      cause: error,
      ...(error.member === undefined ? {} : { member: error.member }),
    });
  }
}
