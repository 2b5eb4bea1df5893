/** What makes events of a source's messages: a shape, a table of the system's own types, and whose clocks it goes by. */
import { z } from 'zod';
import { eventTypes } from './events.ts';
import { presetOf } from './source-presets/index.ts';

/** How a time without an offset is read: not at all, as UTC, or by the property's clocks. */
export const timeRules = ['offset', 'utc', 'property'] as const;
export type TimeRule = (typeof timeRules)[number];

/**
 * How an amount or a quantity that is a text is read as a number: not at all; by a decimal comma (`1.234,56`) or point
 * (`1,234.56`); or as it is found, where the text can be one number alone.
 */
export const numberRules = ['as_is', 'found', 'comma', 'point'] as const;
export type NumberRule = (typeof numberRules)[number];

/** What a system's own type is to us; `ignore`: its messages are no events. */
export const meanings = [...eventTypes, 'ignore'] as const;
export type Meaning = (typeof meanings)[number];

/** As the system writes it; `*` stands for all others. */
export type TypesTable = Readonly<Record<string, Meaning>>;

/** A person's own rows, which go before the preset's; null: that row of the preset is away. */
export type OwnTypes = Readonly<Record<string, Meaning | null>>;

/** As it is given and stored. Null: the preset's own; without a preset, none. */
export const sourceShaping = z.strictObject({
  preset: z.string().max(50).nullable().default(null),
  shape: z.string().max(65_536).nullable().default(null),
  types: z
    .record(z.string().min(1).max(200), z.enum(meanings).nullable())
    .refine((types) => Object.keys(types).length <= 500)
    .nullable()
    .default(null),
  times: z.enum(timeRules).nullable().default(null),
  numbers: z.enum(numberRules).nullable().default(null),
});
export type SourceShaping = z.output<typeof sourceShaping>;

/** Absent members stay as they are. */
export const shapingChange = z.strictObject({
  preset: sourceShaping.shape.preset.unwrap().optional(),
  shape: sourceShaping.shape.shape.unwrap().optional(),
  types: sourceShaping.shape.types.unwrap().optional(),
  times: sourceShaping.shape.times.unwrap().optional(),
  numbers: sourceShaping.shape.numbers.unwrap().optional(),
});
export type ShapingChange = z.output<typeof shapingChange>;

export const noShaping: SourceShaping = { preset: null, shape: null, types: null, times: null, numbers: null };

/** What holds: a person's own, else the preset's. */
export interface EffectiveShaping {
  /** Null: what comes is our envelope. */
  readonly shape: string | null;
  readonly types: TypesTable;
  readonly times: TimeRule;
  readonly numbers: NumberRule;
}

/** Two names of a type that are the same one to us. */
const plainName = (name: string): string => name.trim().toLowerCase();

function mergedTypes(ofPreset: TypesTable, own: OwnTypes): TypesTable {
  const ruled = new Set(Object.keys(own).map(plainName));
  const rest = Object.entries(ofPreset).filter(([name]) => !ruled.has(plainName(name)));
  const rows = Object.entries(own).filter((row): row is [string, Meaning] => row[1] !== null);
  return Object.fromEntries([...rows, ...rest]);
}

/** How many of a preset's rows hold beside a person's own. */
export const presetRowsHeld = ({ preset, types }: Pick<SourceShaping, 'preset' | 'types'>): number => {
  const ruled = new Set(Object.keys(types ?? {}).map(plainName));
  const known = (preset === null ? null : presetOf(preset))?.types ?? {};
  return Object.keys(known).filter((name) => !ruled.has(plainName(name))).length;
};

/** The rows by which a whole table differs from the preset's; null where by none. */
export function ownTypes(preset: string | null, whole: TypesTable): OwnTypes | null {
  const known = (preset === null ? null : presetOf(preset))?.types ?? {};
  const names = new Set(Object.keys(whole).map(plainName));
  const gone = Object.keys(known).filter((name) => !names.has(plainName(name)));
  const own = Object.entries(whole).filter(([name, meaning]) => known[name] !== meaning);
  const rows = [...own, ...gone.map((name) => [name, null] as const)];
  return rows.length === 0 ? null : Object.fromEntries(rows);
}

export function effectiveShaping({ preset, shape, types, times, numbers }: SourceShaping): EffectiveShaping {
  const known = preset === null ? null : presetOf(preset);
  return {
    shape: shape ?? known?.shape ?? null,
    types: mergedTypes(known?.types ?? {}, types ?? {}),
    times: times ?? known?.times ?? 'offset',
    numbers: numbers ?? 'as_is',
  };
}

/** What is stored of a source; what another version wrote in another form is as if it were not there. */
export function readShaping(stored: string): SourceShaping {
  try {
    return sourceShaping.strip().parse(JSON.parse(stored));
  } catch {
    return noShaping;
  }
}
