/** What a template's author writes as a filter's argument and is none. What an event brings is never a fault of the template. */
import { TypeGuards, toValue } from 'liquidjs';
import type { shapesEn } from '../../../shared/sentences/shapes.en.ts';
import type { InScope } from './filters.ts';
import { momentOf } from './written.ts';

type Expected = keyof typeof shapesEn & `shape.argument_${string}`;
type FilterToken = ThisParameterType<InScope>['token'];

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

export interface ArgumentRule {
  readonly expected: Expected;
  readonly isGood: (value: unknown) => boolean;
  /** Without it the filter does nothing. */
  readonly isNeeded?: true;
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

export const bytes: ArgumentRule = {
  expected: 'shape.argument_bytes',
  isGood: (value) => !isNothing(value) && Number(value) >= 0,
  isNeeded: true,
};
export const day: ArgumentRule = {
  expected: 'shape.argument_day',
  isGood: (value) => (typeof value === 'string' || typeof value === 'number') && momentOf(value) !== null,
  isNeeded: true,
};
export const currency: ArgumentRule = {
  expected: 'shape.argument_currency',
  isGood: (value) => isNothing(value) || (typeof value === 'string' && /^[a-z]{3}$/i.test(value)),
};
export const locale: ArgumentRule = {
  expected: 'shape.argument_locale',
  isGood: (value) => isNothing(value) || (typeof value === 'string' && isLocale(value)),
};
export const sign: ArgumentRule = {
  expected: 'shape.argument_sign',
  isGood: (value) => isNothing(value) || value === ',' || value === '.',
};
export const anything: ArgumentRule = { expected: 'shape.argument_day', isGood: () => true };

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}

const isWritten = (argument: FilterToken['args'][number]): boolean =>
  Array.isArray(argument) ||
  TypeGuards.isQuotedToken(argument) ||
  TypeGuards.isNumberToken(argument) ||
  TypeGuards.isLiteralToken(argument);

const foundIn = (argument: FilterToken['args'][number]): string =>
  (Array.isArray(argument) ? argument[0] : argument.getText()) ?? 'nothing';

/**
 * @param values of the arguments, in their order
 * @throws BadArgument of the first that the template itself writes and that is none
 */
export function checkArguments(token: FilterToken, rules: readonly ArgumentRule[], values: readonly unknown[]): void {
  for (const [index, { expected, isGood, isNeeded }] of rules.entries()) {
    const argument = token.args[index];
    if (argument === undefined) {
      if (isNeeded) throw new BadArgument(token.name, 'nothing', expected);
    } else if (isWritten(argument) && !isGood(toValue(values[index]))) {
      throw new BadArgument(token.name, foundIn(argument), expected);
    }
  }
}
