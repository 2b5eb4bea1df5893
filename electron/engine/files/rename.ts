/**
 * The one way in which a file takes another one's place. On Windows that fails for a moment while somebody looks at
 * either of them (a virus scanner, the search index, a backup program), and succeeds as soon as they are done.
 */
import { renameSync } from 'node:fs';
import { rename } from 'node:fs/promises';

const heldCodes = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** So long it is tried again in all, in milliseconds; nobody but the caller waits for it. */
const patienceMs = 10_000;
/** The same where the whole thread stands still meanwhile: at a start, before there is anything to hold up. */
const patienceStandingStillMs = 2_000;
const shortestWaitMs = 10;
const longestWaitMs = 200;

export interface RenameSurroundings {
  readonly platform: NodeJS.Platform;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly renameSync: (from: string, to: string) => void;
}

const thisPc: RenameSurroundings = { platform: process.platform, rename, renameSync };

/** How long to wait before the next try; null where it would not help. Elsewhere than on Windows these are final. */
function waitFor(error: unknown, waitedMs: number, mostMs: number, platform: NodeJS.Platform): number | null {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (platform !== 'win32' || !heldCodes.has(code) || waitedMs >= mostMs) return null;
  return Math.min(longestWaitMs, Math.max(shortestWaitMs, waitedMs));
}

/** Gives `from` the name `to`, in the place of what has it now. */
export async function renameOver(from: string, to: string, pc: RenameSurroundings = thisPc): Promise<void> {
  for (let waitedMs = 0; ; ) {
    try {
      await pc.rename(from, to);
      return;
    } catch (error) {
      const waitMs = waitFor(error, waitedMs, patienceMs, pc.platform);
      if (waitMs === null) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      waitedMs += waitMs;
    }
  }
}

/** The same where nothing goes on meanwhile. */
export function renameOverSync(from: string, to: string, pc: RenameSurroundings = thisPc): void {
  for (let waitedMs = 0; ; ) {
    try {
      pc.renameSync(from, to);
      return;
    } catch (error) {
      const waitMs = waitFor(error, waitedMs, patienceStandingStillMs, pc.platform);
      if (waitMs === null) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
      waitedMs += waitMs;
    }
  }
}
