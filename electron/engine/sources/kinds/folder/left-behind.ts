/**
 * A revoked source's folder: nothing is taken of it, but files that could not be read lie in `rejected` until a person has
 * seen to them, and what is in them reached nobody. While the folder is away nobody knows whether they still lie there.
 */
import type { SourceHealth } from '../../../../../shared/schemas.ts';
import { wallTime } from '../../../context.ts';
import { noFiles, withoutRejected } from '../../../store/sources.ts';
import type { RunningSource, SourceStart } from '../source-kind.ts';
import { awaySentence } from './place.ts';
import { watchRejected } from './rejected.ts';

const lookEveryMs = 60_000;

/** Looks until none lies there any more, or a person says that they are seen to. */
export function watchLeftBehind(
  { context: { clock, logger, mishaps }, source, health: before, changed }: SourceStart,
  folder: string,
): RunningSource {
  const inRejected = watchRejected(folder, () => wallTime(clock));
  let health = before;
  let stopped = false;
  let cancel: (() => void) | null = null;

  function became(more: Partial<SourceHealth>): void {
    const next = { ...health, ...more };
    if (stopped || JSON.stringify(next) === JSON.stringify(health)) return;
    health = next;
    changed();
  }

  async function look(): Promise<void> {
    try {
      const files = health.files ?? noFiles;
      const found = await inRejected(files);
      became({ files: { ...files, ...found }, away: null });
    } catch (error) {
      // What was last known to lie there is told until it can be looked at again.
      logger.debug({ source: source?.id, error: String(error) }, 'what was rejected cannot be looked at');
      became({ away: { since: health.away?.since ?? wallTime(clock), says: awaySentence(folder, error) } });
    }
    if (!stopped && health.files?.rejected != null) cancel = clock.after(lookEveryMs, lookAgain);
  }
  const lookAgain = () => mishaps.own('the look at what was rejected', look());

  lookAgain();
  return {
    health: () => health,
    letGo() {
      stopped = true;
      cancel?.();
      health = withoutRejected(health);
    },
    async stop() {
      stopped = true;
      cancel?.();
    },
  };
}
