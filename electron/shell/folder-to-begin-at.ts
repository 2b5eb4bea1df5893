/** Where a person begins to choose a folder: unless it is told, the system shows what was used last, which is no folder. */
import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

/** A share that is away can take half a minute to say so. */
const lookForMs = 1_000;

/** The first of them that is there, by its whole path; the last one in any case. */
export async function folderToBeginAt(wanted: readonly string[]): Promise<string> {
  for (const folder of wanted) if (isAbsolute(folder) && (await isFolder(folder))) return folder;
  return wanted.at(-1) ?? '';
}

function isFolder(path: string): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, lookForMs, false));
  const found = stat(path).then(
    (one) => one.isDirectory(),
    () => false,
  );
  return Promise.race([found, late]);
}
