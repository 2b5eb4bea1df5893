/**
 * Writes down what became of what an outage held up: how many events waited, and when the last of them went out. The
 * reader thread counts, so that nothing is held up by it; what a restart or a crash kept from being written is counted anew.
 */
import type { EngineContext } from './context.ts';
import type { OutageStore, OutageTally } from './store/outages.ts';

/** Soon after one has ended, while all that waited is still there to be counted; then ever more seldom. */
const firstMs = 1_000;
const mostMs = 60_000;

export interface OutageKeeper {
  start(): void;
  /** Ends it, and waits for what is being counted. */
  stop(): Promise<void>;
}

/** @param tallies of those that are over and whose numbers are not final yet */
export function createOutageKeeper(
  { clock, commit, logger, mishaps, changes }: EngineContext,
  store: OutageStore,
  tallies: () => Promise<readonly OutageTally[]>,
): OutageKeeper {
  let delayMs = firstMs;
  let cancel = (): void => {};
  let under: Promise<void> | null = null;
  let stopped = false;

  async function keep(): Promise<void> {
    try {
      if (!store.hasUnsettled()) return;
      const counted = await tallies();
      await commit.transact(() => {
        for (const tally of counted) store.putTally(tally);
      });
      if (counted.some(({ settled }) => settled)) changes.touch('situation');
    } catch (error) {
      if (!stopped) logger.warn({ err: error }, 'what an outage held up could not be counted; it is tried again');
    }
    if (!stopped) plan(Math.min(delayMs * 2, mostMs));
  }

  function plan(inMs: number): void {
    cancel();
    if (stopped) return;
    delayMs = inMs;
    cancel = clock.after(inMs, () => {
      under = keep().finally(() => {
        under = null;
      });
      mishaps.own('counting what an outage held up', under);
    });
  }

  store.onEnd(() => {
    // While one is being counted, the next look comes soon anyway.
    if (under === null) plan(firstMs);
    else delayMs = firstMs / 2;
  });

  return {
    start: () => plan(firstMs),
    async stop() {
      stopped = true;
      cancel();
      await under;
    },
  };
}
