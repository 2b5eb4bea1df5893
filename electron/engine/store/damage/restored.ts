/** What is remembered of a restore: what is to be done at the start that brings it about, and what was done then. */
import type { UtcMs } from '../../../../shared/domain.ts';
import type { Situation } from '../../../../shared/schemas.ts';

/** Stands in a backup that was made ready (`metaKey.restorePlan`). */
export interface RestorePlan {
  readonly file: string;
  /** When the backup was made. */
  readonly madeAt: UtcMs;
  readonly holdsLog: boolean;
  /** The last event that was there when it was made. */
  readonly lastSeq: number;
  /** What is there now is damaged: what can still be read of it is carried over. */
  readonly carryOver: boolean;
}

export type Restored = NonNullable<Situation['database']['restored']>;

/** How long it is a condition, in milliseconds. */
const saidForMs = 3 * 24 * 3_600_000;

/** The last restore while it is news; null else. @param nowMs wall clock's */
export function restoredLately(text: string | undefined, nowMs: number): Restored | null {
  const restored = text === undefined ? null : (JSON.parse(text) as Restored);
  return restored !== null && nowMs - restored.at < saidForMs ? restored : null;
}

/**
 * Whether a restore of a whole database carries over what came after the backup: it is what a restore of that backup, or
 * of one like it, made of a damaged one. What was carried over then is nowhere else whole.
 *
 * @param text what the present data says of the restore that it came from
 * @param madeAt when the backup that is to be restored was made
 * @param nowMs wall clock's
 */
export function carriesOverAgain(text: string | undefined, madeAt: UtcMs, nowMs: number): boolean {
  const before = restoredLately(text, nowMs);
  return before?.carriedOver === true && madeAt <= before.at;
}
