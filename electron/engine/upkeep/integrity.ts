/** The check after an unclean stop: in a thread of its own, beside the work (decision 6). */
import type { Situation } from '../../../shared/schemas.ts';
import type { EngineContext } from '../context.ts';
import { isDamage } from '../store/connection.ts';

export interface Integrity {
  state(): Situation['database']['state'];
  run(): Promise<void>;
  /** SQLite has said that it is damaged: that is so, and what all is wrong is looked at beside the work, for the log. */
  found(): Promise<void>;
}

/** @param check gives what is wrong; nothing where nothing is */
export function createIntegrity(
  { changes, logger }: Pick<EngineContext, 'changes' | 'logger'>,
  check: () => Promise<readonly string[]>,
): Integrity {
  let state: Situation['database']['state'] = 'ok';

  function set(next: typeof state): void {
    state = next;
    changes.touch('situation');
  }

  async function isWhole(): Promise<boolean> {
    try {
      const faults = await check();
      if (faults.length > 0) logger.error({ faults }, 'the database is damaged');
      return faults.length === 0;
    } catch (error) {
      logger.error({ error: String(error) }, 'the database could not be checked');
      // Not checked is not damaged, and the next unclean stop asks again; unless damage is what ended the check.
      return !isDamage(error);
    }
  }

  return {
    state: () => state,
    async run() {
      if (state === 'damaged') return;
      set('checking');
      const whole = await isWhole();
      // It may have been found meanwhile.
      if (state === 'checking') set(whole ? 'ok' : 'damaged');
    },
    async found() {
      if (state === 'damaged') return;
      set('damaged');
      await isWhole();
    },
  };
}
