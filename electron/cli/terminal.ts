/** What every command has: the data folder, the engine behind it, and the ways to say a thing. */
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { ErrorCode } from '../../shared/api.ts';
import { certificateText } from '../../shared/certificate-text.ts';
import { dataFolder } from '../data-folder.ts';
import { decodeBody } from '../engine/intake/charset.ts';
import { howToStart, quoted, withDataFolder } from '../invocation.ts';
import { type AtProperty, atProperty } from './at-property.ts';
import { type ControlClient, createControlClient } from './client.ts';
import { closedFolder, isForRights } from './closed-folder.ts';
import { CommandError } from './command-error.ts';
import { type CliIo, type ExitCode, exitCodes } from './io.ts';
import { type MemberOptions, namingOption } from './member-options.ts';
import { json, type Showable, type Shown, shown, table } from './output.ts';

export interface Terminal {
  readonly io: CliIo;
  readonly folder: string;
  readonly client: ControlClient;
  readonly json: boolean;
  /** With `--json` the value, else the plain text. */
  say(value: unknown, text: Shown): void;
  /** To standard error, beside what the command says. */
  note(text: Shown): void;
  /** As wide as the terminal takes it. */
  table(head: readonly string[], rows: readonly (readonly Showable[])[]): Shown;
  /** Times by the clocks of the property, which the engine knows. */
  atProperty(): Promise<AtProperty>;
  /** A command as it can be pasted here, such as `command('endpoint', 'test', id)`. */
  command(...words: readonly string[]): string;
  /**
   * The command as it was given, with an option more, as it can be pasted here. A secret that was typed is left out:
   * `…` stands for it.
   *
   * @param instead an option without a value that goes for it: both cannot be given
   */
  sameWith(option: string, instead?: string): string;
  /** Ends with another code than 0. */
  exitWith(code: ExitCode): void;
}

/** What a command does with its arguments and options. */
export type Act<Options> = (terminal: Terminal, options: Options, ...args: string[]) => Promise<void>;

export interface ActionTraits {
  /**
   * Which option the engine's member is, where that is not to be seen from its name; null: what the engine names is
   * what the person wrote.
   */
  readonly members?: MemberOptions | null;
  /** What it means that the data folder cannot be one: for `emit`, that the event could not be kept. */
  readonly folderFault?: ErrorCode;
}

export interface Runner {
  /** Adds `--data` and `--json`, and runs `act` when the command is given. */
  action<Options extends object>(command: Command, act: Act<Options>, traits?: ActionTraits): void;
  exitCode(): ExitCode;
}

interface CommonOptions {
  readonly data?: string;
  readonly json?: boolean;
}

/** @param given the words of the command that runs */
export function createRunner(io: CliIo, given: readonly string[]): Runner {
  let code: ExitCode = exitCodes.done;
  return {
    action(command, act, { members = {}, folderFault = 'bad_input' } = {}) {
      command.option('--data <folder>', 'the data folder').option('--json', 'print JSON');
      command.action(async (...parsed: unknown[]) => {
        const args = parsed.slice(0, -2).flat() as string[];
        const options = command.opts() as CommonOptions;
        const ofProgram = rootOf(command).opts() as CommonOptions;
        const asked = options.data ?? ofProgram.data;
        const folder = dataFolder(asked ?? io.environment.ROOST_RELAY_DATA);
        await checkFolder(command, asked, folder, folderFault);
        const prefix = withDataFolder(io.invocation, asked === undefined ? null : folder);
        const start = howToStart(io.invocation, asked === undefined ? null : folder);
        const asJson = options.json === true || ofProgram.json === true;
        const client = createControlClient(folder, prefix, io.isHeld, start);
        const commandOf = (...words: readonly string[]): string =>
          [prefix, ...words.map((word) => quoted(word, io.invocation.shell))].join(' ');
        let property: Promise<AtProperty> | null = null;
        const note = (text: Shown) => io.err(text.text);
        const terminal: Terminal = {
          io,
          folder,
          client,
          json: asJson,
          note,
          say: (value, text) => io.out((asJson ? json(value) : text).text),
          table: (head, rows) => table(io.columns, head, rows),
          command: commandOf,
          sameWith: (option, instead) => commandOf(...wordsWith(given, option, instead)),
          atProperty() {
            property ??= client
              .call('settings.get', {})
              .then(({ timeZone }) =>
                atProperty({ timeZone, now: Date.now(), program: prefix, note: (text) => note(shown`${text}\n`) }),
              );
            return property;
          },
          exitWith: (other) => {
            code = other;
          },
        };
        await act(terminal, options as object as never, ...args).catch((error: unknown) => {
          throw members === null ? error : namingOption(error, command, members);
        });
      });
    },
    exitCode: () => code,
  };
}

/** Options whose value, where it is no file's name, is not printed. */
const secretOptions = ['--secret', '--header'];

/** The words with an option more; without what the prefix says already, and what was for a program to read. */
function wordsWith(given: readonly string[], option: string, instead?: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? '';
    if (word === '--') return [...words, option, ...given.slice(at)];
    if (word === '--data') at += 1;
    else if (word !== '--json' && word !== option && word !== instead && !word.startsWith('--data=')) {
      const [name = '', ...value] = word.split('=');
      if (!secretOptions.includes(name)) words.push(word);
      else if (value.length > 0) words.push(`${name}=${withoutSecret(value.join('='))}`);
      else {
        at += 1;
        words.push(word, withoutSecret(given[at] ?? ''));
      }
    }
  }
  return [...words, option];
}

/** A file's name says nothing; a header keeps its own. */
function withoutSecret(value: string): string {
  if (value.startsWith('@')) return value;
  const [name = '', ...rest] = value.split(':');
  if (rest.length === 0) return '…';
  return rest.join(':').trim().startsWith('@') ? value : `${name}: …`;
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent);
}

/** A file, or a folder that nobody may read, is said at once instead of "not running". @throws CommandError */
async function checkFolder(command: Command, asked: string | undefined, folder: string, fault: ErrorCode) {
  const named = asked === undefined ? 'the data folder' : '--data';
  const member = asked === undefined ? {} : { member: '--data' };
  if (asked !== undefined && looksLikeEventData(asked)) {
    const instead = command.options.some(({ long }) => long === '--payload')
      ? " Give the event's data with --payload."
      : '';
    throw new CommandError('bad_input', `--data: expected a folder, got "${asked.slice(0, 40)}".${instead}`, member);
  }
  try {
    if ((await stat(folder)).isDirectory()) return;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    // None there yet: whether that matters is the command's own matter.
    if (code === 'ENOENT') return;
    if (isForRights(cause)) throw await closedFolder(folder, cause);
    const why = code === 'ENOTDIR' ? 'a part of that path is a file' : 'it cannot be read';
    throw new CommandError(fault, `${named}: ${folder}: ${why}.`, { ...member, detail: String(code), cause });
  }
  throw new CommandError('bad_input', `${named}: expected a folder; ${folder} is a file.`, member);
}

/** `{…}`, `[…]`, `@file` or `-`: what was meant as an event's data. */
const looksLikeEventData = (value: string): boolean => value === '-' || /^[@{["]/.test(value.trimStart());

/**
 * The text of a file that an option names, in the character sets that the intake takes too: what a Windows program
 * wrote often begins with a mark, or is UTF-16.
 */
export const fileText = async (option: string, path: string): Promise<string> =>
  textOf(await fileBytes(option, path), option, `the file ${resolve(path)}`);

/** A certificate's, PEM or DER. */
export const certificateFileText = async (option: string, path: string): Promise<string> =>
  certificateText(await fileBytes(option, path));

async function fileBytes(option: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const file = resolve(path);
    if (code === 'ENOENT')
      throw new CommandError('bad_input', `${option}: there is no file ${file}.`, { member: option });
    if (code === 'EISDIR') throw new CommandError('bad_input', `${option}: ${file} is a folder.`, { member: option });
    throw new CommandError('bad_input', `${option}: the file ${file} cannot be read.`, {
      member: option,
      detail: String(code),
      cause,
    });
  }
}

/** A value given as it is, or as `@file`: secrets need not stand in the shell's history. */
export const valueOrFile = async (option: string, given: string): Promise<string> =>
  given.startsWith('@') ? (await fileText(option, given.slice(1))).replace(/\r?\n$/, '') : given;

export async function inputText(io: CliIo): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of io.input) chunks.push(Buffer.from(chunk));
  return textOf(Buffer.concat(chunks), 'standard input', 'it');
}

/** @throws CommandError that names the option, where the bytes are no text */
function textOf(bytes: Buffer, option: string, what: string): string {
  try {
    return decodeBody(bytes);
  } catch (cause) {
    const message = `${option}: expected text in UTF-8 or UTF-16; ${what} is neither.`;
    throw new CommandError('bad_input', message, { member: option, cause });
  }
}

/**
 * `--no-ca`, which stands against `--ca-file`: given with it, which of the two is meant cannot be known. Asked from this
 * side, since an option that is not given is "on" for Commander where another one negates it.
 */
export const withoutCa = (description: string): Option => new Option('--no-ca', description).conflicts('caFile');
