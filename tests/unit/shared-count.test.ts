import { expect, test } from 'vitest';
import { createSharedCount } from '../../electron/engine/log/situation/shared-count.ts';
import type { CommitParticipant } from '../../electron/engine/store/group-commit.ts';

function countingAt() {
  const participants: CommitParticipant[] = [];
  const begun: ((value: number) => void)[] = [];
  const shared = createSharedCount<string, number>(
    { takePart: (participant) => void participants.push(participant) },
    () => new Promise((resolve) => void begun.push(resolve)),
  );
  return { shared, begun, committed: () => participants.forEach((one) => void one.committed?.()) };
}

test('who asks while one is counted for the same state of the store shares it', async () => {
  const { shared, begun } = countingAt();
  const [one, other] = [shared('Asia/Manila'), shared('Asia/Manila')];
  expect(begun).toHaveLength(1);
  begun[0]?.(7);
  expect(await Promise.all([one, other])).toEqual([7, 7]);
});

test('who asks after a commit, for another day, or once it is counted, has a count of their own', async () => {
  const { shared, begun, committed } = countingAt();
  const first = shared('Asia/Manila');
  committed();
  const second = shared('Asia/Manila');
  const third = shared('Europe/Berlin');
  expect(begun).toHaveLength(3);
  begun.forEach((resolve, index) => void resolve(index));
  expect(await Promise.all([first, second, third])).toEqual([0, 1, 2]);
  void shared('Europe/Berlin').catch(() => undefined);
  expect(begun).toHaveLength(4);
});

test('a count that failed is not shared any further', async () => {
  let times = 0;
  const shared = createSharedCount({ takePart: () => undefined }, async () => {
    times += 1;
    throw new Error('the thread died');
  });
  await expect(shared('UTC')).rejects.toThrow('died');
  await expect(shared('UTC')).rejects.toThrow('died');
  expect(times).toBe(2);
});
