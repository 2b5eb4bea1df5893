/**
 * `control.json` in the data folder: where the engine listens, and the token that whoever can read this folder
 * operates it with (decision 25). Owner only; on Windows the profile's own rights see to that.
 */
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { renameOver } from '../files/rename.ts';

const controlFile = z.object({ port: z.number().int().min(1).max(65535), token: z.string(), bootId: z.string() });
export type ControlFile = z.output<typeof controlFile>;

const pathIn = (dataFolder: string): string => join(dataFolder, 'control.json');

export async function writeControlFile(dataFolder: string, content: ControlFile): Promise<void> {
  const path = pathIn(dataFolder);
  const aside = `${path}.${process.pid}.part`;
  // A file that is there already would keep its rights.
  await rm(aside, { force: true });
  await writeFile(aside, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  await renameOver(aside, path);
}

/** Null where there is none, or none that can be read. */
export async function readControlFile(dataFolder: string): Promise<ControlFile | null> {
  try {
    const parsed = controlFile.safeParse(JSON.parse(await readFile(pathIn(dataFolder), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Whether this account may not read it, or not even look whether there is one. Windows tells that only to who opens it. */
export async function isControlFileClosed(dataFolder: string): Promise<boolean> {
  try {
    await (await open(pathIn(dataFolder), 'r')).close();
    return false;
  } catch (error) {
    return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}

/** Removes it where it is this run's own. */
export async function removeControlFile(dataFolder: string, bootId: string): Promise<void> {
  const present = await readControlFile(dataFolder);
  if (present?.bootId === bootId) await rm(pathIn(dataFolder), { force: true });
}
