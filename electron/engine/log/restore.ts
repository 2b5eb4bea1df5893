/**
 * Restoring a backup: it is checked and made ready beside the present data, and takes that one's place at the
 * engine's next start; the present data is kept aside, never overwritten.
 */
import { copyFileSync, renameSync, rmSync } from 'node:fs';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { RelayError } from '../../../shared/api.ts';
import type { Vault } from '../ports.ts';
import { migrate } from '../store/migrate.ts';
import { readyFile } from '../store/pending-restore.ts';
import { backupSecretsKey } from './backup-copy.ts';
import { openUnderPassphrase } from './backup-secrets.ts';
import { writeSealed } from './sealed-values.ts';

/**
 * Makes `file` ready to take the data's place at the next start.
 *
 * @throws RelayError `bad_input` where it is no backup, is damaged, newer than this version, or the passphrase is
 *   not the one
 */
export async function prepareRestore(
  dataFolder: string,
  vault: Vault,
  file: string,
  passphrase: string | undefined,
): Promise<void> {
  const ready = readyFile(dataFolder);
  const aside = `${ready}.part`;
  rmSync(aside, { force: true });
  try {
    copyFileSync(file, aside);
    const database = openBackup(aside);
    try {
      await enterSecrets(database, vault, passphrase);
      database.pragma('journal_mode = DELETE');
    } finally {
      database.close();
    }
    renameSync(aside, ready);
  } catch (error) {
    rmSync(aside, { force: true });
    if (error instanceof RelayError) throw error;
    throw new RelayError(
      'bad_input',
      'This file cannot be restored: it is no backup of Roost Relay, or it is damaged.',
      {
        detail: String(error),
        member: 'file',
        cause: error,
      },
    );
  }
}

function openBackup(file: string): Database {
  const database = new BetterSqlite3(file);
  try {
    const [check] = database.pragma('quick_check(1)') as { quick_check: string }[];
    if (check?.quick_check !== 'ok') throw new Error(check?.quick_check);
    if (database.pragma('user_version', { simple: true }) === 0) throw new Error('it has no schema of ours');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** With the passphrase its secrets are sealed for this PC; without, what this PC's key cannot open is asked for again. */
async function enterSecrets(database: Database, vault: Vault, passphrase: string | undefined): Promise<void> {
  const kept = database.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(backupSecretsKey);
  if (passphrase !== undefined && kept !== undefined) {
    const secrets = await openUnderPassphrase(kept, passphrase);
    if (!secrets) {
      throw new RelayError('bad_input', 'This is not the passphrase that the backup was made with.', {
        member: 'passphrase',
      });
    }
    database.transaction(() => writeSealed(database, vault, secrets))();
  }
  database.prepare('DELETE FROM meta WHERE key = ?').run(backupSecretsKey);
}
