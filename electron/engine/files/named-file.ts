/**
 * A file that a person named to be written: an export, a backup, whatever `--file` says (decision 51). It is written
 * aside, for its owner alone, and gets its name once it is whole; what has that name already is replaced only where
 * the person said so, and a file of the data folder never.
 */
import { link, lstat, open, realpath, rm, stat, unlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { isOfDataFolder } from './own-folder.ts';
import { renameOver } from './rename.ts';

export interface NamedFile {
  /** Where it will be. */
  readonly path: string;
  /** Where it is written until it is whole: there, and empty. */
  readonly aside: string;
  /** Gives it its name. @throws RelayError `not_possible` where another file has taken the name meanwhile */
  finish(): Promise<{ readonly sizeBytes: number }>;
  /** It is not to be after all. */
  discard(): Promise<void>;
}

export interface NamedFileOptions {
  readonly dataFolder: string;
  /** A person said that a file of this name may be replaced. */
  readonly replace: boolean;
  /** What has this name is known to be of whoever writes it anew: a scheduled export's file in the data folder's `exports`. */
  readonly isOwn?: boolean;
}

/** Where a file lies until it is whole. */
export const asideOf = (file: string): string => `${file}.part`;
/** What the file that lies there will be called. */
export const nameOf = (aside: string): string => aside.replace(/\.part$/, '');

/** More than this of one second are no names of a person's making. */
const mostOfOneName = 1_000;

/** Names that Windows gives to devices and streams, or would quietly change. */
const strangeOnWindows = /[<>:"|?*]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Looks whether `file` may be written, and begins it aside.
 *
 * @param file whole path
 * @throws RelayError `bad_input` or `not_possible`, or `store_unavailable` where nothing can be written there, with the
 *   member `file`
 */
export async function claimNamedFile(
  file: string,
  { dataFolder, replace, isOwn = false }: NamedFileOptions,
): Promise<NamedFile> {
  if (!isAbsolute(file)) throw refusal('bad_input', sentence('problem.whole_path'));
  const path = await placeOf(file);
  if (await orNotWritten(file, () => isOfDataFolder(path, dataFolder, isOwn))) {
    throw refusal('not_possible', sentence('problem.file_of_data_folder', { path: file }));
  }
  const present = await lstat(path).catch(() => null);
  if (present !== null && !present.isFile()) throw refusal('not_possible', sentence('problem.no_plain_file', { path }));
  if (present !== null && !replace) throw taken(path);
  const aside = asideOf(path);
  try {
    await (await open(aside, 'wx', 0o600)).close();
  } catch (cause) {
    const inTheWay = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    throw inTheWay
      ? refusal('not_possible', sentence('problem.file_in_the_way', { path: aside }), cause)
      : lost(file, cause);
  }
  return {
    path,
    aside,
    async finish() {
      try {
        await sync(aside);
        await (replace ? renameOver(aside, path) : renameToNew(aside, path));
        await syncFolderOf(path);
        return { sizeBytes: (await stat(path)).size };
      } catch (cause) {
        throw cause instanceof RelayError ? cause : lost(file, cause);
      }
    },
    discard: () => rm(aside, { force: true }),
  };
}

/**
 * Begins a file in a folder of our own, under the first name that nothing has: `name.csv`, `name (2).csv` and so on.
 *
 * @param name without its ending
 * @param ending with its dot
 */
export async function claimFreeName(
  folder: string,
  name: string,
  ending: string,
  dataFolder: string,
): Promise<NamedFile> {
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${name}${number === 1 ? '' : ` (${number})`}${ending}`);
    const isThere = await Promise.all([path, asideOf(path)].map((one) => lstat(one).catch(() => null)));
    if (number < mostOfOneName && isThere.some((found) => found !== null)) continue;
    return claimNamedFile(path, { dataFolder, replace: false });
  }
}

/** What is claimed and then not begun leaves nothing behind. */
export async function orDiscard<Value>(file: NamedFile | null, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    await file?.discard();
    throw (file && noRoomFor(file.path, error)) ?? error;
  }
}

/** The real path: of the file where it is there, else of its folder. */
async function placeOf(file: string): Promise<string> {
  const name = basename(file);
  const strange = process.platform === 'win32' && strangeOnWindows.test(name);
  if (strange || name === '') throw refusal('bad_input', sentence('problem.no_plain_file', { path: file }));
  const folder = dirname(file);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw refusal('not_possible', sentence('problem.folder_missing', { folder }));
  return orNotWritten(file, async () => {
    const there = await lstat(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (there === null) return join(await realpath(folder), name);
    return realpath(file).catch((error: NodeJS.ErrnoException) => {
      // A link to nothing: what is behind it is nobody's to make.
      if (error.code === 'ENOENT') throw refusal('not_possible', sentence('problem.no_plain_file', { path: file }));
      throw error;
    });
  });
}

async function orNotWritten<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof RelayError ? cause : lost(file, cause);
  }
}

/** A second name fails where one is there, which a rename does not; a disk without such links is looked at first. */
async function renameToNew(aside: string, path: string): Promise<void> {
  try {
    await link(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw taken(path);
    if ((await lstat(path).catch(() => null)) !== null) throw taken(path);
    return renameOver(aside, path);
  }
  await unlink(aside);
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The name itself is on the disk. Windows keeps no handle on a folder; there the rename is journalled. */
async function syncFolderOf(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dirname(file), 'r').catch(() => null);
  // A network drive may not know how: the file itself is written.
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function refusal(
  code: 'bad_input' | 'not_possible' | 'store_unavailable' | 'store_full',
  says: ConstructorParameters<typeof RelayError>[1],
  cause?: unknown,
) {
  return new RelayError(code, says, {
    member: 'file',
    ...(cause === undefined ? {} : { detail: String(cause), cause }),
  });
}

/** It may be a stick or a share that is full, and not this PC's own disk; null of anything else. */
export function noRoomFor(path: string, cause: unknown): RelayError | null {
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return null;
  return refusal('store_full', sentence('problem.file_no_room', { path }), cause);
}

const taken = (path: string) => refusal('not_possible', sentence('problem.file_exists', { path }));
const lost = (path: string, cause: unknown) =>
  noRoomFor(path, cause) ?? refusal('store_unavailable', sentence('problem.file_not_written', { path }), cause);
