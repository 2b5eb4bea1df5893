/**
 * Opens the data folder's database: one writer for life, guarded by a lock that a killed process gives back,
 * and read-only connections for whoever only looks. The two differ by type.
 */
import { accessSync, closeSync, constants, existsSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Sentence } from '../../../shared/domain.ts';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { makeFolderSync } from '../files/make-folder.ts';
import { markMade, refuseMissing } from './damage/database-made.ts';
import { type InPlace, watchInPlace } from './damage/in-place.ts';
import { applyPendingRestore, type Note } from './damage/pending-restore.ts';
import { createMetaTable, metaKey } from './meta.ts';
import { migrate } from './migrate.ts';
import { keepFolderToOwner, keepToOwner, removeIfOpenToOthers } from './owner-only.ts';
import { prepareShrinking, type Shrinking } from './shrinking.ts';
import { closeOnWindows } from './windows-owner.ts';

declare const access: unique symbol;
type Connection = BetterSqlite3.Database;

/** A connection that can only read. */
export type ReadHandle = Pick<Connection, 'prepare'> & { readonly [access]: 'read' | 'write' };
/** The one connection that writes; a reader's statements run on it too. */
export type WriteHandle = Pick<Connection, 'prepare' | 'pragma' | 'exec' | 'inTransaction'> & {
  readonly [access]: 'write';
};

/**
 * So long the thread stands still for another connection that holds the database, in milliseconds; how long the work
 * itself waits is the group commit's to say.
 */
export const busyTimeoutMs = 50;

/** The database's file inside a data folder. */
export const databaseFile = (folder: string): string => join(folder, 'relay.db');

export interface OpenedDatabase {
  readonly writer: WriteHandle;
  /** The writer's own connection, for what only a whole connection can do: online backup. */
  readonly connection: Connection;
  /** True where the last process did not close it: an integrity check is due, beside the work. */
  readonly uncleanStop: boolean;
  /** Whether the file is still the one of its name, and whole. */
  readonly inPlace: InPlace;
  /** Whether the file gives room back once what was old has gone. */
  readonly shrinking: Shrinking;
  /** Holds the folder for this process. */
  readonly lock: Connection;
  /** Marks the stop as clean and gives the lock back. */
  close(): void;
}

/**
 * @param folder the data folder; made where it is missing
 * @param openConnection how a file is opened; tests put a faulty file system underneath
 * @param freeBytes of the folder; tests give their own
 * @param note what went wrong with a restore and ended nothing, for the log
 * @throws RelayError `conflict` where another process has this folder open, `store_unavailable` where the
 *   folder cannot be written, or the database is damaged or newer than this version
 */
export function openDatabase(
  folder: string,
  openConnection: (file: string) => Connection = (file) => new BetterSqlite3(file),
  freeBytes?: (folder: string) => number,
  note?: Note,
): OpenedDatabase {
  makeDataFolder(folder);
  // Where it fails the doctor says so: events are taken all the same.
  closeOnWindows(folder);
  const lock = holdFolder(folder);
  try {
    applyPendingRestore(folder, Date.now(), note);
    refuseMissing(folder, databaseFile(folder));
    keepFolderToOwner(folder, ['backups', 'exports', 'logs', 'spool', 'rejected']);
    keepToOwner(databaseFile(folder));
    const connection = openConnection(databaseFile(folder));
    const shrinking = prepareShrinking(connection, folder, freeBytes);
    connection.pragma('journal_mode = WAL');
    syncToDrive(connection);
    connection.pragma('foreign_keys = ON');
    // What is deleted is guests' data: it is overwritten, not only let go of.
    connection.pragma('secure_delete = ON');
    connection.pragma('busy_timeout = 5000');
    connection.pragma('temp_store = MEMORY');
    // 8 MB. After splits of its trees SQLite walks the whole cache at each commit: a larger one costs more time than it
    // saves (measured: a twentieth of this thread's time with 32 MB).
    connection.pragma('cache_size = -8192');
    // Checkpoints run in the reader thread, so that none of them holds up a delivery (decision 31).
    connection.pragma('wal_autocheckpoint = 0');
    migrate(connection);
    markMade(folder);
    const uncleanStop = markOpen(connection);
    // From here on a program that holds the database must not hold up the whole engine: it is tried again.
    connection.pragma(`busy_timeout = ${busyTimeoutMs}`);
    const inPlace = watchInPlace(databaseFile(folder));
    return {
      writer: connection as unknown as WriteHandle,
      connection,
      uncleanStop,
      shrinking,
      inPlace,
      lock,
      close() {
        try {
          createMetaTable(connection).drop(metaKey.open);
          connection.pragma('wal_checkpoint(TRUNCATE)');
        } catch (error) {
          // Held by another program, or the disk is full: it counts as an unclean stop, and nothing is lost.
          if (!(error instanceof BetterSqlite3.SqliteError)) throw error;
        }
        connection.close();
        inPlace.close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw storeError(error, folder);
  }
}

/** Whether a data folder's database is there and all of it can be read; to be asked while its lock is held. */
export function isSound(folder: string): boolean {
  let connection: Connection | null = null;
  try {
    connection = new BetterSqlite3(databaseFile(folder), { readonly: true, fileMustExist: true });
    const version = connection.pragma('user_version', { simple: true }) as number;
    const [check] = connection.pragma('quick_check(1)') as { quick_check: string }[];
    return version > 0 && check?.quick_check === 'ok';
  } catch {
    return false;
  } finally {
    connection?.close();
  }
}

/**
 * Opens the same database for reading alone, for another thread.
 *
 * @param cacheKb how much of it is kept in memory at most, in KiB; as the library has it unless given
 */
export function openReader(
  folder: string,
  cacheKb?: number,
): { readonly reader: ReadHandle; readonly connection: Connection } {
  const connection = new BetterSqlite3(databaseFile(folder), { readonly: true });
  connection.pragma('temp_store = MEMORY');
  connection.pragma('query_only = ON');
  if (cacheKb !== undefined) connection.pragma(`cache_size = -${cacheKb}`);
  return { reader: connection as unknown as ReadHandle, connection };
}

/**
 * Opens the same database for checkpoints alone, for another thread.
 *
 * @param busyMs longest wait for another connection, in milliseconds
 */
export function openCheckpointer(folder: string, busyMs: number): Connection {
  // One that has gone is not made anew.
  const connection = new BetterSqlite3(databaseFile(folder), { timeout: busyMs, fileMustExist: true });
  syncToDrive(connection);
  return connection;
}

/** What is committed is on the drive before the commit returns. */
function syncToDrive(connection: Connection): void {
  connection.pragma('synchronous = FULL');
  // On macOS a plain fsync leaves it in the drive's own cache; no effect elsewhere (sqlite.org/pragma.html).
  connection.pragma('fullfsync = ON');
  connection.pragma('checkpoint_fullfsync = ON');
}

/** Whether an error says that another connection holds the database: a checkpoint, or another program. */
export const isHeld = (error: unknown): boolean =>
  error instanceof BetterSqlite3.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code);

/** Whether an error of the closed set says that no further file can be opened. */
export const isUsedUp = (error: unknown): boolean =>
  error instanceof RelayError && error.says.key === 'problem.files_used_up';

/** Whether an error of the closed set says that the database is damaged. */
export const isDamage = (error: unknown): boolean =>
  error instanceof RelayError && error.says.key === 'problem.store_damaged';

/**
 * An error of SQLite's, or of the data folder's files, as one of the closed set; any other error as it is.
 *
 * @param folder the data folder: what SQLite does not tell apart is told by looking at it
 */
export function storeError(error: unknown, folder: string | null = null): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return fileError(error);
  const more = { detail: `${error.code}: ${error.message}`, cause: error };
  if (error.code === 'SQLITE_FULL') {
    return new RelayError('store_full', sentence('problem.disk_full'), more);
  }
  if (/^SQLITE_(READONLY|IOERR|CANTOPEN|PERM)/.test(error.code)) {
    const unwritable = folder === null ? null : whyNotWritten(folder);
    if (unwritable !== null) return new RelayError('store_unavailable', unwritable, more);
  }
  if (error.code.startsWith('SQLITE_READONLY')) {
    return new RelayError('store_unavailable', sentence('problem.store_read_only'), more);
  }
  if (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB') {
    return new RelayError('store_unavailable', sentence('problem.store_damaged'), more);
  }
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) {
    return new RelayError('store_unavailable', sentence('problem.store_held'), more);
  }
  if (/^SQLITE_(IOERR|CANTOPEN)/.test(error.code)) {
    if (nothingCanBeOpened()) return new RelayError('store_unavailable', sentence('problem.files_used_up'), more);
    return new RelayError('store_unavailable', sentence('problem.store_unreachable'), more);
  }
  return error;
}

const fullCodes = ['ENOSPC', 'EDQUOT'];
const noRightsCodes = ['EACCES', 'EPERM'];
const unreachableCodes = ['EIO', 'ENOTDIR', 'EEXIST', 'EISDIR', 'ENODEV'];
/** No further file may be open in this process, or on this PC: nothing is wrong with the disk. */
const usedUpCodes = ['EMFILE', 'ENFILE'];

/** Of the system's errors, those about files: what a socket meets says no path. */
function fileError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RelayError) return error;
  const { code = '', path } = error as NodeJS.ErrnoException;
  const more = { detail: error.message, cause: error };
  if (fullCodes.includes(code)) return new RelayError('store_full', sentence('problem.disk_full'), more);
  if (path === undefined) return error;
  if (code === 'EROFS') return new RelayError('store_unavailable', sentence('problem.store_read_only'), more);
  if (noRightsCodes.includes(code)) {
    return new RelayError('store_unavailable', sentence('problem.store_no_rights', { path }), more);
  }
  if (usedUpCodes.includes(code)) return new RelayError('store_unavailable', sentence('problem.files_used_up'), more);
  if (unreachableCodes.includes(code)) {
    return new RelayError('store_unavailable', sentence('problem.store_unreachable'), more);
  }
  return error;
}

/** SQLite says the same of it as of a disk that does not answer. */
function nothingCanBeOpened(): boolean {
  try {
    closeSync(openSync(devNull, 'r'));
    return false;
  } catch (error) {
    return usedUpCodes.includes((error as NodeJS.ErrnoException).code ?? '');
  }
}

/** Of folder and database, as the system tells it: a disk that can only be read, or rights; null where it is neither. */
function whyNotWritten(folder: string): Sentence | null {
  for (const path of [folder, ...['', '-wal', '-shm'].map((tail) => databaseFile(folder) + tail)]) {
    try {
      accessSync(path, constants.R_OK | constants.W_OK);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'EROFS') return sentence('problem.store_read_only');
      if (noRightsCodes.includes(code)) return sentence('problem.store_no_rights', { path });
    }
  }
  return null;
}

function makeDataFolder(folder: string): void {
  try {
    makeFolderSync(folder);
  } catch (error) {
    throw new RelayError('store_unavailable', sentence('problem.data_folder', { folder }), {
      detail: String(error),
      cause: error,
    });
  }
}

/**
 * A second file held in an exclusive transaction for life: the system frees it, even after kill -9 (decision 24).
 *
 * @throws RelayError `conflict` where another process has it, `store_unavailable` where it cannot be written
 */
export function holdFolder(folder: string): Connection {
  let lock: Connection | undefined;
  try {
    // First of all: a lock that others could read, they could hold. Where an engine of an earlier version has it,
    // that one answers, and is heard (control/other-engine.ts).
    removeIfOpenToOthers(join(folder, 'relay.lock'));
    keepToOwner(join(folder, 'relay.lock'));
    lock = new BetterSqlite3(join(folder, 'relay.lock'), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new RelayError('conflict', sentence('problem.already_running', { folder }), {
        cause: error,
      });
    }
    throw storeError(error, folder);
  }
}

/**
 * Whether a process has the folder's lock. Asked by whoever finds no engine: one that starts meanwhile tries again.
 *
 * @throws RelayError `store_unavailable` where this account may not try, so that it cannot be told
 */
export function isHeldByEngine(folder: string): boolean {
  if (!existsSync(join(folder, 'relay.lock'))) return false;
  try {
    holdFolder(folder).close();
    return false;
  } catch (error) {
    if (error instanceof RelayError && error.says.key === 'problem.store_no_rights') throw error;
    return error instanceof RelayError && error.code === 'conflict';
  }
}

function markOpen(connection: Connection): boolean {
  const meta = createMetaTable(connection);
  const before = meta.get(metaKey.open);
  if (before === undefined) meta.put(metaKey.open, '1');
  return before !== undefined;
}
