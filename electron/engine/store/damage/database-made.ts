/**
 * Whether a data folder has had a database: one that is gone or empty then is not a new property's. A folder of an
 * earlier version tells it by its backups.
 */
import { closeSync, fsyncSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RelayError } from '../../../../shared/errors.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';

const markFile = (folder: string): string => join(folder, 'relay.made');

/**
 * To be called before the database is opened, which would make a new one.
 *
 * @throws RelayError `store_unavailable` where `file` is missing or empty although there was a database here
 */
export function refuseMissing(folder: string, file: string): void {
  if (sizeOf(file) > 0) return;
  const hadOne = wasMade(folder) || sizeOf(`${file}-wal`) > 0 || hasBackups(folder);
  if (hadOne) throw new RelayError('store_unavailable', sentence('problem.store_missing', { file, folder }));
}

/** Whether a database was ever made here, by this version or one before it that left its mark. */
export const wasMade = (folder: string): boolean => sizeOf(markFile(folder)) >= 0;

/** To be called once the database is there. */
export function markMade(folder: string): void {
  if (wasMade(folder)) return;
  const handle = openSync(markFile(folder), 'w', 0o600);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** -1 where there is none. */
const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? -1;

function hasBackups(folder: string): boolean {
  try {
    return readdirSync(join(folder, 'backups')).some((name) => name.endsWith('.db'));
  } catch {
    // No such folder, or a file in its place.
    return false;
  }
}
