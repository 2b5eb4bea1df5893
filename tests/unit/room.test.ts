import { expect, test } from 'vitest';
import { createRoom } from '../../electron/engine/queue/room.ts';

const kb = 1024;

test('large events of all endpoints together stay within the limit; small ones need no room', () => {
  const room = createRoom(1_000 * kb);
  for (let n = 0; n < 4; n += 1) {
    expect(room.has(1, 250 * kb)).toBe(true);
    room.take(1, 250 * kb);
  }
  expect([room.has(1, 250 * kb), room.has(1, 64 * kb)]).toEqual([false, true]);
  room.give(1, 250 * kb);
  expect(room.has(1, 250 * kb)).toBe(true);
});

test('an endpoint with nothing large in flight may always send one', () => {
  const room = createRoom(1_000 * kb);
  for (let n = 0; n < 4; n += 1) room.take(1, 250 * kb);
  expect(room.has(2, 900 * kb)).toBe(true);
  room.take(2, 900 * kb);
  expect([room.has(2, 100 * kb), room.has(3, 100 * kb)]).toEqual([false, true]);
  room.give(2, 900 * kb);
  for (let n = 0; n < 4; n += 1) room.give(1, 250 * kb);
  for (let n = 0; n < 4; n += 1) room.take(3, 250 * kb);
  expect(room.has(3, 100 * kb)).toBe(false);
});

test('where a process may have little open, there is room for so many requests, and for one of each endpoint', () => {
  const room = createRoom(1_000 * kb, 3);
  for (let n = 0; n < 3; n += 1) room.take(1, kb);
  expect([room.has(1, kb), room.has(2, kb)]).toEqual([false, true]);
  room.take(2, kb);
  room.give(1, kb);
  expect([room.has(1, kb), room.has(2, kb)]).toEqual([false, false]);
  room.give(1, kb);
  expect(room.has(1, kb)).toBe(true);
});
