/**
 * Restoring a backup: it is checked and made ready beside the present data, and takes that one's place at the
 * engine's next start; the present data is kept aside, never overwritten.
 */
import { rmSync } from 'node:fs';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { renameOver } from '../files/rename.ts';
import type { Vault } from '../ports.ts';
import { storeError, type WriteHandle } from '../store/connection.ts';
import { discardReady, readyFile, stagedFile } from '../store/damage/pending-restore.ts';
import type { RestorePlan } from '../store/damage/restored.ts';
import { createMetaTable, metaKey, readMeta } from '../store/meta.ts';
import { migrate } from '../store/migrate.ts';
import { copyForOwner } from '../store/owner-only.ts';
import { openUnderPassphrase } from './backup-secrets.ts';
import { writeSealed } from './sealed-values.ts';

/**
 * Copies a backup into the data folder and checks it: seconds for a large one, so not on the delivering thread.
 *
 * @returns the secrets that it carries under its passphrase; null where it carries none
 * @throws RelayError `bad_input` where it is no backup or is damaged, `store_unavailable` where it is newer than
 *   this version
 */
export function stageRestore(dataFolder: string, file: string): string | null {
  const staged = stagedFile(dataFolder);
  try {
    copyForOwner(file, staged);
    const database = openBackup(staged);
    try {
      return readMeta(database).get(metaKey.backupSecrets) ?? null;
    } finally {
      database.close();
    }
  } catch (error) {
    discardRestore(dataFolder);
    throw notABackup(error, file);
  }
}

function notABackup(cause: unknown, file: string): RelayError {
  if (cause instanceof RelayError) return cause;
  // What is wrong with the place that it is copied to is no fault of the file.
  const code = (cause as { readonly code?: unknown } | null)?.code;
  const ofPlace = code === 'ENOSPC' || code === 'EROFS' ? storeError(cause) : null;
  if (ofPlace instanceof RelayError) return ofPlace;
  return new RelayError('bad_input', sentence('problem.backup_damaged', { file }), {
    detail: String(cause),
    member: 'file',
    cause,
  });
}

function refuseOthersSchema(userVersion: unknown): void {
  if (userVersion === 0) throw new Error('it has no schema of ours');
}

function openBackup(file: string): Database {
  const database = new BetterSqlite3(file);
  try {
    const [check] = database.pragma('quick_check(1)') as { quick_check: string }[];
    if (check?.quick_check !== 'ok') throw new Error(check?.quick_check);
    refuseOthersSchema(database.pragma('user_version', { simple: true }));
    migrate(database);
    database.pragma('journal_mode = DELETE');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

export interface StagedRestore {
  /** What {@link stageRestore} gave. */
  readonly carried: string | null;
  readonly passphrase?: string | undefined;
  /** What is to be done when it takes the data's place. */
  readonly plan: RestorePlan;
}

/**
 * Enters the secrets and makes what was staged ready for the next start. With the passphrase its secrets are sealed
 * for this PC; without, those that this PC's key cannot open are asked for again.
 *
 * @param record writes the act into what is restored
 * @throws RelayError `bad_input` where the passphrase is not the one
 */
export async function finishRestore(
  dataFolder: string,
  vault: Vault,
  { carried, passphrase, plan }: StagedRestore,
  record: (restored: WriteHandle) => void,
): Promise<void> {
  try {
    const secrets = passphrase === undefined || carried === null ? [] : await openUnderPassphrase(carried, passphrase);
    if (!secrets) {
      throw new RelayError('bad_input', sentence('problem.wrong_passphrase'), {
        member: 'passphrase',
      });
    }
    const database = new BetterSqlite3(stagedFile(dataFolder));
    try {
      database.transaction(() => {
        writeSealed(database, vault, secrets);
        const meta = createMetaTable(database);
        meta.drop(metaKey.backupSecrets);
        // It was checked; what was damaged is what it takes the place of.
        meta.drop(metaKey.damaged);
        meta.put(metaKey.restorePlan, JSON.stringify(plan));
        // A browser that was signed in when the backup was made may have been signed out since.
        database.exec('DELETE FROM window_sessions');
        // What was told then may have been over long ago. What was told up to now is carried over as it takes its place.
        database.exec('DELETE FROM notices');
        record(database as unknown as WriteHandle);
      })();
    } finally {
      database.close();
    }
    discardReady(dataFolder);
    await renameOver(stagedFile(dataFolder), readyFile(dataFolder));
  } catch (error) {
    discardRestore(dataFolder);
    throw error;
  }
}

const discardRestore = (dataFolder: string): void => rmSync(stagedFile(dataFolder), { force: true });
