/**
 * What a backup holds, so that a person knows before it is restored what would be lost; and which of several is the best.
 */
import { mkdtempSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import { RelayError } from '../../../shared/errors.ts';
import type { BackupHolds, SetUpSince } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { backupsFolder, backupsHidden, backupsIn } from '../files/backup-files.ts';
import { databaseFile, storeError } from '../store/connection.ts';
import { setUpNotIn } from '../store/damage/set-up.ts';
import { metaKey } from '../store/meta.ts';
import { migrations } from '../store/migrate.ts';
import type { BackupMade } from './backup-copy.ts';

/** With the last event of then, which only a restore needs. */
export type Holds = BackupHolds & { readonly lastSeq: number };

/**
 * Opens it for reading alone, and checks all of it: seconds for a large one.
 *
 * @throws RelayError `bad_input` where it is no backup of ours, is damaged, in use, a folder or not there;
 *   `store_unavailable` where it is of a newer version
 */
export function holdsOf(dataFolder: string, file: string): Holds {
  refuseNoFile(dataFolder, file);
  const name = untrimmed(file);
  let database: Database | null = null;
  try {
    database = new BetterSqlite3(name.path, { readonly: true, fileMustExist: true });
    const version = database.pragma('user_version', { simple: true }) as number;
    if (version === 0 || !hasOurTables(database)) throw noBackup(file, 'it has no schema of ours');
    const newest = migrations.at(-1)?.version ?? 0;
    if (version > newest) {
      throw new RelayError('store_unavailable', sentence('problem.newer_backup', { file }), {
        detail: `user_version is ${version}, this version knows ${newest}`,
      });
    }
    const [check] = database.pragma('quick_check(1)') as { quick_check: string }[];
    if (check?.quick_check !== 'ok') throw damaged(file, String(check?.quick_check));
    return read(database, file);
  } catch (error) {
    if (!(error instanceof BetterSqlite3.SqliteError)) throw error;
    throw error.code === 'SQLITE_NOTADB' ? noBackup(file, error.message) : damaged(file, error.message);
  } finally {
    database?.close();
    name.done();
  }
}

/** The library takes blanks off both ends of a name, and would open another file: such a one is opened by a link to it. */
function untrimmed(file: string): { readonly path: string; readonly done: () => void } {
  if (file === file.trim()) return { path: file, done() {} };
  const folder = mkdtempSync(join(tmpdir(), 'roost-relay-'));
  const path = join(folder, 'backup');
  symlinkSync(realpathSync(file), path);
  return { path, done: () => rmSync(folder, { recursive: true, force: true }) };
}

function refuseNoFile(dataFolder: string, file: string): void {
  const bad = (says: ReturnType<typeof sentence>, detail = file) =>
    new RelayError('bad_input', says, { member: 'file', detail });
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) throw bad(sentence('problem.no_such_file'));
    if (found.isDirectory()) throw bad(sentence('problem.backup_is_folder', { file }));
    if (found.size === 0) throw noBackup(file, 'it is empty');
    const own = statSync(databaseFile(dataFolder), { throwIfNoEntry: false });
    const isOwn = own !== undefined && realpathSync(file) === realpathSync(databaseFile(dataFolder));
    // A copy of the file alone would lack what stands in its log.
    const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
    if (isOwn || (log?.size ?? 0) > 0) throw bad(sentence('problem.backup_in_use', { file }));
  } catch (error) {
    if (error instanceof RelayError) throw error;
    const told = storeError(error);
    throw told instanceof RelayError ? bad(sentence('problem.backup_unreadable', { file }), String(error)) : error;
  }
}

const noBackup = (file: string, detail: string): RelayError =>
  new RelayError('bad_input', sentence('problem.not_a_backup', { file }), { member: 'file', detail });
const damaged = (file: string, detail: string): RelayError =>
  new RelayError('bad_input', sentence('problem.backup_damaged', { file }), { member: 'file', detail });

function hasOurTables(database: Database): boolean {
  const found = database
    .prepare<[], number>(
      "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name IN ('meta', 'events', 'deliveries', 'endpoints')",
    )
    .pluck()
    .get();
  return found === 4;
}

function read(database: Database, file: string): Holds {
  const number = (sql: string): number | null => database.prepare<[], number | null>(sql).pluck().get() ?? null;
  const text = database
    .prepare<[string], string>('SELECT value FROM meta WHERE key = ?')
    .pluck()
    .get(metaKey.backupMade);
  // Of an earlier version: what it holds is told by its name, and when it was made by its file.
  const made: BackupMade =
    text === undefined
      ? {
          at: Math.round(statSync(file).mtimeMs),
          holdsLog: !basename(file).startsWith('hourly '),
          lastSeq: number("SELECT seq FROM sqlite_sequence WHERE name = 'events'") ?? 0,
        }
      : (JSON.parse(text) as BackupMade);
  return {
    madeAt: utcMs(made.at),
    holdsLog: made.holdsLog,
    lastSeq: made.lastSeq,
    events: number('SELECT COUNT(*) FROM events') ?? 0,
    waiting: number(waitingIn(database)) ?? 0,
    endpoints: number("SELECT COUNT(*) FROM endpoints WHERE switch <> 'removed'") ?? 0,
    lastEventAt: number('SELECT MAX(received_at) FROM events') as UtcMs | null,
  };
}

/** Without those of a forgotten guest, which are never sent. A backup of an earlier version has none. */
function waitingIn(database: Database): string {
  const open = "SELECT COUNT(*) FROM deliveries d WHERE d.state IN ('waiting', 'needs_attention')";
  const columns = database.pragma('table_info(events)') as { name: string }[];
  if (!columns.some(({ name }) => name === 'gone')) return open;
  return `${open} AND NOT EXISTS (SELECT 1 FROM events e WHERE e.seq = d.event_seq AND e.gone = 'forgotten')`;
}

/**
 * @param given whole path, or its name in the list of backups; null: the best of those
 * @param present the database that it would take the place of
 * @throws RelayError as {@link holdsOf} and {@link bestBackup}
 */
export function lookAtBackup(
  dataFolder: string,
  given: string | null,
  present: string = databaseFile(dataFolder),
): LookedAt {
  const file = given === null ? null : backupPath(dataFolder, given);
  const found = file === null ? bestBackup(dataFolder) : { file, holds: holdsOf(dataFolder, file), newer: null };
  return { ...found, setUp: setUpNotInBackup(present, found.file) };
}

/** What of the present set-up is not in it, whether the present data is whole or damaged. */
function setUpNotInBackup(present: string, file: string): SetUpSince {
  const name = untrimmed(file);
  let backup: Database | null = null;
  try {
    backup = new BetterSqlite3(name.path, { readonly: true, fileMustExist: true });
    return setUpNotIn(present, backup);
  } finally {
    backup?.close();
    name.done();
  }
}

export const backupPath = (dataFolder: string, file: string): string =>
  isAbsolute(file) ? file : join(backupsFolder(dataFolder), basename(file));

/** The one that is to be restored, and what of the present set-up is not in it. */
export type LookedAt = BestBackup & { readonly setUp: SetUpSince };

export interface BestBackup {
  readonly file: string;
  readonly holds: Holds;
  /** A newer one, which lacks the log; null where there is none. */
  readonly newer: { readonly file: string; readonly holds: Holds } | null;
}

/**
 * The newest that holds the log, since one without it loses all that was delivered and the keys that drop duplicates; one
 * without it where there is no other. Those that are damaged are passed over.
 *
 * @throws RelayError `not_found` where there is none, `bad_input` where none is whole, or they cannot be read
 */
export function bestBackup(dataFolder: string): BestBackup {
  let newer: BestBackup['newer'] = null;
  let refused: unknown = null;
  for (const { file } of backupsIn(dataFolder)) {
    try {
      const holds = holdsOf(dataFolder, file);
      if (holds.holdsLog) return { file, holds, newer };
      newer ??= { file, holds };
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      refused ??= error;
    }
  }
  if (newer !== null) return { ...newer, newer: null };
  if (refused !== null) throw refused;
  const hidden = backupsHidden(dataFolder);
  if (hidden !== null) {
    const says = sentence('problem.backup_unreadable', { file: backupsFolder(dataFolder) });
    throw new RelayError('bad_input', says, { member: 'file', detail: hidden.message, cause: hidden });
  }
  throw new RelayError('not_found', sentence('problem.no_backup_here', { folder: backupsFolder(dataFolder) }));
}
