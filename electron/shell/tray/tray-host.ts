/**
 * Whether anything would show a tray icon. Windows and macOS always do. On Linux Electron cannot tell: the
 * icon is handed to whoever hosts trays, and GNOME without its extension has nobody.
 */
import { execFile } from 'node:child_process';

/** The well-known bus name of tray hosts. https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/ */
const watcher = 'org.kde.StatusNotifierWatcher';

export interface DesktopSession {
  readonly platform: NodeJS.Platform;
  /** `XDG_CURRENT_DESKTOP`, e.g. `ubuntu:GNOME`. */
  readonly desktop: string;
  /** `XDG_SESSION_TYPE`. */
  readonly sessionType: string;
  /** Whether a name has an owner on the session bus; null where the bus cannot be asked. */
  readonly hasOwner: (name: string) => Promise<boolean | null>;
}

export async function hasTrayHost({ platform, desktop, sessionType, hasOwner }: DesktopSession): Promise<boolean> {
  if (platform !== 'linux') return true;
  if ((await hasOwner(watcher)) === true) return true;
  // The older kind of tray lives on X11 panels and announces itself to nobody on the bus; GNOME has none.
  return sessionType !== 'wayland' && !desktop.split(':').includes('GNOME');
}

/** Asks the session bus with `dbus-send`, which comes with every desktop's D-Bus. */
export function askSessionBus(name: string): Promise<boolean | null> {
  const method = 'org.freedesktop.DBus.NameHasOwner';
  const call = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus', method];
  return new Promise((resolve) => {
    execFile('dbus-send', [...call, `string:${name}`], { timeout: 2000 }, (problem, output) =>
      resolve(problem ? null : output.includes('boolean true')),
    );
  });
}
