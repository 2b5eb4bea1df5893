/** Days of retention that contradict each other are refused, and shorter ones take with them what cannot outlive them. */
import { expect, test } from 'vitest';
import { startTestEngine } from '../support/engine.ts';

test('what goes with an event is kept no longer than it, and what cannot be kept is refused by its name', async () => {
  await using engine = await startTestEngine();
  const { keep } = await engine.call('settings.get', {});
  expect(keep).toMatchObject({ payloadDays: 30, answerDays: 14 });
  const change = (asked: object) => engine.call('settings.change', { change: asked });
  expect((await change({ retentionDays: 7 })).keep).toEqual({ ...keep, payloadDays: 7, answerDays: 7 });
  for (const [days, says] of [
    [{ payloadDays: 400 }, 'Events are kept for 7 days, and what they said goes with them'],
    [{ payloadDays: 3 }, 'What events said is kept for 3 days, and the answers to it go with it'],
  ] as const) {
    await expect(change({ keep: { ...keep, answerDays: 7, ...days } })).rejects.toThrow(says);
  }
  expect(await change({ retentionDays: 400, keep })).toMatchObject({ retentionDays: 400, keep });
});
