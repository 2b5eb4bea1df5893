import { expect, test } from 'vitest';
import { OrderLine } from '../../electron/engine/queue/order-line.ts';
import type { Candidate } from '../../electron/engine/queue/waiting-window.ts';

const of = (seq: number) => ({ seq, event: null }) as unknown as Candidate;

test('a line is in the order of the events, whatever is looked at first', () => {
  const line = new OrderLine();
  line.begin('bk_1');
  // What can wait is looked at after all else that is due.
  for (const seq of [3, 4, 2, 5, 1]) expect(line.holds(of(seq), 'bk_1')).toBe(true);
  const went: number[] = [];
  for (let next = line.next('bk_1'); next !== null; next = line.next('bk_1')) {
    // The next one goes out: it is first of its line, and not put behind one that waits for it.
    expect(line.holds(next, 'bk_1')).toBe(false);
    line.begin('bk_1');
    went.push(next.seq);
  }
  expect(went).toEqual([1, 2, 3, 4, 5]);
  expect(line.size).toBe(0);
});
