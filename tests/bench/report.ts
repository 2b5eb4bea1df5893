/** What was measured, beside the bare limit and the goal, as a table or as JSON. */

export interface Measured {
  readonly part: string;
  readonly what: string;
  readonly value: number | null;
  readonly unit: string;
  /** Of the machine, in the same run; null where there is none to compare with. */
  readonly bare?: number | null;
  /** `atLeast` or `atMost` this much. */
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number };
}

/** value / bare; null where either is missing. */
export const ratio = ({ value, bare }: Measured): number | null =>
  value === null || bare === null || bare === undefined || bare === 0 ? null : value / bare;

export function isMet({ value, goal }: Measured): boolean | null {
  if (goal === undefined || value === null) return null;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

export const toJson = (measured: readonly Measured[]): string =>
  JSON.stringify(
    {
      cores: navigator.hardwareConcurrency,
      node: process.version,
      measured: measured.map((one) => ({ ...one, ratio: ratio(one), met: isMet(one) })),
    },
    null,
    2,
  );

export function toLine(one: Measured): string {
  const value = one.value === null ? 'not measured here' : `${rounded(one.value)} ${one.unit}`;
  const bare = one.bare === null || one.bare === undefined ? '' : `bare ${rounded(one.bare)}`;
  const share = ratio(one);
  const compared = share === null ? '' : `ratio ${share.toFixed(2)}`;
  return `  ${one.what.padEnd(52)} ${value.padStart(20)}  ${bare.padEnd(14)} ${compared.padEnd(11)} ${goalText(one)}`.trimEnd();
}

function goalText(one: Measured): string {
  if (one.goal === undefined) return '';
  const goal = 'atLeast' in one.goal ? `goal ≥ ${rounded(one.goal.atLeast)}` : `goal ≤ ${rounded(one.goal.atMost)}`;
  return isMet(one) === false ? `${goal}  MISSED` : goal;
}

const rounded = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
