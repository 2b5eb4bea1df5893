/**
 * The data folder holds guests' names and what a receiver is signed to with: nobody else who has an account on this
 * PC may read it, whatever the umask says and whoever made the folder. On Windows modes say nothing: see
 * windows-owner.ts.
 */
import { chmodSync, closeSync, openSync, readdirSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Rights of group and others. */
const othersRights = 0o077;
const copiedAtOnceBytes = 1024 * 1024;
const modesMeanRights = process.platform !== 'win32';

/**
 * Makes an empty file that only its owner may read, or takes everybody else's rights from the one that is there.
 * SQLite gives a database's log and index the rights of the database.
 */
export function keepToOwner(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
    takeOthersRights(file);
  } catch {
    // Whoever opens it next says what is wrong with it: SQLite, in its own closed set of words.
  }
}

/**
 * Makes way for a new file where others had rights to the one that is there: who has it open already keeps it open,
 * and holds with a read lock whatever is later asked of it.
 */
export function removeIfOpenToOthers(file: string): void {
  if (!modesMeanRights) return;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() && (found.mode & othersRights) !== 0) rmSync(file, { force: true });
}

/** Copies a file for its owner alone: Node's own copy gives it the rights of what is copied, a backup on a stick, say. */
export function copyForOwner(from: string, to: string): void {
  const source = openSync(from, 'r');
  try {
    keepToOwner(to);
    const copy = openSync(to, 'w', 0o600);
    try {
      const piece = Buffer.allocUnsafe(copiedAtOnceBytes);
      for (let length = readSync(source, piece); length > 0; length = readSync(source, piece)) {
        for (let written = 0; written < length; ) written += writeSync(copy, piece, written, length - written);
      }
    } finally {
      closeSync(copy);
    }
  } finally {
    closeSync(source);
  }
}

/** The same for everything that an earlier version, or a person, left in these folders of the data folder. */
export function keepFolderToOwner(folder: string, inside: readonly string[]): void {
  if (!modesMeanRights) return;
  for (const name of ['', ...inside]) {
    const names = readdirIfThere(join(folder, name));
    for (const entry of names) if (entry.isFile()) takeQuietly(join(folder, name, entry.name));
  }
}

/** Whether others who have an account on this PC may look into the folder: they see names and sizes at least. */
export function letsOthersIn(folder: string): boolean {
  return modesMeanRights && (statSync(folder).mode & othersRights) !== 0;
}

/** Of a file that is somebody else's, or that goes just now, nothing can be taken. */
function takeQuietly(file: string): void {
  try {
    takeOthersRights(file);
  } catch {}
}

function takeOthersRights(file: string): void {
  if (!modesMeanRights) return;
  const { mode } = statSync(file);
  if ((mode & othersRights) !== 0) chmodSync(file, mode & ~othersRights & 0o777);
}

function readdirIfThere(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
