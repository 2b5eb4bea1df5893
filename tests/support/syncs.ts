/** What a process tells the disk to keep: every fsync, with the name that the file has at that moment. */
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

export interface Syncs extends Disposable {
  /** Names without their folders, in their order; the syncs themselves are done. */
  readonly names: readonly string[];
}

/** Linux alone says what name a descriptor has. */
export const canNameSyncs = process.platform === 'linux';

export async function recordSyncs(): Promise<Syncs> {
  const names: string[] = [];
  const note = (fd: number) => void names.push(fs.readlinkSync(`/proc/self/fd/${fd}`).split('/').at(-1) ?? '');
  const { fsyncSync } = fs;
  fs.fsyncSync = (fd) => {
    note(fd);
    fsyncSync(fd);
  };
  syncBuiltinESMExports();
  const handle = await open(process.execPath, 'r');
  const prototype = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  const { sync } = prototype;
  prototype.sync = function (this: typeof handle) {
    note(this.fd);
    return sync.call(this);
  };
  return {
    names,
    [Symbol.dispose]() {
      fs.fsyncSync = fsyncSync;
      syncBuiltinESMExports();
      prototype.sync = sync;
    },
  };
}
