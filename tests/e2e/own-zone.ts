/**
 * A time zone of the app's own, set as the system's settings set it: its `/etc` is a copy, in a mount namespace around the
 * whole app, and there the link that names the zone is replaced while it runs. This machine's own zone stays.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const places = '/usr/share/zoneinfo';

/** Why an app can have none here; null where it can. */
export function zoneObstacle(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'a mount namespace of its own needs Linux and root';
  // A root that is no mount point of its own, as in a chroot, lets nobody make one.
  return spawnSync('unshare', ['-m', 'true']).status === 0 ? null : 'a mount namespace is not allowed here';
}

export interface OwnZone {
  /** Starts `binary` in it. */
  readonly executable: string;
  /** In one step, as timedatectl does. */
  set(zone: string): void;
}

/** @param folder where the copy is kept */
export function ownZone(folder: string, binary: string, zone: string): OwnZone {
  const etc = join(folder, 'etc');
  cpSync('/etc', etc, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.startsWith('/etc/ssl/private'),
  });
  const set = (to: string): void => {
    const aside = join(etc, 'localtime.new');
    symlinkSync(join(places, to), aside);
    renameSync(aside, join(etc, 'localtime'));
  };
  set(zone);
  const executable = join(folder, 'in-own-zone');
  const quoted = [etc, binary].map((path) => `'${path.replaceAll("'", `'\\''`)}'`).join(' ');
  writeFileSync(
    executable,
    `#!/bin/sh\nunset TZ\nexec unshare -m sh -c 'mount --bind "$0" /etc && exec "$@"' ${quoted} "$@"\n`,
    { mode: 0o755 },
  );
  return { executable, set };
}
