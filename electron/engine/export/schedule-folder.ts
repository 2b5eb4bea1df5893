/**
 * The folder of a scheduled export, which may be on a share or a stick: whether it can be written, what a file in it is
 * called, and which of the files there are the schedule's own. Nothing else in it is ever touched.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Sentence } from '../../../shared/domain.ts';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext } from '../context.ts';
import { makeFolder } from '../files/make-folder.ts';
import { isKeptFromExports } from '../files/own-folder.ts';
import type { Clock } from '../ports.ts';
import type { ExportedFile } from '../store/export-schedules.ts';
import { late, within } from '../within.ts';

/**
 * Makes the folder where it is missing, for once: one that is missing later is a drive that is away.
 *
 * @throws RelayError `bad_input` or `not_possible`, with the member `schedule.folder`
 */
export async function prepareFolder(folder: string, dataFolder: string): Promise<void> {
  if (!isAbsolute(folder)) throw refusal('bad_input', sentence('problem.schedule_folder_whole_path', { folder }));
  const found = await stat(folder).catch(() => null);
  if (found !== null && !found.isDirectory()) {
    throw refusal('bad_input', sentence('problem.schedule_folder_file', { folder }));
  }
  const made = found === null ? await madeOrRefused(folder) : undefined;
  if (await isKeptFromExports(await realpath(folder), dataFolder)) {
    if (made !== undefined) await unmakeFolder(folder, made);
    throw refusal('not_possible', sentence('problem.schedule_folder_own', { folder }));
  }
  // Rights alone do not tell of every share.
  const tried = join(folder, `.roost-relay-${randomUUID()}.tmp`);
  try {
    await writeFile(tried, 'can be written', { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw refusal('not_possible', sentence('export.folder_not_written', { folder, code: codeOf(error) }));
  } finally {
    await rm(tried, { force: true }).catch(() => undefined);
  }
}

/** @returns the first of the folders that had to be made */
const madeOrRefused = (folder: string) =>
  makeFolder(folder).catch((cause: unknown) => {
    throw refusal('not_possible', sentence('problem.schedule_folder_not_made', { folder, code: codeOf(cause) }));
  });

/** They are empty, but for what somebody else has put there meanwhile. */
async function unmakeFolder(folder: string, first: string): Promise<void> {
  for (let one = folder; one.length >= first.length; one = dirname(one)) {
    const isGone = await rmdir(one).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

/** A share that does not answer in so long is away. */
const patienceMs = 30_000;

/**
 * Looks whether a folder can be written, again and again: a share that hangs is asked once, and counts as away until it
 * answers.
 * @returns null where it can be written
 */
export function createFolderLook(
  clock: Pick<Clock, 'after'>,
  mishaps: Pick<EngineContext['mishaps'], 'own'>,
  dataFolder: string,
): (folder: string) => Promise<Sentence | null> {
  /** Folders that were asked and have not answered. */
  const silent = new Set<string>();
  return async (folder) => {
    if (silent.has(folder)) return sentence('export.folder_silent', { folder });
    silent.add(folder);
    const found = folderTrouble(folder, dataFolder).finally(() => silent.delete(folder));
    mishaps.own('the folder of a scheduled export', found);
    const trouble = await within(clock, patienceMs, found);
    return trouble === late ? sentence('export.folder_silent', { folder }) : trouble;
  };
}

/** Null where it is there; whether it can be written, the file that is begun in it tells. */
async function folderTrouble(folder: string, dataFolder: string): Promise<Sentence | null> {
  try {
    if (!(await stat(folder)).isDirectory()) return sentence('source.folder_away', { folder });
    // An earlier version took some of these, and a link may lead elsewhere by now.
    const isKept = await isKeptFromExports(await realpath(folder), dataFolder);
    return isKept ? sentence('problem.schedule_folder_own', { folder }) : null;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return sentence('source.folder_away', { folder });
    return sentence('export.folder_not_written', { folder, code });
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

const longestSlug = 40;

/**
 * A file's name without its ending: `bay-breeze-hotel deliveries 2024-03-14`. Letters beyond ASCII lose their marks, or
 * go: the name is to be the same on every disk and share.
 */
export function scheduledName(property: string, what: string, period: string): string {
  const slug = property
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longestSlug)
    .replaceAll(/^-+|-+$/g, '');
  return `${slug === '' ? 'property' : slug} ${what} ${period}`;
}

/** What lies there now: nothing, the very file that was written, or something that is not ours (any more). */
export async function whatLiesAt(
  path: string,
  written: readonly Pick<ExportedFile, 'hash' | 'sizeBytes'>[],
): Promise<'nothing' | 'own' | 'foreign'> {
  const there = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (there === null) return 'nothing';
  const alike = written.filter(({ sizeBytes }) => sizeBytes === there.size);
  if (!there.isFile() || alike.length === 0) return 'foreign';
  const hash = await hashOf(path);
  return alike.some((one) => one.hash !== null && hash.equals(one.hash)) ? 'own' : 'foreign';
}

async function hashOf(path: string): Promise<Buffer> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest();
}

const refusal = (code: 'bad_input' | 'not_possible', says: Sentence) =>
  new RelayError(code, says, { member: 'schedule.folder' });
