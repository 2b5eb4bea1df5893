/** A backup that was made ready takes the data's place when the database is next opened. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import { renameOverSync } from '../files/rename.ts';
import { forgetAcknowledged } from './acknowledged.ts';

const databaseName = 'relay.db';

/** Folders that keep what was there before a restore end in its time: `2026-11-23T08-42-31`. */
const keptPrefix = 'before-restore-';

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
  const kept = unfinished(dataFolder) ?? join(dataFolder, `${keptPrefix}${stampOf(nowMs)}`);
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  // The log goes first: a database without its log is an older one, a log without its database nothing.
  for (const name of readdirSync(dataFolder).sort().reverse()) {
    if (name === databaseName || name.startsWith(`${databaseName}-`))
      renameOverSync(join(dataFolder, name), join(kept, name));
  }
  forgetAcknowledged(dataFolder);
  renameOverSync(ready, join(dataFolder, databaseName));
  return kept;
}

const stampOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-');

/**
 * The folder of a restore that was cut off: the database's own file goes into it last, and the backup takes its place
 * after that. What is still here belongs with what went there: a log and its database stay together.
 */
function unfinished(dataFolder: string): string | null {
  const last = lastKept(dataFolder);
  if (last === undefined) return null;
  const folder = join(dataFolder, last);
  const there = readdirSync(folder);
  const isCutOff = there.includes(databaseName) ? !existsSync(join(dataFolder, databaseName)) : there.length > 0;
  return isCutOff ? folder : null;
}

const lastKept = (dataFolder: string): string | undefined =>
  readdirSync(dataFolder)
    .filter((name) => name.startsWith(keptPrefix))
    .sort()
    .at(-1);

/** The backup that waits is not restored after all. */
export const discardReady = (dataFolder: string): void => rmSync(readyFile(dataFolder), { force: true });

/** When a backup last took the data's place, and the folder that keeps what was there before. */
export function lastRestore(dataFolder: string): { readonly at: UtcMs; readonly keptIn: string } | null {
  const last = lastKept(dataFolder);
  const [, day, time] = last?.slice(keptPrefix.length).match(/^(\d{4}-\d\d-\d\d)T(\d\d-\d\d-\d\d)$/) ?? [];
  if (last === undefined || day === undefined || time === undefined) return null;
  return { at: utcMs(Date.parse(`${day}T${time.replaceAll('-', ':')}Z`)), keptIn: join(dataFolder, last) };
}
