/** The check after an unclean stop: in a thread of its own, beside the work (decision 6). */
import type { Situation } from '../../../shared/schemas.ts';
import type { EngineContext } from '../context.ts';

export interface Integrity {
  state(): Situation['database']['state'];
  run(): Promise<void>;
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

  return {
    state: () => state,
    async run() {
      set('checking');
      try {
        const faults = await check();
        if (faults.length > 0) logger.error({ faults }, 'the database is damaged');
        set(faults.length > 0 ? 'damaged' : 'ok');
      } catch (error) {
        // Not checked is not damaged: the next unclean stop asks again.
        logger.error({ error: String(error) }, 'the database could not be checked');
        set('ok');
      }
    },
  };
}
