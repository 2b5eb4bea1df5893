/**
 * A database that gives room back. Its pages are to be taken from its end in small steps, which SQLite can only do in
 * a file that was made for it (`auto_vacuum`): a new one is, an older one is rebuilt once, at a start or, where that
 * would take long, in a quiet hour of the night.
 */
import { statfsSync } from 'node:fs';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import type { WriteHandle } from './connection.ts';

/**
 * `tonight`: too much for a start. `too_large` and `no_room`: it goes on as it is, and its free pages are used again, but
 * the file stays as large.
 */
export type Shrinking = 'possible' | 'tonight' | 'too_large' | 'no_room' | 'failed';

/**
 * What is rebuilt at a start: the time that it takes goes by what is in it, not by the file (150 MB a second,
 * measured), and all that waits is to be out 5 s after a start.
 */
const mostAtStartBytes = 192 * 1024 * 1024;
/** What is rebuilt at night: meanwhile what is written waits, some ten seconds at most. */
const mostAtNightBytes = 2 * 1024 * 1024 * 1024;
/** The rebuilt copy, and the log through which it is carried over. */
const roomFactor = 2.2;
const incremental = 2;

/** For whoever makes a database, before anything is in it, or a copy of one. A file that is so already is not touched. */
export function makeShrinkable(database: Pick<Database, 'pragma'>): void {
  if ((database.pragma('auto_vacuum', { simple: true }) as number) === incremental) return;
  database.pragma('auto_vacuum = INCREMENTAL');
}

/** @param folder of the database; @param freeBytes tests give their own */
export function prepareShrinking(
  connection: Database,
  folder: string,
  freeBytes: (folder: string) => number = freeBytesOf,
): Shrinking {
  return rebuilt(connection, () => freeBytes(folder), mostAtStartBytes);
}

/** Rebuilds it over a connection of its own, in another thread than the writer's, which is held off meanwhile. */
export function rebuildAtNight(connection: Database, folder: string): Shrinking {
  return rebuilt(connection, () => freeBytesOf(folder), mostAtNightBytes);
}

function rebuilt(connection: Database, freeBytes: () => number, mostBytes: number): Shrinking {
  const number = (name: string) => connection.pragma(name, { simple: true }) as number;
  if (number('auto_vacuum') === incremental) return 'possible';
  const pages = number('page_count');
  makeShrinkable(connection);
  if (pages === 0) return 'possible';
  const liveBytes = (pages - number('freelist_count')) * number('page_size');
  if (liveBytes > mostBytes) return liveBytes > mostAtNightBytes ? 'too_large' : 'tonight';
  try {
    if (freeBytes() < liveBytes * roomFactor) return 'no_room';
    // What is deleted from it already is not carried over.
    connection.pragma('temp_store = FILE');
    connection.exec('VACUUM');
    connection.pragma('wal_checkpoint(TRUNCATE)');
    return number('auto_vacuum') === incremental ? 'possible' : 'failed';
  } catch (error) {
    if (error instanceof BetterSqlite3.SqliteError) return error.code === 'SQLITE_FULL' ? 'no_room' : 'failed';
    throw error;
  }
}

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Bytes in the file that hold nothing: the next events go there before the file grows. */
export function reusableBytes(writer: Pick<WriteHandle, 'pragma'>): number {
  const number = (name: string) => writer.pragma(name, { simple: true }) as number;
  return number('freelist_count') * number('page_size');
}

/** Takes up to `pages` free pages from the file. Call it inside a transaction. @returns how many are left */
export function shrinkStep(writer: Pick<WriteHandle, 'pragma'>, pages: number): number {
  if ((writer.pragma('auto_vacuum', { simple: true }) as number) !== incremental) return 0;
  writer.pragma(`incremental_vacuum(${Math.max(1, Math.round(pages))})`);
  return writer.pragma('freelist_count', { simple: true }) as number;
}
