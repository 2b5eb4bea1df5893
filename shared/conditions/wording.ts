/** How providers name their sentences: `conditions.<kind>.<part>`, with a form for none, one and many. */

import type { Sentence } from '../domain.ts';
import type { Condition } from './condition.ts';

type Params = Sentence['params'];

/** A sentence of a condition's own words. Numbers named `…At` are UTC milliseconds, rendered as local time. */
export const say = (kind: string, part: string, params: Params = {}): Sentence => ({
  key: `conditions.${kind}.${part}`,
  params,
});

/** Same, in the form that fits `count`: `<part>.none`, `<part>.one` or `<part>.many`. */
export const sayCount = (kind: string, part: string, count: number, params: Params = {}): Sentence =>
  say(kind, `${part}.${count === 0 ? 'none' : count === 1 ? 'one' : 'many'}`, { ...params, count });

/** An action's label that several kinds share: `conditions.actions.<name>`. */
export const label = (name: string, params: Params = {}): Sentence => say('actions', name, params);

/** One incident's id: the kind, the thing it is about, and since when. */
export const incident = (kind: string, ...parts: readonly (string | number | null)[]): Condition['id'] =>
  [kind, ...parts.filter((part) => part !== null)].join(':');

/** What a receiver said, quoted; null where it said nothing. */
export const quoted = (said: string | null): Sentence | null =>
  said === null ? null : say('receiver', 'said', { said });
