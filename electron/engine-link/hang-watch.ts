/**
 * Notices an engine process that is there and does nothing any more. It is asked at a steady beat; what counts
 * is how many askings in a row stayed without an answer, not a clock: after a sleep both processes wake at once,
 * and the time between is nobody's silence.
 */

/** Between two askings, in milliseconds. */
export const pingEveryMs = 5_000;
/** Askings in a row without an answer (30 s) after which an engine hangs. */
export const pingsUnanswered = 6;

export interface HangWatchParts {
  readonly ask: (ping: number) => void;
  /** It hangs; told once. @param silentMs how long it has been silent, in milliseconds of being awake */
  readonly hangs: (silentMs: number) => void;
  /** Calls `run` once after `delayMs`; the function returned cancels that. */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

export interface HangWatch {
  /** It answered. */
  answered(ping: number): void;
  stop(): void;
}

/** Watches from now on, until it hangs or the watch is stopped. */
export function watchForHang({ ask, hangs, after }: HangWatchParts): HangWatch {
  let asked = 0;
  let lastAnswered = 0;
  let cancel = after(pingEveryMs, beat);

  function beat(): void {
    const unanswered = asked - lastAnswered;
    if (unanswered >= pingsUnanswered) {
      hangs(unanswered * pingEveryMs);
      return;
    }
    asked += 1;
    ask(asked);
    cancel = after(pingEveryMs, beat);
  }

  return {
    answered(ping) {
      lastAnswered = Math.max(lastAnswered, ping);
    },
    stop: () => cancel(),
  };
}
