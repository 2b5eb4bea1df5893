/**
 * The pace of one endpoint as it is now: its own limits, what its receiver was found to take, what it says it still
 * takes, and, after trouble, one at a time (decision 45). Time comes from the caller, from a monotonic clock.
 */
import type { OutcomeClass } from '../../../shared/domain.ts';
import { isOwnTrouble } from '../evidence/judgement.ts';
import type { RateLimit } from '../evidence/rate-limit.ts';
import { afterAnswers, afterRefusal, type FoundPace } from './found-pace.ts';
import { createPacer, type PaceLimits, type Pacer } from './pacing.ts';

/** Failures in a row, none long after the other, from which on each further one lets fewer requests begin. */
const failuresAtFullPace = 8;
const longAfterMs = 15_000;
/** With more failures in a row fewer go out at once. */
const failuresOfOne = 3;
/** So few begin per second at least: one in 5 seconds finds out soon enough that a receiver is back. */
const slowestAfterFailures = 0.2;
/** Where a receiver that names no time refuses again after its silence, that is doubled, up to this, in milliseconds. */
const longestHoldMs = 1_800_000;
/** Who asks for less than this, in milliseconds, asks for next to nothing: "at once", or a moment that is past. */
const nextToNothingMs = 10_000;
const minuteMs = 60_000;
/** Told again within this, in milliseconds, it is the same window that ends. */
const sameWindowMs = 1500;
/** Spread evenly, requests keep so much more distance, as a share of it: the way is not equally long each time. */
const mostMargin = 0.05;

export interface PaceAnswer {
  readonly outcome: OutcomeClass;
  readonly durationMs: number;
  readonly rateLimit: RateLimit | null;
  /** How long it asked to be left alone; null where it named no time. */
  readonly retryAfterMs: number | null;
}

export class LanePace implements Pacer {
  /** What the receiver was found to take; null where the endpoint's own pace is taken. */
  found: FoundPace | null;
  private readonly pacer: Pacer;
  private own: PaceLimits;
  /** Requests at once: one to begin with, one more with each answer, as TCP does. */
  private places = 1;
  private inARow = 0;
  private failuresInARow = 0;
  /** One may go now, whatever the pace is. */
  private byHand = false;
  private failedAt = Number.NEGATIVE_INFINITY;
  private refusedAt = Number.NEGATIVE_INFINITY;
  /** Refusals without anything taken between them. */
  private refusalsAlone = 0;
  private lastDurationMs = 0;
  private budget: { left: number; readonly until: number } | null = null;
  private readonly taken = new MinuteCount();

  constructor(own: PaceLimits, found: FoundPace | null) {
    this.own = own;
    this.found = found;
    this.pacer = createPacer(own);
    this.apply();
  }

  get inFlight(): number {
    return this.pacer.inFlight;
  }

  slots(now: number): number {
    this.closeBudget(now);
    if (this.byHand && this.inFlight === 0) return 1;
    return Math.min(this.pacer.slots(now), this.budget?.left ?? Number.POSITIVE_INFINITY);
  }

  nextAt(now: number): number | null {
    this.closeBudget(now);
    if (this.byHand && this.inFlight === 0) return now;
    const at = this.pacer.nextAt(now);
    return at !== null && this.budget !== null && this.budget.left <= 0 ? Math.max(at, this.budget.until) : at;
  }

  take(now: number): void {
    this.byHand = false;
    this.pacer.take(now);
    if (this.budget !== null) this.budget.left -= 1;
  }

  release(): void {
    this.pacer.release();
  }

  change(own: PaceLimits): void {
    this.own = own;
    this.places = Math.min(this.places, own.inFlight);
    this.apply();
  }

  /**
   * How long nothing goes out after a "slow down" that names no time, in milliseconds.
   * @param usualMs the first time
   */
  holdMs(usualMs: number): number {
    return Math.min(Math.max(longestHoldMs, usualMs), usualMs * 2 ** this.refusalsAlone);
  }

  /**
   * How long nothing goes out after a "slow down" that names a time, in milliseconds: next to nothing, asked for again
   * and again while nothing is taken, is doubled each time. Nobody would be asked every second without end.
   * @param usualMs where it names none: as far as it is doubled
   */
  askedHoldMs(askedMs: number, usualMs: number): number {
    if (askedMs >= nextToNothingMs) return askedMs;
    return Math.min(Math.max(usualMs, askedMs), askedMs * 2 ** this.refusalsAlone);
  }

  /** What an attempt brought; to be told after its `release`. */
  learn({ outcome, durationMs, rateLimit, retryAfterMs }: PaceAnswer, now: number): void {
    if (isOwnTrouble(outcome)) return;
    this.lastDurationMs = durationMs;
    if (outcome === 'throttled') this.refused(now, durationMs, retryAfterMs);
    else if (outcome === 'delivered' || outcome === 'event_refused') this.answered(now);
    else this.failed(now);
    if (rateLimit !== null && outcome !== 'throttled') this.heed(rateLimit, now);
    this.apply();
  }

  /** A person does not want to wait: what is known of trouble and windows is forgotten, what is taken is not. */
  hurry(): void {
    this.failuresInARow = 0;
    this.budget = null;
    this.byHand = true;
    this.apply();
  }

  private answered(now: number): void {
    this.taken.add(now);
    this.failuresInARow = 0;
    this.refusalsAlone = 0;
    this.places = Math.min(this.own.inFlight, this.places + 1);
    if (this.found === null) return;
    this.inARow += 1;
    const next = afterAnswers(this.found, this.own.perSecond, this.inARow);
    if (next === this.found) return;
    this.found = next;
    this.inARow = 0;
  }

  private refused(now: number, durationMs: number, retryAfterMs: number | null): void {
    this.places = 1;
    this.failuresInARow = 0;
    // What was on its way when the first was refused says nothing new.
    if (now - durationMs <= this.refusedAt) return;
    const isFirst = this.refusedAt < now - longestHoldMs;
    const tookSomething = this.taken.anySince(Math.max(this.refusedAt, now - minuteMs));
    this.refusedAt = now;
    this.inARow = 0;
    // Where nothing was taken before, it was not our pace that was too fast.
    if (!tookSomething) this.refusalsAlone += isFirst ? 0 : 1;
    else {
      const { count, firstAt } = this.taken.upTo(now);
      const windowMs = retryAfterMs === null ? minuteMs : now - firstAt + retryAfterMs;
      this.found = afterRefusal(this.found, this.own.perSecond, { inLastMinute: count, windowMs });
    }
  }

  private failed(now: number): void {
    if (now - this.failedAt >= longAfterMs) this.failuresInARow = 0;
    this.failedAt = now;
    this.failuresInARow += 1;
    // One that fails now and then is no reason to let everybody wait behind one that hangs.
    const isAlone = this.failuresInARow <= failuresOfOne;
    this.places = isAlone ? Math.max(this.places, 2) : Math.max(1, Math.floor(this.places / 2));
  }

  /** Requests on their way may not be counted by it yet. */
  private heed({ remaining, resetMs }: RateLimit, now: number): void {
    const left = Math.max(0, remaining - this.pacer.inFlight);
    const until = now + resetMs;
    const before = this.budget;
    const isSameWindow = before !== null && until <= before.until + sameWindowMs;
    this.budget = isSameWindow ? { left: Math.min(left, before.left), until: before.until } : { left, until };
  }

  /** A window has ended; what the next one allows is asked with one request. */
  private closeBudget(now: number): void {
    if (this.budget === null || this.budget.until > now) return;
    this.budget = null;
    this.places = 1;
    this.apply();
  }

  private apply(): void {
    const { inFlight, perSecond } = this.own;
    const halvings = this.failuresInARow - failuresAtFullPace;
    const afterFailures =
      halvings <= 0 ? perSecond : Math.max(Math.min(perSecond, 1000) / 2 ** halvings, slowestAfterFailures);
    const found = this.found?.perSecond ?? perSecond;
    const pace = Math.min(perSecond, found, afterFailures);
    const isOwn = pace >= perSecond;
    const margin = isOwn ? 0 : Math.min(mostMargin, (this.lastDurationMs * pace) / 1000);
    this.pacer.change({
      inFlight: Math.min(inFlight, this.places),
      perSecond: pace / (1 + margin),
      evenly: !isOwn,
    });
  }
}

/** How many within the last minute, to the second. */
class MinuteCount {
  private readonly counts = new Uint32Array(60);
  private readonly seconds = new Float64Array(60).fill(Number.NEGATIVE_INFINITY);
  private lastAt = Number.NEGATIVE_INFINITY;

  add(now: number): void {
    this.lastAt = now;
    const second = Math.floor(now / 1000);
    const at = second % 60;
    if (this.seconds[at] !== second) {
      this.seconds[at] = second;
      this.counts[at] = 0;
    }
    this.counts[at] = (this.counts[at] ?? 0) + 1;
  }

  anySince(at: number): boolean {
    return this.lastAt > at;
  }

  upTo(now: number): { readonly count: number; readonly firstAt: number } {
    const oldest = Math.floor(now / 1000) - 60;
    let count = 0;
    let first = Math.floor(now / 1000);
    for (const [at, second] of this.seconds.entries()) {
      if (second <= oldest) continue;
      count += this.counts[at] ?? 0;
      first = Math.min(first, second);
    }
    return { count, firstAt: Math.min(now, first * 1000) };
  }
}
