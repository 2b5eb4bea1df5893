/** The engine's own log, for the IT helper: JSON lines in the data folder, two files of at most 10 MB. */
import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';

const largestBytes = 10 * 1024 * 1024;
const checkEveryMs = 3_600_000;

export function openLogFile(folder: string): pino.Logger {
  mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
  const file = join(folder, 'logs', 'relay.log');
  moveAsideIfLarge(file);
  const destination = pino.destination({ dest: file, sync: false, mode: 0o600 });
  const check = setInterval(() => {
    if (moveAsideIfLarge(file)) destination.reopen();
  }, checkEveryMs);
  check.unref();
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

function moveAsideIfLarge(file: string): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size < largestBytes) return false;
  renameSync(file, file.replace('.log', '.1.log'));
  return true;
}
