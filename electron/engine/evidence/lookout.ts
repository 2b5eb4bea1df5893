/**
 * When it is looked whether there is a way out: after a failure, while there is none every 5 s and then ever more seldom,
 * at once where the network is another, after sleep, and when a person asks. One look at a time.
 */
import type { Clock } from '../ports.ts';

/** Why it is looked. `proof`: an answer from out there has just contradicted what was found. */
export type LookReason = 'failure' | 'again' | 'change' | 'hand' | 'proof';

export interface Lookout {
  /** After a failure on the way. */
  afterFailure(): Promise<void>;
  /** The machine woke: its network may be another. */
  resumed(): void;
  /** @returns when it can be asked for again, as monotonic time, where it was asked for too often; null once it was looked */
  byHand(): Promise<number | null>;
  /** Costs nothing: whether this PC's network is another by now. */
  glanceAtNetwork(): void;
  /** What was found was contradicted. */
  contradicted(): void;
  watch(): void;
  stop(): void;
}

export interface LookoutParts {
  readonly clock: Clock;
  readonly own: (what: string, work: Promise<unknown>) => void;
  /** Another text whenever this PC's network is another; null where that cannot be told. */
  readonly network: () => string | null;
  readonly look: (why: LookReason) => Promise<void>;
  /** Whether it is to be looked again without anybody asking. */
  readonly isWanted: () => boolean;
  /** What the last look found in another network was not believed yet, since nothing had failed. */
  readonly isPutOff: () => boolean;
  /** Every few seconds: what costs nothing to look at. */
  readonly glance: () => void;
  /** This PC's network is another: what was learnt of the last one does not hold. */
  readonly networkChanged: () => void;
}

/** How long a look is believed after it was asked for, in milliseconds. */
const believedMs = 5_000;
/** While there is no way out, it is looked for again after this time, in milliseconds, and then after twice as long each time. */
const firstAgainMs = 5_000;
const lastAgainMs = 60_000;
const glanceEveryMs = 5_000;
/** A network that comes and goes while all is well is looked at this often, in milliseconds. */
const changeEveryMs = 60_000;
/** So often a person can ask within this time, in milliseconds. */
const mostByHand = 3;
const byHandWithinMs = 120_000;

export function createLookout(parts: LookoutParts): Lookout {
  const { clock, own } = parts;
  let asking: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let nextWhy: LookReason = 'again';
  let askedAt = Number.NEGATIVE_INFINITY;
  let againMs = firstAgainMs;
  let cancelAgain: (() => void) | null = null;
  let cancelGlance: (() => void) | null = null;
  let changedAt = Number.NEGATIVE_INFINITY;
  let seenNetwork: string | null = null;
  let handAt: number[] = [];
  let watching = false;

  function look(why: LookReason): Promise<void> {
    if (asking !== null) {
      // What is under way may have begun before whatever this is about.
      return why === 'failure' || why === 'again' ? asking : afterThisOne(asking, why);
    }
    notAgain();
    asking = parts.look(why).finally(() => {
      asking = null;
      askedAt = clock.monotonicMs();
      againLater();
    });
    return asking;
  }

  /** One more, whoever asks for it meanwhile. */
  function afterThisOne(present: Promise<void>, why: LookReason): Promise<void> {
    if (next === null || why === 'proof') nextWhy = why;
    next ??= present
      .catch(() => undefined)
      .then(() => {
        next = null;
        return look(nextWhy);
      });
    return next;
  }

  function notAgain(): void {
    cancelAgain?.();
    cancelAgain = null;
  }

  function againLater(): void {
    if (!parts.isWanted()) againMs = firstAgainMs;
    if (!watching || cancelAgain !== null || asking !== null || !parts.isWanted()) return;
    cancelAgain = clock.after(againMs, () => {
      cancelAgain = null;
      againMs = Math.min(2 * againMs, lastAgainMs);
      if (parts.isWanted()) own('a look for the way out', look('again'));
    });
  }

  function atOnce(why: LookReason): void {
    againMs = firstAgainMs;
    own('a look for the way out', look(why));
  }

  function lookAtNetwork(): void {
    const found = parts.network();
    if (found === null || found === seenNetwork) return;
    const isFirst = seenNetwork === null;
    seenNetwork = found;
    if (isFirst) return;
    parts.networkChanged();
    const now = clock.monotonicMs();
    if (!parts.isWanted() && now - changedAt < changeEveryMs) return;
    changedAt = now;
    atOnce('change');
  }

  function glanceLater(): void {
    if (!watching) return;
    cancelGlance = clock.after(glanceEveryMs, () => {
      parts.glance();
      lookAtNetwork();
      againLater();
      glanceLater();
    });
  }

  return {
    async afterFailure() {
      if (asking !== null || clock.monotonicMs() - askedAt >= believedMs) await look('failure');
      if (parts.isPutOff()) await look('failure');
    },
    glanceAtNetwork: lookAtNetwork,
    resumed: () => atOnce('change'),
    async byHand() {
      const now = clock.monotonicMs();
      handAt = handAt.filter((at) => now - at < byHandWithinMs);
      const [first] = handAt;
      if (first !== undefined && handAt.length >= mostByHand) return first + byHandWithinMs;
      handAt.push(now);
      againMs = firstAgainMs;
      await look('hand');
      return null;
    },
    contradicted: () => own('a look for the way out', look('proof')),
    watch() {
      watching = true;
      seenNetwork = parts.network();
      againLater();
      glanceLater();
    },
    stop() {
      watching = false;
      notAgain();
      cancelGlance?.();
      cancelGlance = null;
    },
  };
}
