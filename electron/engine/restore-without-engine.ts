/**
 * Restoring where no engine runs: its database may be damaged, so that it cannot start. The backup takes the data's place
 * at once; what was there is kept aside, and what can still be read of it is carried over. A restore that was cut off is
 * finished before anything else: until then the data lies in two places, and reads as if it were gone.
 */
import BetterSqlite3 from 'better-sqlite3';
import type { Actor } from '../../shared/domain.ts';
import type { ChosenBackup } from '../../shared/schemas.ts';
import { createAudit } from './store/audit.ts';
import { databaseFile, holdFolder, isSound, storeError } from './store/connection.ts';
import { applyPendingRestore, cutOffRestore, readyFile } from './store/damage/pending-restore.ts';
import { carriesOverAgain, type Restored } from './store/damage/restored.ts';
import { metaKey, readMeta } from './store/meta.ts';
import { systemClock } from './system-clock.ts';
import { lookAtBackup } from './upkeep/backup-holds.ts';
import { finishRestore, stageRestore } from './upkeep/restore.ts';
import { headlessDataKey } from './vault/key-envelope.ts';
import { createVault } from './vault/vault.ts';

export interface RestoreWithoutEngine {
  readonly dataFolder: string;
  /** Whole path, or its name in the list of backups; null: the best of those. */
  readonly file: string | null;
  readonly passphrase?: string | undefined;
  /** Only looks whether it could be done, and what would be lost. */
  readonly look: boolean;
  readonly actor: Actor;
}

/**
 * @returns the backup that takes the data's place, and what became of what came after it
 * @throws RelayError `conflict` where an engine holds the folder, `bad_input` where the file is no backup or the
 *   passphrase not the one, `not_found` where there is none, `secret_unreadable` where its secrets cannot be kept
 */
export async function restoreWithoutEngine(asked: RestoreWithoutEngine): Promise<ChosenBackup> {
  const { dataFolder, passphrase, actor } = asked;
  const lock = holdFolder(dataFolder);
  try {
    const cutOff = cutOffRestore(dataFolder);
    // A person asked for it, and the next start would do the same.
    if (cutOff !== null && !asked.look) applyPendingRestore(dataFolder, Date.now());
    const present = cutOff !== null && asked.look ? readyFile(dataFolder) : databaseFile(dataFolder);
    const looked = lookAtBackup(dataFolder, asked.file, present);
    const { file, holds } = looked;
    const isBegun = cutOff?.file === file;
    const told = { ...looked, cutOff: cutOff && (isBegun ? ('this' as const) : ('other' as const)) };
    if (cutOff !== null && (isBegun || asked.look)) {
      const { carriesOver } = cutOff;
      const restored = asked.look ? null : restoredIn(dataFolder);
      return { ...told, carriesOver, presentDamaged: isBegun && carriesOver, restored };
    }
    const presentDamaged = !isSound(dataFolder);
    const carryOver = presentDamaged || carriesOverAgain(restoredText(dataFolder), holds.madeAt, Date.now());
    const chosen = { ...told, carriesOver: carryOver, presentDamaged };
    if (asked.look) return { ...chosen, restored: null };
    const carried = stageRestore(dataFolder, file);
    // Without its passphrase nothing is sealed, and a key that is damaged too is no obstacle.
    const key = passphrase === undefined || carried === null ? null : headlessDataKey(dataFolder);
    const { madeAt, holdsLog, lastSeq } = holds;
    const plan = { file, madeAt, holdsLog, lastSeq, carryOver };
    await finishRestore(dataFolder, createVault(key, false), { carried, passphrase, plan }, (restored) =>
      createAudit(restored, systemClock)(actor, 'backup.restore', null, { file }),
    );
    applyPendingRestore(dataFolder, Date.now());
    return { ...chosen, restored: restoredIn(dataFolder) };
  } catch (error) {
    // A full disk: what is ready waits, and the next start or try goes on with it.
    throw storeError(error, dataFolder);
  } finally {
    lock.close();
  }
}

function restoredIn(dataFolder: string): Restored | null {
  const text = restoredText(dataFolder);
  return text === undefined ? null : (JSON.parse(text) as Restored);
}

/** @throws SqliteError where the database cannot be read */
function restoredText(dataFolder: string): string | undefined {
  const database = new BetterSqlite3(databaseFile(dataFolder), { readonly: true });
  try {
    return readMeta(database as never).get(metaKey.restored);
  } finally {
    database.close();
  }
}
