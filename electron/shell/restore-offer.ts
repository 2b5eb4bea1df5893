/**
 * When the engine cannot start for something that a backup puts right, the person is asked once whether the newest one is
 * to take the data's place; nothing is restored by itself.
 */
import { isForBackup } from '../../shared/start-problems.ts';
import type { Own } from '../engine/engine.ts';
import type { EngineState } from '../engine-link/engine-supervisor.ts';

export interface RestoreOfferParts {
  /** Asks the person. */
  readonly confirm: () => Promise<boolean>;
  /** Starts the engine anew; asks `take` for it. */
  readonly restart: () => Promise<void>;
  readonly own: Own;
}

export interface RestoreOffer {
  /** For every state of the engine. */
  look(state: EngineState): void;
  /** Whether this start is to restore first; true once after a yes. */
  take(): boolean;
}

export function offerRestore({ confirm, restart, own }: RestoreOfferParts): RestoreOffer {
  let isAsked = false;
  let isWanted = false;

  async function ask(): Promise<void> {
    if (!(await confirm())) return;
    isWanted = true;
    await restart();
  }

  return {
    look({ state, problem }) {
      // What goes wrong after a start that went right is asked about anew.
      if (state === 'running') isAsked = false;
      if (state !== 'stopped' || problem === null || isAsked || !isForBackup(problem)) return;
      isAsked = true;
      own('the offer to restore', ask());
    },
    take() {
      const wanted = isWanted;
      isWanted = false;
      return wanted;
    },
  };
}
