/** Sentences by their keys: whoever says one need not carry the catalogues that show it. */
import type { Sentence } from '../domain.ts';
import type { benchEn } from './bench.en.ts';
import type { conditionsEn } from './conditions.en.ts';
import type { desktopEn } from './desktop.en.ts';
import type { doctorEn } from './doctor.en.ts';
import type { headlineEn } from './headline.en.ts';
import type { outcomesEn } from './outcomes.en.ts';
import type { problemsEn } from './problems.en.ts';
import type { refusalsEn } from './refusals.en.ts';
import type { remediesEn } from './remedies.en.ts';
import type { statesEn } from './states.en.ts';

type English = typeof outcomesEn &
  typeof problemsEn &
  typeof refusalsEn &
  typeof doctorEn &
  typeof conditionsEn &
  typeof desktopEn &
  typeof benchEn &
  typeof headlineEn &
  typeof remediesEn &
  typeof statesEn;
/** A key as it stands in the catalogues, plural forms with their `_one` or `_other`. */
export type CatalogueKey = keyof English;
type WithoutPlural<Key extends string> = Key extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Key;
/** A key that can be said: plural forms are chosen by the parameter `count`. */
export type SentenceKey = WithoutPlural<CatalogueKey>;

/** `relay` is what the command line is called where the sentence is read: whoever renders it knows. */
type Named<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Exclude<Name, 'relay'> | Named<Rest>
  : never;
type TextOf<Key extends SentenceKey> = Key extends CatalogueKey
  ? English[Key]
  : `${Key}_other` extends CatalogueKey
    ? English[`${Key}_other`]
    : never;
type Params<Key extends SentenceKey> = Readonly<Record<Named<TextOf<Key>>, string | number>>;

/** A sentence whose key is in the catalogues, with every value that its English text names in braces. */
export function sentence<Key extends SentenceKey>(
  key: Key,
  ...[params]: [Named<TextOf<Key>>] extends [never] ? [] : [Params<Key>]
): Sentence {
  return { key, params: params ?? {} };
}
