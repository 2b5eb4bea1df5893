/** A system that is known: what it sends becomes events without a template of one's own. */
import type { SentenceKey } from '../sentences/sentence.ts';
import type { Meaning, TimeRule } from '../source-shaping.ts';

export interface SourcePreset {
  readonly name: string;
  /** Its own name, in no language. */
  readonly label: string;
  /** By which kinds of source its messages come; the usual one first. */
  readonly kinds: readonly [string, ...string[]];
  /** Chosen with it for its kind, unless a person says otherwise. */
  readonly config: Readonly<Record<string, string>>;
  /** Liquid: `message` to JSON. */
  readonly shape: string;
  readonly types: Readonly<Record<string, Meaning>>;
  readonly times: TimeRule;
  /** It tells how a record is each time that is saved: what it says once more is a change. */
  readonly saysStates?: true;
  /** How it is set up there. Each may name `{url}`, the address to post to, or `{folder}`, where it leaves files. */
  readonly steps: readonly [SentenceKey, SentenceKey, SentenceKey];
}
