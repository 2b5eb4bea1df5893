/** The engine names a call's member; a person who typed options reads the option, and what was found in it. */
import type { Command } from 'commander';
import { CommandError } from './command-error.ts';
import { durationText } from './duration.ts';
import { namingSetMember } from './set-member.ts';

/** Member, or the last part of it, to the option or argument that it comes from. */
export type MemberOptions = Readonly<Record<string, string>>;

/** Of all commands: members that are called otherwise than their options. */
const usual: MemberOptions = {
  caPem: '--ca-file',
  dataText: '--body',
  propertyId: '--property',
  property_id: '--property',
  eventTypes: '--event',
  states: '--state',
  statusClasses: '--status-class',
  endpointIds: '--endpoint',
  sourceIds: '--source',
  headers: '--header',
  config: '--set',
  overlapMs: '--overlap',
  forMs: '--for',
  passphrase: '--passphrase-file',
};

/** These say nothing of what a command is about, whatever a call's members are called. */
const ofEveryCommand: ReadonlySet<string> = new Set(['--data', '--json']);

/** What was typed there is not repeated: on a screen, and in what a script keeps of it, others may read it. */
const secretOptions: ReadonlySet<string> = new Set(['--secret', '--header', '--set', '--passphrase-file', '--proxy']);

/** Errors that say what stands in the way, and not what is wrong with what was typed. */
const notOfTheInput: ReadonlySet<string> = new Set(['not_found', 'not_confirmed', 'conflict', 'not_tested']);

/** The same error with the option instead of the member, and what was given there; as it is where no option fits. */
export function namingOption(error: unknown, command: Command, own: MemberOptions): unknown {
  if (!(error instanceof CommandError) || error.member === undefined) return error;
  const { code, member, found, command: toDo } = error;
  if (!notOfTheInput.has(code)) {
    const named = namingSetMember(error, command);
    if (named !== null) return named;
  }
  const place = placeOf(member, command, { ...usual, ...own });
  if (place === null) return error;
  const { option, index, setting } = place;
  const { typed, isOneOfSeveral } =
    setting === undefined
      ? typedIn(command, option, index)
      : {
          typed: option === rulesOption ? ruleTyped(command, setting) : settingTyped(command, setting),
          isOneOfSeveral: false,
        };
  const numbered = index !== null && isOneOfSeveral ? `${option} (number ${index + 1})` : option;
  const which = setting === undefined ? numbered : `${option} ${setting}`;
  let message = error.message.replace(`${member}:`, `${which}:`);
  let { detail } = error;
  if (notOfTheInput.has(code)) {
    if (typed !== null && toDo === undefined && !`${message} ${detail ?? ''}`.includes(typed)) detail ??= typed;
  } else {
    if (option.startsWith('--') && !message.includes(option)) message = `${which}: ${message}`;
    else if (setting !== undefined && message.startsWith(`${option}:`))
      message = `${which}${message.slice(option.length)}`;
    const isSaid = typed !== null && (detail ?? '').includes(typed);
    if (!isSaid) message = withWhatWasFound(message, { option, which, member, typed, found });
  }
  return new CommandError(code, message, {
    member: which,
    cause: error,
    ...(detail === undefined ? {} : { detail }),
    ...(toDo === undefined ? {} : { command: toDo }),
  });
}

interface Place {
  /** `--header`, or an argument's name. */
  readonly option: string;
  /** Which of several, from 0. */
  readonly index: number | null;
  /** Of `--set`: what is set; of `--rules`: where in them. */
  readonly setting?: string;
}

function placeOf(member: string, command: Command, known: MemberOptions): Place | null {
  if (known[member] !== undefined) return { option: known[member], index: null };
  // `endpoint.limits.inFlight`, from its last part to its first; an index says which of several.
  for (const part of member.split('.').reverse()) {
    const [name = '', which] = part.split('[');
    const index = which === undefined ? null : Number.parseInt(which, 10);
    const kebab = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const isOption = command.options.some(({ long }) => long === kebab) && !ofEveryCommand.has(kebab);
    const option = known[name] ?? (isOption ? kebab : undefined);
    if ((option === setOption || option === rulesOption) && part !== member.split('.').at(-1)) {
      return { option, index: null, setting: member.slice(member.indexOf(`${part}.`) + part.length + 1) };
    }
    if (option !== undefined) return { option, index };
    const argument = command.registeredArguments.find((one) => one.name() === name);
    if (argument !== undefined) return { option: argument.name(), index: null };
  }
  const [first] = command.registeredArguments;
  return first !== undefined && member === 'id' ? { option: first.name(), index: null } : null;
}

const setOption = '--set';
/** One JSON text: what is wrong stands somewhere in it. */
const rulesOption = '--rules';

/** What was typed for one of the members that `--set name=value` sets; null where it was not. */
function settingTyped(command: Command, setting: string): string | null {
  const [name = ''] = setting.split(/[.[]/);
  const typed = (command.opts().set as readonly string[] | undefined)?.findLast((one) => one.startsWith(`${name}=`));
  return typed === undefined ? null : typed.slice(name.length + 1);
}

/** What stands in the rules that were typed at a place such as `of[0].is`; null where that is no text or number. */
function ruleTyped(command: Command, place: string): string | null {
  try {
    const steps = place.split(/[.[\]]+/).filter((step) => step !== '');
    const rules: unknown = JSON.parse(String(command.opts().rules));
    const found = steps.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], rules);
    return typeof found === 'string' || typeof found === 'number' ? String(found) : null;
  } catch {
    // Of a file, or what has no such place.
    return null;
  }
}

/** What the person wrote there; null where that is not one text. */
function typedIn(command: Command, option: string, index: number | null) {
  const name = command.options.find(({ long }) => long === option)?.attributeName();
  const place = command.registeredArguments.findIndex((one) => one.name() === option);
  const value: unknown = name === undefined ? command.args[place] : command.opts()[name];
  const one: unknown = Array.isArray(value) ? value[index ?? 0] : value;
  return { typed: typeof one === 'string' ? one : null, isOneOfSeveral: Array.isArray(value) && value.length > 1 };
}

interface Found {
  readonly option: string;
  readonly which: string;
  readonly member: string;
  readonly typed: string | null;
  /** The member's value as the engine got it. */
  readonly found: unknown;
}

/** What a message expects that is never a secret. */
const isOfFew = /: expected (one of|true or false|a number|a whole number)/;

/** `expected at most 50.` becomes `expected at most 50, got 5000.`, where the message does not say so itself. */
function withWhatWasFound(message: string, { option, which, member, typed, found }: Found): string {
  if (/[,;] got |it is missing|it is empty/.test(message)) return message;
  // One of several, a number or a yes is no secret.
  const isSecret = secretOptions.has(option) && !(option === setOption && isOfFew.test(message));
  const withGot = (text: string, got: string | number) => `${text.replace(/\.$/, '')}, got ${got}.`;
  if (message.startsWith(`${which}: expected`)) {
    if (message.includes('characters')) {
      return typeof found === 'string'
        ? withGot(message, isLong(found) || isSecret ? found.length : `"${found}"`)
        : message;
    }
    // The engine counts in milliseconds, a person in hours and days.
    const text = member.endsWith('Ms') ? message.replace(/\d+/, (limit) => durationText(Number(limit))) : message;
    if (typed === null || isSecret) return text;
    if (typed === '') return `${text.replace(/\.$/, '')}; it is empty.`;
    return withGot(text, /^-?\d+(\.\d+)?$/.test(typed) ? typed : `"${shortened(typed)}"`);
  }
  if (typed === null || isSecret || message.includes(typed)) return message;
  return `${message} Got "${shortened(typed)}".`;
}

const longestShown = 100;
const isLong = (text: string): boolean => text.length > longestShown;

/** Of an address without what may be secret in it. */
function shortened(text: string): string {
  if (/^\w+:\/\//.test(text) && URL.canParse(text)) {
    const { protocol, host, pathname, search, username, password } = new URL(text);
    const user = username + password === '' ? '' : '••••@';
    return `${protocol}//${user}${host}${pathname + search === '/' || pathname + search === '' ? '' : '/…'}`;
  }
  return isLong(text) ? `${text.slice(0, longestShown)}…` : text;
}
