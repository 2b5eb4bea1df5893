/**
 * The pace that a receiver was found to take, where it is less than the endpoint's own (decision 45): halved with a
 * refusal, doubled with each 20 answers in a row, and tried again beyond what was refused less and less often, so
 * that it settles at what is taken. Pure functions of values.
 */

export interface FoundPace {
  /** Requests begun per second, evenly. */
  readonly perSecond: number;
  /** How often it was found too fast. */
  readonly refusals: number;
  /** Known as too fast; null after a first refusal, which may have been a passing one. */
  readonly tooFast: number | null;
}

/** Answers in a row after which a pace that is not known as too fast is doubled. */
const answersToDouble = 20;
const mostAnswersToDouble = 1280;
/** Fewer answers within a minute than these say nothing of a limit by the minute. */
const fewestOfBurst = 10;
const fewestOfMinute = 30;
/** A little under what was counted: a window that moves along has no room for a request too many. */
const underCounted = 0.98;
const slowest = 1 / 600;

/** What was taken before a refusal. */
export interface Taken {
  /** Requests that were answered and not refused within the minute before. */
  readonly inLastMinute: number;
  /**
   * The length of the window that they were taken in, in milliseconds: from the first of them until it takes more, where
   * it says when; else a minute, the longest that receivers usually count by.
   */
  readonly windowMs: number;
}

/** @param own the endpoint's own pace */
export function afterRefusal(found: FoundPace | null, own: number, { inLastMinute, windowMs }: Taken): FoundPace {
  const counted = (underCounted * inLastMinute * 1000) / Math.max(1000, windowMs);
  if (found === null) {
    const perSecond = inLastMinute >= fewestOfBurst ? counted : Math.min(1, own / 2);
    return { perSecond: bounded(perSecond, own), refusals: 1, tooFast: null };
  }
  const half = Math.min(own, found.perSecond) / 2;
  const perSecond = inLastMinute >= fewestOfMinute ? Math.min(half, counted) : half;
  const next = { refusals: found.refusals + 1, tooFast: 2 * perSecond };
  // Halving a pace that a few answers alone speak for would be refused again and again on its way down.
  const isUntold = inLastMinute < fewestOfBurst;
  return { ...next, perSecond: bounded(isUntold ? Math.min(1, perSecond) : perSecond, own) };
}

/**
 * @param inARow answers since the last refusal or doubling
 * @returns the same where it is not time yet; null where the endpoint's own pace is taken again
 */
export function afterAnswers(found: FoundPace, own: number, inARow: number): FoundPace | null {
  const next = found.perSecond * 2;
  const isKnownTooFast = found.tooFast !== null && next >= found.tooFast * 0.99;
  const needed = isKnownTooFast
    ? Math.min(mostAnswersToDouble, answersToDouble * 4 ** (found.refusals - 1))
    : answersToDouble;
  if (inARow < needed) return found;
  // Where it has held for as long as it is doubted at most, it is no longer doubted.
  if (found.perSecond >= own) return inARow >= mostAnswersToDouble ? null : found;
  const wasTaken = found.tooFast !== null && found.perSecond >= found.tooFast * 0.99;
  return { ...found, perSecond: Math.min(own, next), tooFast: wasTaken ? null : found.tooFast };
}

/** As it is stored. */
export const foundPaceText = (found: FoundPace | null): string | null =>
  found === null ? null : JSON.stringify(found);

/** Null where there is none, or it cannot be read: it is found again. */
export function parseFoundPace(text: string | null): FoundPace | null {
  if (text === null) return null;
  try {
    const { perSecond, refusals, tooFast } = JSON.parse(text) as FoundPace;
    const isPace = Number.isFinite(perSecond) && perSecond > 0 && Number.isInteger(refusals);
    return isPace ? { perSecond, refusals, tooFast: Number.isFinite(tooFast) ? tooFast : null } : null;
  } catch {
    return null;
  }
}

const bounded = (perSecond: number, own: number) => Math.min(own, Math.max(slowest, perSecond));
