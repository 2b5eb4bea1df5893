/** Which try an attempt was, as a person reads it: in the window and the command line alike. */
import { retryDelaysMs, type Sentence } from './domain.ts';
import type { Attempt } from './schemas.ts';
import { sentence } from './sentences/sentence.ts';

/** What kind of try an attempt was. `retry`: the how manieth, and after what delay. */
export type Try =
  | { readonly is: 'first' }
  | { readonly is: 'retry'; readonly number: number; readonly delayMs: number | null }
  | { readonly is: 'again' | 'by_hand' | 'trial' | 'resend' | 'test' | 'canary' };

/**
 * Which try it was.
 * @param before what was attempted of the same delivery before it, in that order
 */
export function tryOf(
  { kind, byHand }: Pick<Attempt, 'kind' | 'byHand'>,
  before: readonly Pick<Attempt, 'counts'>[],
): Try {
  if (kind === 'resend' || kind === 'test') return { is: kind };
  if (byHand) return { is: 'by_hand' };
  if (kind !== 'scheduled') return { is: kind };
  if (before.length === 0) return { is: 'first' };
  const failures = before.filter((earlier) => earlier.counts).length;
  const previous = before.at(-1);
  // After a try that did not count (offline, cut off, throttled) the same try is simply made again.
  if (failures === 0 || previous?.counts === false) return { is: 'again' };
  return { is: 'retry', number: failures, delayMs: retryDelaysMs[failures - 1] ?? null };
}

/** "First try", "Retry 5, after 24 hours". */
export function trySaid(tried: Try): Sentence {
  if (tried.is !== 'retry') return sentence(`try.${tried.is}`);
  const { number, delayMs } = tried;
  return delayMs === null ? sentence('try.retry', { number }) : sentence('try.retry_after', { number, delayMs });
}

/** Attempts in the order in which they were made. */
export const inOrder = <One extends Pick<Attempt, 'startedAt' | 'ordinal'>>(attempts: readonly One[]): One[] =>
  [...attempts].sort((a, b) => a.startedAt - b.startedAt || a.ordinal - b.ordinal);
