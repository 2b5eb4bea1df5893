/** Rules as they are typed, and as the engine takes them. */
import type { Sentence } from '../../../shared/domain.ts';
import {
  type Comparison,
  type EndpointRule,
  type EndpointRules,
  endpointRule,
  givenRules,
  rulePath,
} from '../../../shared/endpoint-kinds/rules.ts';
import { wrongWith } from '../../../shared/input.ts';

export interface RuleEntry {
  readonly path: string;
  readonly is: Comparison;
  /** Of `exists` `true` or `false`; of `one_of` a list with commas. */
  readonly value: string;
}

export const emptyRule: RuleEntry = { path: '', is: 'is', value: '' };

export const isPath = (text: string): boolean => rulePath.safeParse(text.trim()).success;

/**
 * What is wrong with the value, for its comparison and its member; null where nothing is.
 * @param label what the value is called where it is asked for
 */
export function wrongValue(entry: RuleEntry, label: string): Sentence | 'missing' | null {
  if (entry.is !== 'exists' && entry.value.trim() === '') return 'missing';
  const path = isPath(entry.path) ? entry.path.trim() : 'data.x';
  const rule = { path, is: entry.is, value: typedValue(entry.is, entry.value) };
  return wrongWith(givenRules, { match: 'all', of: [rule] }, label);
}

/** Null where it is not whole yet. */
function ruleOf(entry: RuleEntry): EndpointRule | null {
  const { is, value } = entry;
  const path = entry.path.trim();
  if (is !== 'exists' && value.trim() === '') return null;
  const rule = endpointRule.safeParse({ path, is, value: typedValue(is, value) }).data;
  return rule !== undefined && givenRules.safeParse({ match: 'all', of: [rule] }).success ? rule : null;
}

/** Texts, since whatever stands in the event decides how it is compared; a number is one where order matters. */
function typedValue(is: Comparison, text: string): unknown {
  if (is === 'exists') return text !== 'false';
  if (is === 'one_of') return listOf(text);
  const isNumber = (is === 'greater' || is === 'less') && /^-?\d{1,15}(\.\d{1,6})?$/.test(text.trim());
  return isNumber ? Number(text) : text.trim();
}

/** Values that hold a comma themselves stand in a JSON list. */
function listOf(text: string): unknown {
  if (text.trimStart().startsWith('[')) {
    try {
      return JSON.parse(text);
    } catch {
      return [];
    }
  }
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Of those that are whole; null where there are none. */
export function rulesOf({
  rules,
  match,
}: {
  readonly rules: readonly RuleEntry[];
  readonly match: 'all' | 'any';
}): EndpointRules | null {
  const of = rules.map(ruleOf).filter((rule) => rule !== null);
  return of.length === 0 ? null : { match, of };
}

export const ruleEntries = (rules: EndpointRules | null): RuleEntry[] =>
  (rules?.of ?? []).map(({ path, is, value }) => ({
    path,
    is,
    value: Array.isArray(value) ? listText(value) : String(value),
  }));

const listText = (values: readonly unknown[]): string =>
  values.some((value) => /[,[]/.test(String(value))) ? JSON.stringify(values) : values.join(', ');
