/**
 * `pin.json` in the data folder: the PIN's hash, the tries, which windows are locked. Apart from the database, so that no
 * backup carries it off the PC and no restore brings an older one back: the PIN stays as it is on this PC.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { renameOver } from '../files/rename.ts';

const pinFile = z.object({
  salt: z.string(),
  hash: z.string(),
  /** scrypt's cost, so that a later version can raise it. */
  cost: z
    .number()
    .int()
    .min(1 << 14)
    .max(1 << 17),
  /** Wrong tries in a row. */
  wrong: z.number().int().min(0),
  /** Wall clock's milliseconds until which entering is closed; null where it is not. */
  closedUntil: z.number().nullable(),
  lockAfterMinutes: z.number().int().min(1).nullable(),
  /** Windows that are locked, by their session. */
  locked: z.array(z.string()),
});
export type PinFile = z.output<typeof pinFile>;

const pathIn = (dataFolder: string): string => join(dataFolder, 'pin.json');

/** @returns null where there is none, `unreadable` where nothing can be made of it: then nothing may be opened */
export async function readPinFile(dataFolder: string): Promise<PinFile | 'unreadable' | null> {
  try {
    const parsed = pinFile.safeParse(JSON.parse(await readFile(pathIn(dataFolder), 'utf8')));
    return parsed.success ? parsed.data : 'unreadable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : 'unreadable';
  }
}

/** Written aside and renamed, its owner's alone; null takes it away. */
export async function writePinFile(dataFolder: string, content: PinFile | null): Promise<void> {
  const path = pathIn(dataFolder);
  if (content === null) return rm(path, { force: true });
  const aside = `${path}.${process.pid}.part`;
  await rm(aside, { force: true });
  await writeFile(aside, `${JSON.stringify(content)}\n`, { mode: 0o600, flush: true });
  await renameOver(aside, path);
}

/** About a tenth of a second and 32 MB for each try, in a thread of libuv's. */
const costNow = 1 << 15;

const hashOf = (pin: string, salt: Buffer, cost: number): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(pin, salt, 32, { N: cost, r: 8, p: 1, maxmem: 256 * cost * 8 }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    ),
  );

export async function hashPin(pin: string): Promise<Pick<PinFile, 'salt' | 'hash' | 'cost'>> {
  const salt = randomBytes(16);
  const hash = await hashOf(pin, salt, costNow);
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), cost: costNow };
}

/** Whether it is the PIN; takes the same time either way. */
export async function isPin(entered: string, { salt, hash, cost }: PinFile): Promise<boolean> {
  const kept = Buffer.from(hash, 'base64');
  const found = await hashOf(entered, Buffer.from(salt, 'base64'), cost);
  return kept.length === found.length && timingSafeEqual(kept, found);
}
