/** A guard, and one way to break it. */
export interface Mutant {
  /** For `--only`. */
  readonly name: string;
  /** What holds as long as it is not broken. */
  readonly guard: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The test's file, and what its name, with those of its groups, holds. */
  readonly tests: readonly [file: string, name: string];
  /** Its test takes the part of another user, which only root can. */
  readonly needsRoot?: true;
}
