/** What is wrong with a member of a kind, as it was typed: `--set to=…`. */
import type { Command } from 'commander';
import { endpointKinds } from '../../shared/endpoint-kinds/index.ts';
import { sourceKinds } from '../../shared/source-kinds/index.ts';
import { CommandError } from './command-error.ts';

const longestShown = 60;

/**
 * The same error with `--set to:` in place of the member, and what was typed there, unless that is a secret.
 * @returns null where the error is about no such member, or the command has no `--set`
 */
export function namingSetMember(error: CommandError, command: Command): CommandError | null {
  const { code, member = '', detail, command: toDo } = error;
  const name = /(?:^|\.)config\.(\w+)/.exec(member)?.[1];
  if (name === undefined || !command.options.some(({ long }) => long === '--set')) return null;
  const which = `--set ${name}`;
  const rest = error.message.replace(`${member}: `, '').replace(/^config\.[\w.[\]]+: /, '');
  const typed = typedFor(command, name);
  // What was given of a file is not the file's name, and stands nowhere here.
  const isOfFile = typed?.startsWith('@') ?? false;
  const isSaid =
    typed === null || isOfFile || isSecret(name) || /[,;] got "|[Ll]ine \d/.test(rest) || rest.includes(typed);
  const count = /expected (?:at (?:most|least) )?[\d,]+ (?:or more )?characters/.test(rest)
    ? countOf(error, typed)
    : null;
  const got = count ?? (isSaid ? null : `"${shortened(typed)}"`);
  const message = got === null ? rest : `${rest.replace(/\.$/, '')}, got ${got}.`;
  return new CommandError(code, `${which}: ${message}`, {
    member: which,
    cause: error,
    ...(detail === undefined ? {} : { detail }),
    ...(toDo === undefined ? {} : { command: toDo }),
  });
}

/** Of how many characters it is, as the engine got it: a secret's count, and a file's, are said too. */
function countOf({ found }: CommandError, typed: string | null): number | null {
  if (typeof found === 'string') return found.length;
  return typed === null || typed.startsWith('@') ? null : typed.length;
}

/** The last one counts. */
function typedFor(command: Command, name: string): string | null {
  const entries = (command.opts() as { readonly set?: readonly string[] }).set ?? [];
  const entry = entries.findLast((one) => one.startsWith(`${name}=`));
  return entry === undefined ? null : entry.slice(name.length + 1);
}

const shortened = (text: string): string => (text.length > longestShown ? `${text.slice(0, longestShown)}…` : text);

const kinds: readonly { readonly secrets: readonly string[] }[] = [
  ...Object.values(endpointKinds),
  ...Object.values(sourceKinds),
];
const isSecret = (name: string): boolean => kinds.some(({ secrets }) => secrets.includes(name));
