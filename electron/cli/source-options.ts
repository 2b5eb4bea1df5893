/** What is chosen for a source, as it is typed: its kind and what that asks for, its preset, its shape and types. */
import { type Command, Option } from 'commander';
import type { z } from 'zod';
import { typedValue } from '../../shared/endpoint-kinds/asked.ts';
import { addedSourceKinds, type SourceKindName, sourceKindOf } from '../../shared/source-kinds/index.ts';
import { presetNames, presetOf } from '../../shared/source-presets/index.ts';
import {
  meanings,
  type NumberRule,
  numberRules,
  type OwnTypes,
  type ShapingChange,
  type SourceShaping,
  type TimeRule,
  timeRules,
} from '../../shared/source-shaping.ts';
import { CommandError } from './command-error.ts';
import { otherKinds } from './kind-options.ts';
import { repeated } from './list-options.ts';
import type { MemberOptions } from './member-options.ts';
import { valueOrFile } from './terminal.ts';

export interface TypedShaping {
  readonly preset?: string;
  readonly shapeFile?: string;
  readonly types?: string;
  readonly times?: TimeRule;
  readonly numbers?: NumberRule;
}

/** Members of the call to the options that they come from. */
export const sourceMembers: MemberOptions = {
  'shaping.preset': '--preset',
  'shaping.shape': '--shape-file',
  'shaping.types': '--types',
  'shaping.times': '--times',
  'shaping.numbers': '--numbers',
};

export const withShaping = (command: Command): Command =>
  command
    .addOption(new Option('--preset <system>', 'a system that is known').choices(presetNames))
    .option('--shape-file <file>', 'a Liquid template that makes events of its messages; "off" for the preset’s own')
    .option(
      '--types <JSON or @file>',
      'own rows over the preset’s table ("source preset"), such as {"confirm":"booking.created"}; null takes a row away; "off" for the preset’s alone',
    )
    .addOption(new Option('--times <rule>', 'how a time without an offset is read').choices([...timeRules]))
    .addOption(
      new Option(
        '--numbers <rule>',
        'how amounts that are texts are read: comma for 1.234,56, point for 1,234.56, found where there is no doubt',
      ).choices([...numberRules]),
    );

/**
 * @param before what the source has: own rows that are not typed anew stay
 * @throws CommandError for a file that is not there, or types that are no such table
 */
export async function shapingGiven(
  typed: TypedShaping,
  before?: Pick<SourceShaping, 'preset' | 'types'>,
): Promise<{ shaping?: ShapingChange }> {
  const { preset, shapeFile, types, times, numbers } = typed;
  const rows = preset === undefined || preset === before?.preset ? before?.types : null;
  const shaping: ShapingChange = {
    ...(preset === undefined ? {} : { preset }),
    ...(shapeFile === undefined
      ? {}
      : { shape: shapeFile === 'off' ? null : await valueOrFile('--shape-file', `@${shapeFile.replace(/^@/, '')}`) }),
    ...(types === undefined ? {} : { types: types === 'off' ? null : { ...rows, ...(await typesGiven(types)) } }),
    ...(times === undefined ? {} : { times }),
    ...(numbers === undefined ? {} : { numbers }),
  };
  return Object.keys(shaping).length === 0 ? {} : { shaping };
}

async function typesGiven(text: string): Promise<OwnTypes> {
  const expected = `--types: expected JSON such as {"confirm":"booking.created","ping":"ignore"}`;
  const whole = await valueOrFile('--types', text);
  let table: unknown;
  try {
    table = JSON.parse(whole);
  } catch (cause) {
    throw wrong('--types', `${expected}; got "${whole.slice(0, 40)}".`, cause);
  }
  if (typeof table !== 'object' || table === null || Array.isArray(table)) {
    throw wrong('--types', `${expected}; got ${Array.isArray(table) ? 'an array' : `"${whole.slice(0, 40)}"`}.`);
  }
  for (const [type, meaning] of Object.entries(table)) {
    if (meaning === null || meaning === '') continue;
    if ((meanings as readonly unknown[]).includes(meaning)) continue;
    const got = JSON.stringify(meaning).slice(0, 40);
    throw wrong('--types', `--types: "${type}": expected one of ${meanings.join(', ')}, or null for none, got ${got}.`);
  }
  return Object.fromEntries(Object.entries(table).map(([type, meaning]) => [type, meaning === '' ? null : meaning]));
}

export interface TypedSourceKind {
  readonly kind?: SourceKindName;
  readonly set?: readonly string[];
}

export const withSourceKind = (command: Command): Command =>
  command
    .addOption(new Option('--kind <kind>', 'how its messages come').choices(addedSourceKinds))
    .option('--set <name=value>', 'what its kind asks for; @file for the value; may be repeated', repeated);

/**
 * @param present the kind that it has, where none is typed
 * @throws CommandError for what its kind does not ask for
 */
export async function sourceKindGiven(
  { kind, set }: TypedSourceKind,
  present: string | undefined,
  preset?: string,
): Promise<{ kind?: SourceKindName; config?: Record<string, unknown> }> {
  const known = preset === undefined ? null : presetOf(preset);
  const name = kind ?? present ?? known?.kinds[0] ?? 'http';
  const usual = present === undefined && (known?.kinds[0] ?? 'http') === name ? (known?.config ?? {}) : {};
  const config: Record<string, unknown> = { ...usual };
  const shape = sourceKindOf(name)?.config.shape as Readonly<Record<string, z.ZodType>> | undefined;
  for (const each of set ?? []) {
    const equals = each.indexOf('=');
    if (equals < 1) throw wrong('--set', `--set: expected name=value, got "${each.slice(0, 40)}".`);
    const member = each.slice(0, equals);
    const schema = shape?.[member];
    if (schema === undefined) {
      const asked = Object.keys(shape ?? {}).join(', ') || 'nothing';
      const others = addedSourceKinds.filter((other) => sourceKindOf(other)?.config.shape[member] !== undefined);
      const elsewhere = present === undefined ? otherKinds(others) : '';
      throw wrong('--set', `--set: the kind ${name} does not ask for "${member}"; it asks for: ${asked}.${elsewhere}`);
    }
    config[member] = typedValue(schema, await valueOrFile('--set', each.slice(equals + 1)));
  }
  return { ...(kind === undefined ? {} : { kind }), ...(Object.keys(config).length === 0 ? {} : { config }) };
}

const wrong = (member: string, message: string, cause?: unknown): CommandError =>
  new CommandError('bad_input', message, { member, cause });
