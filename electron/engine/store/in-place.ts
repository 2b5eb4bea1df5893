/**
 * Whether the database is still the file of its name. On Linux and macOS a file can be deleted or replaced while it is
 * open: what is written then goes into one that nobody finds again.
 */
import { statSync } from 'node:fs';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { Clock } from '../ports.ts';

/**
 * @param files database and its log, as they are now; one that is not there is not watched
 * @returns throws RelayError `store_unavailable` once one of them is another file, or gone: two looks at names, some
 *   microseconds
 */
export function watchInPlace(files: readonly string[]): () => void {
  const identityOf = (file: string): string | null => {
    const found = statSync(file, { bigint: true, throwIfNoEntry: false });
    return found === undefined ? null : `${found.dev}:${found.ino}`;
  };
  const watched = files.flatMap((file): readonly (readonly [string, string])[] => {
    const identity = identityOf(file);
    return identity === null ? [] : [[file, identity]];
  });
  return () => {
    for (const [file, identity] of watched) {
      if (identityOf(file) === identity) continue;
      throw new RelayError('store_unavailable', sentence('problem.store_gone', { file }));
    }
  };
}

export interface PlaceWatch {
  /** @throws RelayError `store_unavailable` while it is not in its place */
  check(): void;
  /** Whether it is not: looked at now. */
  isGone(): boolean;
  stop(): void;
}

/** Between two looks while nothing is written, in milliseconds. */
const lookEveryMs = 10_000;

/** @param changed told when it has gone, and when it is back */
export function keepWatchOfPlace(inPlace: () => void, clock: Clock, changed: () => void): PlaceWatch {
  let gone = false;
  let cancel: (() => void) | null = null;

  function set(now: boolean): void {
    if (now === gone) return;
    gone = now;
    changed();
  }

  function check(): void {
    try {
      inPlace();
      set(false);
    } catch (error) {
      set(true);
      throw error;
    }
  }

  function isGone(): boolean {
    try {
      check();
    } catch {
      // That is the answer.
    }
    return gone;
  }

  function arm(): void {
    cancel = clock.after(lookEveryMs, () => {
      isGone();
      arm();
    });
  }

  arm();
  return { check, isGone, stop: () => cancel?.() };
}
