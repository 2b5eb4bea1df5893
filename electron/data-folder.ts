/** Where the data lies: as asked for, else as the environment says, else the platform's usual place. */
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, posix, resolve, win32 } from 'node:path';
import { RelayError } from '../shared/errors.ts';
import { sentence } from '../shared/sentences/sentence.ts';
import { makeFolderSync } from './engine/files/make-folder.ts';

export interface FolderSurroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** @param asked `--data`; made absolute where it is not */
export function dataFolder(asked?: string, surroundings: FolderSurroundings = thisPc()): string {
  const given = asked || surroundings.environment.ROOST_RELAY_DATA;
  return given ? resolve(given) : usualFolder(surroundings);
}

/**
 * The desktop app's: where the command line looks for it too, but a profile of its own keeps its data in itself.
 * @param profile Chromium's `--user-data-dir`; null where none was given
 */
export function desktopDataFolder(asked: string | null, profile: string | null, surroundings = thisPc()): string {
  const own = profile === null || surroundings.environment.ROOST_RELAY_DATA ? undefined : join(profile, 'data');
  return dataFolder(asked ?? own, surroundings);
}

/**
 * Makes it where it is not there yet, owner-only.
 * @param named what a person knows it by, such as `--data`
 * @throws RelayError `bad_input` where a file is in its way, `store_unavailable` where it cannot be made
 */
export function makeDataFolder(folder: string, named?: string): void {
  refuseFile(folder, named);
  try {
    makeFolderSync(folder);
  } catch (cause) {
    throw new RelayError('store_unavailable', sentence('problem.data_folder', { folder }), {
      detail: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

/** @throws RelayError `bad_input` where the folder, or one that it lies in, is a file */
export function refuseFile(folder: string, named = 'data folder'): void {
  const file = fileInTheWay(folder);
  if (file !== null) throw new RelayError('bad_input', sentence('problem.data_folder_file', { named, folder, file }));
}

function fileInTheWay(folder: string): string | null {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found !== undefined) return found.isDirectory() ? null : folder;
  const parent = dirname(folder);
  return parent === folder ? null : fileInTheWay(parent);
}

/** Of this user and not roaming: the queue belongs to this PC. */
function usualFolder({ platform, environment, home }: FolderSurroundings): string {
  if (platform === 'win32') {
    return win32.join(environment.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'Roost Relay');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Roost Relay');
  // The XDG specification: a relative path there is to be ignored.
  const xdg = environment.XDG_DATA_HOME ?? '';
  return posix.join(posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share'), 'roost-relay');
}

const thisPc = (): FolderSurroundings => ({ platform: process.platform, environment: process.env, home: homedir() });
