/** Where a guest lies outside the database: files of the data folder. In a thread of its own. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { ForgetPreview } from '../../../../shared/schemas.ts';
import { backupsFolder, keptPrefix } from '../../files/backup-files.ts';
import { databaseFile } from '../../store/connection.ts';
import { migrate } from '../../store/migrate.ts';
import { createBlanking, type ForgottenBy } from './blank.ts';
import { type Asked, askedBy, type ForgetPlan, findGuest } from './find.ts';
import { textOf, writings } from './readings.ts';
import { type Identifiers, identifiersOf, matcherOf } from './sought.ts';

/** A file that a scheduled export wrote, by its whole path. */
export interface ScheduledFile {
  readonly path: string;
  readonly hash: Buffer;
}

/** Where a guest may lie outside the data folder. */
export interface Elsewhere {
  readonly scheduled: readonly ScheduledFile[];
  /** Folders into which files of sources were moved once they were read; with what lies in them. */
  readonly sourceFolders: readonly string[];
}

export type FileFound = ForgetPreview['files'][number];

/** Files whose text lies packed: what is in them is not told by their bytes. */
const packed = /\.(?:xlsx|zip|gz)$/i;
const mostReadBytes = 512 * 1024 * 1024;

/** Files that name the guest: `backups` and what a restore kept aside are databases, and rewritten one by one. */
export function filesThatName(dataFolder: string, plan: ForgetPlan, elsewhere: Elsewhere): FileFound[] {
  const { scheduled, sourceFolders } = elsewhere;
  const matcher = matcherOf(plan.identifiers);
  const ids = plan.eventIds;
  const names = (file: string): boolean => {
    const { size } = statSync(file);
    if (size > mostReadBytes) return true;
    const bytes = readFileSync(file);
    return ids.some((id) => bytes.includes(id)) || matcher.mentions(textOf(bytes));
  };
  const oldest = plan.eventIds.length > 0;
  const removed = ['spool', join('spool', 'rejected'), 'rejected', 'exports'].flatMap((folder) =>
    filesIn(join(dataFolder, folder)).filter((file) => (packed.test(file) ? oldest : names(file))),
  );
  const blanked = filesIn(join(dataFolder, 'logs')).filter(names);
  const rewritten = databasesIn(dataFolder);
  const shown = (what: FileFound['what']) => (file: string) => ({
    path: relative(dataFolder, file).split(sep).join('/'),
    what,
  });
  return [
    ...removed.map(shown('removed')),
    ...blanked.map(shown('blanked')),
    ...rewritten.map(shown('rewritten')),
    ...scheduledThatName(dataFolder, scheduled, (file) => (packed.test(file) ? oldest : names(file)), oldest),
    ...originalsIn(sourceFolders, names),
  ];
}

/**
 * Of files that scheduled exports wrote elsewhere: those that name the guest, as far as they are as they were written; what
 * somebody has changed is theirs to mend. A folder that is away is named where the guest may stand in its files.
 */
function scheduledThatName(
  dataFolder: string,
  scheduled: readonly ScheduledFile[],
  names: (file: string) => boolean,
  mayName: boolean,
): FileFound[] {
  const found = new Map<string, FileFound['what']>();
  const own = realpathSync(dataFolder);
  for (const { path, hash } of scheduled) {
    const folder = dirname(path);
    if (folder === join(own, 'exports') || found.get(path) === 'removed') continue;
    if (!existsSync(folder)) {
      if (mayName) found.set(folder, 'left');
      continue;
    }
    if (!existsSync(path) || !names(path)) continue;
    found.set(path, hashOf(path).equals(hash) ? 'removed' : 'left');
  }
  return [...found].map(([path, what]) => ({ path, what }));
}

/** What a system wrote itself is its own, and only moved by us: a person decides. */
function originalsIn(folders: readonly string[], names: (file: string) => boolean): FileFound[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter(names)
    .map((path) => ({ path, what: 'original' }));
}

export interface Cleaned {
  readonly cleaned: number;
  /** Where a person has to do it. */
  readonly left: readonly string[];
}

/** Removes or blanks those. */
export function cleanFiles(dataFolder: string, plan: ForgetPlan, elsewhere: Elsewhere): Cleaned {
  const found = filesThatName(dataFolder, plan, elsewhere).filter(({ what }) => what !== 'rewritten');
  const isLeft = ({ what }: FileFound) => what === 'left' || what === 'original';
  const left = found.filter(isLeft).map(({ path }) => path);
  for (const one of found) {
    const { path, what } = one;
    const file = resolve(dataFolder, path);
    if (isLeft(one)) continue;
    if (what === 'removed') rmSync(file, { force: true });
    else blankInPlace(file, plan.identifiers);
  }
  return { cleaned: found.length - left.length, left };
}

/** Lines that name the guest, letter by letter: whoever writes at the file's end is not disturbed. */
function blankInPlace(file: string, identifiers: Identifiers): void {
  const { mentions } = matcherOf(identifiers);
  const bytes = readFileSync(file);
  const handle = openSync(file, 'r+');
  try {
    for (let from = 0; from < bytes.length; ) {
      const end = bytes.indexOf(10, from);
      const to = end < 0 ? bytes.length : end;
      if (mentions(bytes.toString('utf8', from, to)))
        writeSync(handle, Buffer.alloc(to - from, '-'), 0, to - from, from);
      from = to + 1;
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(folder, name));
}

/** Backups, and databases that a restore kept aside. */
export function databasesIn(dataFolder: string): string[] {
  const kept = readdirSync(dataFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith(keptPrefix))
    .map(({ name }) => join(dataFolder, name));
  return [backupsFolder(dataFolder), ...kept].flatMap(filesIn).filter((file) => file.endsWith('.db'));
}

/** Those of them that name the guest; what cannot be opened as a database is searched by its bytes. */
export function databasesThatName(dataFolder: string, asked: Asked): FileFound[] {
  return databasesIn(dataFolder)
    .filter((file) => names(file, asked))
    .map((file) => ({ path: relative(dataFolder, file).split(sep).join('/'), what: 'rewritten' }));
}

function names(file: string, asked: Asked): boolean {
  let database: BetterSqlite3.Database | null = null;
  try {
    database = new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: 2_000 });
    const { seqs, rows } = findGuest(database, asked);
    return seqs.length > 0 || rows.length > 0;
  } catch (error) {
    if (!(error instanceof BetterSqlite3.SqliteError)) throw error;
    // Damaged, or of a version that had other columns.
    return holdsAny(file, needlesOf(identifiersOf(asked.sought)));
  } finally {
    database?.close();
  }
}

/** Forgets the guest in one of those. @returns false where it cannot be done: it is damaged, or no database of ours */
export function forgetInDatabase(input: {
  readonly file: string;
  readonly plan: ForgetPlan;
  readonly by: ForgottenBy;
}): boolean {
  let database: BetterSqlite3.Database | null = null;
  try {
    database = new BetterSqlite3(input.file, { fileMustExist: true, timeout: 2_000 });
    database.pragma('journal_mode = DELETE');
    database.pragma('secure_delete = ON');
    if ((database.pragma('user_version', { simple: true }) as number) === 0) return false;
    migrate(database);
    const { seqs, rows } = findGuest(database, askedBy(input.plan), input.plan);
    const blanking = createBlanking(database);
    database.transaction(() => {
      for (const seq of seqs) blanking.event(seq, input.by);
      for (const row of rows) blanking.row(row, input.by);
    })();
    database.pragma('temp_store = MEMORY');
    database.exec('VACUUM');
    return true;
  } catch (error) {
    if (error instanceof BetterSqlite3.SqliteError || (error as { code?: unknown }).code === 'store_unavailable')
      return false;
    throw error;
  } finally {
    database?.close();
  }
}

/**
 * Whether in unused room of the database's pages something of the guest still stands: SQLite leaves some behind when it
 * splits pages.
 * @param handle of the database where this process has it open: see `InPlace`
 */
export function tracesIn(dataFolder: string, identifiers: Identifiers, handle: number | null): boolean {
  const needles = needlesOf(identifiers);
  const log = `${databaseFile(dataFolder)}-wal`;
  return holdsAny(handle ?? databaseFile(dataFolder), needles) || (existsSync(log) && holdsAny(log, needles));
}

function needlesOf({ names, mails, phones }: Identifiers): Buffer[] {
  return [...names, ...names.map((name) => name.toLowerCase()), ...mails, ...phones]
    .filter((one) => Buffer.byteLength(one) > 3)
    .flatMap(writings)
    .map((one) => Buffer.from(one, 'utf8'));
}

function hashOf(file: string): Buffer {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(8 * 1024 * 1024);
  const handle = openSync(file, 'r');
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      hash.update(piece.subarray(0, read));
    }
    return hash.digest();
  } finally {
    closeSync(handle);
  }
}

/** Read in pieces that overlap by the longest of what is looked for. @param of a file, or a handle that stays open */
function holdsAny(of: string | number, needles: readonly Buffer[]): boolean {
  const overlap = Math.max(1, ...needles.map(({ length }) => length));
  const piece = Buffer.alloc(8 * 1024 * 1024 + overlap);
  const handle = typeof of === 'number' ? of : openSync(of, 'r');
  try {
    let kept = 0;
    for (let position = 0; ; ) {
      const read = readSync(handle, piece, kept, piece.length - kept, position);
      if (read === 0) return false;
      const part = piece.subarray(0, kept + read);
      if (needles.some((needle) => part.includes(needle))) return true;
      position += read;
      kept = Math.min(overlap, part.length);
      part.copy(piece, 0, part.length - kept);
    }
  } finally {
    if (handle !== of) closeSync(handle);
  }
}
