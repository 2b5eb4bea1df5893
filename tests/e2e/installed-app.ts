/**
 * The packaged app as a person has it on Linux: one file that is started, which the system can start at login
 * and an update can replace, with folders of its own for all that it keeps.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPackageWithOptions, extractAll } from '@electron/asar';
import { chromium, type Page } from '@playwright/test';
import type { CallInput, CallName, CallOutput } from '../../shared/api.ts';
import { electronBinary, root } from './desktop-at-hand.ts';

export interface InstalledApp extends AsyncDisposable {
  readonly folder: string;
  /** The one file. */
  readonly program: string;
  /** Starts a command line in the person's own folders, as the desktop does. */
  run(command: string): ChildProcess;
  /** Starts the app, with more arguments for a test, and waits for its window. */
  open(...args: string[]): Promise<OpenApp>;
  readonly configFolder: string;
}

export interface OpenApp {
  readonly page: Page;
  readonly child: ChildProcess;
  /** A call as the window makes it; throws where the answer is an error. */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
}

const unpacked = join(root, 'release', 'linux-unpacked');

/** @param updates content of `build/updates.json`, for a build whose publisher has a feed; else as it was packaged */
export async function installApp({ updates }: { updates?: string } = {}): Promise<InstalledApp> {
  mkdirSync(join(root, 'test-results'), { recursive: true });
  const folder = mkdtempSync(join(root, 'test-results', 'installed-'));
  const app = join(folder, 'app');
  execFileSync('cp', ['-al', unpacked, app]);
  // Out of the checkout's package: what is installed stands in none.
  writeFileSync(join(folder, 'package.json'), '{}');
  await changeArchive(app, updates);
  const program = join(folder, 'Roost Relay.AppImage');
  const binary = join(app, 'roost-relay-desktop');
  // What an AppImage's own start does: it names itself, and is not started anew by the update that replaced it.
  const noSandbox = process.getuid?.() === 0 ? ' --no-sandbox' : '';
  writeFileSync(
    program,
    `#!/bin/sh
[ -n "$APPIMAGE_EXIT_AFTER_INSTALL" ] && exit 0
export APPIMAGE="${program}"
exec "${binary}"${noSandbox} "$@"
`,
    { mode: 0o755 },
  );
  const configFolder = join(folder, 'config');
  const env = {
    ...process.env,
    XDG_CONFIG_HOME: configFolder,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CACHE_HOME: join(folder, 'cache'),
  };
  const started: ChildProcess[] = [];
  const run = (command: string) => {
    const child = spawn('sh', ['-c', `exec ${command}`], { env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    started.push(child);
    return child;
  };
  return {
    folder,
    program,
    configFolder,
    run,
    async open(...args) {
      const child = run(`"${program}" --remote-debugging-port=0 ${args.join(' ')}`);
      const address = await debuggerOf(child);
      await windowListed(new URL(address).port);
      const browser = await chromium.connectOverCDP(address, { noDefaults: true });
      const [context] = browser.contexts();
      const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
      if (!page) throw new Error('the installed app has no window');
      await page.waitForFunction(() => window.roostRelay !== undefined);
      return {
        page,
        child,
        async call(name, input) {
          const ask = [name as unknown, input as unknown] as const;
          const result = await page.evaluate(([callName, callInput]) => {
            const { roostRelay } = window as unknown as {
              roostRelay: { call(n: unknown, i: unknown): Promise<never> };
            };
            return roostRelay.call(callName, callInput);
          }, ask);
          const { ok, value, error } = result as { ok: boolean; value: CallOutput<typeof name>; error: unknown };
          if (!ok) throw new Error(`${name}: ${JSON.stringify(error)}`);
          return value;
        },
      };
    },
    async [Symbol.asyncDispose]() {
      for (const { pid } of started) endGroup(pid);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Where Chromium's developer tools listen, as it prints on its start. */
function debuggerOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const address = /DevTools listening on (\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`the installed app ended with ${code}: ${said}`)));
  });
}

/** Resolves once the window is among the pages: who connects while it is being made may wait for ever. */
async function windowListed(port: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const pages = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
      url: string;
      title: string;
    }[];
    if (pages.some(({ url, title }) => url.startsWith('app://') && title.includes('Roost Relay'))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the installed app shows no window');
}

/**
 * An Electron may bring what has to be loaded before any app, in its default app. A packaged app has none any
 * more, so it is put in there; then the engine, which such an Electron runs elsewhere, has to lie beside the
 * archive. An ordinary Electron brings nothing, and the app stays as it was packaged, but for what a test gives.
 */
async function changeArchive(app: string, updates: string | undefined): Promise<void> {
  const defaultApp = join(dirname(electronBinary() ?? ''), 'resources', 'default_app.asar');
  const content = join(app, '..', 'content');
  if (existsSync(defaultApp)) extractAll(defaultApp, join(content, 'brought'));
  const isBrought = existsSync(join(content, 'brought', 'compat.js'));
  if (isBrought || updates !== undefined) {
    const archive = join(app, 'resources', 'app.asar');
    extractAll(archive, content);
    if (updates !== undefined) writeFileSync(join(content, 'build', 'updates.json'), updates);
    if (isBrought) {
      writeFileSync(
        join(content, 'package.json'),
        JSON.stringify({ name: 'roost-relay', productName: 'Roost Relay', version: '1.0.0', main: 'first.cjs' }),
      );
      writeFileSync(join(content, 'first.cjs'), loadFirst);
    }
    // Unlinked first: what was packaged is linked to, not copied.
    rmSync(archive);
    rmSync(`${archive}.unpacked`, { recursive: true });
    await createPackageWithOptions(content, archive, { unpackDir: '{dist,node_modules}' });
  }
  rmSync(content, { recursive: true, force: true });
}

const loadFirst = `
require('./brought/compat.js');
const { utilityProcess } = require('electron');
const { fork } = utilityProcess;
utilityProcess.fork = (file, ...more) => fork(file.replace('app.asar', 'app.asar.unpacked'), ...more);
require('./dist/main.cjs');
`;
