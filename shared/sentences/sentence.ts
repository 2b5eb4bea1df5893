/** Sentences by their keys: whoever says one need not carry the catalogues that show it. */
import type { Sentence } from '../domain.ts';
import type { english } from './english.ts';

/** A key as it stands in the catalogues, plural forms with their `_one` or `_other`. */
export type CatalogueKey = keyof typeof english;
type WithoutPlural<Key extends string> = Key extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Key;
/** A key that can be said: plural forms are chosen by the parameter `count`. */
export type SentenceKey = WithoutPlural<CatalogueKey>;

/** `relay` is what the command line is called where the sentence is read: whoever renders it knows. */
type Named<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Exclude<Name, 'relay'> | Named<Rest>
  : never;
type TextOf<Key extends SentenceKey> = Key extends CatalogueKey
  ? (typeof english)[Key]
  : `${Key}_other` extends CatalogueKey
    ? (typeof english)[`${Key}_other`]
    : never;
type Params<Key extends SentenceKey> = Readonly<Record<Named<TextOf<Key>>, string | number>>;

/**
 * The values that any of the keys names, and others if need be; left out where none is named. For those who put a key
 * together: one that is not in the catalogues leaves nothing that could be given.
 */
export type Values<Key extends string, Given extends string = never> = [Key] extends [SentenceKey]
  ? [Exclude<Named<TextOf<Key>>, Given>] extends [never]
    ? [params?: Sentence['params']]
    : [params: Readonly<Record<Exclude<Named<TextOf<Key>>, Given>, string | number>> & Sentence['params']]
  : [noSuchKey: never];

/** A sentence whose key is in the catalogues, with every value that its English text names in braces. */
export function sentence<Key extends SentenceKey>(
  key: Key,
  ...[params]: [Named<TextOf<Key>>] extends [never] ? [] : [Params<Key>]
): Sentence {
  return { key, params: params ?? {} };
}
