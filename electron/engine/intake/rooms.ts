/** The rooms that an event names: by name, by number or by id, however the PMS calls them. */
import type { JsonObject } from '../event-summary.ts';

const members = ['room', 'rooms', 'room_name', 'roomName', 'room_number', 'roomNumber', 'room_no', 'roomNo'];
const idMembers = ['room_id', 'roomId', 'roomID'];
const ofRoom = ['name', 'number', 'no', 'id', 'room_name', 'room_number', 'room_id', 'label', 'code'];
/** Where else a room may stand, one level deeper. */
const holders = ['booking', 'reservation', 'stay', 'guest', 'order', 'folio'];
const mostRooms = 12;

/** At most a dozen: a group's booking may name every room of the house. */
export function roomsOf(data: JsonObject): string[] {
  const found: string[] = [];
  const add = (value: unknown, depth = 0): void => {
    if (found.length >= mostRooms || value === null || value === undefined) return;
    if (typeof value === 'string' || typeof value === 'number') found.push(String(value).slice(0, 100));
    else if (Array.isArray(value)) for (const one of value.slice(0, mostRooms)) add(one, depth + 1);
    else if (typeof value === 'object' && depth < 2) for (const name of ofRoom) add(own(value as JsonObject, name), 2);
  };
  const from = (holder: JsonObject): void => {
    for (const name of [...members, ...idMembers]) add(own(holder, name));
  };
  from(data);
  for (const name of holders) {
    const holder = own(data, name);
    if (typeof holder === 'object' && holder !== null && !Array.isArray(holder)) from(holder as JsonObject);
  }
  return found;
}

const own = (object: JsonObject, name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);
