import { expect, test } from 'vitest';
import { createThreadLives } from '../../electron/engine/thread-lives.ts';
import { createFakeClock } from '../support/clock.ts';

test('a thread that dies soon after its start is started later each time, up to the last; one that lived, at once', async () => {
  const clock = createFakeClock();
  const lives = createThreadLives(clock, [1, 20, 300]);
  const livesFor = async (ms: number) => {
    lives.began();
    await clock.advance(ms);
    return lives.restartAfterMs();
  };
  expect([await livesFor(5), await livesFor(5), await livesFor(5), await livesFor(5)]).toEqual([1, 20, 300, 300]);
  expect([await livesFor(61_000), await livesFor(5)]).toEqual([1, 20]);
});
