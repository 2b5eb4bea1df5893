/**
 * What a person may choose for an endpoint of any kind. Each option is described here alone: what may be given, what is
 * taken from the store, what form and command line ask. What it does is for the part of the engine that obeys it
 * (`target.options`), its words in the window stand under its name (`form.inFlight`, `detail.option.limits`).
 */
import { z } from 'zod';
import type { EndpointKind } from './kind.ts';
import { endpointRules, givenRules } from './rules.ts';

/** As an operator gives them for a new endpoint. */
export const endpointOptions = z.strictObject({
  /** Requests at the same time, and in a second. */
  limits: z
    .strictObject({ inFlight: z.number().int().min(1).max(100), perSecond: z.number().min(0.1).max(1000) })
    .default({ inFlight: 5, perSecond: 10 }),
  /** What is about one booking, order, item or payment goes out in its order. */
  ordered: z.boolean().default(true),
  /** What was taken in longer ago is held until a person says what becomes of it: a door lock, say. Null: nothing is. */
  holdOlderThanHours: z.number().min(0.1).max(8760).nullable().default(null),
  /** Only events that pass these go to it; null: all of its types. */
  rules: givenRules.nullable().default(null),
  /** PEM of the one CA or certificate that this endpoint, and no other, is trusted by. */
  caPem: z.string().max(100_000).nullable().default(null),
});
export type EndpointOptions = z.output<typeof endpointOptions>;
export type OptionName = keyof EndpointOptions;

/** Absent members of a change stay as they are: without the defaults of a new endpoint. */
export const optionsChange = withoutDefaults(endpointOptions.shape);
export type OptionsChange = z.output<typeof optionsChange>;
export const usualOptions: EndpointOptions = endpointOptions.parse({});

/** As they are stored: a range is for what is given now, and what was within another version's is obeyed. */
export const storedOptions = z.object({
  limits: z.object({ inFlight: z.number().int().min(1), perSecond: z.number().positive() }),
  ordered: z.boolean(),
  holdOlderThanHours: z.number().positive().nullable(),
  rules: endpointRules.nullable(),
  caPem: z.string().nullable(),
}) satisfies z.ZodType<EndpointOptions>;

/** As an endpoint is shown: of a certificate its facts alone (`ca`). */
export const shownOptions = storedOptions.omit({ caPem: true });
export type ShownOptions = z.output<typeof shownOptions>;

export const optionNames = Object.keys(endpointOptions.shape) as readonly OptionName[];

const { limits, holdOlderThanHours } = endpointOptions.shape;

/** Options that are a number. `of`: the option that it is a part of. */
export const numberOptions = [
  { name: 'inFlight', of: 'limits', given: limits.unwrap().shape.inFlight, asks: 'requests at the same time' },
  { name: 'perSecond', of: 'limits', given: limits.unwrap().shape.perSecond, asks: 'requests a second' },
] as const satisfies readonly NumberOption[];

/** Options that are a number, or off. `suggests`: what stands there once a person switches it on. */
export const optionalNumbers = [
  {
    name: 'holdOlderThanHours',
    given: holdOlderThanHours.unwrap().unwrap(),
    suggests: 6,
    asks: 'hold what is older than so many hours until a person says what becomes of it',
  },
] as const satisfies readonly OptionalNumber[];

/** Options that are on or off: the command line's name of each, and what it asks with it. */
export const switchOptions = [
  {
    name: 'ordered',
    on: { flag: 'ordered', asks: 'keep the order per booking again' },
    off: { flag: 'unordered', asks: 'keep no order per booking' },
  },
] as const satisfies readonly SwitchOption[];

/** What stands of the options in a terminal: each line's name, and its text. */
export const optionsTold = ({
  limits,
  ordered,
  holdOlderThanHours,
}: ShownOptions): readonly (readonly [string, string | null])[] => [
  ['Limits', `${limits.inFlight} at once, ${limits.perSecond} a second`],
  ['Order', ordered ? 'kept per booking, order, item or payment' : 'not kept'],
  [
    'Holds',
    holdOlderThanHours === null
      ? null
      : `what is older than ${holdOlderThanHours} h, until somebody says what becomes of it`,
  ],
];

interface NumberOption {
  readonly name: string;
  readonly of: OptionName;
  readonly given: z.ZodNumber;
  /** Before its range, on the command line. */
  readonly asks: string;
}

interface OptionalNumber {
  readonly name: OptionName;
  readonly given: z.ZodNumber;
  readonly suggests: number;
  /** Before its range, on the command line. */
  readonly asks: string;
}

interface SwitchOption {
  readonly name: OptionName;
  readonly on: { readonly flag: string; readonly asks: string };
  readonly off: { readonly flag: string; readonly asks: string };
}

export interface ReadOptions {
  readonly options: EndpointOptions;
  /** Those that are stored in a shape that this version does not know: they are at their default. */
  readonly fellBack: readonly OptionName[];
}

/**
 * @param kind what its options are
 * @param stored the JSON value that is stored; an option that is absent is at its default
 */
export function readOptions(
  kind: Pick<EndpointKind, 'options' | 'stored'> & { readonly usual?: OptionsChange },
  stored: unknown,
): ReadOptions {
  const given = isRecord(stored) ? stored : {};
  const options: Record<string, unknown> = {};
  const fellBack: OptionName[] = [];
  for (const name of Object.keys(kind.stored.shape) as OptionName[]) {
    const parsed = kind.stored.shape[name].safeParse(given[name]);
    if (!parsed.success && (given[name] !== undefined || !isRecord(stored))) fellBack.push(name);
    options[name] = parsed.success ? parsed.data : (kind.usual?.[name] ?? kind.options.shape[name].parse(undefined));
  }
  return { options: options as EndpointOptions, fellBack };
}

/** What is to be stored after a change; options of another version stay beside those of this one. */
export const changedOptions = (stored: unknown, change: OptionsChange): object => ({
  ...(isRecord(stored) ? stored : {}),
  ...Object.fromEntries(optionNames.flatMap((name) => (change[name] === undefined ? [] : [[name, change[name]]]))),
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type WithoutDefaults<Shape> = {
  [Name in keyof Shape]: Shape[Name] extends z.ZodDefault<infer Given extends z.ZodType> ? z.ZodOptional<Given> : never;
};

function withoutDefaults<Shape extends Record<string, z.ZodDefault<z.ZodType>>>(shape: Shape) {
  const members = Object.entries(shape).map(([name, given]) => [name, given.unwrap().optional()] as const);
  return z.object(Object.fromEntries(members) as WithoutDefaults<Shape>);
}
