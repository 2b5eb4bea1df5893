/** A value of a template as text, as it is put out. */
import { Drop, toValue } from 'liquidjs';
import { jsonOf, OwnText } from './lossless.ts';

/** A list of plain values with commas between, any other as its JSON; nothing for what is not there. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (value instanceof OwnText) return value.valueOf();
  if (value instanceof Drop) return textOf(value.valueOf() === value ? null : value.valueOf());
  if (Array.isArray(value) && !value.some(isContainer)) return value.map(textOf).join(', ');
  return typeof value === 'object' ? jsonOf(value) : String(value);
}

const isContainer = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !(value instanceof OwnText);

/** Whether people can read it as it is: a text, a number, yes or no, or a list of such. */
export function isPlain(value: unknown): boolean {
  const own = value instanceof Drop ? toValue(value) : value;
  return Array.isArray(own) ? !own.some(isContainer) : !isContainer(own);
}

/** Decimal text of a number, or of a text that is one (`"6000.00"`); null for any other. */
export function decimalOf(value: unknown): string | null {
  const plain = value instanceof OwnText ? value.valueOf() : value;
  if (typeof plain !== 'number' && typeof plain !== 'string') return null;
  const text = String(plain).trim();
  return /^-?\d{1,30}(?:\.\d{1,20})?(?:e[+-]?\d{1,2})?$/i.test(text) ? text : null;
}
