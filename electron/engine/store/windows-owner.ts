/**
 * On Windows a folder of the person's own profile is closed to the other users of the PC; one elsewhere (`--data
 * D:\Relay`) is open to all of them, and its files have the rights of their folder. There everybody's rights but the
 * person's own and the system's are taken away, with Windows' own `icacls`, by which what lies there already is
 * closed too.
 */
import { execFile, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { win32 } from 'node:path';
import { promisify } from 'node:util';

export interface WindowsSurroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly user: string;
}

interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** By their numbers, since their names are in the language of the PC: the system; everybody, who signed in, users. */
const system = '*S-1-5-18';
const others = ['*S-1-1-0', '*S-1-5-11', '*S-1-5-32-545'];
/** A disk that does not answer must not hold up a start for longer, in milliseconds. */
const longestMs = 10_000;

/** What the product itself keeps in the data folder. */
const own =
  /^(?:relay\.|data-key|control\.json|preferences\.json|restore-ready|before-restore-|(?:backups|exports|logs|spool|rejected)$)/i;

/**
 * What closes a folder, in its order: the person's rights are given before any others' are taken.
 *
 * @param names what lies in it
 * @returns empty where there is nothing to close; null where others' files lie there too, or it is a whole drive: their
 *   rights are not ours to take
 */
export function closingCommands(
  folder: string,
  names: readonly string[],
  pc: WindowsSurroundings = thisPc(),
): readonly Command[] | null {
  const { platform, environment, user } = pc;
  if (platform !== 'win32' || isOfProfile(folder, environment)) return [];
  const path = win32.resolve(folder);
  if (win32.parse(path).root === path || !names.every((name) => own.test(name))) return null;
  // By its whole path: a program of this name in the present folder is not to be run.
  const program = win32.join(environment.SystemRoot ?? 'C:\\Windows', 'System32', 'icacls.exe');
  const owner = environment.USERDOMAIN ? `${environment.USERDOMAIN}\\${user}` : user;
  const all = '(OI)(CI)F';
  return [
    { program, args: [folder, '/grant:r', `${owner}:${all}`, `${system}:${all}`, '/q'] },
    { program, args: [folder, '/inheritance:r', '/q'] },
    { program, args: [folder, '/remove:g', ...others, '/q'] },
  ];
}

/** At a start, before there is anything to hold up. @returns false where others may still read the folder */
export function closeOnWindows(folder: string): boolean {
  if (process.platform !== 'win32') return true;
  const commands = closingCommands(folder, readdirSync(folder));
  return (
    commands?.every(
      ({ program, args }) => spawnSync(program, [...args], { windowsHide: true, timeout: longestMs }).status === 0,
    ) ?? false
  );
}

/** The same beside the work. */
export async function closeOnWindowsMeanwhile(folder: string): Promise<boolean> {
  if (process.platform !== 'win32') return true;
  try {
    const commands = closingCommands(folder, await readdir(folder));
    for (const { program, args } of commands ?? []) {
      await promisify(execFile)(program, [...args], { windowsHide: true, timeout: longestMs });
    }
    return commands !== null;
  } catch {
    return false;
  }
}

function isOfProfile(folder: string, { USERPROFILE, LOCALAPPDATA }: WindowsSurroundings['environment']): boolean {
  const path = `${win32.resolve(folder).toLowerCase()}\\`;
  return [USERPROFILE, LOCALAPPDATA].some(
    (own) => own !== undefined && own !== '' && path.startsWith(`${win32.resolve(own).toLowerCase()}\\`),
  );
}

const thisPc = (): WindowsSurroundings => ({
  platform: process.platform,
  environment: process.env,
  user: userInfo().username,
});
