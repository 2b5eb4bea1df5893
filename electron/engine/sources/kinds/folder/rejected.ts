/**
 * Which files lie in `rejected`: the folder itself tells, so that what a person has mended or removed is of the past at
 * once, and what was moved before a power cut is not forgotten. Where the folder is away, nobody knows.
 */
import { lstat, opendir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { utcMs } from '../../../../../shared/domain.ts';
import type { SourceFiles } from '../../../../../shared/schemas.ts';
import { rejectedFolder } from '../../../files/moved-aside.ts';
import { reasonEnding } from './names.ts';

/** What lies there, and whether a drive or a share was mounted at the folder when it was seen. */
export type InRejected = Pick<SourceFiles, 'rejected' | 'mounted'>;

/** So many are told by name. */
const mostNamed = 5;
/** Of more nobody reads the number. */
const mostLookedAt = 20_000;

/**
 * Files with a reason beside them; others are not ours.
 *
 * @param nowMs by this PC's clock: a share's may be ahead
 * @returns what lies there now; rejects where that cannot be told
 */
export function watchRejected(folder: string, nowMs: () => number): (before: InRejected) => Promise<InRejected> {
  /** When each was moved there: its reason was written then. */
  let known = new Map<string, number>();
  return async ({ mounted: wasMounted }) => {
    const path = join(folder, rejectedFolder);
    const names = new Set<string>();
    const reasons = new Set<string>();
    try {
      for await (const entry of await opendir(path)) {
        if (!entry.isFile()) continue;
        if (entry.name.endsWith(reasonEnding)) reasons.add(entry.name.slice(0, -reasonEnding.length));
        else names.add(entry.name);
        if (names.size + reasons.size >= mostLookedAt) break;
      }
    } catch (error) {
      if (!isMissing(error)) throw error;
      await refuseAway(folder, wasMounted, error);
    }
    const now = new Map<string, number>();
    for (const name of names) {
      if (!reasons.has(name)) continue;
      const at = known.get(name) ?? (await lstat(join(path, name + reasonEnding)).catch(nullIfMissing))?.mtimeMs;
      if (at !== undefined) now.set(name, at);
    }
    known = now;
    if (now.size === 0) return { rejected: null, mounted: false };
    const newest = [...now].sort(([one, first], [other, second]) => second - first || one.localeCompare(other));
    return {
      rejected: {
        count: now.size,
        names: newest.slice(0, mostNamed).map(([name]) => name),
        since: utcMs(Math.round(Math.min(nowMs(), ...now.values()))),
      },
      mounted: await isMounted(folder),
    };
  };
}

/**
 * That `rejected` is not in the folder tells something only where the folder is there: a share that is not connected is
 * missing, and a mount point whose drive is away is empty.
 *
 * @throws Error where it is away, or was there again meanwhile
 */
async function refuseAway(folder: string, wasMounted: boolean, missing: unknown): Promise<void> {
  const names = await readdir(folder);
  if (names.includes(rejectedFolder)) throw missing;
  if (wasMounted && names.length === 0 && !(await isMounted(folder))) throw missing;
}

const isMounted = async (folder: string): Promise<boolean> =>
  (await stat(folder)).dev !== (await stat(dirname(folder))).dev;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

function nullIfMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}
