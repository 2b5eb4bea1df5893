/** What every command has: the data folder, the engine behind it, and two ways to say a thing. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { dataFolder } from '../data-folder.ts';
import { type ControlClient, createControlClient } from './client.ts';
import { CommandError } from './command-error.ts';
import { type CliIo, type ExitCode, exitCodes } from './io.ts';

export interface Shell {
  readonly io: CliIo;
  readonly folder: string;
  readonly client: ControlClient;
  readonly json: boolean;
  /** With `--json` the value, else the plain text. */
  say(value: unknown, text: string): void;
  /** Ends with another code than 0. */
  exitWith(code: ExitCode): void;
}

/** What a command does with its arguments and options. */
export type Act<Options> = (shell: Shell, options: Options, ...args: string[]) => Promise<void>;

export interface Runner {
  /** Adds `--data` and `--json`, and runs `act` when the command is given. */
  action<Options extends object>(command: Command, act: Act<Options>): void;
  exitCode(): ExitCode;
}

interface CommonOptions {
  readonly data?: string | readonly string[];
  readonly json?: boolean;
}

export function createRunner(io: CliIo): Runner {
  let code: ExitCode = exitCodes.done;
  return {
    action(command, act) {
      // `emit` has a `--data` of its own, for the event's data.
      if (!command.options.some(({ long }) => long === '--data')) command.option('--data <folder>', 'the data folder');
      command.option('--json', 'print JSON');
      command.action(async (...given: unknown[]) => {
        const args = given.slice(0, -2).flat() as string[];
        const options = command.optsWithGlobals() as CommonOptions;
        const own = command.opts() as CommonOptions;
        const program = command.parent?.parent?.opts() ?? command.parent?.opts() ?? {};
        const asked = asFolder(own.data) ?? asFolder((program as CommonOptions).data);
        const folder = dataFolder(asked ?? io.environment.ROOST_RELAY_DATA);
        const json = options.json === true;
        await act(
          {
            io,
            folder,
            client: createControlClient(folder),
            json,
            say: (value, text) => io.out(json ? `${JSON.stringify(value, null, 2)}\n` : text),
            exitWith: (other) => {
              code = other;
            },
          },
          own as object as never,
          ...args,
        );
      });
    },
    exitCode: () => code,
  };
}

/** Of several, what looks like no event data. */
function asFolder(data: CommonOptions['data']): string | undefined {
  if (data === undefined || typeof data === 'string') return data;
  return data.findLast((value) => !looksLikeEventData(value));
}

/** `@file`, `-` for standard input, or JSON itself. */
export const looksLikeEventData = (value: string): boolean => value === '-' || /^[@{["]/.test(value.trimStart());

/** The content of a file that an option names. */
export async function fileText(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new CommandError('bad_input', `${option}: the file ${path} cannot be read.`, { member: option, cause });
  }
}

/** A value given as it is, or as `@file`: secrets need not stand in the shell's history. */
export const valueOrFile = async (option: string, given: string): Promise<string> =>
  given.startsWith('@') ? (await fileText(option, given.slice(1))).replace(/\r?\n$/, '') : given;

export async function inputText(io: CliIo): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of io.input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
