/** The command line as a process of its own, on a data folder given by the environment. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CliIo, runCli } from '../../electron/cli/run.ts';
import { restoreWithoutEngine } from '../../electron/engine/engine.ts';
import type { Invocation } from '../../electron/invocation.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const cli = fileURLToPath(new URL('../../electron/cli.ts', import.meta.url));

/** Its standard input is left open. */
export function spawnCommand(
  folder: string,
  args: readonly string[],
): { readonly child: ChildProcessWithoutNullStreams; readonly ended: Promise<Ran> } {
  const child = spawn(process.execPath, [cli, ...args], { env: { ...process.env, ROOST_RELAY_DATA: folder } });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk;
  });
  const ended = new Promise<Ran>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  return { child, ended };
}

export function runCommand(folder: string, args: readonly string[], input = ''): Promise<Ran> {
  const { child, ended } = spawnCommand(folder, args);
  child.stdin.end(input);
  return ended;
}

/**
 * The command line inside the test's process: a tenth of the time, for what is looked at in many commands.
 *
 * @param columns of its terminal; null: its output goes elsewhere
 */
export async function relayInProcess(
  folder: string,
  args: readonly string[],
  more: {
    readonly columns?: number | null;
    readonly input?: string | Uint8Array;
    readonly invocation?: Invocation;
    readonly environment?: NodeJS.ProcessEnv;
  } = {},
): Promise<Ran> {
  const { columns = null, input = '', invocation = silentIo().invocation } = more;
  let out = '';
  let err = '';
  const code = await runCli(args, {
    ...silentIo(),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    input: (async function* () {
      if (input.length > 0) yield input;
    })(),
    // What is written for the system goes beside the data, not to whoever runs the tests.
    environment: { ROOST_RELAY_DATA: folder, XDG_CONFIG_HOME: join(folder, 'config'), ...more.environment },
    isTerminal: columns !== null,
    columns,
    invocation,
  });
  return { code, out, err };
}

/** How commands are printed where the tests run. */
export const inCheckout: Invocation = { program: 'npm run -s relay --', shell: 'posix' };

/** For a program that is looked at and not run. */
export const silentIo = (): CliIo => ({
  out: () => {},
  err: () => {},
  input: (async function* () {})(),
  inputIsTerminal: false,
  environment: {},
  isTerminal: false,
  columns: null,
  invocation: { program: 'roost-relay', shell: 'posix' },
  drained: async () => {},
  engineCommand: (folder) => ['/opt/Roost Relay/relay', '--engine-only', `--data=${folder}`],
  restoreWithoutEngine,
});
