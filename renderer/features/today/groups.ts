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

/** Conditions that are read as one: the first in full, and by name those with which it is the same. */
export interface Bundle {
  readonly first: Condition;
  readonly same: readonly Condition[];
}

/** So many endpoints in the same trouble are read one by one; of more, one is read and the others are named. */
const mostAlike = 3;

/**
 * Endpoints in the same trouble with the same next step, as when a service that many send to is down: a wall of cards
 * would say the same as many times. In the order of the first of each.
 */
export function bundlesOf(conditions: readonly Condition[]): readonly Bundle[] {
  const alike = new Map<string, Condition[]>();
  for (const condition of conditions) {
    const likeness = likenessOf(condition);
    alike.set(likeness, [...(alike.get(likeness) ?? []), condition]);
  }
  return conditions.flatMap((condition) => {
    const those = alike.get(likenessOf(condition)) ?? [];
    if (those.length <= mostAlike) return [{ first: condition, same: [] }];
    return those[0] === condition ? [{ first: condition, same: those.slice(1) }] : [];
  });
}

/** What happened, and what is to be done: how many wait for it is another number at each. */
function likenessOf({ id, kind, title, step }: Condition): string {
  if (!kind.startsWith('endpoint_') || title.params.name === undefined) return id;
  return [kind, title.key.replace(/\.(none|one|many)$/, ''), step?.key ?? ''].join(' ');
}

/**
 * The one condition whose button is the main one, of those in the order in which they are read: the first that is bad,
 * else the first that somebody can do something about; null where none.
 */
export function mainOf(conditions: readonly Condition[]): Condition | null {
  const some = conditions.filter(({ tone, actions }) => tone !== 'fine' && actions.length > 0);
  return some.find(({ tone }) => tone === 'bad') ?? some[0] ?? null;
}
