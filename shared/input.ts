/** Parses a call's input and names the member at fault and what was expected, the same on every surface. */
import type { z } from 'zod';
import { type CallName, calls, type ParsedInput, RelayError } from './api.ts';
import type { Sentence } from './domain.ts';
import { sentence } from './sentences/sentence.ts';

/** @throws RelayError `bad_input` with the first member at fault */
export function parseInput<Name extends CallName>(name: Name, input: unknown): ParsedInput<Name> {
  const parsed = calls[name].input.safeParse(input);
  if (parsed.success) return parsed.data as ParsedInput<Name>;
  throw inputError(name, parsed.error);
}

/** What is wrong with an input, in words that a person can act on. */
export function inputError(what: string, { issues: [issue] }: z.ZodError): RelayError {
  const member = issue === undefined ? '' : memberAt(issue);
  return new RelayError('bad_input', whatIsWrong(issue, member === '' ? what : member), {
    ...(member === '' ? {} : { member }),
  });
}

/** The same of one member's value alone, as a form asks for it; null where nothing is wrong. */
export function wrongWith(schema: z.ZodType, value: unknown, member: string): Sentence | null {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  return issue === undefined ? null : whatIsWrong(issue, member);
}

/** zod's kinds of issues in sentences of our own: zod's own messages are English, and for programmers. */
function whatIsWrong(issue: z.core.$ZodIssue | undefined, member: string): Sentence {
  switch (issue?.code) {
    case 'invalid_type': {
      const expected = { member, expectedType: issue.expected };
      // zod names what came only in its message.
      const isMissing = issue.message.endsWith('received undefined');
      return isMissing ? sentence('problem.input_missing', expected) : sentence('problem.input_type', expected);
    }
    case 'too_small': {
      const least = Number(issue.minimum);
      if (issue.origin === 'string' && least === 1) return sentence('problem.input_empty', { member });
      if (issue.origin === 'string' && issue.exact) return sentence('problem.input_length', { member, length: least });
      if (issue.origin === 'string') return sentence('problem.input_too_short', { member, least });
      if (issue.origin === 'array' && least === 1) return sentence('problem.input_none', { member });
      if (issue.origin === 'array') return sentence('problem.input_too_few', { member, least });
      return sentence('problem.input_too_small', { member, least });
    }
    case 'too_big': {
      const most = Number(issue.maximum);
      if (issue.origin === 'string' && issue.exact) return sentence('problem.input_length', { member, length: most });
      if (issue.origin === 'string') return sentence('problem.input_too_long', { member, most });
      if (issue.origin === 'array') return sentence('problem.input_too_many', { member, most });
      return sentence('problem.input_too_large', { member, most });
    }
    case 'invalid_value':
      return sentence('problem.input_not_one_of', { member, values: issue.values.join(', ') });
    case 'invalid_union': {
      // Told apart by one member, which has to be one of a few.
      const values = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String).join(', ') : null;
      return values === null
        ? noneOf('errors' in issue ? issue.errors : [], member)
        : sentence('problem.input_not_one_of', { member, values });
    }
    case 'invalid_format': {
      const prefix = /^\/\^([a-z]+_)/.exec(issue.pattern ?? '')?.[1];
      return prefix ? sentence('problem.input_id', { member, prefix }) : sentence('problem.input_format', { member });
    }
    case 'unrecognized_keys':
      return sentence('problem.input_unknown', { member });
    case 'custom': {
      // Checks of our own say what they found.
      const says = issue.params?.says as Sentence | undefined;
      return says === undefined
        ? sentence('problem.input_unexpected', { member })
        : { ...says, params: { ...says.params, member } };
    }
    default:
      return sentence('problem.input_unexpected', { member });
  }
}

/** @param branches of a union, what is wrong by each: where one takes what came by its type, that one says it */
function noneOf(branches: readonly (readonly z.core.$ZodIssue[])[], member: string): Sentence {
  const firsts = branches.flatMap(([issue]) => issue ?? []);
  const closer = firsts.find(({ code, path }) => code !== 'invalid_type' || path.length > 0);
  if (closer !== undefined)
    return whatIsWrong(closer, closer.path.length > 0 ? `${member}.${closer.path.join('.')}` : member);
  const expectedTypes = firsts.flatMap((issue) => (issue.code === 'invalid_type' ? issue.expected : [])).join(',');
  const foundType = /received (\w+)$/.exec(firsts[0]?.message ?? '')?.[1];
  return expectedTypes === '' || foundType === undefined
    ? sentence('problem.input_unexpected', { member })
    : sentence('problem.input_types', { member, expectedTypes, foundType });
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
