/** What an endpoint's kind asks for, as it is typed: `--kind slack --set template=@booking.json`. */
import { type Command, Option } from 'commander';
import type { z } from 'zod';
import { type AskedAs, askedMembers, shownText, typedValue } from '../../shared/endpoint-kinds/asked.ts';
import { type EndpointKindName, endpointKindNames, kindNamed } from '../../shared/endpoint-kinds/index.ts';
import { comparisons } from '../../shared/endpoint-kinds/rules.ts';
import type { Endpoint, EndpointChange } from '../../shared/schemas.ts';
import { CommandError } from './command-error.ts';
import { repeated } from './list-options.ts';
import { plural } from './output.ts';
import { valueOrFile } from './terminal.ts';

/** The rules that narrow what it gets, as JSON. */
export const rulesGiven = async (text: string | undefined): Promise<{ rules?: never }> => {
  if (text === undefined) return {};
  if (text.trim() === 'off') return { rules: null as never };
  try {
    return { rules: JSON.parse(await valueOrFile('--rules', text)) as never };
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    const message = `--rules: expected JSON such as ${ruleExample}, or "off"; got "${text.slice(0, 40)}".`;
    throw new CommandError('bad_input', message, { member: '--rules', cause });
  }
};

const ruleExample = '{"match":"all","of":[{"path":"data.total","is":"greater","value":5000}]}';

export interface TypedKind {
  readonly rules?: string;
  readonly kind?: EndpointKindName;
  readonly set?: readonly string[];
}

export const withKind = (command: Command, unlessGiven: string): Command =>
  command
    .addOption(new Option('--kind <kind>', `what it is sent${unlessGiven}`).choices(endpointKindNames))
    .option('--set <name=value>', 'what its kind asks for; @file for the value; may be repeated', repeated)
    .option(
      '--rules <JSON or @file>',
      `only events that pass these: match (all, any) and of, each with path, value and is (${comparisons.join(', ')}); "off" for all`,
    );

/**
 * What was typed of a kind.
 * @param kind the one that it is of, where none is typed
 * @param mayBeAnother whether --kind can be given
 * @throws CommandError for what its kind does not ask for
 */
export async function kindGiven(
  { kind: typed, set }: TypedKind,
  kind: EndpointKindName,
  mayBeAnother = true,
): Promise<Pick<EndpointChange, 'kind' | 'config'>> {
  const config = set === undefined ? undefined : await configGiven(set, typed ?? kind, mayBeAnother);
  return { ...(typed === undefined ? {} : { kind: typed }), ...(config === undefined ? {} : { config }) };
}

/** Members of the kind's config, for help and errors. */
export const askedBy = (kind: EndpointKindName): readonly string[] => Object.keys(kindNamed(kind).config.shape);

async function configGiven(
  set: readonly string[],
  kind: EndpointKindName,
  mayBeAnother: boolean,
): Promise<Record<string, unknown>> {
  const given: Record<string, unknown> = {};
  for (const each of set) {
    const equals = each.indexOf('=');
    const name = equals < 1 ? each : each.slice(0, equals);
    if (equals < 1) throw wrong(`expected name=value, got "${each.slice(0, 40)}".`);
    const member = (kindNamed(kind).config.shape as Readonly<Record<string, z.ZodType | undefined>>)[name];
    if (member === undefined) {
      const asked = askedBy(kind).join(', ') || 'nothing';
      const others = mayBeAnother ? otherKinds(endpointKindNames.filter((other) => askedBy(other).includes(name))) : '';
      throw wrong(`the kind ${kind} does not ask for "${name}"; it asks for: ${asked}.${others}`);
    }
    given[name] = typedValue(member, await valueOrFile('--set', each.slice(equals + 1)));
  }
  return given;
}

/** Where what was set is another kind's: one of these may be meant. */
export const otherKinds = (kinds: readonly string[]): string =>
  kinds.length === 0 ? '' : ` Asked for by: ${kinds.join(', ')}; give the kind with --kind.`;

const wrong = (message: string) => new CommandError('bad_input', `--set: ${message}`, { member: '--set' });

/** Its kind, what is chosen for it, and what its address asks for instead. */
export function kindTold(
  { id, kind, config, kindSecrets, suggestedKind }: Endpoint,
  program: string,
): (readonly [string, string | null])[] {
  const chosen = askedMembers(kind)
    .filter(({ name }) => config[name] !== undefined && config[name] !== null)
    .map(({ name, as }) => `${name}: ${shortText(config[name], as)}`)
    .filter((text) => !text.endsWith(': '));
  const secret = kindSecrets.map(({ name, masked }) => `${name}: ${masked}`);
  return [
    ['Kind', kind],
    ['Set', [...chosen, ...secret].join('; ') || null],
    [
      'Address',
      suggestedKind &&
        `its receiver takes what the kind "${suggestedKind}" sends, and not events as they are: ${program} endpoint change ${id} --kind ${suggestedKind}`,
    ],
  ];
}

const longestShown = 60;

/** A template is told by its length: "endpoint show --json" has it whole. */
function shortText(value: unknown, as: AskedAs): string {
  if (as === 'lines' && typeof value === 'string')
    return `your own, ${plural(value.split('\n').length, 'line', 'lines')}`;
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const text = shownText(value, as);
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > longestShown ? `${line.slice(0, longestShown)}…` : line;
}
