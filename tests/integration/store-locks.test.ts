/**
 * Another program that opens the database of a running engine, a viewer say, and leaves it again. SQLite's locks tell it
 * that somebody is there; on Linux and macOS a process gives up its locks with any handle of the file that it closes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tracesIn } from '../../electron/engine/privacy/forget/places.ts';
import { databaseFile, openDatabase } from '../../electron/engine/store/connection.ts';
import { temporaryFolder } from '../support/folder.ts';

const visit = `
const Sqlite = require('better-sqlite3');
const database = new Sqlite(process.argv[1]);
database.prepare('SELECT COUNT(*) FROM events').get();
database.close();
`;

it('finds it held after all that the engine reads of its bytes, and leaves log and index alone', async () => {
  await using folder = await temporaryFolder();
  const database = openDatabase(folder.path);
  try {
    const file = databaseFile(folder.path);
    const write = () => database.connection.exec('UPDATE meta SET value = value');
    write();
    database.inPlace.check();
    // The log gets shorter: whether it is whole stands in its index. Its traces are looked for in the file itself.
    database.connection.pragma('wal_checkpoint(TRUNCATE)');
    database.inPlace.check();
    tracesIn(folder.path, { names: ['Zerafina'], mails: [], phones: [] } as never, database.inPlace.handle);
    write();
    execFileSync(process.execPath, ['-e', visit, file]);
    expect(existsSync(`${file}-wal`)).toBe(true);
    database.inPlace.check();
    // Its index would have been cut off under this process, which ends it (SIGBUS).
    write();
    execFileSync(process.execPath, ['-e', visit, file]);
    expect(database.connection.pragma('integrity_check', { simple: true })).toBe('ok');
  } finally {
    database.close();
  }
});
