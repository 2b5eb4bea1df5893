/** A record that names neither a room nor a reservation is about nobody: it is kept, until a person adds one. */
import type { Sentence } from '../../../../../shared/domain.ts';
import { sentence } from '../../../../../shared/sentences/sentence.ts';
import type { JsonObject } from '../../../event-summary.ts';
import { entityOf } from '../../../intake/entity.ts';
import { roomsOf } from '../../../intake/rooms.ts';

// biome-ignore lint/correctness/useYield: as the other kinds' messages are opened, in steps
export function* openedRecord(raw: string): Generator<void, { readonly text: string } | { readonly says: Sentence }> {
  const data = dataOf(raw);
  const isNamed = data === null || roomsOf(data).length > 0 || entityOf(data, JSON.stringify(data)).entity !== null;
  return isNamed ? { text: raw } : { says: sentence('source_message.fias_unnamed') };
}

/** What is no record of ours, whoever reads it as our envelope tells. */
function dataOf(raw: string): JsonObject | null {
  try {
    const data: unknown = JSON.parse(raw)?.data;
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as JsonObject) : null;
  } catch {
    return null;
  }
}
