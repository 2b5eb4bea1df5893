/** A small disk of the test's own that can be filled: a tmpfs, which needs Linux and root. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from './folder.ts';

export interface SmallDisk extends AsyncDisposable {
  readonly path: string;
  /** Takes all room but so many bytes. */
  fill(leaveBytes: number): void;
  free(): void;
  /** No further file or folder can be made, whatever room there is; or again. */
  fillNames(): void;
  freeNames(): void;
  remove(): Promise<void>;
}

/** Why none can be mounted here; null where one can be. */
export function diskObstacle(sizeMb: number): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a small tmpfs needs Linux and root';
  if (freemem() < 2 * sizeMb * 1024 * 1024) return 'there is too little memory for a small tmpfs';
  // Root inside a container may still not be allowed to.
  const tried = mkdtempSync(join(tmpdir(), 'roost-relay-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', tried]).status === 0;
  if (mounted) spawnSync('umount', ['-l', tried]);
  rmdirSync(tried);
  return mounted ? null : 'mounting is not allowed here';
}

/** @param names how many files and folders there can be */
export async function smallDisk(sizeMb: number, names = 100_000): Promise<SmallDisk> {
  const folder = await temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,nr_inodes=${names}`, 'tmpfs', folder.path]);
  const filler = join(folder.path, '.filler');
  const nameFillers: string[] = [];
  const remove = async () => {
    execFileSync('umount', ['-l', folder.path]);
    await folder.remove();
  };
  return {
    path: folder.path,
    fill(leaveBytes) {
      const { bavail, bsize } = statfsSync(folder.path);
      try {
        writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)));
      } catch (error) {
        // The file system's own pages were counted as free: then it is full all the more.
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    },
    free: () => rmSync(filler, { force: true }),
    fillNames() {
      for (let no = 0; no < names; no += 1) {
        const name = join(folder.path, `.name-${no}`);
        try {
          writeFileSync(name, '', { flag: 'wx' });
          nameFillers.push(name);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          return;
        }
      }
    },
    freeNames() {
      for (const name of nameFillers.splice(0)) rmSync(name);
    },
    remove,
    [Symbol.asyncDispose]: remove,
  };
}
