/** A file that a command writes itself: aside, whole at the end, and over another one only with `--force`. */
import { createWriteStream, rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { callErrorOf, RelayError } from '../../shared/api.ts';
import { claimNamedFile, type NamedFile, noRoomFor } from '../engine/files/named-file.ts';
import { CommandError, commandErrorOf } from './command-error.ts';

/** @throws CommandError before anything is asked for, where the file may not or cannot be written */
export async function claimFile(file: string, dataFolder: string, force: boolean): Promise<NamedFile> {
  try {
    return await claimNamedFile(file, { dataFolder, replace: force });
  } catch (cause) {
    if (!(cause instanceof RelayError)) throw cause;
    throw commandErrorOf(callErrorOf(cause), cause);
  }
}

/** @throws CommandError where it cannot be written to its end; nothing is left of it then */
export async function writeWhole(file: NamedFile, content: Readable): Promise<void> {
  const removeAside = () => rmSync(file.aside, { force: true });
  // Ctrl-C: the process ends there, and takes the half-written file with it.
  const endNow = (signal: NodeJS.Signals) => {
    removeAside();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', endNow).once('SIGTERM', endNow);
  try {
    await pipeline(content, createWriteStream(file.aside, { flags: 'r+' }));
    await file.finish();
  } catch (cause) {
    await file.discard();
    const told = cause instanceof RelayError ? cause : noRoomFor(file.path, cause);
    if (told !== null) throw commandErrorOf(callErrorOf(told), told);
    throw new CommandError('store_unavailable', `The file ${file.path} could not be written.`, {
      detail: String(cause),
      member: '--file',
      cause,
    });
  } finally {
    process.off('SIGINT', endNow).off('SIGTERM', endNow);
  }
}
