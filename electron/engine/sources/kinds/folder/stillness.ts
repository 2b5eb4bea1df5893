/**
 * Which files of a folder are whole: one that was renamed from an unfinished name at once, any other when it has not
 * changed for two seconds, or for thirty where it does not end as a whole one does. Times on a file are its writer's:
 * what counts is what we saw ourselves.
 */

/** A file as a look found it. */
export interface FoundFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** Which file it is, whatever it is called. */
  readonly ino: bigint;
}

/** One that is whole. */
export interface WholeFile extends FoundFile {
  /** It was renamed, or has been still for long: however it ends, it is taken as it is. */
  readonly isSure: boolean;
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
  ): { readonly whole: readonly WholeFile[]; readonly nextInMs: number | null };
  /** It does not end as a whole one does: its writer may only have paused. */
  waitLonger(name: string): void;
}

const stillMs = 2_000;
const longStillMs = 30_000;

interface Seen {
  readonly stamp: string;
  readonly sinceMs: number;
  /** For so long it is to be still. */
  readonly forMs: number;
}

export function createStillness(): Stillness {
  let seen = new Map<string, Seen>();
  /** Files that had an unfinished name at the last looks. */
  let writing = new Set<bigint>();
  return {
    look(wanted, unfinished, nowMs) {
      const now = new Map<string, Seen>();
      const whole: WholeFile[] = [];
      let nextInMs: number | null = null;
      for (const file of wanted) {
        const stamp = `${file.sizeBytes} ${file.mtimeMs} ${file.ino}`;
        const before = seen.get(file.name);
        const isSame = before?.stamp === stamp;
        const since = isSame ? before.sinceMs : nowMs;
        // Renamed: its writer says that it is whole.
        const sinceMs = before === undefined && writing.has(file.ino) ? nowMs - longStillMs : since;
        const forMs = isSame ? before.forMs : stillMs;
        now.set(file.name, { stamp, sinceMs, forMs });
        const leftMs = sinceMs + forMs - nowMs;
        if (leftMs <= 0) whole.push({ ...file, isSure: nowMs - sinceMs >= longStillMs });
        else nextInMs = Math.min(nextInMs ?? leftMs, leftMs);
      }
      seen = now;
      writing = new Set(unfinished.map(({ ino }) => ino));
      whole.sort((one, other) => one.mtimeMs - other.mtimeMs || one.name.localeCompare(other.name, 'en', byNumber));
      return { whole, nextInMs };
    },
    waitLonger(name) {
      const one = seen.get(name);
      if (one !== undefined) seen.set(name, { ...one, forMs: longStillMs });
    },
  };
}

const byNumber = { numeric: true } as const;
