/**
 * How providers name their sentences: `conditions.<kind>.<part>`, with a form for none, one and many. The catalogues are
 * in the types: a name that they do not have, or a value that is left out, does not compile.
 */

import type { Sentence } from '../domain.ts';
import type { Values } from '../sentences/sentence.ts';
import type { Condition } from './condition.ts';

type Key<Kind extends string, Part extends string> = `conditions.${Kind}.${Part}`;

/** A sentence of a condition's own words. Numbers named `…At` are UTC milliseconds, rendered as local time. */
export const say = <Kind extends string, Part extends string>(
  kind: Kind,
  part: Part,
  ...[params]: Values<Key<Kind, Part>>
): Sentence => ({ key: `conditions.${kind}.${part}`, params: params ?? {} });

type Counted<Kind extends string, Part extends string> = Key<Kind, `${Part}.${'one' | 'many'}`>;

/** Same, in the form that fits `count`, of which there is one at least: `<part>.one` or `<part>.many`. */
export const saySome = <Kind extends string, Part extends string>(
  kind: Kind,
  part: Part,
  count: number,
  ...[params]: Values<Counted<Kind, Part>, 'count'>
): Sentence => ({
  key: `conditions.${kind}.${part}.${count === 1 ? 'one' : 'many'}`,
  params: { ...params, count },
});

type CountedFromNone<Kind extends string, Part extends string> = Key<Kind, `${Part}.${'none' | 'one' | 'many'}`>;

/** Same, where there may be none: `<part>.none`, `<part>.one` or `<part>.many`. */
export const sayCount = <Kind extends string, Part extends string>(
  kind: Kind,
  part: Part,
  count: number,
  ...[params]: Values<CountedFromNone<Kind, Part>, 'count'>
): Sentence => ({
  key: `conditions.${kind}.${part}.${count === 0 ? 'none' : count === 1 ? 'one' : 'many'}`,
  params: { ...params, count },
});

/** An action's label that several kinds share: `conditions.actions.<name>`. */
export const label = <Name extends string>(name: Name, ..._: Values<Key<'actions', Name>>): Sentence => ({
  key: `conditions.actions.${name}`,
  params: {},
});

/** One incident's id: the kind, the thing it is about, and since when. */
export const incident = (kind: string, ...parts: readonly (string | number | null)[]): Condition['id'] =>
  [kind, ...parts.filter((part) => part !== null)].join(':');

/** What a receiver said, quoted; null where it said nothing. */
export const quoted = (said: string | null): Sentence | null =>
  said === null ? null : say('receiver', 'said', { said });
