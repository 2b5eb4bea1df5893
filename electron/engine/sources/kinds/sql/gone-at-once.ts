/**
 * Rows of a watched table that are gone all at once are rather a table that is being filled anew, put in the place of
 * another, or lost: none is told as gone until they have been away for a while.
 */

/** What is held back; it lies with the cursor, so that a new start goes on counting. */
export interface HeldGone {
  readonly sinceMs: number;
  readonly gone: number;
  /** Of so many that were there before. */
  readonly of: number;
  /** What a person said of them; absent: nothing yet. */
  readonly word?: 'gone' | 'kept';
}

/** Then they are believed to be gone, in milliseconds: longer than a reload, a nightly import or a restart takes. */
const believedAfterMs = 1_800_000;
/** Of so few, more than half may go in one look. */
const handful = 10;

export const believedAt = ({ sinceMs }: HeldGone): number => sinceMs + believedAfterMs;

/**
 * @param before what was held back until now
 * @param nowMs this PC's clock
 * @returns what is held back from now on; null: what is gone is told
 */
export function heldGone(before: HeldGone | undefined, gone: number, of: number, nowMs: number): HeldGone | null {
  if (before?.word === 'gone' && gone <= before.gone) return null;
  // Until they are there again, or a person says otherwise; others that go meanwhile are held with them.
  if (before?.word === 'kept' && gone > 0) return { ...before, gone, of };
  const isTooMuch = gone > 0 && (gone >= of || (of > handful && gone * 2 > of));
  if (!isTooMuch) return null;
  // A clock that was set back: since when it is so is not known.
  if (before === undefined || nowMs < before.sinceMs) return { sinceMs: nowMs, gone, of };
  return nowMs >= believedAt(before) ? null : { sinceMs: before.sinceMs, gone, of };
}
