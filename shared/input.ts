/** Parses a call's input and names the member at fault and what was expected, the same on every surface. */
import type { z } from 'zod';
import { type CallName, calls, type ParsedInput, RelayError } from './api.ts';

/** @throws RelayError `bad_input` with the first member at fault */
export function parseInput<Name extends CallName>(name: Name, input: unknown): ParsedInput<Name> {
  const parsed = calls[name].input.safeParse(input);
  if (parsed.success) return parsed.data as ParsedInput<Name>;
  throw inputError(name, parsed.error);
}

/** What is wrong with an input, in words that a person can act on. */
export function inputError(what: string, { issues: [issue] }: z.ZodError): RelayError {
  if (issue === undefined) return new RelayError('bad_input', `${what}: not as expected.`);
  const member = memberAt(issue);
  const message = `${member === '' ? what : member}: ${problemOf(issue)}.`;
  return new RelayError('bad_input', message, member === '' ? {} : { member });
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

/** zod's own messages are for programmers. */
function problemOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? `expected ${typeInWords(issue.expected)}; it is missing`
        : `expected ${typeInWords(issue.expected)}`;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'it is empty'
        : `expected ${issue.exact ? '' : 'at least '}${amountInWords(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `expected ${issue.exact ? '' : 'at most '}${amountInWords(issue.origin, issue.maximum)}`;
    case 'invalid_value':
      return `expected one of ${issue.values.join(', ')}`;
    case 'unrecognized_keys':
      return 'there is no such member';
    case 'invalid_format':
      return `expected ${issue.message}`;
    default:
      return issue.message;
  }
}

function typeInWords(expected: string): string {
  switch (expected) {
    case 'string':
      return 'a text';
    case 'int':
      return 'a whole number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'object':
    case 'record':
      return 'an object';
    default:
      return `a ${expected}`;
  }
}

function amountInWords(origin: string, amount: number | bigint): string {
  const unit = origin === 'string' ? 'character' : origin === 'array' ? 'entry' : null;
  if (unit === null) return String(amount);
  const many = unit === 'entry' ? 'entries' : `${unit}s`;
  return `${amount} ${amount === 1 || amount === 1n ? unit : many}`;
}
