/** The app's own arguments, told apart from those of Electron and Chromium. */
import { resolve } from 'node:path';

export const engineOnlyArgument = '--engine-only';

export interface DesktopArguments {
  /** Everything after `cli`, where the command line was asked for; else null. */
  readonly cli: readonly string[] | null;
  /** Started by the system at login: no window. */
  readonly hidden: boolean;
  /** Started by the system before anybody has signed in: the engine alone. */
  readonly engineOnly: boolean;
  /** Absolute; null: the usual place. */
  readonly data: string | null;
  readonly port: number | null;
  readonly property: string | null;
}

/**
 * @param argv as the process got it: the program, unpackaged also the app's folder, then the arguments
 * @param cwd what a relative data folder is relative to
 */
export function parseDesktopArguments(argv: readonly string[], isPackaged: boolean, cwd: string): DesktopArguments {
  const all = argv.slice(1);
  const cli = argumentsOfCli(all, isPackaged);
  // What the command line is given is its own, also where an option has the same name.
  const args = cli === null ? all : all.slice(0, all.length - cli.length);
  const data = optionValue(args, '--data');
  const port = Number(optionValue(args, '--port') ?? Number.NaN);
  return {
    cli,
    hidden: args.includes('--hidden'),
    engineOnly: args.includes(engineOnlyArgument),
    data: data === null ? null : resolve(cwd, data),
    port: Number.isInteger(port) && port >= 1 && port <= 65535 ? port : null,
    property: optionValue(args, '--property'),
  };
}

/**
 * Everything after `cli`, as the first word of our own: behind Electron's switches, and behind `--`, which the
 * installed command puts there so that Electron leaves the rest alone.
 */
function argumentsOfCli(args: readonly string[], isPackaged: boolean): readonly string[] | null {
  const words = [...args.entries()].filter(([, argument]) => !argument.startsWith('-'));
  const [index, word] = words[isPackaged ? 0 : 1] ?? [];
  return index !== undefined && word === 'cli' ? args.slice(index + 1) : null;
}

function optionValue(args: readonly string[], option: string): string | null {
  const index = args.findIndex((argument) => argument === option || argument.startsWith(`${option}=`));
  const found = args[index];
  if (found === undefined) return null;
  return found === option ? (args[index + 1] ?? null) : found.slice(option.length + 1);
}
