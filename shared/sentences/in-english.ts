/**
 * Any sentence in English: for logs, answers to a PMS, and the command line. Apart from the rest, so that whoever throws
 * an error does not carry the other languages and what renders them.
 */
import type { Sentence } from '../domain.ts';
import { english } from './english.ts';
import type { RenderOptions } from './index.ts';
import { shownValues } from './values.ts';
import { isSaidOfShape, withoutWhy } from './why.ts';

/**
 * @param options where and when it is read; its moments are UTC's unless given
 * @returns the text; the key itself where the catalogues do not have it, as of a newer version
 */
export function inEnglish({ key, params }: Sentence, options: RenderOptions = { timeZone: 'UTC' }): string {
  const catalogue: Readonly<Record<string, string>> = english;
  const text = catalogue[key] ?? catalogue[`${key}_${params.count === 1 ? 'one' : 'other'}`];
  if (text === undefined) return key;
  const shown = shownValues(params, 'en', options);
  if (isSaidOfShape(params.why)) shown.why = inEnglish({ key: params.why, params: withoutWhy(params) }, options);
  return text.replace(/\{(\w+)\}/g, (asIs, name: string) => (name in shown ? String(shown[name]) : asIs));
}
