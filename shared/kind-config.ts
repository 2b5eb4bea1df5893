/** What a person chooses for a kind of source or endpoint: read from the store, and parted from what is secret of it. */
import type { z } from 'zod';

/** Of a kind: what is chosen, as it is given and stored, and which members of it are secret. */
export interface ConfiguredKind {
  readonly name: string;
  readonly config: z.ZodObject<z.ZodRawShape, z.core.$strict>;
  readonly secrets: readonly string[];
}

export interface ReadConfig {
  /** Null where what is stored lacks something that has no default: the source or endpoint cannot do its work. */
  readonly config: Readonly<Record<string, unknown>> | null;
  /** Members that are stored in a shape that this version does not know: they are at their defaults. */
  readonly fellBack: readonly string[];
}

/**
 * Reads what is stored of a kind. What another version wrote in another shape falls back to its default; what this
 * version knows nothing of is passed over.
 */
export function readKindConfig({ config, name }: Pick<ConfiguredKind, 'config' | 'name'>, stored: unknown): ReadConfig {
  const known = config.strip();
  if (!isRecord(stored)) return { config: known.safeParse({}).data ?? null, fellBack: [name] };
  const whole = known.safeParse(stored);
  if (whole.success) return { config: whole.data, fellBack: [] };
  const wrong = new Set(whole.error.issues.map(({ path: [member] }) => String(member ?? name)));
  const rest = Object.fromEntries(Object.entries(stored).filter(([member]) => !wrong.has(member)));
  const again = known.safeParse(rest);
  return { config: again.success ? again.data : null, fellBack: [...wrong].sort() };
}

/** Parts what is secret from what may be shown; `secret` is null where there is nothing of it. */
export function partedConfig({ secrets }: Pick<ConfiguredKind, 'secrets'>, config: Readonly<Record<string, unknown>>) {
  const members = Object.entries(config).filter(([, value]) => value !== undefined);
  const isSecret = ([member]: readonly [string, unknown]) => secrets.includes(member);
  const secret = members.filter(isSecret);
  return {
    open: Object.fromEntries(members.filter((member) => !isSecret(member))),
    secret: secret.length === 0 ? null : Object.fromEntries(secret),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
