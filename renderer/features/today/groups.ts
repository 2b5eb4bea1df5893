/** For whom each condition is, and which button of a page is its main one. */
import type { Condition } from '../../../shared/conditions/index.ts';
import { type Turn, turns } from '../../../shared/remedies.ts';

export interface Group {
  readonly turn: Turn;
  readonly conditions: readonly Condition[];
}

/** The manager's first, since it is they who read it; then the helper's, and what mends itself. Empty ones are left out. */
export function groupsOf(conditions: readonly Condition[]): readonly Group[] {
  return turns
    .map((turn) => ({ turn, conditions: conditions.filter((condition) => condition.turn === turn) }))
    .filter((group) => group.conditions.length > 0);
}

/**
 * The one condition whose button is the main one, of those in the order in which they are read: the first that is bad,
 * else the first that somebody can do something about; null where none.
 */
export function mainOf(conditions: readonly Condition[]): Condition | null {
  const some = conditions.filter(({ tone, actions }) => tone !== 'fine' && actions.length > 0);
  return some.find(({ tone }) => tone === 'bad') ?? some[0] ?? null;
}
