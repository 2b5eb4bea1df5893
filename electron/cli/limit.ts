import { CommandError } from './command-error.ts';

/** How many rows a list shows: 50 unless given. @throws CommandError `bad_input` */
export function limitOf(text: string | undefined): number {
  const limit = text === undefined ? 50 : Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 500) return limit;
  throw new CommandError('bad_input', `--limit: expected 1 to 500, got "${text}".`, { member: '--limit' });
}
