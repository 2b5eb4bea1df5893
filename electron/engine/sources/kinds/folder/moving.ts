/** Moves a file that was taken, or that cannot be, out of the way: within its folder, and never over another one. */
import { lstat, readFile, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { makeFolder } from '../../../files/make-folder.ts';
import { renameOver } from '../../../files/rename.ts';
import { reasonEnding } from './names.ts';

/** More files of one name in one folder are nobody's. */
const mostOfOneName = 10_000;

/**
 * @param to folder, made where it is not there
 * @param reason written beside it, first; null: there is nothing to say
 * @param from where it lies in its folder, if not at the top under its name
 * @returns where it lies now
 */
export async function moveAside(
  folder: string,
  name: string,
  to: string,
  reason: string | null,
  from = name,
): Promise<string> {
  const target = join(folder, to);
  await makeFolder(target, 0o777);
  const free = await freeName(target, name, reason);
  if (reason !== null) await writeReason(join(target, `${free}${reasonEnding}`), reason);
  await renameOver(join(folder, from), join(target, free));
  return join(to, free);
}

/** A reason that lies there already from a move that was cut off is the same one. */
async function writeReason(path: string, reason: string): Promise<void> {
  try {
    await writeFile(path, reason, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await writeFile(path, reason);
  }
}

async function freeName(target: string, name: string, reason: string | null): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; number <= mostOfOneName; number += 1) {
    const free = number === 1 ? name : `${stem} (${number})${ext}`;
    if (await isFree(target, free, reason)) return free;
  }
  throw new Error(`more than ${mostOfOneName} files in ${target} are called ${name}`);
}

/** A name is taken by a file, and by a reason that is another one's. */
async function isFree(target: string, name: string, reason: string | null): Promise<boolean> {
  if ((await lstat(join(target, name)).catch(() => null)) !== null) return false;
  const beside = await readFile(join(target, `${name}${reasonEnding}`), 'utf8').catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? null : '',
  );
  return beside === null || (reason !== null && (beside === '' || reason.startsWith(beside)));
}
