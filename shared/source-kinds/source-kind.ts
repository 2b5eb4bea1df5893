/** What every kind of source says of itself; what it does is its file of the same name in the engine. */
import { type ConfiguredKind, type ReadConfig, readKindConfig } from '../kind-config.ts';
import type { SentenceKey } from '../sentences/sentence.ts';

export interface SourceKind {
  readonly name: string;
  /** False: this PC's own, which is always there and which nobody adds. */
  readonly isAdded: boolean;
  /** Its events are posted to the intake, with the source's token or on its secret path. */
  readonly isPosted: boolean;
  /** What a person chooses for one, as it is given and stored. */
  readonly config: ConfiguredKind['config'];
  /** Of the config's members: those that are secret, so that they are sealed and never shown. */
  readonly secrets: readonly string[];
  /** Members that nothing reads beside the others, with the choice that makes it so. */
  readonly unused?: (
    config: Readonly<Record<string, unknown>>,
  ) => readonly { readonly member: string; readonly because: string }[];
  readonly words: {
    /** What it is called where sources are listed. */
    readonly name: SentenceKey;
  };
}

/**
 * Reads what is stored of a source ({@link readKindConfig}).
 *
 * @param stored JSON
 */
export const readConfig = (kind: Pick<SourceKind, 'config' | 'name'>, stored: string): ReadConfig =>
  readKindConfig(kind, parsed(stored));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
