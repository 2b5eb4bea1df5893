/**
 * A revoked source's folder: nothing is taken of it, but files that could not be read lie in `rejected` until a person has
 * seen to them, and what is in them reached nobody.
 */
import { wallTime } from '../../../context.ts';
import { noFiles } from '../../../store/sources.ts';
import type { RunningSource, SourceStart } from '../source-kind.ts';
import { watchRejected } from './rejected.ts';

const lookEveryMs = 60_000;

/** Looks until none lies there any more. */
export function watchLeftBehind(
  { context: { clock, logger, mishaps }, source, health: before, changed }: SourceStart,
  folder: string,
): RunningSource {
  const inRejected = watchRejected(folder, () => wallTime(clock));
  let health = before;
  let stopped = false;
  let cancel: (() => void) | null = null;

  async function look(): Promise<void> {
    try {
      const files = health.files ?? noFiles;
      const rejected = await inRejected();
      if (JSON.stringify(rejected) !== JSON.stringify(files.rejected)) {
        health = { ...health, files: { ...files, rejected } };
        changed();
      }
    } catch (error) {
      // What was last known to lie there is told until it can be looked at again.
      logger.debug({ source: source?.id, error: String(error) }, 'what was rejected cannot be looked at');
    }
    if (!stopped && health.files?.rejected != null) cancel = clock.after(lookEveryMs, lookAgain);
  }
  const lookAgain = () => mishaps.own('the look at what was rejected', look());

  lookAgain();
  return {
    health: () => health,
    async stop() {
      stopped = true;
      cancel?.();
    },
  };
}
