/**
 * When the engine cannot start for something that a backup puts right, the person is asked once whether the newest one is
 * to take the data's place; nothing is restored by itself.
 */
import { restoreWords } from '../../shared/conditions/restoring.ts';
import type { Sentence } from '../../shared/domain.ts';
import { RelayError } from '../../shared/errors.ts';
import type { ChosenBackup } from '../../shared/schemas.ts';
import { isForBackup } from '../../shared/start-problems.ts';
import type { Own } from '../engine/engine.ts';
import type { EngineState } from '../engine-link/engine-supervisor.ts';

export interface RestoreOfferParts {
  /** What would be restored, and what of the set-up is not in it. @throws RelayError where nothing can be */
  readonly look: () => Promise<ChosenBackup>;
  /** Asks the person. */
  readonly confirm: (said: readonly Sentence[]) => Promise<boolean>;
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

export function offerRestore({ look, confirm, restart, own }: RestoreOfferParts): RestoreOffer {
  let isAsked = false;
  let isWanted = false;

  /** Before the yes: afterwards it would be too late. */
  async function found(): Promise<readonly Sentence[]> {
    try {
      return restoreWords(await look());
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      return [error.says];
    }
  }

  async function ask(): Promise<void> {
    if (!(await confirm(await found()))) return;
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
