/**
 * Whether this process may open one more file or connection. A few are kept for whoever asks what is wrong: they are let
 * go of once nothing further can be opened, so that window, status and doctor are answered.
 */
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import type { UtcMs } from '../../../shared/domain.ts';
import type { Situation } from '../../../shared/schemas.ts';
import { type EngineContext, wallTime } from '../context.ts';
import { descriptorLimit } from '../descriptors.ts';

export interface OpenFilesWatch {
  /** Null while further ones can be opened, as of the last look. */
  current(): Situation['openFiles'];
  look(): void;
  stop(): void;
}

const lookEveryMs = 10_000;
/** What is free again is to be told, and used, at once. */
const lookInTroubleMs = 2_000;
/** Of the command line, of a browser, and the files that their questions are answered from. */
const reserve = 8;

/** Whose limit it is, by the system's error. */
const limitOf: Readonly<Record<string, 'app' | 'pc'>> = { EMFILE: 'app', ENFILE: 'pc' };

/** @param open tests give their own */
export function watchOpenFiles(
  context: Pick<EngineContext, 'clock' | 'changes' | 'logger'>,
  open: () => number = () => openSync(devNull, 'r'),
): OpenFilesWatch {
  const { clock, changes, logger } = context;
  const kept: number[] = [];
  let full: Situation['openFiles'] = null;
  let cancel: (() => void) | null = null;

  function letGo(): void {
    for (const one of kept.splice(0)) closeSync(one);
  }

  /** One further than the reserve, which is there afterwards. */
  function tryOne(): 'app' | 'pc' | null {
    try {
      while (kept.length < reserve) kept.push(open());
      closeSync(open());
      return null;
    } catch (error) {
      letGo();
      const { code = '' } = error as NodeJS.ErrnoException;
      // What else fails is no matter of numbers, and is met where it counts.
      return limitOf[code] ?? null;
    }
  }

  function look(): void {
    const found = tryOne();
    if (found === (full?.of ?? null)) return;
    const since: UtcMs = full?.since ?? wallTime(clock);
    const limit = descriptorLimit();
    full = found && { of: found, since, most: Number.isFinite(limit) ? limit : null };
    if (full === null) logger.info({}, 'files and connections can be opened again');
    else logger.error({ ...full }, 'no further file or connection can be opened');
    changes.touch('situation');
  }

  function lookNowAndThen(): void {
    look();
    cancel = clock.after(full === null ? lookEveryMs : lookInTroubleMs, lookNowAndThen);
  }

  lookNowAndThen();
  return {
    current: () => full,
    look,
    stop() {
      cancel?.();
      letGo();
    },
  };
}
