/**
 * Which files of a folder are whole: one that was renamed from an unfinished name at once, any other when it has not
 * changed for two seconds. Times on a file are its writer's: what counts is what we saw ourselves.
 */

/** A file as a look found it. */
export interface FoundFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** Which file it is, whatever it is called. */
  readonly ino: bigint;
}

export interface Stillness {
  /**
   * @param wanted files that are to be taken; `unfinished`: those that still have a name to be written under
   * @returns those that are whole, oldest first, and in how many milliseconds the next one may be
   */
  look(
    wanted: readonly FoundFile[],
    unfinished: readonly FoundFile[],
    nowMs: number,
  ): { readonly whole: readonly FoundFile[]; readonly nextInMs: number | null };
}

const stillMs = 2_000;

interface Seen {
  readonly stamp: string;
  readonly sinceMs: number;
}

export function createStillness(): Stillness {
  let seen = new Map<string, Seen>();
  /** Files that had an unfinished name at the last looks. */
  let writing = new Set<bigint>();
  return {
    look(wanted, unfinished, nowMs) {
      const now = new Map<string, Seen>();
      const whole: FoundFile[] = [];
      let nextInMs: number | null = null;
      for (const file of wanted) {
        const stamp = `${file.sizeBytes} ${file.mtimeMs} ${file.ino}`;
        const before = seen.get(file.name);
        const since = before?.stamp === stamp ? before.sinceMs : nowMs;
        // Renamed: its writer says that it is whole.
        const sinceMs = before === undefined && writing.has(file.ino) ? nowMs - stillMs : since;
        now.set(file.name, { stamp, sinceMs });
        const leftMs = sinceMs + stillMs - nowMs;
        if (leftMs <= 0) whole.push(file);
        else nextInMs = Math.min(nextInMs ?? leftMs, leftMs);
      }
      seen = now;
      writing = new Set(unfinished.map(({ ino }) => ino));
      whole.sort((one, other) => one.mtimeMs - other.mtimeMs || one.name.localeCompare(other.name, 'en', byNumber));
      return { whole, nextInMs };
    },
  };
}

const byNumber = { numeric: true } as const;
