/**
 * `doctor.run`: looks at everything that can be wrong, each with the next step. It asks nobody outside: what is
 * known of endpoints and of the internet are the facts of the last attempts.
 */
import type { Sentence } from '../../../shared/domain.ts';
import type { Situation } from '../../../shared/schemas.ts';
import type { EngineContext, EngineHandlers } from '../context.ts';
import type { MishapsSeen } from '../mishaps.ts';
import { checksOf } from './doctor-checks.ts';
import { checkDataFolder, checkLogFile, checkMishaps, checkRejected } from './doctor-folder.ts';

export interface DoctorParts {
  readonly situation: () => Situation | Promise<Situation>;
  /** Looks again what this account may read and write. */
  readonly lookAtRights: () => Promise<void>;
  /** Looks again whether anything further can be opened. */
  readonly lookAtOpenFiles: () => void;
  /** Why the listener on the local network is not there although it is switched on. */
  readonly lanProblem: () => Sentence | null;
  /** What failed where nobody waited for it. */
  readonly mishaps: () => MishapsSeen;
  /** The same in the process that holds the window; null where there is none, or nothing. */
  readonly mishapsOfDesktop: () => MishapsSeen | null;
}

export function createDoctor(
  { dataFolder }: Pick<EngineContext, 'dataFolder'>,
  parts: DoctorParts,
): Pick<EngineHandlers, 'doctor.run'> {
  return {
    async 'doctor.run'() {
      // First of all: then what is asked next can be opened.
      parts.lookAtOpenFiles();
      await parts.lookAtRights();
      const situation = await parts.situation();
      return [
        await checkDataFolder(dataFolder),
        ...(await checkLogFile(dataFolder)),
        ...checksOf(situation, parts.lanProblem()),
        ...(await checkRejected(dataFolder)),
        ...checkMishaps(parts.mishaps(), 'doctor.mishaps'),
        ...checkMishaps(parts.mishapsOfDesktop(), 'doctor.mishaps.desktop'),
      ];
    },
  };
}
