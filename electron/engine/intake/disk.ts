/** How much room is left for events: looked at now and then, so that a PMS is told before the disk is full. */
import { statfs } from 'node:fs/promises';
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext } from '../context.ts';
import type { StoreTrouble } from '../store/damage/store-trouble.ts';
import { diskNearlyFull, diskUnusable } from './reply.ts';

export interface DiskSpace {
  /** What refuses a write goes before how much room there is. */
  readonly state: 'ok' | 'low' | 'full' | 'read_only' | 'no_rights';
  readonly freeBytes: number;
}

export interface DiskWatch {
  current(): DiskSpace;
  /** Whether what comes can be stored, as far as is known. */
  takesEvents(): boolean;
  /** For what is read: it waits where it is. @throws RelayError while it is nearly full; what is more, the store says */
  refuseNearlyFull(): void;
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

export interface DiskWatchMore {
  /** Free inside the database. */
  readonly reusableBytes?: () => number;
  /** Why the store refused the last write; null where it took it. */
  readonly trouble?: () => StoreTrouble | null;
  /** Whether the database is the file that it was, and whole. */
  readonly isSound?: () => boolean;
}

/** @param freeSpace tests give their own numbers */
export function createDiskWatch(
  context: Pick<EngineContext, 'clock' | 'changes' | 'logger' | 'mishaps'>,
  freeSpace: FreeSpace,
  { reusableBytes = () => 0, trouble = () => null, isSound = () => true }: DiskWatchMore = {},
): DiskWatch {
  let space: DiskSpace = { state: 'ok', freeBytes: 0 };
  let cancel: (() => void) | null = null;
  let stopped = false;

  function set(next: DiskSpace): void {
    if (next.state !== space.state) context.changes.touch('situation');
    space = next;
  }

  async function look(): Promise<void> {
    try {
      const { freeBytes, totalBytes } = await freeSpace();
      set({ state: stateOf(freeBytes, totalBytes, reusableBytes()), freeBytes });
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

  function current(): DiskSpace {
    const refused = trouble();
    const isOfDisk = refused === 'full' || refused === 'read_only' || refused === 'no_rights';
    return isOfDisk ? { ...space, state: refused } : space;
  }

  lookNowAndThen();
  return {
    current,
    takesEvents: () => trouble() === null && space.state === 'ok' && isSound(),
    refuseNearlyFull() {
      if (current().state === 'low') throw new RelayError('store_full', sentence('refusal.disk_nearly_full'));
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
