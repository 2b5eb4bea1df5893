/** For whom each condition is, and which button of a page is its main one. */
import type { Condition } from '../../../shared/conditions/index.ts';
import { type Turn, turns } from '../../../shared/remedies.ts';

export interface Group {
  readonly turn: Turn;
  readonly conditions: readonly Condition[];
}

/**
 * The group of what the headline speaks of first; then the manager's, the helper's, and what mends itself. Empty ones
 * are left out.
 */
export function groupsOf(conditions: readonly Condition[]): readonly Group[] {
  const worst = conditions.find(({ tone }) => tone === 'bad');
  const isFirst = ({ turn }: Group) => Number(turn === worst?.turn);
  return turns
    .map((turn) => ({ turn, conditions: conditions.filter((condition) => condition.turn === turn) }))
    .filter((group) => group.conditions.length > 0)
    .sort((a, b) => isFirst(b) - isFirst(a));
}

/** The one condition whose button is the main one: the first that somebody can do something about; null where none. */
export const mainOf = (conditions: readonly Condition[]): Condition | null =>
  conditions.find(({ tone, actions }) => tone !== 'fine' && actions.length > 0) ?? null;
