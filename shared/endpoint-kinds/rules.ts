/**
 * Rules narrow the events that an endpoint gets, by what an event says. What they decide: `engine/shaping/rules.ts`.
 *
 * - A member that is not there, or `null`, passes `is_not` and `exists: false` and nothing else.
 * - Where either side is a number, both are compared as numbers: `6000.00` is 6000, and so is `"6000"`. Two texts are
 *   compared as texts, so that room `"007"` is not room `"7"`.
 * - `contains` looks for a part of a text, in any case, or for an element of a list.
 * - `greater` and `less` compare numbers, and days or times that are written as ISO 8601 writes them.
 */
import { z } from 'zod';
import { beginsWithDay } from '../calendar-day.ts';
import type { Sentence } from '../domain.ts';
import { sentence } from '../sentences/sentence.ts';
import { eventFault, isImpossibleDay } from './rule-values.ts';

/** `data.guest.name`, `data.items.0.sku`, `property_id`. */
export const rulePath = z
  .string()
  .max(200)
  .refine((path) => /^(?:event|timestamp|property_id|data(?:\.[^.\s][^.]*)+)$/.test(path), {
    params: { says: sentence('problem.rule_path', { member: 'path' }) },
  });
const text = z.string().max(500);
const value = z.union([text, z.number(), z.boolean()]);

/** How a rule compares, in the order in which it is offered. */
export const comparisons = ['is', 'is_not', 'contains', 'one_of', 'greater', 'less', 'exists'] as const;
export type Comparison = (typeof comparisons)[number];

export const endpointRule = z.discriminatedUnion('is', [
  z.strictObject({ path: rulePath, is: z.enum(['is', 'is_not', 'contains']), value }),
  z.strictObject({ path: rulePath, is: z.literal('one_of'), value: z.array(value).min(1).max(100) }),
  z.strictObject({ path: rulePath, is: z.enum(['greater', 'less']), value: z.union([text, z.number()]) }),
  z.strictObject({ path: rulePath, is: z.literal('exists'), value: z.boolean() }),
]);
export type EndpointRule = z.output<typeof endpointRule>;

export const endpointRules = z.strictObject({
  match: z.enum(['all', 'any']),
  of: z.array(endpointRule).min(1).max(20),
});
export type EndpointRules = z.output<typeof endpointRules>;

/**
 * As they may be given now: what is more or less than a text that is neither number nor time never passes, nor does an
 * event that there is none of, or a day.
 */
export const givenRules = endpointRules.superRefine(({ of }, context) => {
  for (const [index, { path, is, value }] of of.entries()) {
    for (const [place, one] of Array.isArray(value) ? value.entries() : [[null, value] as const]) {
      const says = valueFault(path, is, one);
      const at = place === null ? [] : [place];
      if (says !== null) context.addIssue({ code: 'custom', path: ['of', index, 'value', ...at], params: { says } });
    }
    if (is === 'contains' && value === '') {
      const says = sentence('problem.rule_contains_nothing', { member: 'value' });
      context.addIssue({ code: 'custom', path: ['of', index, 'value'], params: { says } });
    }
    if ((is !== 'greater' && is !== 'less') || typeof value === 'number' || isOrdered(String(value))) continue;
    const says = sentence('problem.rule_not_ordered', { member: 'value', found: String(value).slice(0, 40) });
    context.addIssue({ code: 'custom', path: ['of', index, 'value'], params: { says } });
  }
});

function valueFault(path: string, is: Comparison, value: string | number | boolean): Sentence | null {
  if (path === 'event') return eventFault(is, value);
  const found = String(value);
  // What is more or less is told as such.
  const isDayless = is !== 'greater' && is !== 'less' && isImpossibleDay(path, found, isMoment);
  return isDayless ? sentence('problem.rule_no_day', { member: 'value', found: found.slice(0, 40) }) : null;
}

const isOrdered = (text: string): boolean => /^-?\d{1,30}(?:\.\d{1,20})?$/.test(text.trim()) || isMoment(text);

function isMoment(text: string): boolean {
  const [, day = '', time = ''] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}.*))?$/.exec(text) ?? [];
  if (!beginsWithDay(day)) return false;
  return time === '' || !Number.isNaN(Date.parse(`${day}T${time}`));
}

/**
 * "Only where data.total is greater than 5000."
 * @param say the sentence in the reader's language
 */
export function rulesTold(rules: EndpointRules, say: (said: Sentence) => string): string {
  const parts = rules.of.map((each) => say(ruleSentence(each)));
  const between = say(sentence(rules.match === 'all' ? 'rule.and' : 'rule.or'));
  return say(sentence('rule.only', { what: parts.join(` ${between} `) }));
}

function ruleSentence({ path, is, value }: EndpointRule): Sentence {
  if (is === 'exists') return sentence(value ? 'rule.exists' : 'rule.exists_not', { path });
  const shown = Array.isArray(value) ? value.join(', ') : String(value);
  return sentence(`rule.${is}`, { path, value: shown });
}
