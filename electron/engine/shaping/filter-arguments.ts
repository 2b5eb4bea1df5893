/** What a template's author writes as a filter's argument and is none. What an event brings is never a fault of the template. */
import { type Filter, type Template, TypeGuards, toValue, toValueSync, Value } from 'liquidjs';
import { isLocale } from '../../../shared/locale.ts';
import type { shapesEn } from '../../../shared/sentences/shapes.en.ts';
import { momentOf } from './written.ts';

type Expected = keyof typeof shapesEn & `shape.argument_${string}`;
type Argument = Filter['args'][number];

/** Told with the filter, what was found and what was expected. */
export class BadArgument extends Error {
  readonly filter: string;
  /** As it stands in the template, or `nothing`. */
  readonly found: string;
  readonly expected: Expected;
  constructor(filter: string, found: string, expected: Expected) {
    super(`${filter}: ${found}`);
    this.filter = filter;
    this.found = found;
    this.expected = expected;
  }
}

interface ArgumentRule {
  readonly expected: Expected;
  readonly isGood: (value: unknown) => boolean;
  /** Without it the filter does nothing. */
  readonly isNeeded?: true;
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

const bytes: ArgumentRule = {
  expected: 'shape.argument_bytes',
  isGood: (value) => !isNothing(value) && Number(value) >= 0,
  isNeeded: true,
};
const day: ArgumentRule = {
  expected: 'shape.argument_day',
  isGood: (value) => (typeof value === 'string' || typeof value === 'number') && momentOf(value) !== null,
  isNeeded: true,
};
const currency: ArgumentRule = {
  expected: 'shape.argument_currency',
  isGood: (value) => isNothing(value) || (typeof value === 'string' && /^[a-z]{3}$/i.test(value)),
};
const locale: ArgumentRule = {
  expected: 'shape.argument_locale',
  isGood: (value) => isNothing(value) || (typeof value === 'string' && isLocale(value)),
};
const sign: ArgumentRule = {
  expected: 'shape.argument_sign',
  isGood: (value) => isNothing(value) || value === ',' || value === '.',
};
const anything: ArgumentRule = { expected: 'shape.argument_day', isGood: () => true };

/** Of each filter that goes by what stands behind it, what that has to be. */
const rulesOf: Readonly<Record<string, readonly ArgumentRule[]>> = {
  money: [currency, locale],
  decimal: [sign],
  date: [anything, locale],
  day: [locale],
  time: [locale],
  nights: [day],
  truncate_bytes: [bytes],
};

const isWritten = (argument: Argument): boolean =>
  Array.isArray(argument) ||
  TypeGuards.isQuotedToken(argument) ||
  TypeGuards.isNumberToken(argument) ||
  TypeGuards.isLiteralToken(argument);

const foundIn = (argument: Argument): string =>
  (Array.isArray(argument) ? argument[0] : argument.getText()) ?? 'nothing';

/** Where in a template an argument is none, and what is said of it. */
export interface ArgumentFault {
  /** Of the part, in characters from the template's beginning. */
  readonly at: number;
  readonly error: BadArgument;
}

/** The first that the template itself writes and that is none, whether or not an event comes to where it stands. */
export function argumentFault(parts: readonly Template[]): ArgumentFault | null {
  for (const part of parts) {
    for (const argument of part.arguments?.() ?? []) {
      const error = argument instanceof Value ? faultOfFilters(argument.filters) : null;
      if (error !== null) return { at: part.token.begin, error };
    }
    const inside = part.children === undefined ? [] : (toValueSync(part.children(false, true)) as Template[]);
    const fault = argumentFault(inside);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOfFilters(filters: readonly Filter[]): BadArgument | null {
  for (const { name, args } of filters) {
    const rules = Object.hasOwn(rulesOf, name) ? (rulesOf[name] ?? []) : [];
    for (const [index, { expected, isGood, isNeeded }] of rules.entries()) {
      const argument = args[index];
      if (argument === undefined) {
        if (isNeeded) return new BadArgument(name, 'nothing', expected);
      } else if (isWritten(argument) && !isGood(writtenValue(argument))) {
        return new BadArgument(name, foundIn(argument), expected);
      }
    }
  }
  return null;
}

const writtenValue = (argument: Argument): unknown =>
  Array.isArray(argument) ? argument : toValue((argument as { readonly content?: unknown }).content);
