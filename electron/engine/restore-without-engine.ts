/**
 * Restoring where no engine runs: its database may be damaged, so that it cannot start. The backup takes the data's place
 * at the next start, as ever; what is there now is kept aside.
 */
import { readdirSync, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { RelayError } from '../../shared/api.ts';
import type { Actor } from '../../shared/domain.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { createAudit } from './store/audit.ts';
import { holdFolder } from './store/connection.ts';
import { systemClock } from './system-clock.ts';
import { finishRestore, refuseNoBackup, stageRestore } from './upkeep/restore.ts';
import { headlessDataKey } from './vault/key-envelope.ts';
import { createVault } from './vault/vault.ts';

export interface RestoreWithoutEngine {
  readonly dataFolder: string;
  /** Whole path, or its name in the list of backups; null: the newest that can be restored. */
  readonly file: string | null;
  readonly passphrase?: string | undefined;
  /** Only looks whether it could be done. */
  readonly look: boolean;
  readonly actor: Actor;
}

/** Of the data folder's own backups, newest first. */
export function backupsIn(dataFolder: string): readonly string[] {
  const folder = join(dataFolder, 'backups');
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith('.db'));
    const dated = files.map((name) => ({ file: join(folder, name), at: statSync(join(folder, name)).mtimeMs }));
    return dated.sort((one, other) => other.at - one.at).map(({ file }) => file);
  } catch {
    // No such folder, or one that cannot be read: then there is none to be had.
    return [];
  }
}

/**
 * @returns the backup that takes the data's place
 * @throws RelayError `conflict` where an engine holds the folder, `bad_input` where the file is no backup or the
 *   passphrase not the one, `not_found` where there is none, `secret_unreadable` where its secrets cannot be kept
 */
export async function restoreWithoutEngine(asked: RestoreWithoutEngine): Promise<string> {
  const { dataFolder, passphrase, actor } = asked;
  const lock = holdFolder(dataFolder);
  try {
    const from = asked.file === null ? backupsIn(dataFolder) : [pathOf(dataFolder, asked.file)];
    if (asked.look) return firstGood(dataFolder, from, refuseNoBackup).file;
    const { file, found: carried } = firstGood(dataFolder, from, (one) => stageRestore(dataFolder, one));
    // Without its passphrase nothing is sealed, and a key that is damaged too is no obstacle.
    const key = passphrase === undefined || carried === null ? null : headlessDataKey(dataFolder);
    await finishRestore(dataFolder, createVault(key, false), carried, passphrase, (restored) =>
      createAudit(restored, systemClock)(actor, 'backup.restore', null, { file }),
    );
    return file;
  } finally {
    lock.close();
  }
}

function firstGood<Found>(
  dataFolder: string,
  files: readonly string[],
  read: (file: string) => Found,
): { readonly file: string; readonly found: Found } {
  for (const [index, file] of files.entries()) {
    try {
      return { file, found: read(file) };
    } catch (error) {
      // Damaged as well: the one before it may be whole.
      const isLast = index === files.length - 1;
      if (isLast || !(error instanceof RelayError && error.code === 'bad_input')) throw error;
    }
  }
  throw new RelayError('not_found', sentence('problem.no_backup_here', { folder: join(dataFolder, 'backups') }));
}

function pathOf(dataFolder: string, file: string): string {
  const path = isAbsolute(file) ? file : join(dataFolder, 'backups', basename(file));
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) return path;
  throw new RelayError('bad_input', sentence('problem.no_such_file'), { member: 'file', detail: path });
}
