/** What was not taken in, in one list: what was refused, and what is kept because no event could be made of it. */
import type { CallOutput } from '../../../shared/api.ts';
import type { Sentence, SourceId, UtcMs } from '../../../shared/domain.ts';

export interface NotTaken {
  readonly what: 'refusal' | 'message';
  /** Its number, for a person to type. */
  readonly id: number;
  readonly at: UtcMs;
  readonly times: number;
  readonly sourceId: SourceId | null;
  /** "bookings.csv row 14", or a file's name; empty where it came alone. */
  readonly place: string;
  readonly member: string | null;
  readonly says: Sentence | null;
  /** What it was answered with; null: it was not refused. */
  readonly status: number | null;
  readonly isTaken: boolean;
  readonly canOpen: boolean;
}

/** @returns newest first */
export function notTakenOf(
  refusals: CallOutput<'sources.refusals'>,
  kept: CallOutput<'sources.messages'>,
): readonly NotTaken[] {
  const rows: NotTaken[] = [
    ...refusals.map(({ id, at, times, sourceId, file, member, says, status, takenAt, hasBody }) => ({
      ...{ what: 'refusal' as const, id, at, times, sourceId, place: file ?? '', member, says, status },
      isTaken: takenAt !== null,
      canOpen: hasBody || sourceId !== null,
    })),
    ...kept.map(({ id, at, sourceId, origin, trouble }) => ({
      ...{ what: 'message' as const, id, at, times: 1, sourceId, place: origin, status: null },
      member: trouble?.member ?? null,
      says: trouble?.says ?? null,
      isTaken: false,
      canOpen: true,
    })),
  ];
  return rows.sort((a, b) => b.at - a.at || b.id - a.id);
}
