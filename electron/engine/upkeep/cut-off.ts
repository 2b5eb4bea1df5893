/** What a stop, a crash or a power cut left of exports and backups: told as failed, and its half-written file removed. */
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sentence } from '../../../shared/domain.ts';
import type { Job } from '../../../shared/schemas.ts';
import { asideOf } from '../files/named-file.ts';
import type { Jobs } from '../jobs.ts';

/** Ends the open jobs of a kind; the file that each of them was writing goes. */
export async function endCutOff(jobs: Pick<Jobs, 'failOpen'>, kind: Job['kind'], problem: Sentence): Promise<void> {
  for (const { file } of await jobs.failOpen(kind, problem)) {
    // Made by that job alone: it begins with a file that was not there.
    if (file !== null) await removeFile(asideOf(file));
  }
}

/** Half-written files in a folder of our own: of what is done by the clock, which is no job. */
export async function removeAsides(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => /\.part(?:-journal)?$/.test(name));
  for (const name of left) await removeFile(join(folder, name));
}

async function removeFile(path: string): Promise<void> {
  const present = await lstat(path).catch(() => null);
  if (present?.isFile()) await rm(path, { force: true });
}
