/** Files that cannot be opened, taken or moved now: each waits and is tried again, ever more seldom, and holds up no other. */
import { RelayError } from '../../../../../shared/api.ts';
import { type Sentence, utcMs } from '../../../../../shared/domain.ts';
import type { SourceFiles } from '../../../../../shared/schemas.ts';
import { sentence } from '../../../../../shared/sentences/sentence.ts';

const firstAgainMs = 5_000;
/** A large one is read whole before it is known that only its move is left. */
const longestAgainMs = 30_000;
const mostNamed = 5;

interface StuckFile {
  readonly sinceMs: number;
  readonly error: unknown;
  readonly tries: number;
  readonly nextAtMs: number;
}

export interface Stuck {
  /** Whether it is time to try this file. */
  isDue(name: string, nowMs: number): boolean;
  /** @returns whether it is news */
  add(name: string, error: unknown, now: { readonly wallMs: number; readonly monotonicMs: number }): boolean;
  /** It is out of the way. */
  forget(name: string): void;
  /** Those that are not there any more are nobody's trouble. */
  onlyThese(names: ReadonlySet<string>): void;
  /** What there is to say of them; null where there are none, or what keeps them is told for everything. */
  told(): SourceFiles['stuck'];
}

/** @param folder as people call it */
export function createStuck(folder: string): Stuck {
  const files = new Map<string, StuckFile>();
  return {
    isDue: (name, nowMs) => nowMs >= (files.get(name)?.nextAtMs ?? Number.NEGATIVE_INFINITY),
    add(name, error, { wallMs, monotonicMs }) {
      const before = files.get(name);
      const tries = (before?.tries ?? 0) + 1;
      const againMs = Math.min(longestAgainMs, firstAgainMs * 2 ** (tries - 1));
      files.set(name, { sinceMs: before?.sinceMs ?? wallMs, error, tries, nextAtMs: monotonicMs + againMs });
      return before === undefined;
    },
    forget: (name) => void files.delete(name),
    onlyThese(names) {
      for (const name of files.keys()) if (!names.has(name)) files.delete(name);
    },
    told() {
      // Nearest first: what keeps the last one is what a person has to mend now.
      const all = [...files].filter(([, { error }]) => isOwnTrouble(error)).reverse();
      const [newest] = all;
      if (newest === undefined) return null;
      const names = all.slice(0, mostNamed).map(([name]) => name);
      return {
        ...{ count: all.length, names, since: utcMs(Math.min(...all.map(([, { sinceMs }]) => sinceMs))) },
        ...saidOf(newest[1].error, folder),
      };
    },
  };
}

/** What keeps the whole store from being written has conditions of its own. */
const isOwnTrouble = (error: unknown): boolean =>
  !(error instanceof RelayError) || error.says.key === 'problem.too_much_kept';

function saidOf(
  error: unknown,
  folder: string,
): { readonly why: 'full' | 'rights' | 'other'; readonly says: Sentence } {
  if (error instanceof RelayError) return { why: 'other', says: error.says };
  const code = codeOf(error);
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { why: 'full', says: sentence('source.stuck_full', { folder }) };
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return { why: 'rights', says: sentence('source.stuck_rights', { folder }) };
    case 'EBUSY':
    case 'ETXTBSY':
      return { why: 'rights', says: sentence('source.stuck_held', { folder }) };
    default:
      return { why: 'other', says: sentence('source.stuck_unknown', { folder, detail: code }) };
  }
}

/** Another thread hands its errors over as text. */
export function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code ?? /\b(E[A-Z]{3,})\b/.exec(String(error))?.[1] ?? String(error);
}
