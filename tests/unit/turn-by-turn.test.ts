import { expect, test } from 'vitest';
import { turnByTurn } from '../../electron/engine/turn-by-turn.ts';

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

test('takes no more in one turn than it may, whoever brings it, and all of it in its order', async () => {
  const handled: number[] = [];
  const bounded = turnByTurn<number>(10, (n) => handled.push(n));
  bounded.take(numbers(0, 7));
  bounded.take(numbers(7, 25));
  expect(handled).toEqual(numbers(0, 10));
  await nextTurn();
  bounded.take(numbers(25, 28));
  expect(handled).toEqual(numbers(0, 20));
  await nextTurn();
  expect(handled).toEqual(numbers(0, 28));
  await nextTurn();
  bounded.take(numbers(28, 38));
  expect(handled).toEqual(numbers(0, 38));
});

test('what is left is taken at once where there is no other turn', async () => {
  const handled: number[] = [];
  const bounded = turnByTurn<number>(10, (n) => handled.push(n));
  bounded.take(numbers(0, 25));
  bounded.finish();
  expect(handled).toEqual(numbers(0, 25));
  await nextTurn();
  expect(handled).toHaveLength(25);
});
