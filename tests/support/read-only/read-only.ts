/** A data folder whose disk can only be read, under a process that has it open. Wants gcc and Linux. */
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Why no disk can be made read-only here; null where one can be. */
export function readOnlyObstacle(): string | null {
  if (process.platform !== 'linux') return 'the layer below the process is built for Linux only';
  return spawnSync('gcc', ['--version']).status === 0 ? null : 'there is no gcc here';
}

export interface ReadOnlyDisk {
  /** For the process that has the folder. */
  readonly env: NodeJS.ProcessEnv;
  /** From now on it can only be read. */
  begin(): void;
  end(): void;
}

/**
 * @param dataFolder as the process names it
 * @param beside where the layer and its switch are kept
 */
export function readOnlyDisk(dataFolder: string, beside: string): ReadOnlyDisk {
  const library = join(beside, 'read-only.so');
  const source = fileURLToPath(new URL('./read-only.c', import.meta.url));
  execFileSync('gcc', ['-O1', '-fPIC', '-shared', '-Wall', source, '-o', library, '-ldl']);
  const file = join(beside, 'read-only');
  return {
    env: { LD_PRELOAD: library, READ_ONLY_FOLDER: dataFolder, READ_ONLY_WHILE: file },
    begin: () => writeFileSync(file, ''),
    end: () => rmSync(file, { force: true }),
  };
}
