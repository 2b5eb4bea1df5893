/**
 * What comes in a heap is taken a few at a time, with a turn of the event loop between: whoever waits for this thread
 * meanwhile, a PMS for its answer say, has its turn in between (principle 2). The bound is a number and no time, so that it
 * holds on every PC.
 */

export interface TurnByTurn<Item> {
  /** In the order in which they came; what this turn has no room for goes into the next. */
  take(items: readonly Item[]): void;
  /** All that is left, now. */
  finish(): void;
}

/**
 * @param mostInTurn so many at most in one turn, whoever brings them
 * @param handle must not throw
 */
export function turnByTurn<Item>(mostInTurn: number, handle: (item: Item) => void): TurnByTurn<Item> {
  let waiting: Item[] = [];
  let left = mostInTurn;

  function goOn(): void {
    const now = waiting.slice(0, left);
    if (now.length === 0) return;
    waiting = waiting.slice(now.length);
    if (left === mostInTurn) setImmediate(nextTurn);
    left -= now.length;
    now.forEach(handle);
  }

  function nextTurn(): void {
    left = mostInTurn;
    goOn();
  }

  return {
    take(items) {
      waiting = waiting.length === 0 ? [...items] : [...waiting, ...items];
      goOn();
    },
    finish() {
      const all = waiting;
      waiting = [];
      all.forEach(handle);
    },
  };
}
