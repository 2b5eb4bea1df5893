/** Why a file cannot be read as what it is said, or was found, to be: a plain reason with the place it is at. */
import type { Sentence } from '../../../../shared/domain.ts';
import { inEnglish } from '../../../../shared/sentences/in-english.ts';

/** A file is read whole or not at all: the first thing that cannot be read ends it. */
export class UnreadableFile extends Error {
  readonly says: Sentence;

  constructor(says: Sentence, cause?: unknown) {
    super(inEnglish(says), { cause });
    this.name = 'UnreadableFile';
    this.says = says;
  }
}
