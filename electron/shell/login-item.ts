/**
 * Start at login, hidden in the tray: the system's own list on Windows and macOS, an autostart file on Linux.
 * Systems and tidy-up tools switch entries off; the app notices and says so.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const hiddenArgument = '--hidden';

export interface LoginItem {
  set(wanted: boolean): void;
  /** Whether the app will really be started; null where it is not wanted, or cannot be told. */
  works(wanted: boolean): boolean | null;
}

/** What is used of Electron's `app`. */
export interface LoginItemApp {
  setLoginItemSettings(settings: { openAtLogin: boolean; args: string[]; enabled: boolean }): void;
  getLoginItemSettings(options: { args: string[] }): {
    readonly openAtLogin: boolean;
    readonly executableWillLaunchAtLogin?: boolean;
    readonly status?: string;
  };
}

/** What the choice of the login item depends on. */
export interface LoginItemSurroundings {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  /** The person's configuration folder. */
  readonly configFolder: string;
  /** The program that the system is to start: an AppImage's own file rather than where it is mounted. */
  readonly program: string;
}

/** Null of a checkout, which has no place of its own that the system could start. */
export function loginItemOf(app: LoginItemApp, around: LoginItemSurroundings): LoginItem | null {
  const { platform } = around;
  if (!around.isPackaged) return null;
  if (platform === 'win32' || platform === 'darwin') return systemLoginItem(app, platform);
  return autostartFile(around.configFolder, [around.program]);
}

/** Windows and macOS. */
export function systemLoginItem(app: LoginItemApp, platform: 'win32' | 'darwin'): LoginItem {
  const args = [hiddenArgument];
  return {
    set: (wanted) => app.setLoginItemSettings({ openAtLogin: wanted, args, enabled: wanted }),
    works(wanted) {
      if (!wanted) return null;
      const settings = app.getLoginItemSettings({ args });
      // Windows lists an entry that was switched off in the Task Manager as open-at-login all the same.
      if (platform === 'win32') return settings.executableWillLaunchAtLogin ?? settings.openAtLogin;
      return settings.status === undefined ? settings.openAtLogin : settings.status === 'enabled';
    },
  };
}

/**
 * Linux: `autostart/roost-relay.desktop` in the person's configuration folder.
 * https://specifications.freedesktop.org/autostart-spec/latest/
 * @param command program and arguments, each as it is
 */
export function autostartFile(configFolder: string, command: readonly string[]): LoginItem {
  const file = join(configFolder, 'autostart', 'roost-relay.desktop');
  return {
    set(wanted) {
      if (!wanted) return rmSync(file, { force: true });
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, autostartEntry([...command, hiddenArgument]), { mode: 0o644 });
    },
    works(wanted) {
      if (!wanted) return null;
      try {
        return isSwitchedOn(readFileSync(file, 'utf8'));
      } catch {
        return false;
      }
    },
  };
}

const autostartEntry = (command: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Roost Relay',
    `Exec=${command.map(quoted).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');

/** As the desktop entry specification quotes: escaped for the argument, then again for the text that holds it. */
function quoted(argument: string): string {
  const literal = argument.replaceAll('%', '%%');
  if (/^[\w@%+=:,./-]+$/.test(literal)) return literal;
  return `"${literal.replace(/(["`$\\])/g, '\\$1').replaceAll('\\', '\\\\')}"`;
}

const isSwitchedOn = (entry: string): boolean =>
  !/^Hidden\s*=\s*true\s*$/m.test(entry) && !/^X-GNOME-Autostart-enabled\s*=\s*false\s*$/m.test(entry);
