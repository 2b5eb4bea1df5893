/** What a record becomes: check-in, check-out, and a change, which a move to another room is too. */
import { beginsWithDay } from '../../../../../shared/calendar-day.ts';
import type { EventType } from '../../../../../shared/events.ts';
import type { FiasRecord } from './record.ts';

export interface MadeEvent {
  readonly event: EventType;
  readonly data: Readonly<Record<string, unknown>>;
}

const types: Readonly<Record<string, EventType>> = {
  GI: 'guest.checkin',
  GO: 'guest.checkout',
  GC: 'booking.updated',
};

/** What their members are called in `data`; days are written as ISO 8601 writes them. */
const names: Readonly<Record<string, { readonly name: string; readonly isDay?: true }>> = {
  'G#': { name: 'reservation_id' },
  RN: { name: 'room_number' },
  RO: { name: 'old_room_number' },
  GN: { name: 'guest_name' },
  GF: { name: 'guest_first_name' },
  GT: { name: 'guest_title' },
  GL: { name: 'language' },
  GV: { name: 'vip' },
  GG: { name: 'group_number' },
  GA: { name: 'check_in', isDay: true },
  GD: { name: 'check_out', isDay: true },
};

/** Of the line: nothing of the guest. */
const ofTheLine: ReadonlySet<string> = new Set(['DA', 'TI', 'SF']);

/** The fields that are asked for, of each record. `SF` marks what is only said again. */
export const askedFields: Readonly<Record<string, readonly string[]>> = {
  GI: ['RN', 'G#', 'GN', 'GF', 'GT', 'GL', 'GV', 'GG', 'GA', 'GD', 'GS', 'SF', 'DA', 'TI'],
  GO: ['RN', 'G#', 'GS', 'SF', 'DA', 'TI'],
  GC: ['RN', 'RO', 'G#', 'GN', 'GF', 'GT', 'GL', 'GV', 'GG', 'GA', 'GD', 'GS', 'DA', 'TI'],
};

/** @returns null for a record that is none of a guest, or that is only said again (a resynchronisation) */
export function eventOf({ type, fields }: FiasRecord): MadeEvent | null {
  const event = types[type];
  if (event === undefined || fields.has('SF')) return null;
  const data: Record<string, unknown> = {};
  const others: Record<string, string> = {};
  for (const [code, value] of fields) {
    const known = names[code];
    if (value === '' || ofTheLine.has(code)) continue;
    if (known === undefined) others[code] = value;
    else data[known.name] = known.isDay ? dayOf(value) : value;
  }
  if (fields.has('GS')) {
    // Several guests share the room.
    data.shared = fields.get('GS') === 'Y';
    delete others.GS;
  }
  if (type === 'GC' && data.old_room_number !== undefined) data.changed = ['room_number'];
  if (Object.keys(others).length > 0) data.fields = others;
  return { event, data };
}

/** `261129` is 2026-11-29; what is no day of a calendar stays as it is, and its record is kept. */
function dayOf(text: string): string {
  const found = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  const day = found === null ? '' : `20${found[1]}-${found[2]}-${found[3]}`;
  return beginsWithDay(day) ? day : text;
}
