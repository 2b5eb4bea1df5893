/**
 * What went wrong where nobody waited for it. Work that nobody awaits has an owner with a name: its failure is logged
 * and counted, and ends nothing.
 */
import type { UtcMs } from '../../shared/domain.ts';
import type { Clock, Logger } from './ports.ts';

/** Takes over work that nobody awaits. @param what names it in the log: 'the look at the disk' */
export type Own = (what: string, work: Promise<unknown>) => void;

export interface MishapsSeen {
  /** Since this process started. */
  readonly count: number;
  readonly last: { readonly what: string; readonly at: UtcMs } | null;
}

export interface Mishaps {
  readonly own: Own;
  /** Something failed that nobody owned: a stray promise, a thread. */
  note(what: string, error: unknown): void;
  seen(): MishapsSeen;
}

/** @param tell hears of each, with those before it */
export function createMishaps(
  clock: Pick<Clock, 'wallMs'>,
  logger: Pick<Logger, 'error'>,
  tell: (seen: MishapsSeen) => void = () => {},
): Mishaps {
  let seen: MishapsSeen = { count: 0, last: null };

  function note(what: string, error: unknown): void {
    seen = { count: seen.count + 1, last: { what, at: Math.round(clock.wallMs()) as UtcMs } };
    const stack = error instanceof Error ? { stack: error.stack } : {};
    logger.error({ what, error: String(error), ...stack }, 'something failed that nobody waited for');
    tell(seen);
  }

  return {
    own: (what, work) => void work.catch((error: unknown) => note(what, error)),
    note,
    seen: () => seen,
  };
}
