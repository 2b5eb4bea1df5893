import { expect, test } from 'vitest';
import { roomsOf } from '../../electron/engine/intake/rooms.ts';
import { foldRooms, wantedRoom } from '../../electron/engine/store/rooms.ts';

const finds = (typed: string, data: Record<string, unknown>): boolean => {
  const wanted = wantedRoom(typed);
  return wanted !== null && (foldRooms(roomsOf(data))?.includes(wanted) ?? false);
};

test.each([
  { room: { id: 'rm_204', name: 'Room 204 - Sea View' } },
  { room_id: 'rm_204' },
  { room: 204 },
  { room: '204' },
  { roomNumber: 204 },
  { room_no: 'R204' },
  { rooms: [{ name: 'Room 101' }, { name: 'Room 204' }] },
  { rooms: [101, 204] },
  { booking: { room: { number: '204' } } },
  { reservation: { room_number: 204 } },
])('“Room 204” is %o, however the PMS says it', (data) => {
  for (const typed of ['Room 204', 'room 204', '204', 'Rm. 204', 'ROOM  #204', 'Silid 204']) {
    expect(finds(typed, data), typed).toBe(true);
  }
  for (const typed of ['Room 20', 'Room 2045', 'Room 4', 'Room 205']) expect(finds(typed, data), typed).toBe(false);
});

test('a room is found by its name as it is being typed, without accents', () => {
  const data = { room: { name: 'Habitación Mirador - 12' } };
  for (const typed of ['mira', 'MIRADOR', 'habitacion mir']) expect(finds(typed, data), typed).toBe(true);
  expect(finds('rador', data)).toBe(false);
});

test('an event that names no room, or hundreds, is kept within bounds', () => {
  expect(foldRooms(roomsOf({ order_id: 'or_1', table: 204 }))).toBeNull();
  expect(wantedRoom('room')).toBeNull();
  const many = roomsOf({ rooms: Array.from({ length: 5000 }, (_, n) => ({ name: 'x'.repeat(1000) + n })) });
  expect(many.length).toBeLessThanOrEqual(12);
  expect(foldRooms(many)?.length).toBeLessThanOrEqual(400);
  expect(roomsOf({ room: { name: { deeper: { still: 'Room 1' } } }, rooms: [[[[1]]]] }).length).toBeLessThan(12);
});
