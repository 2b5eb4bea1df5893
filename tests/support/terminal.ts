/** A command in a terminal, typed into as a person does: util-linux's `script` gives it one of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { keepPrinted, type Printed } from './printed.ts';
import { allProcesses } from './processes.ts';

/** Why there is no terminal to be had here; null where there is. */
export const noTerminal: string | null =
  process.platform === 'linux' &&
  /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '')
    ? null
    : 'a terminal of its own needs the `script` of util-linux';

export const ctrlC = '\u0003';

export interface TerminalRun extends Printed, AsyncDisposable {
  type(keys: string): void;
}

/** `ended` is what a shell in that terminal would say: 130 of one that Ctrl-C ended by itself. */
export function runInTerminal(command: readonly string[], env: NodeJS.ProcessEnv): TerminalRun {
  const line = command.map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' ');
  const child = spawn('script', ['-qefc', `exec ${line}`, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  // What is typed once all has ended is heard by nobody.
  child.stdin.on('error', () => {});
  const run = keepPrinted(child);
  return {
    ...run,
    type: (keys) => void child.stdin.write(keys),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await run.ended;
    },
  };
}

/** Commands of processes that name this folder. */
export const processesOn = (folder: string): string[] =>
  allProcesses()
    .filter(({ command, isDead }) => !isDead && command.includes(folder))
    .map(({ command }) => command);
