/**
 * Spool files: events that were emitted while the engine was not running. Each is written aside, fsynced and
 * renamed, so that the engine only ever sees whole ones, and is named by the event's id, so that taking it in
 * twice stores it once (decisions 25).
 */
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventId } from '../../../shared/domain.ts';
import { eventId } from '../../../shared/schemas.ts';

export const spoolFolder = (dataFolder: string): string => join(dataFolder, 'spool');
export const rejectedFolder = (dataFolder: string): string => join(dataFolder, 'rejected');

export interface SpooledEvent {
  readonly id: EventId;
  readonly spooledAtMs: number;
  /** One event as a PMS would post it. */
  readonly text: string;
}

const suffix = '.json';

/** Resolves once the file, and its name, are on the disk. */
export async function writeSpoolFile(dataFolder: string, { id, spooledAtMs, text }: SpooledEvent): Promise<string> {
  const folder = spoolFolder(dataFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, id + suffix);
  const aside = `${path}.part`;
  const file = await open(aside, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ spooled_at: new Date(spooledAtMs).toISOString() })}\n${text}`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
  await syncFolder(folder);
  return path;
}

/** The event's id, from the file's name; null where it is no spool file. */
export function spooledId(fileName: string): EventId | null {
  if (!fileName.endsWith(suffix)) return null;
  const parsed = eventId.safeParse(fileName.slice(0, -suffix.length));
  return parsed.success ? parsed.data : null;
}

/** @throws Error where the first line is not what `writeSpoolFile` writes */
export function readSpoolText(id: EventId, content: string): SpooledEvent {
  const lineEnd = content.indexOf('\n');
  const head = JSON.parse(content.slice(0, lineEnd)) as { spooled_at?: unknown };
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
