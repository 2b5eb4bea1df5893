/** What the command line is given from outside, so that it can be run and read in a test. */
import type { ChosenBackup } from '../../shared/schemas.ts';
import type { RestoreWithoutEngine } from '../engine/engine.ts';
import type { Invocation } from '../invocation.ts';

export interface CliIo {
  /** To standard output, as it is: output.ts makes what may be given to it. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly input: AsyncIterable<Uint8Array | string>;
  /** A person would have to type it. */
  readonly inputIsTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A person sees the output: progress is shown as it goes. */
  readonly isTerminal: boolean;
  /** How wide the terminal is that standard output goes to; null where it goes elsewhere. */
  readonly columns: number | null;
  /** How a command is to be printed so that it can be pasted. */
  readonly invocation: Invocation;
  /** Resolves when standard output has taken what was written: for exports that are longer than memory. */
  readonly drained: () => Promise<void>;
  /** Program and arguments that run the engine on a folder while nobody is signed in. */
  readonly engineCommand: (folder: string) => readonly string[];
  /** Whether an engine has the folder; absent where that cannot be told. */
  readonly isHeld?: ((dataFolder: string) => Promise<boolean>) | undefined;
  /** Restores a backup where no engine runs. */
  readonly restoreWithoutEngine: (asked: RestoreWithoutEngine) => Promise<ChosenBackup>;
}

/** Done; something else went wrong; bad input; could not be stored; the engine is not running. */
export const exitCodes = { done: 0, failed: 1, badInput: 2, notStored: 3, notRunning: 4, notAllowed: 5 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
