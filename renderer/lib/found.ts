/** What was found where something else is expected, said with it: as the command line says both. */
import type { Sentence } from '../../shared/domain.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { sayNow } from './sentences.ts';

/** @param found what was given there; of a secret its length alone is said */
export function withFound(says: Sentence, found: unknown, isSecret: boolean): string {
  const what = sayNow(says);
  const got = gotOf(says, found, isSecret);
  return got === null || what.includes(got)
    ? what
    : sayNow(sentence('problem.got', { what: what.replace(/\.$/, ''), found: got }));
}

const counted: readonly string[] = ['problem.input_too_long', 'problem.input_too_short', 'problem.input_length'];
const longestShown = 60;

/** Null where the sentence says it, or nothing was given. */
function gotOf({ key, params }: Sentence, found: unknown, isSecret: boolean): string | null {
  // Only what is wrong by its schema is said of a member.
  if (params.member === undefined || 'found' in params || 'foundType' in params) return null;
  const text = typeof found === 'number' ? String(found) : found;
  if (typeof text !== 'string' || text === '') return null;
  if (counted.includes(key)) return String(text.length);
  if (isSecret) return null;
  return `"${text.length > longestShown ? `${text.slice(0, longestShown)}…` : text}"`;
}
