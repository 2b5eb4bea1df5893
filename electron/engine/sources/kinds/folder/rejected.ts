/**
 * Which files lie in `rejected`: the folder itself tells, so that what a person has mended or removed is of the past at
 * once, and what was moved before a power cut is not forgotten.
 */
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { utcMs } from '../../../../../shared/domain.ts';
import type { SourceFiles } from '../../../../../shared/schemas.ts';
import { rejectedFolder } from '../../../files/moved-aside.ts';
import { reasonEnding } from './names.ts';

type Rejected = SourceFiles['rejected'];

/** So many are told by name. */
const mostNamed = 5;
/** Of more nobody reads the number. */
const mostLookedAt = 20_000;

/**
 * Files with a reason beside them; others are not ours.
 *
 * @param nowMs by this PC's clock: a share's may be ahead
 * @returns what lies there now
 */
export function watchRejected(folder: string, nowMs: () => number): () => Promise<Rejected> {
  /** When each was moved there: its reason was written then. */
  let known = new Map<string, number>();
  return async () => {
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
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const now = new Map<string, number>();
    for (const name of names) {
      if (!reasons.has(name)) continue;
      const at = known.get(name) ?? (await lstat(join(path, name + reasonEnding)).catch(() => null))?.mtimeMs;
      if (at !== undefined) now.set(name, at);
    }
    known = now;
    if (now.size === 0) return null;
    const newest = [...now].sort(([one, first], [other, second]) => second - first || one.localeCompare(other));
    return {
      count: now.size,
      names: newest.slice(0, mostNamed).map(([name]) => name),
      since: utcMs(Math.round(Math.min(nowMs(), ...now.values()))),
    };
  };
}
