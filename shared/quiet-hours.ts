/** Hours in which new notices wait. */
import { RelayError } from './errors.ts';
import type { Preferences } from './schemas.ts';
import { sentence } from './sentences/sentence.ts';

/**
 * @param member what they are called in the call
 * @throws RelayError `bad_input` where they would begin when they end: notices would wait for ever
 */
export function refuseEndlessQuiet(hours: Preferences['quietHours'] | undefined, member: string): void {
  if (hours === undefined || !hours.enabled || hours.from !== hours.to) return;
  throw new RelayError('bad_input', sentence('problem.quiet_hours', { time: hours.from }), { member: `${member}.to` });
}
