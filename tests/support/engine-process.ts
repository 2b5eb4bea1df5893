/** The engine as a process of its own, as `npm start -- --headless` starts it: to be killed, and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { compileCacheFolder } from '../../electron/compile-cache.ts';

export interface EngineProcessOptions {
  readonly dataFolder: string;
  /** A free one unless given. */
  readonly port?: number;
  /** What is started: the product's headless entry unless given. */
  readonly entry?: string;
  readonly nodeOptions?: readonly string[];
  /** So many files and sockets it may have open (not on Windows). */
  readonly descriptors?: number;
  /** With the window in a browser, on this port or a free one; without it unless said so. */
  readonly window?: boolean | number;
  readonly env?: NodeJS.ProcessEnv;
  /** More on its command line. */
  readonly options?: readonly string[];
  /** An account of the system that it runs as: only root can give another. */
  readonly uid?: number;
  readonly withinMs?: number;
}

export interface EngineProcess extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from its start until it took events. */
  readonly startedInMs: number;
  /** Everything it has printed so far. */
  output(): string;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves with its exit code once it has ended by itself. */
  readonly exited: Promise<number | null>;
  /** SIGTERM; resolves with its exit code. */
  stop(): Promise<number | null>;
}

const headless = fileURLToPath(new URL('../../electron/headless.ts', import.meta.url));

/**
 * Starts the engine and resolves once it has printed `listening on http://127.0.0.1:PORT`.
 * @throws Error with all it printed, where it ends before that or takes longer than `withinMs` (40,000)
 */
export async function startEngineProcess(options: EngineProcessOptions): Promise<EngineProcess> {
  const { child, port, output, exited } = await spawnEngine(options);
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(deadline);
      reject(new Error(`The engine ${why}. It printed:\n${output()}`));
    };
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      fail('did not start in time');
    }, options.withinMs ?? 40_000);
    void exited.then((code) => fail(`ended with ${code} before it took events`));
    child.stdout?.on('data', () => {
      if (!output().includes(`listening on http://127.0.0.1:${port}`)) return;
      clearTimeout(deadline);
      resolve();
    });
  });
  const startedInMs = performance.now() - began;
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  return {
    port,
    pid: child.pid ?? 0,
    startedInMs,
    output,
    exited,
    kill,
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
    [Symbol.asyncDispose]: kill,
  };
}

/** Starts the engine without waiting for it. */
export async function spawnEngine(options: EngineProcessOptions): Promise<{
  readonly child: ChildProcess;
  readonly port: number;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
}> {
  const [intakePort, windowPort] = await freePorts(2);
  const port = options.port ?? intakePort ?? 0;
  const { window: at = false } = options;
  const window = at === false ? ['--no-window'] : ['--window-port', String(at === true ? windowPort : at)];
  const { NODE_OPTIONS: _, ...env } = process.env;
  const limit =
    options.descriptors === undefined ? [] : ['-c', 'ulimit -n "$0" && exec "$@"', String(options.descriptors)];
  const [command = '', ...args] = [...(limit.length === 0 ? [] : ['sh', ...limit]), process.execPath];
  const child = spawn(
    command,
    [
      ...args,
      ...(options.nodeOptions ?? []),
      options.entry ?? headless,
      ...['--headless', '--data', options.dataFolder, '--port', String(port), ...window, ...(options.options ?? [])],
    ],
    // As `npm start` does (electron/start.ts).
    {
      env: { ROOST_RELAY_INTERNET_CHECK: 'off', ...env, NODE_COMPILE_CACHE: compileCacheFolder, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    },
  );
  let printed = '';
  const keep = (chunk: Buffer) => {
    printed += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  // A test that dies leaves no engine behind.
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code, signal) => {
      if (signal !== null) printed += `ended by ${signal}\n`;
      process.off('exit', killWithUs);
      resolve(code);
    });
  });
  return { child, port, output: () => printed, exited };
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('no port to be had');
  return port;
}

/** Several that are free now, each another one: they are held together before any is given back. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
