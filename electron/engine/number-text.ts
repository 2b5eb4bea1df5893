/** Numbers as systems write them: `1.234,56`, `1,234.56`, `1234,5`. What can be two numbers is none. */
import type { NumberRule } from '../../shared/source-shaping.ts';
import { amountPaths, at, type JsonObject, type Path, quantityPaths } from './event-summary.ts';
import { memberSpans, skipSpace, type ValueSpan } from './json-spans.ts';

const longestNumber = 60;
/** Signs that stand between groups of three digits, beside a point or a comma: blanks of several widths, apostrophes. */
const blanks = /[\u00a0\u2007\u2009\u202f]/g;
const apostrophes = /[’´]/g;

type DecimalSign = ',' | '.';

/**
 * @param rule which sign stands before the decimals; `found`: the one by which it is a number, unless both are
 * @returns the number as JSON has it, every digit kept; null for what is none by that rule, or two numbers
 */
export function numberIn(text: string, rule: Exclude<NumberRule, 'as_is'>): string | null {
  if (text.length > longestNumber) return null;
  const plain = text.trim().replace(blanks, ' ').replace(apostrophes, "'").replace(/^[−–]/, '-');
  const behind = /^[^-+].*-$/.test(plain);
  const [, sign = '', body = ''] = /^([+-]?)\s*(\d.*)$/.exec(behind ? plain.slice(0, -1).trimEnd() : plain) ?? [];
  if (body === '') return null;
  const minus = sign === '-' || behind ? '-' : '';
  const read = (decimal: DecimalSign): string | null => {
    const digits = digitsIn(body, decimal);
    return digits === null ? null : minus + digits;
  };
  if (rule === 'comma') return read(',');
  if (rule === 'point') return read('.');
  const [byComma, byPoint] = [read(','), read('.')];
  if (byComma === null || byPoint === null) return byComma ?? byPoint;
  return byComma === byPoint ? byComma : null;
}

/** Groups have three digits each and one sign between them; the first is no nought. */
function digitsIn(body: string, decimal: DecimalSign): string | null {
  const [whole = '', fraction, ...more] = body.split(decimal);
  if (more.length > 0 || (fraction !== undefined && !/^\d+$/.test(fraction))) return null;
  const between = decimal === ',' ? '.' : ',';
  const groups = new RegExp(`^[1-9]\\d{0,2}(?:(?:\\${between}\\d{3})+|(?: \\d{3})+|(?:'\\d{3})+)$`);
  if (!/^\d+$/.test(whole) && !groups.test(whole)) return null;
  const digits = whole.replaceAll(/\D/g, '').replace(/^0+(?=\d)/, '');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

/** Where amounts and quantities stand. */
const numberPaths: readonly Path[] = [...amountPaths, ...quantityPaths];

/**
 * The amounts and quantities of an event that are texts, as numbers; whatever else stands there stays as it is, byte for
 * byte, and so does a text that is no number by that rule.
 *
 * @param dataText JSON of an object
 */
export function withNumbers(dataText: string, rule: NumberRule): string {
  if (rule === 'as_is') return dataText;
  const data = JSON.parse(dataText) as JsonObject;
  const found: { readonly span: ValueSpan; readonly number: string }[] = [];
  for (const path of numberPaths) {
    const value = at(data, path);
    const number = typeof value === 'string' ? numberIn(value, rule) : null;
    const span = number === null ? null : spanAt(dataText, path);
    if (number !== null && span !== null) found.push({ span, number });
  }
  // From behind, so that places before stay where they are.
  found.sort((one, other) => other.span.start - one.span.start);
  return found.reduce((text, { span, number }) => text.slice(0, span.start) + number + text.slice(span.end), dataText);
}

/** Of a name that is there twice the last one counts, as everywhere in JSON. */
function spanAt(text: string, path: Path): ValueSpan | null {
  let span: ValueSpan = { start: skipSpace(text, 0), end: text.length };
  for (const name of path) {
    if (text[span.start] !== '{') return null;
    const next = memberSpans(text, span.start).findLast((one) => one.name === name);
    if (next === undefined) return null;
    span = next;
  }
  return span;
}
