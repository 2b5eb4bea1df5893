/** Lengths of time and moments, as a person types them. */
import { type UtcMs, utcMs } from '../../shared/domain.ts';
import { CommandError } from './command-error.ts';

const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * `90s`, `15m`, `2h` or `3d`, in milliseconds.
 * @throws CommandError `bad_input` that names the option
 */
export function durationMs(option: string, text: string): number {
  const parts = /^(\d+(?:\.\d+)?)\s*([smhd])$/.exec(text.trim());
  const unitMs = unitsMs[parts?.[2] ?? ''];
  if (!parts || unitMs === undefined) {
    throw new CommandError('bad_input', `${option}: expected a time such as 90s, 15m, 2h or 3d, got "${text}".`, {
      member: option,
    });
  }
  return Math.round(Number(parts[1]) * unitMs);
}

/**
 * A moment: `2026-11-23`, `2026-11-23 14:30` in local time, ISO 8601 with an offset, or so long ago (`2h`).
 * @throws CommandError `bad_input` that names the option
 */
export function moment(option: string, text: string, nowMs: number): UtcMs {
  if (/^\d+(?:\.\d+)?\s*[smhd]$/.test(text.trim())) return utcMs(nowMs - durationMs(option, text));
  // A date alone is the start of the local day, though Date.parse takes it for UTC.
  const local = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text.replace(' ', 'T');
  const at = /^\d{4}-\d{2}-\d{2}T/.test(local) ? Date.parse(local) : Number.NaN;
  if (!Number.isNaN(at)) return utcMs(at);
  throw new CommandError(
    'bad_input',
    `${option}: expected a time such as 2026-11-23, "2026-11-23 14:30" or 2h (so long ago), got "${text}".`,
    { member: option },
  );
}
