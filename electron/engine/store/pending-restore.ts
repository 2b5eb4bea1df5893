/** A backup that was made ready takes the data's place when the database is next opened. */
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const databaseName = 'relay.db';

/** Where a backup lies that was checked and is to be used from the next start on. */
export const readyFile = (dataFolder: string): string => join(dataFolder, 'restore-ready.db');

/**
 * Puts a backup that was made ready in the data's place. To be called before the database is opened, while the
 * folder's lock is held.
 *
 * @param nowMs names the folder in which the present data is kept
 * @returns that folder; null where nothing was ready
 */
export function applyPendingRestore(dataFolder: string, nowMs: number): string | null {
  const ready = readyFile(dataFolder);
  if (!existsSync(ready)) return null;
  const stamp = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-');
  const kept = join(dataFolder, `before-restore-${stamp}`);
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  // The log goes first: a database without its log is an older one, a log without its database nothing.
  for (const name of readdirSync(dataFolder).sort().reverse()) {
    if (name === databaseName || name.startsWith(`${databaseName}-`))
      renameSync(join(dataFolder, name), join(kept, name));
  }
  renameSync(ready, join(dataFolder, databaseName));
  return kept;
}
