/** What is one receiver's own while the others answer: it counts, nobody else waits, and nothing is said of the internet. */
import { expect } from 'vitest';
import type { Lab } from './lab.ts';
import type { World } from './worlds.ts';

export interface ReceiverRow {
  readonly name: string;
  readonly is: NonNullable<World['trouble']>['is'];
  /** Of the attempt that counts: what it came to. */
  readonly says: RegExp;
}

export const receiverRows: readonly ReceiverRow[] = [
  { name: 'one name is not found', is: 'no_name', says: /The address hooks\.tower\.example does not exist/ },
  { name: 'one receiver cuts connections off', is: 'cut_off', says: /could not agree on a secure connection/ },
  { name: 'one certificate has expired', is: 'expired', says: /security certificate of .* expired on/ },
];

const withinMs = 60_000;

export async function checkReceiverRow(lab: Lab, { is, says }: ReceiverRow): Promise<void> {
  const property = await lab.property();
  await property.post();
  await property.allArrived();
  await property.finds({ trouble: { of: 'tower', is } });
  await property.post();
  const isThere = async () =>
    (await property.counted()).length > 0 &&
    (['harbour', 'mango'] as const).every((name) => property.arrivedAt(name).length === 2);
  const endsAt = performance.now() + withinMs;
  while (!(await isThere()) && performance.now() < endsAt) await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await property.counted()).toEqual([expect.stringMatching(says)]);
  for (const name of ['harbour', 'mango'] as const) expect(property.arrivedAt(name)).toEqual(['bk_1', 'bk_2']);
  const { situation, doctor } = await property.says();
  expect(situation.connectivity.state).toBe('online');
  expect(situation.facts.filter(({ scope }) => scope.kind !== 'host')).toEqual([]);
  expect(doctor).toMatch(/ok +Internet: /);
}
