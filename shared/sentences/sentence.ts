/** Sentences by their keys: whoever says one need not carry the catalogues that show it. */
import type { Sentence } from '../domain.ts';
import type { conditionsEn } from './conditions.en.ts';
import type { desktopEn } from './desktop.en.ts';
import type { outcomesEn } from './outcomes.en.ts';

/** A key as it stands in the catalogues, plural forms with their `_one` or `_other`. */
export type CatalogueKey = keyof (typeof outcomesEn & typeof conditionsEn & typeof desktopEn);
type WithoutPlural<Key extends string> = Key extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Key;
/** A key that can be said: plural forms are chosen by the parameter `count`. */
export type SentenceKey = WithoutPlural<CatalogueKey>;

/** A sentence whose key is known to be in the catalogues. */
export function sentence(key: SentenceKey, params: Sentence['params'] = {}): Sentence {
  return { key, params };
}
