/** What a process prints, kept and waited for. */
import type { ChildProcess } from 'node:child_process';

export interface Printed {
  /** Everything printed so far, both streams. */
  output(): string;
  /** Resolves once it has printed `text`; rejects with all it printed where it ends or takes over `withinMs` (30,000). */
  printed(text: string, withinMs?: number): Promise<void>;
  /** Its exit status, or the signal it died of. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

export function keepPrinted(child: ChildProcess): Printed {
  let printed = '';
  const looking = new Set<() => void>();
  const keep = (chunk: Buffer) => {
    printed += chunk.toString();
    for (const look of looking) look();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  );
  return {
    output: () => printed,
    printed: (text, withinMs = 30_000) =>
      new Promise((resolve, reject) => {
        const fail = (why: string) => {
          clearTimeout(deadline);
          looking.delete(look);
          reject(new Error(`${why} before it printed “${text}”:\n${printed}`));
        };
        const deadline = setTimeout(() => fail(`${withinMs} ms went by`), withinMs);
        const look = () => {
          if (!printed.includes(text)) return;
          clearTimeout(deadline);
          looking.delete(look);
          resolve();
        };
        looking.add(look);
        void ended.then((how) => fail(`It ended (${how})`));
        look();
      }),
    ended,
  };
}
