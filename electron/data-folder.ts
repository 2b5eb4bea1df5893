/** Where the data lies: as asked for, else as the environment says, else the platform's usual place. */
import { homedir } from 'node:os';
import { join, posix, resolve, win32 } from 'node:path';

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
