/** What every kind of source says of itself; what it does is its file of the same name in the engine. */
import type { z } from 'zod';
import type { SentenceKey } from '../sentences/sentence.ts';

export interface SourceKind<Config extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string;
  /** False: this PC's own, which is always there and which nobody adds. */
  readonly isAdded: boolean;
  /** Its events are posted to the intake, with the source's token or on its secret path. */
  readonly isPosted: boolean;
  /** What a person chooses for one, as it is given and stored. */
  readonly config: z.ZodObject<Config, z.core.$strict>;
  /** Of the config's members: those that are secret, so that they are sealed and never shown. */
  readonly secrets: readonly (keyof Config & string)[];
  readonly words: {
    /** What it is called where sources are listed. */
    readonly name: SentenceKey;
  };
}

export interface ReadConfig {
  /** Null where what is stored lacks something that has no default: the source cannot be started. */
  readonly config: Readonly<Record<string, unknown>> | null;
  /** Members that are stored in a shape that this version does not know: they are at their defaults. */
  readonly fellBack: readonly string[];
}

/**
 * Reads what is stored of a source. What another version wrote in another shape falls back to its default; what this
 * version knows nothing of is passed over.
 *
 * @param stored JSON
 */
export function readConfig({ config, name }: Pick<SourceKind, 'config' | 'name'>, stored: string): ReadConfig {
  const given = recordIn(stored);
  if (given === null) return { config: config.strip().safeParse({}).data ?? null, fellBack: [name] };
  const known = config.strip();
  const whole = known.safeParse(given);
  if (whole.success) return { config: whole.data, fellBack: [] };
  const wrong = new Set(whole.error.issues.map(({ path: [member] }) => String(member ?? name)));
  const rest = Object.fromEntries(Object.entries(given).filter(([member]) => !wrong.has(member)));
  const again = known.safeParse(rest);
  return { config: again.success ? again.data : null, fellBack: [...wrong].sort() };
}

function recordIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
