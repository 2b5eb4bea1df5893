/** Whether a path leads to a file of the data folder, however it is spelled: told by what it is, not by its name. */
import { lstat, opendir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Folders of the data folder that are made for what a person asks for. */
const foldersForPersons = ['exports', 'backups'];

/**
 * What the data folder's own files are called, or begin with, now or while something is under way. Small letters: on
 * some disks `RELAY.DB` is the same file.
 */
const ownNames = [
  'relay.',
  'data-key',
  'control.json',
  'pin.json',
  'preferences.json',
  'restore-ready',
  'before-restore-',
];

interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

const isSame = (one: Identity, other: Identity): boolean => one.dev === other.dev && one.ino === other.ino;

/**
 * @param path real path of what is to be written, its links followed; the file itself need not be there
 * @param ownExport a file in `exports` is known to be of whoever writes it anew
 * @returns true for what the product keeps for itself, and for anything else that lies there already
 */
export async function isOfDataFolder(path: string, dataFolder: string, ownExport = false): Promise<boolean> {
  const own = await stat(dataFolder, { bigint: true }).catch(() => null);
  if (own === null) return false;
  const there = await lstat(path, { bigint: true }).catch(() => null);
  // Under another name elsewhere it is the same file.
  if (there !== null && there.nlink > 1n && (await holds(dataFolder, there))) return true;
  const below: string[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const present = await stat(folder, { bigint: true });
    if (isSame(present, own)) {
      const isOwnExport = ownExport && below.length === 1 && below[0]?.toLowerCase() === 'exports';
      return (there !== null && !isOwnExport) || !isForPersons(below, basename(path));
    }
    if (folder === dirname(folder)) return false;
    below.unshift(basename(folder));
  }
}

/**
 * @param folder real path of a folder that is there, its links followed
 * @returns true for the data folder and all that lies in it but its exports: where files come by the clock, none is looked at
 */
export async function isKeptFromExports(folder: string, dataFolder: string): Promise<boolean> {
  const there = await stat(folder, { bigint: true });
  const own = await stat(dataFolder, { bigint: true });
  const exports = await stat(join(dataFolder, 'exports'), { bigint: true }).catch(() => null);
  if (exports !== null && isSame(there, exports)) return false;
  for (let above = folder; ; above = dirname(above)) {
    if (isSame(await stat(above, { bigint: true }), own)) return true;
    if (above === dirname(above)) return false;
  }
}

function isForPersons(folders: readonly string[], name: string): boolean {
  const [folder, ...more] = folders;
  if (folder === undefined) return !ownNames.some((own) => name.toLowerCase().startsWith(own));
  return more.length === 0 && foldersForPersons.includes(folder.toLowerCase());
}

async function holds(folder: string, wanted: Identity): Promise<boolean> {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (await holds(path, wanted)) return true;
    } else {
      const present = await lstat(path, { bigint: true }).catch(() => null);
      if (present !== null && isSame(present, wanted)) return true;
    }
  }
  return false;
}
