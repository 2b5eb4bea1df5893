/**
 * Engines for the browser's tests, each on a data folder of its own, one after the other in one process for each worker:
 * what starts is what `npm start -- --headless` starts, but its thousand modules are loaded once and not for every test.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { keepCompiledCode } from '../../../electron/compile-cache.ts';
import { freePorts } from '../../support/engine-process.ts';

type Asked = { readonly type: 'start'; readonly arguments: readonly string[] } | { readonly type: 'stop' };
type Told =
  | { readonly type: 'printed'; readonly line: string }
  | { readonly type: 'started' }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly error: string };

/** The engine of one test; it never outlives its worker. */
export interface HostedEngine {
  readonly port: number;
  /** Everything it has printed so far. */
  output(): string;
  /** Ends it as a person quits the app. */
  stop(): Promise<void>;
}

export interface EngineHost extends AsyncDisposable {
  /** @throws Error with what it printed, where it does not start; one engine at a time */
  start(dataFolder: string): Promise<HostedEngine>;
}

/** Starts the process; it loads the engine while the first test is made ready. */
export function startEngineHost(): EngineHost {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = fork(fileURLToPath(import.meta.url), [], { env });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let printed = '';

  const told = (wanted: Told['type']) =>
    new Promise<void>((resolve, reject) => {
      const hear = (message: Told) => {
        if (message.type === 'printed') printed += `${message.line}\n`;
        if (message.type === wanted || message.type === 'failed') child.off('message', hear);
        if (message.type === wanted) resolve();
        if (message.type === 'failed') reject(new Error(`${message.error}\n${printed}`));
      };
      child.on('message', hear);
      void gone.then(() => reject(new Error(`the engines' process has ended\n${printed}`)));
    });
  const ask = async (asked: Asked, wanted: Told['type']) => {
    const answer = told(wanted);
    child.send(asked);
    await answer;
  };

  return {
    async start(dataFolder) {
      const [port = 0, windowPort = 0] = await freePorts(2);
      printed = '';
      const options = ['--headless', '--data', dataFolder, '--port', String(port), '--window-port', String(windowPort)];
      await ask({ type: 'start', arguments: options }, 'started');
      return { port, output: () => printed, stop: () => ask({ type: 'stop' }, 'stopped') };
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function host(): Promise<void> {
  keepCompiledCode();
  const { startHeadless } = await import('../../../electron/headless.ts');
  const { parseHeadlessArguments } = await import('../../../electron/headless-arguments.ts');
  const tell = (message: Told) => process.send?.(message);
  let running: Awaited<ReturnType<typeof startHeadless>> | null = null;
  async function act(asked: Asked): Promise<void> {
    try {
      if (asked.type === 'start') {
        const options = parseHeadlessArguments([...asked.arguments]);
        running = await startHeadless(options, (line) => void tell({ type: 'printed', line }));
        tell({ type: 'started' });
      } else {
        await running?.bridge?.stop();
        // What is under way to a receiver that hangs is no test's concern by now.
        await running?.engine.stop({ graceMs: 0 });
        running = null;
        tell({ type: 'stopped' });
      }
    } catch (error) {
      tell({ type: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  process.on('message', (asked: Asked) => void act(asked));
  process.once('disconnect', () => process.exit());
}

if (import.meta.main) await host();
