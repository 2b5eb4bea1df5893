/** The attempts of a delivery as a person reads them: which try it was, what came of it, where the time went. */
import type { Attempt, Timings } from '../../../shared/schemas.ts';
import { inOrder, type Try, tryOf } from '../../../shared/tries.ts';

export type TimelineEntry =
  | { readonly is: 'attempt'; readonly attempt: Attempt; readonly tried: Try }
  /** A run of attempts left out between two others; `status` where all of them have the same. */
  | { readonly is: 'more'; readonly attempts: readonly Attempt[]; readonly status: number | null };

/** Most attempts that are listed before their middle is folded. */
export const unfoldedAttempts = 4;

/**
 * Attempts in the order in which they were made. A long row of them is folded to the first and the last
 * two, unless `unfolded`.
 */
export function timelineOf(attempts: readonly Attempt[], unfolded: boolean): TimelineEntry[] {
  const ordered = inOrder(attempts);
  const entries = ordered.map(
    (attempt, index): TimelineEntry => ({ is: 'attempt', attempt, tried: tryOf(attempt, ordered.slice(0, index)) }),
  );
  if (unfolded || ordered.length <= unfoldedAttempts) return entries;
  const folded = ordered.slice(1, -2);
  const statuses = new Set(folded.map((attempt) => attempt.status));
  const [status] = statuses;
  return [
    ...entries.slice(0, 1),
    { is: 'more', attempts: folded, status: statuses.size === 1 ? (status ?? null) : null },
    ...entries.slice(-2),
  ];
}

export const timingPhases = ['dns', 'connect', 'tls', 'answer'] as const;
export type TimingPhase = (typeof timingPhases)[number];

/** Where the milliseconds of an attempt went; a phase that did not happen (a reused connection) is left out. */
export function phasesOf(timings: Timings): { readonly phase: TimingPhase; readonly ms: number }[] {
  const { dnsMs, connectMs, tlsMs, totalMs } = timings;
  const before = (dnsMs ?? 0) + (connectMs ?? 0) + (tlsMs ?? 0);
  const phases = [
    { phase: 'dns' as const, ms: dnsMs },
    { phase: 'connect' as const, ms: connectMs },
    { phase: 'tls' as const, ms: tlsMs },
    { phase: 'answer' as const, ms: Math.max(0, totalMs - before) },
  ];
  return phases.flatMap(({ phase, ms }) => (ms === null || ms < 0 ? [] : [{ phase, ms }]));
}
