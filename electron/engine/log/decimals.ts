/** Sums of money, exact: numbers of JSON are decimals, and adding them as binary fractions makes cents that nobody paid. */

interface Scaled {
  readonly digits: bigint;
  readonly places: number;
}

/** @param more a number as JSON had it: its shortest text is the decimal that was written; of a long one its digits */
export function addDecimals(sum: string, more: number | string): string {
  const [one, other] = [scaled(sum), scaled(typeof more === 'string' ? more : textOf(more))];
  const places = Math.max(one.places, other.places);
  return textFrom(raised(one, places) + raised(other, places), places);
}

/** Without an exponent. */
const textOf = (value: number): string => {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) < 1 ? value.toFixed(20) : BigInt(value).toString();
};

function scaled(text: string): Scaled {
  const [whole = '0', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), places: fraction.length };
}

const raised = ({ digits, places }: Scaled, to: number): bigint => digits * 10n ** BigInt(to - places);

function textFrom(digits: bigint, places: number): string {
  if (places === 0) return digits.toString();
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const fraction = text.slice(-places).replace(/0+$/, '').padEnd(Math.min(places, 2), '0');
  return `${sign}${text.slice(0, -places)}.${fraction}`;
}
