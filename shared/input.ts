/** Parses a call's input and names the member at fault and what was expected, the same on every surface. */
import type { z } from 'zod';
import { type CallName, calls, type ParsedInput, RelayError } from './api.ts';

/** @throws RelayError `bad_input` with the first member at fault */
export function parseInput<Name extends CallName>(name: Name, input: unknown): ParsedInput<Name> {
  const parsed = calls[name].input.safeParse(input);
  if (parsed.success) return parsed.data as ParsedInput<Name>;
  const [issue] = parsed.error.issues;
  const member = issue === undefined ? '' : memberAt(issue);
  throw new RelayError('bad_input', `${member === '' ? name : member}: ${issue?.message ?? 'not as expected'}.`, {
    ...(member === '' ? {} : { member }),
  });
}

export const isCallName = (name: string): name is CallName => Object.hasOwn(calls, name);

/** `filter.endpointIds[2]`; of an unknown member, that member. */
function memberAt(issue: z.core.$ZodIssue): string {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...issue.path, ...unknown].reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`;
    return path === '' ? String(part) : `${path}.${String(part)}`;
  }, '');
}
