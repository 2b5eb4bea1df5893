/** Who waits for what comes of a delivery's next attempt: a person who asked for it by hand. */
import type { Clock } from '../ports.ts';
import type { AttemptEnd } from '../sending/attempt.ts';

export interface AwaitedEnds {
  /** The end of the delivery's next attempt; null where none has come within the time, in milliseconds. */
  next(deliverySeq: number, withinMs: number): Promise<AttemptEnd | null>;
  isAwaited(deliverySeq: number): boolean;
  /** @param end null where there will be none */
  tell(deliverySeq: number, end: AttemptEnd | null): void;
  /** Nothing comes any more: everybody hears so. */
  giveUp(): void;
}

interface Wait {
  readonly deliverySeq: number;
  readonly heard: (end: AttemptEnd | null) => void;
}

export function createAwaitedEnds(clock: Clock): AwaitedEnds {
  const waits = new Set<Wait>();
  return {
    next: (deliverySeq, withinMs) =>
      new Promise((resolve) => {
        const wait: Wait = {
          deliverySeq,
          heard(end) {
            cancel();
            waits.delete(wait);
            resolve(end);
          },
        };
        const cancel = clock.after(withinMs, () => wait.heard(null));
        waits.add(wait);
      }),
    isAwaited(seq) {
      for (const { deliverySeq } of waits) if (deliverySeq === seq) return true;
      return false;
    },
    tell(seq, end) {
      for (const { deliverySeq, heard } of [...waits]) if (deliverySeq === seq) heard(end);
    },
    giveUp() {
      for (const { heard } of [...waits]) heard(null);
    },
  };
}
