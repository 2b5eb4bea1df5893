/** A record about nobody, or about a day that no calendar has, is kept, until a person puts it right. */
import { beginsWithDay } from '../../../../../shared/calendar-day.ts';
import type { Sentence } from '../../../../../shared/domain.ts';
import { harmless } from '../../../../../shared/harmless.ts';
import { sentence } from '../../../../../shared/sentences/sentence.ts';
import type { JsonObject } from '../../../event-summary.ts';
import { entityOf } from '../../../intake/entity.ts';
import { roomsOf } from '../../../intake/rooms.ts';

// biome-ignore lint/correctness/useYield: as the other kinds' messages are opened, in steps
export function* openedRecord(raw: string): Generator<void, { readonly text: string } | { readonly says: Sentence }> {
  const data = dataOf(raw);
  if (data === null) return { text: raw };
  const isNamed = roomsOf(data).length > 0 || entityOf(data, JSON.stringify(data)).entity !== null;
  if (!isNamed) return { says: sentence('source_message.fias_unnamed') };
  for (const [member, field] of days) {
    const day = data[member];
    if (typeof day === 'string' && !beginsWithDay(day)) {
      const found = harmless(day).slice(0, longestShown).toWellFormed();
      return { says: sentence('source_message.fias_no_day', { field, member, found }) };
    }
  }
  return { text: raw };
}

const longestShown = 40;
const days = [
  ['check_in', 'GA'],
  ['check_out', 'GD'],
] as const;

/** What is no record of ours, whoever reads it as our envelope tells. */
function dataOf(raw: string): JsonObject | null {
  try {
    const data: unknown = JSON.parse(raw)?.data;
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as JsonObject) : null;
  } catch {
    return null;
  }
}
