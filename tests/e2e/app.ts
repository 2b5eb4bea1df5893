/** The real app for a test: its own folders and port, the calls its window makes, and pictures of the whole screen. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import type { CallInput, CallName, CallOutput, RelayClient, Result } from '../../shared/api.ts';
import { freePort } from '../support/engine-process.ts';
import { allProcesses, type ProcessSeen } from '../support/processes.ts';
import { electronBinary, root, whyNot } from './desktop-at-hand.ts';

export { expect } from '@playwright/test';

declare global {
  interface Window {
    readonly roostRelay?: RelayClient;
  }
}

export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** A call as the window makes it; throws where the answer is an error. */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  tryCall<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>>;
  /** As Quit in the tray does once it was confirmed; resolves when the process has ended. */
  quit(): Promise<void>;
  /** The power goes: nothing of the app is asked. */
  cutPower(): void;
  readonly enginePid: () => number;
}

export interface Property {
  readonly folder: string;
  readonly port: number;
  /** @param more `appFolder`: another place of the app than the checkout; `executable`: what starts the program */
  start(more?: {
    args?: string[];
    env?: Record<string, string>;
    appFolder?: string;
    executable?: string;
  }): Promise<RunningApp>;
  /** Starts the app without a window to wait for. */
  startHidden(): Promise<ElectronApplication>;
  /** Starts the engine alone, as a task of the system's does before anybody has signed in. */
  startEngineOnly(): ChildProcess;
  /** A second start while the first one runs; its exit status. */
  startAgain(): Promise<number | null>;
  /** The program, and what comes before its own arguments. */
  readonly binary: string;
  readonly launchArguments: readonly string[];
  /** Posts an event as a PMS does. */
  post(token: string, event: unknown): Promise<Response>;
}

/** Chromium refuses to run as root with its sandbox. */
const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export const test = base.extend<{ property: Property }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from the pattern
  property: async ({}, use) => {
    const reason = whyNot();
    test.skip(reason !== null, `the desktop app was not tested, because ${reason}`);
    const folder = mkdtempSync(join(tmpdir(), 'roost-desktop-'));
    const port = await freePort();
    const started: ChildProcess[] = [];
    const binary = electronBinary() ?? '';
    const launchArguments = [...asRoot, root];
    const own = [`--user-data-dir=${folder}`, `--port=${port}`, '--property=hotel-1'];
    const launch = async (args: string[], env: Record<string, string>, appFolder = root, executable = binary) => {
      const electron = await _electron.launch({
        executablePath: executable,
        args: [...asRoot, appFolder, ...own, ...args],
        cwd: root,
        env: { ...(process.env as Record<string, string>), ...env },
      });
      started.push(electron.process());
      return electron;
    };
    await use({
      folder,
      port,
      start: async ({ args = [], env = {}, appFolder, executable } = {}) =>
        running(await launch(args, env, appFolder, executable)),
      binary,
      launchArguments,
      startAgain: () =>
        new Promise((resolve) => {
          spawn(binary, [...launchArguments, ...own], { stdio: 'ignore' }).once('exit', resolve);
        }),
      startEngineOnly: () => {
        const child = spawn(binary, [...launchArguments, ...own, '--engine-only'], { stdio: 'ignore' });
        started.push(child);
        return child;
      },
      startHidden: () => launch(['--hidden'], {}),
      post: (token, event) =>
        fetch(`http://127.0.0.1:${port}/v1/events`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(event),
        }),
    });
    for (const child of started) killTree(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  },
});

async function running(electron: ElectronApplication): Promise<RunningApp> {
  const child = electron.process();
  const page = await electron.firstWindow();
  await page.waitForFunction(() => window.roostRelay !== undefined);
  const tryCall: RunningApp['tryCall'] = (name, input) =>
    page.evaluate(
      ([callName, callInput]) => {
        const { roostRelay } = window as unknown as {
          roostRelay: { call(name: unknown, input: unknown): Promise<never> };
        };
        return roostRelay.call(callName, callInput);
      },
      [name as unknown, input as unknown] as const,
    );
  // Answered once the engine has started, or has said why not.
  await tryCall('situation.get', {});
  return {
    electron,
    page,
    tryCall,
    async call(name, input) {
      const result = await tryCall(name, input);
      if (!result.ok) throw new Error(`${name}: ${result.error.message} ${result.error.detail ?? ''}`);
      return result.value;
    },
    async quit() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await electron.evaluate(({ app }) => app.quit()).catch(() => {});
      await ended;
    },
    cutPower: () => killTree(child),
    enginePid: () => enginePid(child),
  };
}

/** The utility process: of this app's processes the one that runs the engine's bundle, or says it is the engine. */
function enginePid(child: ChildProcess): number {
  const mine = processesBelow(child.pid ?? 0);
  const found = mine.find(({ command }) => /engine-process\.cjs|node\.mojom\.NodeService/.test(command));
  if (!found) throw new Error('no engine process');
  return found.pid;
}

function processesBelow(pid: number): ProcessSeen[] {
  const all = allProcesses();
  const below = new Set([pid]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const one of all) {
      if (!below.has(one.parent) || below.has(one.pid)) continue;
      below.add(one.pid);
      grew = true;
    }
  }
  return all.filter((one) => below.has(one.pid) && one.pid !== pid);
}

/** Everything of the app at once, as when the power goes; children first would give the parent time to notice. */
function killTree({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  for (const one of [pid, ...processesBelow(pid).map((below) => below.pid)]) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // It has ended by itself meanwhile.
    }
  }
}

/** A picture of the whole screen (window, toasts, tray) in test-results/pictures/desktop, where that can be had. */
export function pictureOf(name: string): void {
  spawnSync('import', ['-window', 'root', join(root, 'test-results', 'pictures', 'desktop', `${name}.png`)]);
}
