/** What must be on the disk before it has its name: a power cut leaves the old one or the new one, and no half. */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeDataFolder } from '../../electron/data-folder.ts';
import { claimNamedFile } from '../../electron/engine/files/named-file.ts';
import { writeSpoolFiles } from '../../electron/engine/intake/spool-file.ts';
import { openDatabase } from '../../electron/engine/store/connection.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import { copyDatabase, copyUndelivered } from '../../electron/engine/upkeep/backup-copy.ts';
import { stageRestore } from '../../electron/engine/upkeep/restore.ts';
import { keyFileWrapper, writeKeyEnvelope } from '../../electron/engine/vault/key-envelope.ts';
import { openRollingFile } from '../../electron/rolling-file.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { canNameSyncs, recordSyncs } from '../support/syncs.ts';

let folder: TemporaryFolder;
let umask: number;
beforeEach(async () => {
  folder = await temporaryFolder();
  umask = process.platform === 'win32' ? 0 : process.umask();
});
afterEach(async () => {
  if (process.platform !== 'win32') process.umask(umask);
  await folder.remove();
});

const modeOf = (path: string) => statSync(path).mode & 0o777;
const spooled = () => ({ id: createIdSource().event(1), spooledAtMs: 1, text: '{"event":"guest.checkin","data":{}}' });

describe.skipIf(!canNameSyncs)('is on the disk before it has its name', () => {
  test('an event in the spool folder, and then its name', async () => {
    using syncs = await recordSyncs();
    const event = spooled();
    await writeSpoolFiles(folder.path, [event]);
    expect(syncs.names).toEqual([`${event.id}.json.part`, 'spool']);
  });

  test('the data key', async () => {
    using syncs = await recordSyncs();
    writeKeyEnvelope(folder.path, { wrapper: keyFileWrapper, key: 'AAAA' });
    expect(syncs.names).toEqual(['data-key.json.new']);
  });

  test('a backup, of everything and of what is undelivered', async () => {
    openDatabase(folder.path).close();
    using syncs = await recordSyncs();
    copyDatabase(folder.path, join(folder.path, 'all.db.part'), null);
    copyUndelivered(folder.path, join(folder.path, 'some.db.part'));
    expect(syncs.names).toEqual(['all.db.part', 'some.db.part']);
  });

  test('a file that a person named, and then its name', async () => {
    using syncs = await recordSyncs();
    const file = await claimNamedFile(join(folder.path, 'log.csv'), { dataFolder: '/nowhere', replace: false });
    await file.finish();
    expect(syncs.names).toEqual(['log.csv.part', folder.path.split('/').at(-1)]);
  });
});

describe.skipIf(process.platform === 'win32')('is its owner’s alone, under a umask that gives all', () => {
  beforeEach(() => void process.umask(0));

  test('the data folder and those above it that were made for it', () => {
    const path = join(folder.path, 'hotel', 'relay');
    makeDataFolder(path);
    expect([path, join(path, '..')].map(modeOf)).toEqual([0o700, 0o700]);
  });

  test('the data folder that the engine makes for itself', () => {
    const path = join(folder.path, 'relay');
    openDatabase(path).close();
    expect(modeOf(path)).toBe(0o700);
  });

  test('the log and its folder', () => {
    const file = join(folder.path, 'logs', 'relay.log');
    openRollingFile({ file, largestBytes: 1_000, lostLine: () => '' });
    expect([file, join(folder.path, 'logs')].map(modeOf)).toEqual([0o600, 0o700]);
  });

  test('the spool folder and what is in it', async () => {
    const event = spooled();
    await writeSpoolFiles(folder.path, [event]);
    const spool = join(folder.path, 'spool');
    expect([spool, join(spool, `${event.id}.json`)].map(modeOf)).toEqual([0o700, 0o600]);
  });

  test('the data key', () => {
    writeKeyEnvelope(folder.path, { wrapper: keyFileWrapper, key: 'AAAA' });
    expect(modeOf(join(folder.path, 'data-key.json'))).toBe(0o600);
  });

  test('a file that a person named', async () => {
    const file = await claimNamedFile(join(folder.path, 'log.csv'), { dataFolder: '/nowhere', replace: false });
    writeFileSync(file.aside, 'guests');
    expect(modeOf(file.aside)).toBe(0o600);
    await file.finish();
    expect(modeOf(file.path)).toBe(0o600);
  });

  test('a backup that is made ready to be restored, whatever rights the file has that was given', () => {
    openDatabase(folder.path).close();
    const given = join(folder.path, 'from a stick.db');
    copyDatabase(folder.path, given, null);
    expect(modeOf(given)).toBe(0o644);
    stageRestore(folder.path, given);
    expect(modeOf(join(folder.path, 'restore-ready.db.part'))).toBe(0o600);
  });
});
