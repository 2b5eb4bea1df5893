/** Whether a folder can be a source: it is there, can be read and written, and is nobody else's. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import type { Sentence } from '../../../../../shared/domain.ts';
import { RelayError } from '../../../../../shared/errors.ts';
import { sentence } from '../../../../../shared/sentences/sentence.ts';
import { processedFolder, rejectedFolder } from '../../../files/moved-aside.ts';

export interface FolderOfSource {
  readonly name: string;
  readonly folder: string;
}

/**
 * @param others folders of the other sources
 * @throws RelayError `bad_input` or `not_possible`, with the member `config.folder`
 */
export async function checkPlace(folder: string, dataFolder: string, others: readonly FolderOfSource[]): Promise<void> {
  if (!isAbsolute(folder)) throw wrong('bad_input', sentence('problem.source_folder_whole_path', { folder }));
  const found = await stat(folder).catch(() => null);
  if (found === null) throw wrong('not_possible', sentence('problem.folder_missing', { folder }));
  if (!found.isDirectory()) throw wrong('bad_input', sentence('problem.source_folder_file', { folder }));
  const real = await realpath(folder);
  if (await isOfSystem(real)) throw wrong('bad_input', sentence('problem.source_folder_of_system', { folder }));
  const own = await realpath(dataFolder).catch(() => dataFolder);
  if (isWithin(real, own)) throw wrong('not_possible', sentence('problem.source_folder_own', { folder }));
  for (const other of others) {
    const taken = await realpath(other.folder).catch(() => other.folder);
    if (taken === real)
      throw wrong('not_possible', sentence('problem.source_folder_used', { folder, name: other.name }));
    // What one source has read would come in once more as another's.
    if (isAsideOf(real, taken) || isAsideOf(taken, real))
      throw wrong('not_possible', sentence('problem.source_folder_aside', { folder, name: other.name }));
  }
  const trouble = await accessTrouble(folder);
  if (trouble) throw wrong('not_possible', trouble);
}

const isAsideOf = (folder: string, watched: string): boolean =>
  [processedFolder, rejectedFolder].some((name) => isWithin(folder, join(watched, name)));

/** File systems in which the kernel shows itself: proc, sysfs, debugfs, tracefs, cgroups, devpts, securityfs, bpf. */
const pseudoTypes: ReadonlySet<number> = new Set([
  0x9fa0, 0x62656572, 0x64626720, 0x74726163, 0x27e0eb, 0x63677270, 0x1cd1, 0x73636673, 0xcafe4a11,
]);
const systemFolders = ['/proc', '/sys', '/dev'];
/** Memory that programs use as a disk, beside the devices. */
const sharedMemory = '/dev/shm';

/** Whether what lies there is no file that a program left: some such are never at their end. */
async function isOfSystem(real: string): Promise<boolean> {
  // `\\.\pipe` and other devices.
  if (process.platform === 'win32') return /^[\\/]{2}[.?][\\/](?![a-z]:|unc)/i.test(real);
  if (systemFolders.some((one) => isWithin(real, one)) && !isWithin(real, sharedMemory)) return true;
  return process.platform === 'linux' && pseudoTypes.has((await statfs(real)).type);
}

/** Null where it can be read, and what is in it moved: which is tried, since rights alone do not tell of every share. */
export async function accessTrouble(folder: string): Promise<Sentence | null> {
  try {
    await readdir(folder);
  } catch (error) {
    return awaySentence(folder, error);
  }
  // Hidden, so that no other program takes it for its own.
  const tried = join(folder, `.roost-relay-${randomUUID()}`);
  try {
    await mkdir(tried);
    await writeFile(`${tried}.tmp`, '');
    await rename(`${tried}.tmp`, join(tried, 'moved'));
  } catch {
    return sentence('problem.source_folder_not_written', { folder });
  } finally {
    await rm(tried, { recursive: true, force: true }).catch(() => {});
    await rm(`${tried}.tmp`, { force: true }).catch(() => {});
  }
  return null;
}

/** Why it cannot be read now. */
export function awaySentence(folder: string, error: unknown): Sentence {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return sentence('source.folder_forbidden', { folder });
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? sentence('source.folder_away', { folder })
    : sentence('source.folder_unreadable', { folder, code });
}

/** Whether `path` is `folder` or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  const from = relative(folder, path);
  return from === '' || (!from.startsWith('..') && !isAbsolute(from));
}

const wrong = (code: 'bad_input' | 'not_possible', says: Sentence): RelayError =>
  new RelayError(code, says, { member: 'config.folder' });
