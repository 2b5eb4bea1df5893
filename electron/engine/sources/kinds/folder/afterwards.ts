/**
 * Files that were taken, for ten minutes after: one that is written to then was not whole, and nobody else would notice
 * what came later. It goes to where those lie that a person has to see to; nothing of it is taken by itself.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

const watchedForMs = 600_000;
const mostWatched = 200;

/** A file that was taken, as it was read. */
export interface TakenFile {
  readonly name: string;
  /** Where it lies, in its folder. */
  readonly lies: string;
  readonly hash: string;
  readonly sizeBytes: number;
  /** Null where that is not known any more. */
  readonly mtimeMs: number | null;
  /** So many of its rows were taken. */
  readonly rows: number;
}

export interface Afterwards {
  /** @param ageMs how long ago it was taken */
  add(file: TakenFile, nowMs: number, ageMs?: number): void;
  /**
   * @param hashOf tells what is in a file now; null where that cannot be read
   * @returns those that were written to, once they are still again
   */
  look(nowMs: number, hashOf: (lies: string) => Promise<string | null>): Promise<readonly TakenFile[]>;
}

interface Watched {
  readonly file: TakenFile;
  readonly untilMs: number;
  /** Another size or time than it had when it was read: as the last look found it. */
  stamp: string | null;
}

export function createAfterwards(folder: string): Afterwards {
  const files = new Map<string, Watched>();

  /** @returns whether it was written to, and is still again */
  async function isChanged(one: Watched, nowMs: number, hashOf: (lies: string) => Promise<string | null>) {
    const { file, untilMs, stamp } = one;
    const found = await lstat(join(folder, file.lies)).catch(() => null);
    const isSame =
      found === null || (found.size === file.sizeBytes && (file.mtimeMs === null || found.mtimeMs === file.mtimeMs));
    if (isSame) {
      // A person took it away, or it is as it was.
      if (found === null || nowMs >= untilMs) files.delete(file.lies);
      return false;
    }
    one.stamp = `${found.size} ${found.mtimeMs}`;
    if (one.stamp !== stamp) return false;
    files.delete(file.lies);
    return found.size !== file.sizeBytes || (await hashOf(file.lies)) !== file.hash;
  }

  return {
    add(file, nowMs, ageMs = 0) {
      if (ageMs >= watchedForMs) return;
      files.set(file.lies, { file, untilMs: nowMs + watchedForMs - ageMs, stamp: null });
      const [oldest] = files.keys();
      if (files.size > mostWatched && oldest !== undefined) files.delete(oldest);
    },
    async look(nowMs, hashOf) {
      const changed: TakenFile[] = [];
      for (const one of [...files.values()]) if (await isChanged(one, nowMs, hashOf)) changed.push(one.file);
      return changed;
    },
  };
}
