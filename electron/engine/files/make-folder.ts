/**
 * Makes a folder with those above it. Node's own `recursive` asks for ever where a folder can be made by nobody though the
 * one above it is there, as in `/proc` and on some shares.
 */
import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** For its owner alone; Windows goes by the rights of the folder above. */
const ownersMode = 0o700;

/**
 * @param mode of each folder that is made
 * @returns the first of those that had to be made; undefined where it is there already
 * @throws what the system says of the one that cannot be made
 */
export async function makeFolder(folder: string, mode: number = ownersMode): Promise<string | undefined> {
  const steps = stepsTo(folder);
  let step = steps.next();
  while (!step.done) step = steps.next(await tried(step.value, mode));
  return step.value;
}

/** The same at once: before anything else goes on. */
export function makeFolderSync(folder: string, mode: number = ownersMode): string | undefined {
  const steps = stepsTo(folder);
  let step = steps.next();
  while (!step.done) step = steps.next(triedSync(step.value, mode));
  return step.value;
}

/** What became of one folder: the system's word where it is neither made nor there. */
type Tried = 'made' | 'there' | NodeJS.ErrnoException;

/** Up to the first that is there or can be made, then down again: each is tried twice at most. */
function* stepsTo(folder: string): Generator<string, string | undefined, Tried> {
  const missing: string[] = [];
  let at = folder;
  let became = yield at;
  while (typeof became !== 'string' && became.code === 'ENOENT' && dirname(at) !== at) {
    missing.push(at);
    at = dirname(at);
    became = yield at;
  }
  if (typeof became !== 'string') throw became;
  let first = became === 'made' ? at : undefined;
  for (const below of missing.reverse()) {
    const then = yield below;
    if (typeof then !== 'string') throw then;
    if (then === 'made') first ??= below;
  }
  return first;
}

async function tried(folder: string, mode: number): Promise<Tried> {
  try {
    await mkdir(folder, { mode });
    return 'made';
  } catch (error) {
    const present = await stat(folder).catch(() => null);
    return present?.isDirectory() ? 'there' : (error as NodeJS.ErrnoException);
  }
}

function triedSync(folder: string, mode: number): Tried {
  try {
    mkdirSync(folder, { mode });
    return 'made';
  } catch (error) {
    return isFolder(folder) ? 'there' : (error as NodeJS.ErrnoException);
  }
}

function isFolder(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
