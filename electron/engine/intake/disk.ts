/** How much room is left for events: looked at now and then, so that a PMS is told before the disk is full. */
import { statfs } from 'node:fs/promises';
import type { EngineContext } from '../context.ts';
import { diskNearlyFull, diskUnusable } from './reply.ts';

export interface DiskSpace {
  readonly state: 'ok' | 'low' | 'full' | 'read_only';
  readonly freeBytes: number;
}

export interface DiskWatch {
  current(): DiskSpace;
  /** A commit failed for want of space, or because nothing may be written; a commit that succeeds ends it. */
  sawTrouble(state: 'full' | 'read_only'): void;
  sawSuccess(): void;
  /** Looks again, now. */
  look(): Promise<void>;
  stop(): void;
}

/** Free and total bytes of the file system that holds the data folder. */
export type FreeSpace = () => Promise<{ readonly freeBytes: number; readonly totalBytes: number }>;

export const freeSpaceOf =
  (folder: string): FreeSpace =>
  async () => {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  };

const lookEveryMs = 10_000;
/** Room that comes back is to be used at once. */
const lookInTroubleMs = 2_000;
/** Nearly full: under this many bytes, or this share of the disk (decision 19). */
const lowBytes = 500_000_000;
const lowShare = 0.02;
/**
 * Room inside the database (of what retention removed) counts, but what is written goes through its log first: so much
 * has to be free beside it.
 */
const logBytes = 80_000_000;
/** Not even the log and its checkpoint have room. */
const fullBytes = 4_000_000;

/**
 * @param freeSpace tests give their own numbers
 * @param reusableBytes free inside the database
 */
export function createDiskWatch(
  context: Pick<EngineContext, 'clock' | 'changes' | 'logger' | 'mishaps'>,
  freeSpace: FreeSpace,
  reusableBytes: () => number = () => 0,
): DiskWatch {
  let space: DiskSpace = { state: 'ok', freeBytes: 0 };
  let trouble: 'full' | 'read_only' | null = null;
  let cancel: (() => void) | null = null;
  let stopped = false;

  function set(next: DiskSpace): void {
    if (next.state !== space.state) context.changes.touch('situation');
    space = next;
  }

  async function look(): Promise<void> {
    try {
      const { freeBytes, totalBytes } = await freeSpace();
      const state = stateOf(freeBytes, totalBytes, reusableBytes());
      // Space that came back ends a full disk. Whether a folder may be written again shows only when it is tried:
      // the next event does.
      if (trouble === 'read_only' || state !== 'full') trouble = null;
      set({ state: trouble ?? state, freeBytes });
    } catch (error) {
      context.logger.warn({ error: String(error) }, 'the free space of the data folder is not known');
    }
  }

  function lookNowAndThen(): void {
    const looked = look().finally(() => {
      if (!stopped) {
        cancel = context.clock.after(space.state === 'ok' ? lookEveryMs : lookInTroubleMs, lookNowAndThen);
      }
    });
    context.mishaps.own('a look at the disk', looked);
  }

  lookNowAndThen();
  return {
    current: () => space,
    sawTrouble(state) {
      trouble = state;
      set({ state, freeBytes: space.freeBytes });
    },
    sawSuccess() {
      if (trouble === null) return;
      trouble = null;
      context.mishaps.own('a look at the disk', look());
    },
    look,
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

/** @throws IntakeRefusal 429 while it is nearly full, 503 while nothing can be written */
export function refuseFullDisk({ state }: DiskSpace): void {
  if (state === 'low') throw diskNearlyFull();
  if (state !== 'ok') throw diskUnusable(state);
}

function stateOf(freeBytes: number, totalBytes: number, insideBytes: number): DiskSpace['state'] {
  if (freeBytes < fullBytes) return 'full';
  const isEnough = freeBytes + insideBytes >= Math.max(lowBytes, totalBytes * lowShare);
  return isEnough && freeBytes >= logBytes ? 'ok' : 'low';
}
