import { describe, expect, test } from 'vitest';
import { nextCheckpoint, wantsRestart } from '../../electron/engine/upkeep/checkpoints.ts';

describe('when the write-ahead log is carried over', () => {
  test('not while there is nothing to carry over', () => {
    expect(nextCheckpoint({ pages: 500, carriedOver: 500 }, 1e9)).toBe('none');
  });

  test('from 4 MB on, or when less has lain for half a minute', () => {
    expect(nextCheckpoint({ pages: 999, carriedOver: 0 }, 29_999)).toBe('none');
    expect(nextCheckpoint({ pages: 1000, carriedOver: 0 }, 0)).toBe('passive');
    expect(nextCheckpoint({ pages: 1, carriedOver: 0 }, 30_000)).toBe('passive');
  });

  test('a long log that nobody writes to is cut', () => {
    expect(nextCheckpoint({ pages: 16_000, carriedOver: 16_000 }, 0)).toBe('truncate');
  });

  test('a long log starts anew only when little is left to carry over while the writer waits', () => {
    expect(wantsRestart({ pages: 16_000, carriedOver: 15_950 })).toBe(true);
    // A reader's old snapshot holds the checkpoint back: to insist would only hold up the writer.
    expect(wantsRestart({ pages: 16_000, carriedOver: 15_500 })).toBe(false);
    expect(wantsRestart({ pages: 15_000, carriedOver: 15_000 })).toBe(false);
  });
});
