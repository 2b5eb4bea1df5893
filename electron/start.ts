/**
 * `npm start`: the desktop app where there is a desktop and an Electron, else one clear sentence and the
 * headless engine with the same window in the browser. Builds first what is not built or out of date.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RelayError } from '../shared/errors.ts';
import { harmless, harmlessLines } from '../shared/harmless.ts';
import { CommandError } from './cli/command-error.ts';
import { dataFolder, makeDataFolder, refuseFile } from './data-folder.ts';
import { folderName, type HeadlessOptions, headlessUsage, parseHeadlessArguments } from './headless-arguments.ts';
import { runHeadlessEngine } from './headless-parent.ts';
import { catchTheRest } from './last-handler.ts';
import type { ToDesktop } from './shell/told-to-quit.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const isWindows = process.platform === 'win32';
const electronPackage = join(root, 'node_modules', 'electron');

/** Why there can be no desktop app here; null where there can be one. */
function whyNoDesktop(): string | null {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return 'There is no display here';
  }
  if (electronBinary() === null) {
    console.log('Fetching Electron, once …');
    spawnSync(process.execPath, [join(electronPackage, 'install.js')], { stdio: 'inherit' });
  }
  return electronBinary() === null ? 'There is no Electron here' : null;
}

/** The Electron that the `electron` package names, downloaded or given by ELECTRON_OVERRIDE_DIST_PATH. */
function electronBinary(): string | null {
  const pathFile = join(electronPackage, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronPackage, 'dist');
  return existsSync(join(folder, name)) ? join(folder, name) : null;
}

/** Latest change of a file or below a folder, in milliseconds since the epoch; 0 where there is none. */
function changedAtMs(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(0, ...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

/** What nobody waits for any more is not built on. */
let endBuild = () => {};

/** Builds what is older than its sources. @throws Error where that fails; what is wrong was printed by then */
async function buildIfOutOfDate(script: string, product: string, sources: readonly string[]): Promise<void> {
  const builtAtMs = changedAtMs(join(root, product));
  if (builtAtMs > Math.max(...sources.map((source) => changedAtMs(join(root, source))))) return;
  const build = spawn('npm', ['run', '--silent', script], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: isWindows,
    // Its own group: npm's shell does not pass a signal on, and Ctrl-C in the terminal is no failure of it.
    detached: !isWindows,
  });
  endBuild = () => {
    try {
      if (isWindows || build.pid === undefined) build.kill();
      else process.kill(-build.pid);
    } catch {
      // It has just ended.
    }
  };
  const status = await new Promise<number | null>((resolve) => build.on('exit', resolve));
  endBuild = () => {};
  if (status !== 0) throw new Error(`\`npm run ${script}\` failed.`);
}

const buildWindow = () => buildIfOutOfDate('build:window', 'dist/window', ['renderer', 'shared']);

/**
 * npm hands a SIGTERM to the shell between itself and this process, and that shell dies of it without passing
 * it on: the parent's end stands for the signal.
 */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 200).unref();
}

/** The options; bad ones and `--help` are answered at once, before anything is built or started: the exit status. */
function optionsOf(args: readonly string[]): HeadlessOptions | number {
  try {
    const options = parseHeadlessArguments(args);
    if (!options.help) {
      // Before the engine is loaded: what cannot be is said at once.
      if (args.includes('--headless')) makeDataFolder(dataFolder(options.data), folderName(options));
      else refuseFile(dataFolder(options.data), folderName(options));
      return options;
    }
    console.log(headlessUsage);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof RelayError)) throw error;
    console.error(`roost-relay: ${harmlessLines(error.message)}`);
    return error.code === 'bad_input' ? 2 : 1;
  }
}

/** One that is about to end hears nothing any more, which its end tells anyway. */
function tellToQuit(desktop: ChildProcess): void {
  const message: ToDesktop = { type: 'quit' };
  if (desktop.connected) desktop.send(message, () => {});
}

/** Runs until the app is quit; returns its exit status. */
async function runDesktop(args: readonly string[]): Promise<number> {
  let isEnding = false;
  let desktop: ChildProcess | null = null;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGBREAK'] as const) {
    if (signal === 'SIGBREAK' && !isWindows) continue;
    process.on(signal, () => {
      // A second one ends Electron at once, with the engine in the midst of its work.
      if (isEnding) return;
      isEnding = true;
      endBuild();
      if (desktop !== null) tellToQuit(desktop);
    });
  }
  try {
    await buildWindow();
    await buildIfOutOfDate('build:desktop', 'dist/main.cjs', ['electron', 'shared']);
  } catch (error) {
    if (isEnding) return 0;
    console.error(`roost-relay: ${harmlessLines((error as Error).message)}`);
    return 1;
  }
  // Chromium refuses to start as root with its sandbox, which needs user namespaces.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (isEnding) return 0;
  const app = spawn(electronBinary() ?? '', [...asRoot, root, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // Its own group: Ctrl-C in a terminal reaches each process of one, the engine's too, and would end them all at once.
    detached: true,
  });
  desktop = app;
  return new Promise((resolve) => {
    app.once('error', (error) => {
      console.error(`roost-relay: Electron could not be started: ${error.message}`);
      resolve(1);
    });
    // One that was reached before it could hear of a signal has ended nothing that ran.
    app.once('exit', (code, signal) => resolve(code ?? (isEnding && signal !== 'SIGKILL' ? 0 : 1)));
  });
}

/** Returns the exit status. */
async function start(args: readonly string[]): Promise<number> {
  const options = optionsOf(args);
  if (typeof options === 'number') return options;
  const isHeadless = args.includes('--headless');
  const noDesktop = isHeadless ? '' : whyNoDesktop();
  if (noDesktop === null) return runDesktop(args);
  if (!isHeadless) console.log(`${noDesktop}: the engine runs without it, and its window opens in a browser.`);
  return runHeadlessEngine({
    args,
    say: (line) => console.log(harmless(line)),
    ...(options.window ? { buildWindow } : {}),
  });
}

catchTheRest(() => null);
endWithParent();
process.once('exit', () => endBuild());
process.exit(await start(process.argv.slice(2)));
