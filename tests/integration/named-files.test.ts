import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimNamedFile } from '../../electron/engine/files/named-file.ts';
import { renameOver, renameOverSync } from '../../electron/engine/files/rename.ts';
import { runCommand } from '../support/command-line.ts';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { diskObstacle, smallDisk } from '../support/small-disk.ts';

const obstacle = diskObstacle(1);
if (obstacle !== null) console.warn(`SKIPPED: a file on a stick that is full: ${obstacle}`);

let data: TemporaryFolder;
let elsewhere: TemporaryFolder;

beforeEach(async () => {
  data = await temporaryFolder();
  elsewhere = await temporaryFolder();
});
afterEach(async () => {
  await data.remove();
  await elsewhere.remove();
});

const claim = (file: string, replace = false) => claimNamedFile(file, { dataFolder: data.path, replace });
const modeOf = (file: string) => statSync(file).mode & 0o777;

describe('a file that a person named', () => {
  test('is written aside for its owner alone, and has its name only once it is whole', async () => {
    const path = join(elsewhere.path, 'log.csv');
    const file = await claim(path);
    expect([existsSync(path), modeOf(file.aside)]).toEqual([false, 0o600]);
    writeFileSync(file.aside, 'whole');
    expect(await file.finish()).toEqual({ sizeBytes: 5 });
    expect([readFileSync(path, 'utf8'), modeOf(path), readdirSync(elsewhere.path)]).toEqual([
      'whole',
      0o600,
      ['log.csv'],
    ]);
  });

  test('replaces another one only after a yes, and what it replaces lends it no rights', async () => {
    const path = join(elsewhere.path, 'log.csv');
    writeFileSync(path, 'before', { mode: 0o644 });
    await expect(claim(path)).rejects.toMatchObject({
      code: 'not_possible',
      member: 'file',
      says: { key: 'problem.file_exists' },
    });
    expect(readdirSync(elsewhere.path)).toEqual(['log.csv']);
    const file = await claim(path, true);
    expect(readFileSync(path, 'utf8')).toBe('before');
    await file.finish();
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['', 0o600]);
  });

  test('does not replace what came by that name meanwhile', async () => {
    const path = join(elsewhere.path, 'log.csv');
    const file = await claim(path);
    writeFileSync(path, 'somebody else’s');
    await expect(file.finish()).rejects.toMatchObject({ says: { key: 'problem.file_exists' } });
    await file.discard();
    expect([readFileSync(path, 'utf8'), readdirSync(elsewhere.path)]).toEqual(['somebody else’s', ['log.csv']]);
  });

  test('needs a folder that is there: none is made', async () => {
    const path = join(elsewhere.path, 'no', 'such', 'log.csv');
    await expect(claim(path, true)).rejects.toMatchObject({ says: { key: 'problem.folder_missing' } });
    expect(readdirSync(elsewhere.path)).toEqual([]);
    await expect(claim('log.csv')).rejects.toMatchObject({ code: 'bad_input', member: 'file' });
  });

  test.each([
    ['a folder', () => elsewhere.path],
    ['a device', () => '/dev/null'],
    [
      'a link to nothing',
      () => {
        const link = join(elsewhere.path, 'link');
        symlinkSync(join(data.path, 'relay.db-journal'), link);
        return link;
      },
    ],
  ])('is no %s', async (_what, path) => {
    await expect(claim(path(), true)).rejects.toMatchObject({ says: { key: 'problem.no_plain_file' } });
  });

  test('that another is writing is not written twice', async () => {
    const path = join(elsewhere.path, 'log.csv');
    const first = await claim(path, true);
    await expect(claim(path, true)).rejects.toMatchObject({ says: { key: 'problem.file_in_the_way' } });
    await first.discard();
    await (await claim(path, true)).discard();
  });

  test('in a folder that nobody may write says so', async () => {
    if (process.getuid?.() === 0)
      return void (await expect(claim('/proc/log.csv')).rejects.toMatchObject({ code: 'store_unavailable' }));
    chmodSync(elsewhere.path, 0o500);
    await expect(claim(join(elsewhere.path, 'log.csv'))).rejects.toMatchObject({ code: 'store_unavailable' });
  });
});

describe('a file of the data folder is never written, however it is spelled', () => {
  const spellings: readonly [string, () => string][] = [
    ['its path', () => join(data.path, 'relay.db')],
    ['a way around', () => `${data.path}/exports/../relay.db`],
    ['one that is not there now', () => join(data.path, 'relay.db-wal')],
    ['other letters, which is the same file on some disks', () => join(data.path, 'RELAY.DB')],
    ['the key', () => join(data.path, 'data-key.json')],
    ['a spooled event', () => join(data.path, 'spool', 'evt_1.json')],
    ['a backup that is there', () => join(data.path, 'backups', 'nightly.db')],
    [
      'a link to it',
      () => {
        symlinkSync(join(data.path, 'relay.db'), join(elsewhere.path, 'link.db'));
        return join(elsewhere.path, 'link.db');
      },
    ],
    [
      'a link to its folder',
      () => {
        symlinkSync(data.path, join(elsewhere.path, 'folder'));
        return join(elsewhere.path, 'folder', 'relay.db');
      },
    ],
    [
      'a second name of it',
      () => {
        linkSync(join(data.path, 'relay.db'), join(elsewhere.path, 'second.db'));
        return join(elsewhere.path, 'second.db');
      },
    ],
  ];

  test.each(spellings)('%s', async (_name, path) => {
    for (const folder of ['exports', 'backups', 'spool']) mkdirSync(join(data.path, folder));
    for (const name of ['relay.db', 'backups/nightly.db']) writeFileSync(join(data.path, name), 'guests');
    await expect(claim(path(), true)).rejects.toMatchObject({ says: { key: 'problem.file_of_data_folder' } });
    expect(readFileSync(join(data.path, 'relay.db'), 'utf8')).toBe('guests');
  });

  test('a new one in the folders that are made for it is welcome', async () => {
    for (const folder of ['exports', 'backups']) {
      mkdirSync(join(data.path, folder));
      await (await claim(join(data.path, folder, 'new.db'))).finish();
    }
  });
});

describe('from the command line', () => {
  let engine: EngineProcess;
  beforeEach(async () => {
    engine = await startEngineProcess({ dataFolder: data.path });
  });
  afterEach(() => engine.stop());
  const relay = (...args: string[]) => runCommand(data.path, args);

  test.each(['backup', 'export'])(
    '%s --file asks for --force, is its owner’s alone, and spares the data',
    async (command) => {
      const path = join(elsewhere.path, 'out');
      expect((await relay(command, '--file', path)).code).toBe(0);
      expect(modeOf(path)).toBe(0o600);
      const before = statSync(path).ino;
      const again = await relay(command, '--file', path);
      expect([again.code, again.out]).toEqual([2, '']);
      expect(again.err).toContain('--force');
      expect(statSync(path).ino).toBe(before);
      expect((await relay(command, '--file', path, '--force')).code).toBe(0);
      expect(statSync(path).ino).not.toBe(before);

      const own = await relay(command, '--file', join(data.path, 'relay.db'), '--force');
      expect(own.code).not.toBe(0);
      expect(own.err).toContain('own data');
      const missing = await relay(command, '--file', join(elsewhere.path, 'none', 'out'));
      expect([missing.code === 0, existsSync(join(elsewhere.path, 'none'))]).toEqual([false, false]);
      expect(readdirSync(elsewhere.path)).toEqual([basename(path)]);
    },
  );

  test.skipIf(obstacle !== null)(
    'a stick that is full is told as that, and not as this PC’s disk',
    { timeout: 60_000 },
    async () => {
      await using stick = await smallDisk(1);
      for (const args of [['export', '--what', 'deliveries'], ['audit'], ['week', '--output'], ['support-bundle']]) {
        const path = join(stick.path, `${args[0]}.out`);
        stick.fill(0);
        const ran = await relay(...args, ...(args.includes('--output') ? [path] : ['--file', path]));
        expect([ran.code, ran.out, ran.err], args[0]).toEqual([
          3,
          '',
          expect.stringContaining(`There is no room for ${path}: its disk is full. Free some space there`),
        ]);
        stick.free();
        expect(existsSync(path)).toBe(false);
      }
    },
  );

  test('what a killed engine was writing is gone at its next start', async () => {
    const path = join(elsewhere.path, 'big.backup');
    await engine.kill();
    const database = new BetterSqlite3(join(data.path, 'relay.db'));
    database
      .prepare(
        "INSERT INTO jobs (id, kind, state, request, started_at, file) VALUES ('job_1', 'backup', 'running', '{}', 0, ?)",
      )
      .run(path);
    database.close();
    mkdirSync(join(data.path, 'backups'), { recursive: true });
    for (const left of [`${path}.part`, join(data.path, 'backups', 'nightly.db.part')]) writeFileSync(left, 'half');
    engine = await startEngineProcess({ dataFolder: data.path });
    const isGone = () => !existsSync(`${path}.part`) && !existsSync(join(data.path, 'backups', 'nightly.db.part'));
    for (let look = 0; look < 100 && !isGone(); look += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isGone()).toBe(true);
  });
});

describe('a rename over a file that somebody looks at', () => {
  const held = (times: number, code = 'EPERM') => {
    let left = times;
    const tries: string[] = [];
    const once = (from: string): void => {
      tries.push(from);
      left -= 1;
      if (left >= 0) throw Object.assign(new Error('held'), { code });
    };
    return { tries, rename: async (from: string) => once(from), renameSync: once };
  };

  test.each(['EPERM', 'EACCES', 'EBUSY'])('on Windows is tried again after %s', async (code) => {
    const one = held(3, code);
    await renameOver('a', 'b', { platform: 'win32', ...one });
    const other = held(3, code);
    renameOverSync('a', 'b', { platform: 'win32', ...other });
    expect([one.tries.length, other.tries.length]).toEqual([4, 4]);
  });

  test('elsewhere, and with any other fault, is final', async () => {
    const here = held(1);
    await expect(renameOver('a', 'b', { platform: 'linux', ...here })).rejects.toMatchObject({ code: 'EPERM' });
    const gone = held(1, 'ENOENT');
    expect(() => renameOverSync('a', 'b', { platform: 'win32', ...gone })).toThrow('held');
    expect([here.tries.length, gone.tries.length]).toEqual([1, 1]);
  });
});
