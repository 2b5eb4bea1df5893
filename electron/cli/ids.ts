/** Ids that a person types or pastes. */
import type { z } from 'zod';
import { idPrefixes } from '../../shared/domain.ts';
import { CommandError } from './command-error.ts';

/**
 * In whatever case it was typed, as the log's search takes it.
 * @param what the argument's name unless `name` says otherwise, which is the prefix's too
 * @throws CommandError `bad_input` that names the argument, what was found and what is expected
 */
export function idGiven<Id extends string>(
  what: keyof typeof idPrefixes,
  schema: z.ZodType<Id, string>,
  given: string,
  name: string = what,
): Id {
  const prefix = idPrefixes[what];
  const trimmed = given.trim();
  const begins = trimmed.slice(0, prefix.length).toLowerCase();
  const parsed = schema.safeParse(begins + trimmed.slice(prefix.length).toUpperCase());
  if (parsed.success) return parsed.data;
  const expected = `expected an id, ${prefix} and 26 letters and digits`;
  throw new CommandError('bad_input', `${name}: ${expected}, got "${given}".`, { member: name });
}
