/** What a person has to say yes to first. */
import { CommandError } from './command-error.ts';

/** What wants a yes says how it is given. */
export async function withWayToConfirm<Value>(call: Promise<Value>): Promise<Value> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'not_confirmed') throw error;
    throw new CommandError(error.code, error.message, {
      detail: 'do it all the same with --yes',
      cause: error,
      ...(error.member === undefined ? {} : { member: error.member }),
    });
  }
}
