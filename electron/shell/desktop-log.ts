/** The desktop's own log for the IT helper: JSON lines in the data folder, two files of at most 2 MB. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const largestBytes = 2 * 1024 * 1024;

export type Log = (message: string, detail: string) => void;

/** A line that cannot be written is given up: the disk may be full, and nothing here may stop for it. */
export function openDesktopLog(folder: string): Log {
  const file = join(folder, 'logs', 'desktop.log');
  return (message, detail) => {
    try {
      mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestBytes) putAside(file);
      appendFileSync(file, `${JSON.stringify({ time: new Date().toISOString(), msg: message, detail })}\n`, {
        mode: 0o600,
      });
    } catch {}
  };
}

/** Held by a reader, as Windows lets nobody rename: it goes on in the same file until it is let go. */
function putAside(file: string): void {
  try {
    renameSync(file, file.replace('.log', '.1.log'));
  } catch {}
}
