/**
 * Whether the database is whole: checked after an unclean stop, in a thread of its own beside the work (decision 6), and
 * once SQLite has said that it is damaged. What is known to be damaged takes no events until a check finds it whole.
 */
import type { Situation } from '../../../shared/schemas.ts';
import type { EngineContext } from '../context.ts';
import { isDamage } from '../store/connection.ts';
import { createMetaTable, metaKey } from '../store/meta.ts';

export interface Integrity {
  state(): Situation['database']['state'];
  /** Known to be damaged, at an earlier start too, and not found whole since. */
  isDamaged(): boolean;
  run(): Promise<void>;
  /** SQLite has said that it is damaged: that is so, and what all is wrong is looked at beside the work, for the log. */
  found(): Promise<void>;
  stop(): void;
}

/** A check reads everything: it rests so many times longer than it took, and at least so long, in milliseconds. */
const restShare = 20;
const leastRestMs = 60_000;

/** @param check gives what is wrong; nothing where nothing is */
export function createIntegrity(
  context: Pick<EngineContext, 'changes' | 'logger' | 'clock' | 'mishaps' | 'writer' | 'commit'>,
  check: () => Promise<readonly string[]>,
): Integrity {
  const { changes, logger, clock, mishaps, commit } = context;
  // In the database itself: whatever takes its place knows nothing of it.
  const meta = createMetaTable(context.writer);
  let state: Situation['database']['state'] = meta.get(metaKey.damaged) === undefined ? 'ok' : 'damaged';
  let lastTookMs = 0;
  let cancel: (() => void) | null = null;
  let isStopped = false;

  function set(next: typeof state): void {
    state = next;
    changes.touch('situation');
  }

  async function keep(write: () => void): Promise<void> {
    try {
      await commit.transact(write);
    } catch (error) {
      // On one that is damaged it may fail: then the next start finds out anew.
      logger.warn({ error: String(error) }, 'that the database is damaged, or is no more, could not be kept');
    }
  }

  async function look(): Promise<'whole' | 'damaged' | 'unknown'> {
    const from = clock.monotonicMs();
    try {
      const faults = await check();
      if (faults.length > 0) logger.error({ faults }, 'the database is damaged');
      return faults.length === 0 ? 'whole' : 'damaged';
    } catch (error) {
      logger.error({ error: String(error) }, 'the database could not be checked');
      // Not checked is not damaged, and the next unclean stop asks again; unless damage is what ended the check.
      return isDamage(error) ? 'damaged' : 'unknown';
    } finally {
      lastTookMs = clock.monotonicMs() - from;
    }
  }

  async function becomeDamaged(): Promise<void> {
    set('damaged');
    await keep(() => meta.put(metaKey.damaged, '1'));
  }

  /** It may be put right under us, and what SQLite could not read once may have been the disk's moment. */
  function lookLater(): void {
    if (isStopped || state !== 'damaged') return;
    cancel?.();
    cancel = clock.after(Math.max(leastRestMs, lastTookMs * restShare), () =>
      mishaps.own('the check of the database', lookAgain()),
    );
  }

  async function lookAgain(): Promise<void> {
    const found = await look();
    if (isStopped || state !== 'damaged') return;
    if (found !== 'whole') return lookLater();
    // What was read while it was damaged may be remembered still.
    context.writer.pragma('shrink_memory');
    await keep(() => meta.drop(metaKey.damaged));
    set('ok');
  }

  return {
    state: () => state,
    isDamaged: () => state === 'damaged',
    async run() {
      if (state === 'damaged') return lookAgain();
      set('checking');
      const found = await look();
      // It may have been found meanwhile.
      if (state !== 'checking') return;
      if (found !== 'damaged') return set('ok');
      await becomeDamaged();
      lookLater();
    },
    async found() {
      if (state === 'damaged') return;
      await becomeDamaged();
      await look();
      lookLater();
    },
    stop() {
      isStopped = true;
      cancel?.();
    },
  };
}
