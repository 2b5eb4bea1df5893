/** Lengths of time, as a person types them. */
import { CommandError } from './command-error.ts';

const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const form = /^(\d+(?:\.\d+)?)\s*([smhd])$/;

export const isDuration = (text: string): boolean => form.test(text);

/** `30d`, `90m`: the largest unit that it is a whole number of. */
export function durationText(lengthMs: number): string {
  const [unit = 's', unitMs = 1000] = Object.entries(unitsMs).findLast(([, ms]) => lengthMs % ms === 0) ?? [];
  return `${lengthMs / unitMs}${unit}`;
}

/**
 * `90s`, `15m`, `2h` or `3d`, in milliseconds.
 * @throws CommandError `bad_input` that names the option
 */
export function durationMs(option: string, text: string): number {
  const parts = form.exec(text.trim());
  const unitMs = unitsMs[parts?.[2] ?? ''];
  if (!parts || unitMs === undefined) {
    throw new CommandError('bad_input', `${option}: expected a time such as 90s, 15m, 2h or 3d, got "${text}".`, {
      member: option,
    });
  }
  return Math.round(Number(parts[1]) * unitMs);
}
