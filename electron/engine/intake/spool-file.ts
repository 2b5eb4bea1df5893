/**
 * Spool files: events that were emitted while the engine was not running. Each is written aside, fsynced and
 * renamed, so that the engine only ever sees whole ones, and is named by the event's id, so that taking it in
 * twice stores it once (decision 25).
 */
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventId } from '../../../shared/domain.ts';
import { eventId } from '../../../shared/schemas.ts';
import { makeFolder } from '../files/make-folder.ts';
import { renameOver } from '../files/rename.ts';

export const spoolFolder = (dataFolder: string): string => join(dataFolder, 'spool');
export const rejectedFolder = (dataFolder: string): string => join(dataFolder, 'rejected');

export interface SpooledEvent {
  readonly id: EventId;
  readonly spooledAtMs: number;
  /** One event as a PMS would post it. */
  readonly text: string;
}

const suffix = '.json';

/** So many are written at the same time: most of each one's time is the disk's. */
const atOnce = 16;

/** Resolves once all of the files, and their names, are on the disk. */
export async function writeSpoolFiles(dataFolder: string, events: readonly SpooledEvent[]): Promise<void> {
  const folder = spoolFolder(dataFolder);
  await makeFolder(folder);
  for (let from = 0; from < events.length; from += atOnce) {
    await Promise.all(events.slice(from, from + atOnce).map((event) => writeOne(folder, event)));
  }
  await syncFolder(folder);
}

async function writeOne(folder: string, { id, spooledAtMs, text }: SpooledEvent): Promise<void> {
  const path = join(folder, id + suffix);
  const aside = `${path}.part`;
  const file = await open(aside, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ spooled_at: new Date(spooledAtMs).toISOString() })}\n${text}`);
    await file.sync();
  } finally {
    await file.close();
  }
  await renameOver(aside, path);
}

/** The event's id, from the file's name; null where it is no spool file. */
export function spooledId(fileName: string): EventId | null {
  if (!fileName.endsWith(suffix)) return null;
  const parsed = eventId.safeParse(fileName.slice(0, -suffix.length));
  return parsed.success ? parsed.data : null;
}

/** What was set aside with its reason goes: its event was taken in after all. Nothing happens where a person has moved it. */
export async function removeRejected(dataFolder: string, id: EventId): Promise<void> {
  const file = join(rejectedFolder(dataFolder), id + suffix);
  for (const path of [file, `${file}.reason.txt`]) await rm(path, { force: true });
}

/** @throws Error where the first line is not what `writeSpoolFiles` writes */
export function readSpoolText(id: EventId, content: string): SpooledEvent {
  const lineEnd = content.indexOf('\n');
  // Whoever mended one by hand may have had an editor that puts a mark before it.
  const head = JSON.parse(content.slice(0, lineEnd).replace(/^\ufeff/, '')) as { spooled_at?: unknown };
  const spooledAtMs = Date.parse(String(head.spooled_at));
  if (Number.isNaN(spooledAtMs)) throw new Error('its first line has no time');
  return { id, spooledAtMs, text: content.slice(lineEnd + 1) };
}

async function syncFolder(folder: string): Promise<void> {
  // Windows keeps no handle on a folder; there the rename itself is journalled.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
