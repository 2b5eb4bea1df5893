/**
 * What is wrong with a template as a part of another sentence: by its key, so that both are in the reader's language. The
 * values that it names stand beside the other's.
 */
import type { Sentence } from '../domain.ts';

/** As the `why` of another sentence, with the values that it names. */
export const whyOf = ({ key, params }: Sentence): Sentence['params'] & { readonly why: string } => ({
  ...params,
  why: key,
});

export const isSaidOfShape = (why: unknown): why is string => typeof why === 'string' && /^shape\.[a-z_]+$/.test(why);

export function withoutWhy(params: Sentence['params']): Sentence['params'] {
  const { why: _why, ...rest } = params;
  return rest;
}
