/**
 * Holds the headless engine in a process of its own, as the desktop does: passes the end on to it, and starts it
 * anew where it crashed or hangs. What it prints goes straight to where this process prints.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compileCacheFolder } from './compile-cache.ts';
import { watchForHang } from './engine-link/hang-watch.ts';
import { crashesAfter, restartDelayMs } from './engine-link/restarts.ts';

/** What parent and engine process say to each other. */
export type ToHeadless =
  | { readonly type: 'ping'; readonly ping: number }
  /** The window's files are there, or why they are not. */
  | { readonly type: 'window'; readonly problem: string | null }
  | { readonly type: 'stop' };
export type FromHeadless = { readonly type: 'started' } | { readonly type: 'pong'; readonly ping: number };

/** The variable by which an engine process hears how the one before it ended. */
export const endedBeforeName = 'ROOST_RELAY_ENDED_BEFORE';

export interface HeadlessParentParts {
  /** Of the engine process, as the person gave them. */
  readonly args: readonly string[];
  /** Makes the window's files where they are not there yet, while the engine works already; absent: no window. */
  readonly buildWindow?: () => Promise<void>;
  readonly say: (line: string) => void;
}

/** Time after which an engine that was told to end is killed, in milliseconds: its leases cover what was under way. */
const stopWithinMs = 15_000;

const entry = fileURLToPath(new URL('./headless.ts', import.meta.url));

/**
 * Of the Node that the engine runs in. Its young generation, which Node lets grow to 128 MB, is 32 MB at most, as the
 * desktop's Electron has it: under load 64 MB less, collected in shorter turns (measured).
 */
export const engineNodeOptions: readonly string[] = ['--max-semi-space-size=16'];

/** Runs until SIGTERM, SIGINT (its own, or one to the engine process) or a refusal by the engine; returns the exit status. */
export async function runHeadlessEngine({ args, buildWindow, say }: HeadlessParentParts): Promise<number> {
  let child: ChildProcess | null = null;
  let isStopping = false;
  let wake = () => {};

  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    wake();
    send(child, { type: 'stop' });
    setTimeout(() => child?.kill('SIGKILL'), stopWithinMs).unref();
  };
  // A second Ctrl-C of somebody impatient must not cut off the clean end of the first.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGBREAK'] as const) {
    if (signal !== 'SIGBREAK' || process.platform === 'win32') process.on(signal, stop);
  }

  let endedBefore: string | null = null;
  let hasRun = false;
  for (let crashes = 0; ; ) {
    const startedAtMs = performance.now();
    const ended = await runOnce();
    // A signal that reached it before it could hear of one has ended nothing that ran.
    if (isStopping) return ended.status ?? (ended.how === 'SIGKILL' ? 1 : 0);
    hasRun ||= ended.hadStarted;
    // It closed everything and ended well: somebody asked the engine's own process to end, and meant the engine.
    if (ended.status === 0) return 0;
    // A status before its start is a refusal, which it has said; a signal then is a crash like any other. Once it has
    // run, a refusal is no last word either: the disk that is full may have room again.
    if (!hasRun && ended.status !== null) return ended.status;
    crashes = crashesAfter(crashes, performance.now() - startedAtMs);
    say(`roost-relay: the engine ${ended.hung ? 'hung' : `ended (${ended.how})`} and is started again.`);
    endedBefore = ended.hung
      ? `the engine hung (it was silent for ${ended.silentMs / 1000} s) and was started again`
      : `the engine ended (${ended.how}) and was started again`;
    await pause(restartDelayMs(crashes));
    if (isStopping) return 0;
  }

  interface Ended {
    readonly status: number | null;
    readonly how: string;
    readonly hadStarted: boolean;
    readonly hung: boolean;
    /** How long a hung one had been silent, in milliseconds. */
    readonly silentMs: number;
  }

  function runOnce(): Promise<Ended> {
    const running = spawn(process.execPath, [...engineNodeOptions, entry, ...args], {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: {
        // Names are looked up in libuv's threads: with its usual four, two names that hang hold up all the others.
        UV_THREADPOOL_SIZE: '16',
        // Types are stripped and code is compiled once, not at every start: half its time, and 30 MB (measured).
        NODE_COMPILE_CACHE: compileCacheFolder,
        ...process.env,
        // Told to its log and to the doctor: what this process says stands in no file.
        ...(endedBefore === null ? {} : { [endedBeforeName]: endedBefore }),
      },
    });
    child = running;
    let hadStarted = false;
    let hung = false;
    let silentForMs = 0;
    let watch: ReturnType<typeof watchForHang> | null = null;
    running.on('message', (message: FromHeadless) => {
      if (message.type === 'pong') watch?.answered(message.ping);
      else {
        hadStarted = true;
        watch = watchForHang({
          ask: (ping) => send(running, { type: 'ping', ping }),
          hangs(silentMs) {
            hung = true;
            silentForMs = silentMs;
            say(`roost-relay: the engine has been silent for ${silentMs / 1000} s and is ended.`);
            running.kill('SIGKILL');
          },
          after: (delayMs, run) => {
            const timer = setTimeout(run, delayMs);
            return () => clearTimeout(timer);
          },
        });
      }
    });
    buildWindow?.().then(
      () => send(running, { type: 'window', problem: null }),
      (error: Error) => send(running, { type: 'window', problem: error.message }),
    );
    return new Promise((resolve) => {
      const end = (status: number | null, how: string) => {
        watch?.stop();
        child = null;
        resolve({ status, how, hadStarted, hung, silentMs: silentForMs });
      };
      running.once('error', (error) => end(1, error.message));
      running.once('exit', (code, signal) => end(code, signal ?? `status ${code}`));
    });
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** One that is about to end hears nothing any more, which its end tells anyway. */
function send(child: ChildProcess | null, message: ToHeadless): void {
  if (child?.connected) child.send(message, () => {});
}
