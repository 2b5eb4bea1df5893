/** npm's scripts as a user starts and ends them: in a process group of their own, as a terminal does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { allProcesses } from './processes.ts';

export interface NpmRun extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** Resolves once it has printed `text`; rejects with all it printed where it ends or takes over `withinMs` (30,000). */
  printed(text: string, withinMs?: number): Promise<void>;
  /** npm's own exit status, or the signal it died of. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** To npm alone, as a service manager does. */
  signal(signal: NodeJS.Signals): void;
  /** To npm and all it started, as Ctrl-C in a terminal does. */
  signalAll(signal: NodeJS.Signals): void;
  /** Whether anything of the group is still there. */
  isGroupAlive(): boolean;
}

/** @param args such as `['start', '--', '--headless']` */
export function runNpm(args: readonly string[], env: NodeJS.ProcessEnv = {}): NpmRun {
  const { NODE_OPTIONS: _, DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...ours } = process.env;
  // What an npm around the tests says of itself is not for the one inside.
  const clean = Object.fromEntries(Object.entries(ours).filter(([name]) => !name.toLowerCase().startsWith('npm_')));
  const child = spawn('npm', [...args], {
    detached: true,
    env: { ...clean, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const looking = new Set<() => void>();
  const keep = (chunk: Buffer) => {
    printed += chunk.toString();
    for (const look of looking) look();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  );
  const signalAll = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-(child.pid ?? 0), signal);
    } catch {
      // Nobody is left.
    }
  };
  return {
    child,
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
    signal: (signal) => void child.kill(signal),
    signalAll,
    isGroupAlive: () => allProcesses().some(({ group, isDead }) => group === child.pid && !isDead),
    [Symbol.asyncDispose]: async () => {
      signalAll('SIGKILL');
      await ended;
    },
  };
}
