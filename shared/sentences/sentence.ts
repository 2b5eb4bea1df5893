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
/** The values that each sentence names: a table, so that the compiler reads each sentence once and not at every use. */
type Asked = { readonly [Key in SentenceKey]: Named<TextOf<Key>> };
type Params<Key extends SentenceKey> = Readonly<Record<Asked[Key], string | number>>;

/**
 * The values that any of the keys names, and others if need be; left out where none is named. For those who put a key
 * together: one that is not in the catalogues leaves nothing that could be given. (Looked up without narrowing the key,
 * for which the compiler would pair it with each key there is.)
 */
export type Values<Key extends string, Given extends string = never> = unknown extends AskedOfAny[Key]
  ? [noSuchKey: never]
  : [Exclude<AskedOfAny[Key], Given>] extends [never]
    ? [params?: Sentence['params']]
    : [params: Readonly<Record<Exclude<AskedOfAny[Key] & string, Given>, string | number>> & Sentence['params']];

/** Of a key that is not in the catalogues, nothing is known. */
type AskedOfAny = Asked & { readonly [key: string]: unknown };

/** A sentence whose key is in the catalogues, with every value that its English text names in braces. */
export function sentence<Key extends SentenceKey>(
  key: Key,
  ...[params]: [Asked[Key]] extends [never] ? [] : [Params<Key>]
): Sentence {
  return { key, params: params ?? {} };
}
