/**
 * How the command line is called where this program runs, so that a command that is printed can be pasted there:
 * `roost-relay …` where it is installed, `npm run -s relay -- …` in a checkout, with the data folder that was given.
 */
import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export type ShellKind = 'posix' | 'cmd' | 'powershell';

export interface Invocation {
  /** What every command begins with, such as `roost-relay` or `npm run -s relay --`. */
  readonly program: string;
  /** Which shell it will be pasted into. */
  readonly shell: ShellKind;
}

export interface InvocationSurroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the person who reads it stands. */
  readonly cwd: string;
  /** The checkout's folder; null for the installed app. */
  readonly checkout: string | null;
}

export function invocationOf({ platform, environment, cwd, checkout }: InvocationSurroundings): Invocation {
  const shell = shellOf(platform, environment);
  if (checkout === null) return { program: 'roost-relay', shell };
  // PowerShell keeps a bare `--` to itself where npm is a script of its own.
  const rest = shell === 'powershell' ? 'run -s relay "--"' : 'run -s relay --';
  const way = relative(checkout, environment.INIT_CWD ?? cwd);
  const isInside = !way.startsWith('..') && !isAbsolute(way);
  return { program: isInside ? `npm ${rest}` : `npm --prefix ${quoted(checkout, shell)} ${rest}`, shell };
}

/** Of this process, started from a checkout. */
export const invocationInCheckout = (): Invocation =>
  invocationOf({
    platform: process.platform,
    environment: process.env,
    cwd: process.cwd(),
    checkout: fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, ''),
  });

/** Of this process, which is the installed app. */
export const invocationInstalled = (): Invocation =>
  invocationOf({ platform: process.platform, environment: process.env, cwd: process.cwd(), checkout: null });

/**
 * What to do where nothing runs, in one sentence.
 *
 * @param folder the data folder that the person gave; null where it is the usual one, or the environment's
 */
export function howToStart({ program, shell }: Invocation, folder: string | null): string {
  if (program === 'roost-relay') return 'Open the Roost Relay app on this PC.';
  const [npm = program] = program.split(' run -s relay ');
  const data = folder === null ? '' : ` --data ${quoted(folder, shell)}`;
  const rest = shell === 'powershell' ? '"--"' : '--';
  const desktop = data === '' ? `${npm} start` : `${npm} start ${rest}${data}`;
  return `Start it: ${desktop}, or without a desktop: ${npm} start ${rest} --headless${data}`;
}

/** What runs the engine while nobody is signed in, with this Node and this checkout. */
export const engineCommandInCheckout = (folder: string): readonly string[] => [
  process.execPath,
  fileURLToPath(new URL('./start.ts', import.meta.url)),
  ...['--headless', '--no-window', '--give-way', '--data', folder],
];

/**
 * The same of the desktop app. On Linux nothing of Electron runs without a display, and there is none yet: it gets one
 * that nobody sees.
 * @param program what starts the app
 */
export const engineCommandOfApp = (program: readonly string[], folder: string): readonly string[] => [
  ...(process.platform === 'linux' ? ['/usr/bin/xvfb-run', '-a'] : []),
  ...program,
  ...['--engine-only', `--data=${folder}`],
];

/** @param folder the data folder that the person gave; null where it is the usual one, or the environment's */
export const withDataFolder = ({ program, shell }: Invocation, folder: string | null): string =>
  folder === null ? program : `${program} --data ${quoted(folder, shell)}`;

/** One word of a command, as this shell takes it. */
export function quoted(word: string, shell: ShellKind): string {
  if (shell === 'posix') {
    return /^[\p{L}\p{N}_@%+=:,./…-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
  }
  if (/^[\p{L}\p{N}_@+:./\\…-]+$/u.test(word)) return word;
  if (shell === 'powershell' && /["$`“”„]/.test(word)) return `'${word.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
  // A backslash before a quotation mark would escape it (the C runtime's rules for arguments).
  return `"${word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;
}

/** PowerShell puts the user's own modules into its environment, cmd does not. */
function shellOf(platform: NodeJS.Platform, environment: InvocationSurroundings['environment']): ShellKind {
  if (platform !== 'win32' || environment.MSYSTEM !== undefined) return 'posix';
  return /documents[^;]*powershell[\\/]modules/i.test(environment.PSModulePath ?? '') ? 'powershell' : 'cmd';
}
