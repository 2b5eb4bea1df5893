import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backupsIn, lastRestore } from '../../electron/engine/files/backup-files.ts';
import { applyPendingRestore, readyFile } from '../../electron/engine/store/damage/pending-restore.ts';
import { bestBackup } from '../../electron/engine/upkeep/backup-holds.ts';

const first = Date.parse('2026-11-23T08:42:31Z');
const later = first + 60_000;
const names = ['relay.db-wal', 'relay.db-shm', 'relay.db'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roost-relay-restore-'));
  for (const name of names) writeFileSync(join(folder, name), `old ${name}`);
  writeFileSync(readyFile(folder), 'the backup');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keptIn = (name: string) => readdirSync(join(folder, name)).toSorted();
const folders = () => readdirSync(folder).filter((name) => name.startsWith('before-restore-'));

test('backups keep their order where the folder was copied, and its files have the times of the copy', () => {
  mkdirSync(join(folder, 'backups'));
  const made = ['nightly 2026-11-23T02-00-00.db', 'asked for 2026-11-24T08-00-00.db', 'nightly 2026-11-22T02-00-00.db'];
  for (const name of made) writeFileSync(join(folder, 'backups', name), '');
  const found = backupsIn(folder);
  expect(found.map(({ file }) => basename(file))).toEqual([made[1], made[0], made[2]]);
  expect(found[0]?.at).toBe(Date.parse('2026-11-24T08:00:00Z'));
});

test('a name that a person gave is as old as the backup itself says, whenever its file was copied here', () => {
  mkdirSync(join(folder, 'backups'));
  const own = 'asked for 2026-11-24T08-00-00.db';
  writeFileSync(join(folder, 'backups', own), '');
  const put = (name: string, made: number | null, lastEventAt: number): void => {
    const backup = new BetterSqlite3(join(folder, 'backups', name));
    backup.exec(
      'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT); CREATE TABLE events (seq INTEGER, received_at INTEGER)',
    );
    if (made !== null) backup.prepare("INSERT INTO meta VALUES ('backup.made', ?)").run(JSON.stringify({ at: made }));
    backup.prepare('INSERT INTO events VALUES (1, ?)').run(lastEventAt);
    backup.close();
  };
  put('before the holidays.db', Date.parse('2026-11-23T10:00:00Z'), first);
  put('of an earlier version.db', null, Date.parse('2026-11-22T10:00:00Z'));
  const found = backupsIn(folder);
  expect(found.map(({ file }) => basename(file))).toEqual([own, 'before the holidays.db', 'of an earlier version.db']);
  expect(found[1]?.at).toBe(Date.parse('2026-11-23T10:00:00Z'));
});

test.skipIf(process.platform === 'win32')('a name that leads nowhere hides no other backup', () => {
  mkdirSync(join(folder, 'backups'));
  writeFileSync(join(folder, 'backups', 'nightly 2026-11-23T02-00-00.db'), '');
  symlinkSync('/nowhere/at/all', join(folder, 'backups', 'on the stick.db'));
  expect(backupsIn(folder).map(({ file }) => basename(file))).toEqual(['nightly 2026-11-23T02-00-00.db']);
});

test('a place of the backups that cannot be read is told as that, not as no backup', () => {
  writeFileSync(join(folder, 'backups'), '');
  expect(() => bestBackup(folder)).toThrow(/backups cannot be read/);
});

describe('a backup that was made ready', () => {
  test('takes the data’s place, which is kept', () => {
    expect(applyPendingRestore(folder, first)).toBe(join(folder, 'before-restore-2026-11-23T08-42-31'));
    expect(readFileSync(join(folder, 'relay.db'), 'utf8')).toBe('the backup');
    expect(keptIn('before-restore-2026-11-23T08-42-31')).toEqual(names.toSorted());
    expect(applyPendingRestore(folder, later)).toBeNull();
  });

  test.each([1, 2, 3])('cut off after %i of three files, the next start keeps all of them together', (moved) => {
    const kept = 'before-restore-2026-11-23T08-42-31';
    mkdirSync(join(folder, kept));
    for (const name of names.slice(0, moved)) renameSync(join(folder, name), join(folder, kept, name));
    expect(applyPendingRestore(folder, later)).toBe(join(folder, kept));
    expect(folders()).toEqual([kept]);
    expect(keptIn(kept)).toEqual(names.toSorted());
    expect(readFileSync(join(folder, 'relay.db'), 'utf8')).toBe('the backup');
  });

  test('restores within one second have a folder each, and the last of them is the last', () => {
    const kept: (string | null)[] = [];
    for (let n = 1; n <= 11; n += 1) {
      kept.push(applyPendingRestore(folder, first));
      writeFileSync(readyFile(folder), `backup ${n}`);
    }
    expect(new Set(kept).size).toBe(11);
    expect(readFileSync(join(kept[0] ?? '', 'relay.db'), 'utf8')).toBe('old relay.db');
    expect(readFileSync(join(kept[2] ?? '', 'relay.db'), 'utf8')).toBe('backup 1');
    expect(lastRestore(folder)).toEqual({ at: first, keptIn: kept[10] });
  });

  test('a restore of another day has a folder of its own', () => {
    applyPendingRestore(folder, first);
    writeFileSync(readyFile(folder), 'another backup');
    applyPendingRestore(folder, later);
    expect(folders()).toHaveLength(2);
    expect(readFileSync(join(folder, 'before-restore-2026-11-23T08-43-31', 'relay.db'), 'utf8')).toBe('the backup');
  });
});
