import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../electron/engine/store/connection.ts';
import { connectControl } from '../support/control.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

/** Files that somebody else than the owner has any right to, with their modes. */
function openToOthers(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => (statSync(file).mode & 0o077) !== 0)
    .map((file) => `${file.slice(path.length + 1)} ${(statSync(file).mode & 0o777).toString(8)}`);
}

describe.skipIf(process.platform === 'win32')(
  'in a folder that others can look into, under a umask that gives all',
  () => {
    it('every file is its owner’s alone: database, log, lock, key, control, backup, export', async () => {
      chmodSync(folder.path, 0o755);
      const before = process.umask(0);
      const engine = await startEngineProcess({ dataFolder: folder.path, window: true });
      process.umask(before);
      const control = await connectControl(folder.path);
      await control.call('sources.add', { name: 'PMS', propertyId: 'prop_1' });
      const jobs = [
        await control.call('backup.start', { file: null }),
        await control.call('export.start', { format: 'csv', file: null }),
      ];
      for (const { id } of jobs) {
        await expect.poll(async () => (await control.call('jobs.get', { id })).state, { timeout: 20_000 }).toBe('done');
      }
      const doctor = await control.call('doctor.run', {});
      expect(doctor.find(({ name }) => name.key === 'doctor.folder')?.says[0]?.key).toBe('doctor.folder.others');
      const found = readdirSync(folder.path, { recursive: true });
      expect(found).toEqual(expect.arrayContaining(['relay.db', 'relay.db-wal', 'relay.lock', 'control.json']));
      expect(openToOthers(folder.path)).toEqual([]);
      await engine.stop();
      expect(openToOthers(folder.path)).toEqual([]);
    });

    it('what an earlier version left open to others is closed to them at the next start', async () => {
      openDatabase(folder.path).close();
      mkdirSync(join(folder.path, 'backups'));
      writeFileSync(join(folder.path, 'backups', 'old.db'), 'guests');
      for (const file of ['relay.db', 'relay.lock', 'backups/old.db']) chmodSync(join(folder.path, file), 0o644);
      const database = openDatabase(folder.path);
      expect(openToOthers(folder.path)).toEqual([]);
      database.close();
    });

    it.skipIf(process.getuid?.() !== 0)('another user can neither read the database nor hold up a start', async () => {
      chmodSync(folder.path, 0o755);
      openDatabase(folder.path).close();
      // What `flock`, `cat` or SQLite itself would do, as the user nobody.
      const reads = `import { openSync } from 'node:fs';
      for (const name of ['relay.db', 'relay.lock']) {
        try { openSync(${JSON.stringify(folder.path)} + '/' + name, 'r'); console.log(name); } catch {}
      }`;
      const other = spawnSync(process.execPath, ['--input-type=module', '--eval', reads], {
        uid: 65534,
        gid: 65534,
        encoding: 'utf8',
        cwd: '/',
      });
      expect({ opened: other.stdout, said: other.stderr, status: other.status }).toEqual({
        ...{ opened: '', said: '', status: 0 },
      });
      openDatabase(folder.path).close();
    });
    it.skipIf(process.getuid?.() !== 0)(
      'a lock that another user took while he could does not hold up a start',
      async () => {
        chmodSync(folder.path, 0o755);
        openDatabase(folder.path).close();
        const lock = join(folder.path, 'relay.lock');
        chmodSync(lock, 0o644);
        // The lock that SQLite reads under (sqlite.org/lockingv3.html), as the user nobody.
        const holds = `import fcntl, struct, sys
file = open(sys.argv[1], 'rb')
fcntl.fcntl(file, fcntl.F_SETLK, struct.pack('hhqqi4x', fcntl.F_RDLCK, 0, 0x40000002, 510, 0))
print('held', flush=True)
sys.stdin.read()`;
        const other = spawn('python3', ['-c', holds, lock], { uid: 65534, gid: 65534, cwd: '/', stdio: 'pipe' });
        try {
          await new Promise((resolve, reject) => {
            other.stdout.once('data', resolve);
            other.once('error', reject);
            other.once('exit', (code) => reject(new Error(`the lock could not be taken: ${code}`)));
          });
          openDatabase(folder.path).close();
        } finally {
          other.kill('SIGKILL');
        }
      },
    );
  },
);

it('a second engine is refused even where somebody removed the lock file', async () => {
  await using engine = await startEngineProcess({ dataFolder: folder.path });
  // On Windows it cannot be removed while it is held.
  if (process.platform !== 'win32') rmSync(join(folder.path, 'relay.lock'));
  await expect(startEngineProcess({ dataFolder: folder.path })).rejects.toThrow('already running on the data folder');
  expect((await fetch(`http://127.0.0.1:${engine.port}/v1/health`)).status).toBe(200);
});
