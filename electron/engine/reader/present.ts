/** What only the delivering thread knows and a row's words depend on; goes along with each request to a reader. */
import type { Fact } from '../../../shared/schemas.ts';

export interface Present {
  readonly wallMs: number;
  /** Engine time of now: what is due is kept in it. */
  readonly engineMs: number;
  /** "Pause deliveries" for everything, until then by the wall clock; null where it is not paused. */
  readonly pausedUntil: number | null;
  /** What is known to be wrong with this PC and its way out. */
  readonly facts: readonly Fact[];
}

/** The wall clock's time of an engine time, as it looks now. */
export const toWall = (present: Present, engineMs: number): number =>
  Math.round(engineMs - present.engineMs + present.wallMs);
