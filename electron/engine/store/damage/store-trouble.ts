/**
 * Why nothing can be written now, and since when. What was refused once is tried again by a small write of its own, so that
 * nothing has to come in for the end to be noticed.
 */
import { RelayError } from '../../../../shared/errors.ts';
import type { Clock } from '../../ports.ts';

/**
 * `read_only`: the disk can only be read; `no_rights`: this account may not write there; `held`: another program has the
 * database for itself; `unreachable`: folder or disk does not answer.
 */
export type StoreTrouble = 'full' | 'read_only' | 'no_rights' | 'held' | 'unreachable';

/** By the sentence that `storeError` says of each. */
const troubleOf: Readonly<Record<string, StoreTrouble>> = {
  'problem.disk_full': 'full',
  'problem.store_read_only': 'read_only',
  'problem.store_no_rights': 'no_rights',
  'problem.store_held': 'held',
  'problem.store_unreachable': 'unreachable',
};

export interface StoreWatch {
  /** Null while what comes is stored. `sinceMs` is the wall clock's. */
  current(): { readonly kind: StoreTrouble; readonly sinceMs: number } | null;
  /** A commit failed, for whatever reason. */
  failed(reason: unknown): void;
  stop(): void;
}

export interface StoreWatchParts {
  readonly clock: Pick<Clock, 'wallMs' | 'after'>;
  /** Writes something small, so that it is seen whether that can be done; rejects as any write does. */
  readonly tryToWrite: () => Promise<unknown>;
  readonly changed: () => void;
}

/** Between two tries, in milliseconds: room that comes back is to be used at once. */
const tryEveryMs = 2_000;

export function watchStore({ clock, tryToWrite, changed }: StoreWatchParts): StoreWatch {
  let trouble: { readonly kind: StoreTrouble; readonly sinceMs: number } | null = null;
  let cancel: (() => void) | null = null;
  let isStopped = false;

  function arm(): void {
    cancel = clock.after(tryEveryMs, () => {
      tryToWrite().then(
        () => {
          cancel = null;
          trouble = null;
          changed();
        },
        // Why it failed was told to `failed`, as of every write.
        () => {
          if (!isStopped) arm();
        },
      );
    });
  }

  return {
    current: () => trouble,
    failed(reason) {
      const kind = reason instanceof RelayError ? troubleOf[reason.says.key] : undefined;
      if (kind === undefined || isStopped) return;
      if (trouble?.kind !== kind) {
        trouble = { kind, sinceMs: trouble?.sinceMs ?? Math.round(clock.wallMs()) };
        changed();
      }
      if (cancel === null) arm();
    },
    stop() {
      isStopped = true;
      cancel?.();
    },
  };
}
