/** npm's scripts as a user starts and ends them: in a process group of their own, as a terminal does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { keepPrinted, type Printed } from './printed.ts';
import { allProcesses } from './processes.ts';

export interface NpmRun extends Printed, AsyncDisposable {
  readonly child: ChildProcess;
  /** To npm alone, as a service manager does. */
  signal(signal: NodeJS.Signals): void;
  /** To npm and all it started, as Ctrl-C in a terminal does. */
  signalAll(signal: NodeJS.Signals): void;
  /** Whether anything of the group is still there. */
  isGroupAlive(): boolean;
}

/** What an npm around the tests says of itself is not for the one inside. @param env added, a display say */
export function npmEnvironment(env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...ours } = process.env;
  const clean = Object.entries(ours).filter(([name]) => !name.toLowerCase().startsWith('npm_'));
  return { ...Object.fromEntries(clean), ...env };
}

/** @param args such as `['start', '--', '--headless']` */
export function runNpm(args: readonly string[], env: NodeJS.ProcessEnv = {}): NpmRun {
  const child = spawn('npm', [...args], {
    detached: true,
    env: npmEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run = keepPrinted(child);
  const signalAll = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-(child.pid ?? 0), signal);
    } catch {
      // Nobody is left.
    }
  };
  return {
    child,
    ...run,
    signal: (signal) => void child.kill(signal),
    signalAll,
    isGroupAlive: () => allProcesses().some(({ group, isDead }) => group === child.pid && !isDead),
    [Symbol.asyncDispose]: async () => {
      signalAll('SIGKILL');
      await run.ended;
    },
  };
}
