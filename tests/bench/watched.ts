/** What `loop-watch.ts` has seen in the engine under test. */
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineUnderTest } from './engine-under-test.ts';
import type { LoopWatched } from './loop-watch.ts';

const file = 'loop-watch.json';

/** Has the engine watched from its start. */
export const watching = {
  nodeOptions: ['--import', fileURLToPath(new URL('./loop-watch.ts', import.meta.url))],
  watchFile: file,
} as const;

/** What was seen since it was asked for last. */
export async function watched({ process: { pid }, dataFolder }: EngineUnderTest): Promise<LoopWatched> {
  const path = join(dataFolder, file);
  rmSync(path, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (;;) {
    await delay(20);
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) continue;
    return JSON.parse(readFileSync(path, 'utf8')) as LoopWatched;
  }
}

export const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
