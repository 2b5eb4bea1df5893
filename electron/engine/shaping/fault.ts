/** Something in a text that cannot stand where it does. */
import type { Sentence } from '../../../shared/domain.ts';

export interface Fault {
  /** Its place, in characters from the beginning. */
  readonly at: number;
  readonly why: Sentence;
}

const shownLength = 20;

/** The beginning of what stands there, for a person to find it by. */
export function around(text: string, at: number): string {
  const from = text
    .slice(at, at + shownLength)
    .replace(/\s+/g, ' ')
    .toWellFormed();
  return text.length > at + shownLength ? `${from}…` : from;
}
