/** A record that nobody can read, that is about nobody, or about a day that no calendar has, is kept, until a person puts it right. */
import { beginsWithDay } from '../../../../../shared/calendar-day.ts';
import type { Sentence } from '../../../../../shared/domain.ts';
import { harmless } from '../../../../../shared/harmless.ts';
import { sentence } from '../../../../../shared/sentences/sentence.ts';
import type { JsonObject } from '../../../event-summary.ts';
import { entityOf } from '../../../intake/entity.ts';
import { roomsOf } from '../../../intake/rooms.ts';
import { eventOf } from './event-of.ts';
import { readRecord, withoutTracks } from './record.ts';

/** How a record is kept of which no event can be made: without card tracks; a person mends `record`, or writes an event. */
export function unreadRaw(text: string, isWhole: boolean): string {
  const record = withoutTracks(text);
  return JSON.stringify(isWhole ? { record } : { record, cut_off: true });
}

type Opened = { readonly text: string } | { readonly says: Sentence };

// biome-ignore lint/correctness/useYield: as the other kinds' messages are opened, in steps
export function* openedRecord(raw: string): Generator<void, Opened> {
  const value = objectIn(raw);
  const opened = typeof value?.record === 'string' ? read(value.record, value.cut_off === true) : { text: raw };
  if ('says' in opened) return opened;
  const data = dataOf(opened.text);
  if (data === null) return opened;
  const isNamed = roomsOf(data).length > 0 || entityOf(data, JSON.stringify(data)).entity !== null;
  if (!isNamed) return { says: sentence('source_message.fias_unnamed') };
  for (const [member, field] of days) {
    const day = data[member];
    if (typeof day === 'string' && !beginsWithDay(day)) {
      return { says: sentence('source_message.fias_no_day', { field, member, found: shown(day) }) };
    }
  }
  return opened;
}

function read(text: string, isCutOff: boolean): Opened {
  if (isCutOff) return { says: sentence('source_message.fias_cut_off') };
  const record = readRecord(text);
  const made = record && eventOf(record);
  if (record === null || made === null) {
    return { says: sentence('source_message.fias_no_record', { found: shown(text.split('|')[0] ?? '') }) };
  }
  if (record.twice !== null) return { says: sentence('source_message.fias_twice', { field: shown(record.twice) }) };
  return { text: JSON.stringify(made) };
}

const longestShown = 40;
const shown = (text: string): string => harmless(text).slice(0, longestShown).toWellFormed();
const days = [
  ['check_in', 'GA'],
  ['check_out', 'GD'],
] as const;

/** What is no record of ours, whoever reads it as our envelope tells. */
function dataOf(raw: string): JsonObject | null {
  const data = objectIn(raw)?.data;
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as JsonObject) : null;
}

function objectIn(raw: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
