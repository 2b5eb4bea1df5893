/** The engine names a call's member; a person who typed options reads the option, and what was found in it. */
import type { Command } from 'commander';
import { CommandError } from './command-error.ts';

/** Member, or the last part of it, to the option or argument that it comes from. */
export type MemberOptions = Readonly<Record<string, string>>;

/** Of all commands: members that are called otherwise than their options. */
const usual: MemberOptions = {
  caPem: '--ca-file',
  propertyId: '--property',
  property_id: '--property',
  eventTypes: '--event',
  states: '--state',
  statusClasses: '--status-class',
  endpointIds: '--endpoint',
  sourceIds: '--source',
  headers: '--header',
  overlapMs: '--overlap',
  forMs: '--for',
};

/** These say nothing of what a command is about, whatever a call's members are called. */
const ofEveryCommand: ReadonlySet<string> = new Set(['--data', '--json']);

/** The same error with the option instead of the member; as it is where no option of this command fits. */
export function namingOption(error: unknown, command: Command, own: MemberOptions): unknown {
  if (!(error instanceof CommandError) || error.member === undefined) return error;
  const { member } = error;
  const option = optionOf(member, command, { ...usual, ...own });
  if (option === null) return error;
  const { code, message, detail } = error;
  return new CommandError(code, message.replace(`${member}:`, `${option}:`), {
    member: option,
    cause: error,
    ...(detail === undefined ? {} : { detail }),
  });
}

function optionOf(member: string, command: Command, known: MemberOptions): string | null {
  if (known[member] !== undefined) return known[member];
  // `endpoint.limits.perSecond`, from its last part to its first; an index says which of several.
  for (const part of member.split('.').reverse()) {
    const [name = '', index] = part.split('[');
    const which = index === undefined ? '' : ` (number ${Number.parseInt(index, 10) + 1})`;
    const kebab = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const isOption = command.options.some(({ long }) => long === kebab) && !ofEveryCommand.has(kebab);
    const found = known[name] ?? (isOption ? kebab : undefined);
    if (found !== undefined) return `${found}${which}`;
    const argument = command.registeredArguments.find((one) => one.name() === name);
    if (argument !== undefined) return argument.name();
  }
  return command.registeredArguments[0] !== undefined && member === 'id' ? command.registeredArguments[0].name() : null;
}
