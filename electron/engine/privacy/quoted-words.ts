/** Words of somebody else that stand in a sentence of ours: a receiver's answer, or a piece of a message. */
import type { Sentence } from '../../../shared/domain.ts';
import { isSaidOfShape } from '../../../shared/sentences/why.ts';

/** What stands for them. */
type TakenOut = (what: 'answer' | 'body') => string;

/** A receiver's words have this name wherever they are kept: in a sentence, with an endpoint's trouble, with what is held. */
export const answerMember = 'said';

/** The same sentence without them. */
export const withoutQuotes = ({ key, params }: Sentence, takenOut: TakenOut): Sentence => ({
  key,
  params: Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const quoted = quotedIn(key, params, name);
      return [name, quoted === null ? value : takenOut(quoted)];
    }),
  ),
});

function quotedIn(key: string, { why }: Sentence['params'], name: string): 'answer' | 'body' | null {
  if (name === answerMember) return 'answer';
  // What a template made of an event, where that does not fit; and what a shape said of a message.
  const isOfShape = key.startsWith('shape.') || isSaidOfShape(why);
  if (isOfShape && name === 'found') return 'body';
  return name === 'why' && key === 'source_message.ignored' ? 'body' : null;
}

export const isSentence = (value: object): value is Sentence =>
  'key' in value &&
  typeof value.key === 'string' &&
  'params' in value &&
  typeof value.params === 'object' &&
  value.params !== null;
