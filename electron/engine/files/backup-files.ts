/** What lies in a data folder of backups and restores, as its names tell it; only of a name that a person gave, the file. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import type { Backup } from '../../../shared/schemas.ts';

export interface BackupFile {
  readonly file: string;
  readonly kind: Backup['kind'];
  readonly at: UtcMs;
  readonly sizeBytes: number;
}

export const backupsFolder = (dataFolder: string): string => join(dataFolder, 'backups');

/** Of the data folder's own backups, newest first; none where they cannot be read. `file` is the whole path. */
export function backupsIn(dataFolder: string): readonly BackupFile[] {
  const folder = backupsFolder(dataFolder);
  const { names } = namesIn(folder);
  return names
    .filter((name) => name.endsWith('.db'))
    .flatMap((name) => {
      const file = join(folder, name);
      const found = sizeAndTime(file);
      return found === null
        ? []
        : [{ file, kind: kindOf(name), at: madeAt(file, name, found.mtimeMs), sizeBytes: found.size }];
    })
    .sort((one, other) => other.at - one.at);
}

/** Why nothing is known of the backups that there may be; null where all of them are seen. */
export const backupsHidden = (dataFolder: string): NodeJS.ErrnoException | null =>
  namesIn(backupsFolder(dataFolder)).hidden;

function namesIn(folder: string): { readonly names: readonly string[]; readonly hidden: NodeJS.ErrnoException | null } {
  try {
    return { names: readdirSync(folder), hidden: null };
  } catch (error) {
    const hidden = error as NodeJS.ErrnoException;
    return { names: [], hidden: hidden.code === 'ENOENT' ? null : hidden };
  }
}

/** Null of one that has gone meanwhile, or leads nowhere: it is no reason not to see the others. */
function sizeAndTime(file: string): { readonly mtimeMs: number; readonly size: number } | null {
  try {
    return statSync(file);
  } catch {
    return null;
  }
}

/**
 * As its name tells it: a folder that was copied has the copy's times. Of a name that a person gave, as the backup says
 * itself, and where it does not, as its newest event and its file do.
 */
function madeAt(file: string, name: string, mtimeMs: number): UtcMs {
  const [, day, time] = name.match(/ (\d{4}-\d\d-\d\d)T(\d\d-\d\d-\d\d)(?: \(\d+\))?\.db$/) ?? [];
  const told =
    day === undefined || time === undefined ? Number.NaN : Date.parse(`${day}T${time.replaceAll('-', ':')}Z`);
  return utcMs(Number.isNaN(told) ? (saidInside(file) ?? Math.round(mtimeMs)) : told);
}

/** By what `upkeep/backup-copy.ts` left in it, or by its newest event; null where it cannot be read. */
function saidInside(file: string): number | null {
  let backup: BetterSqlite3.Database | null = null;
  try {
    backup = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
    const made = "SELECT json_extract(value, '$.at') FROM meta WHERE key = 'backup.made'";
    const newest = 'SELECT received_at FROM events ORDER BY seq DESC LIMIT 1';
    const ask = (sql: string) => backup?.prepare<[], number | null>(sql).pluck().get() ?? null;
    return ask(made) ?? ask(newest);
  } catch {
    return null;
  } finally {
    backup?.close();
  }
}

const kindOf = (name: string): Backup['kind'] =>
  name.startsWith('hourly ') ? 'hourly' : name.startsWith('nightly ') ? 'nightly' : 'asked_for';

/**
 * Folders that keep what was there before a restore end in its time: `2026-11-23T08-42-31`, and `…-31-2` for the second
 * of that moment.
 */
export const keptPrefix = 'before-restore-';

const byNumber = new Intl.Collator('en', { numeric: true });

/** The name of the last of them. */
export const lastKept = (dataFolder: string): string | undefined =>
  readdirSync(dataFolder)
    .filter((name) => name.startsWith(keptPrefix))
    .sort(byNumber.compare)
    .at(-1);

/** When a backup last took the data's place, and the folder that keeps what was there before. */
export function lastRestore(dataFolder: string): { readonly at: UtcMs; readonly keptIn: string } | null {
  const last = lastKept(dataFolder);
  const [, day, time] = last?.slice(keptPrefix.length).match(/^(\d{4}-\d\d-\d\d)T(\d\d-\d\d-\d\d)(?:-\d+)?$/) ?? [];
  if (last === undefined || day === undefined || time === undefined) return null;
  return { at: utcMs(Date.parse(`${day}T${time.replaceAll('-', ':')}Z`)), keptIn: join(dataFolder, last) };
}
