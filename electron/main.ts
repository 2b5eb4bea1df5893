/** The program's entry: which of its three it is this time, the command line, the engine alone or the desktop app. */
import { join } from 'node:path';
import { app, protocol } from 'electron';
import { processIo, whenDrained } from './cli/process-io.ts';
import { runCli } from './cli/run.ts';
import { desktopDataFolder } from './data-folder.ts';
import { startDesktop } from './desktop.ts';
import type { RestoreWithoutEngine } from './engine/engine.ts';
import { forkEngine } from './engine-link/engine-child.ts';
import { prepareEngineOnly, startEngineOnly } from './engine-only.ts';
import { engineCommandOfApp, invocationInCheckout, invocationInstalled } from './invocation.ts';
import { endUnexpectedly } from './last-handler.ts';
import { parseDesktopArguments } from './shell/arguments.ts';
import { appScheme } from './shell/protocol.ts';
import { restoreInProcess } from './shell/restore-in-process.ts';
import { quitWhenTold } from './shell/told-to-quit.ts';
import { sayStartFailed } from './shell/words.ts';

/** Equal to electron-builder.yml's appId: Windows shows toasts only of an id that a shortcut carries. */
const appId = 'ph.roost.relay';
/** Fixed, so that a click on a toast of an earlier run still finds the app; the installer registers the same. */
const toastActivatorClsid = '{7B1C1E0A-52D4-4C0E-9A37-6D0F3B6B2C41}';
const stopGraceMs = 5_000;

const bundles = import.meta.dirname;
const { platform } = process;

/** What nobody caught: before there is a log, it ends the start with a sentence. */
let lastHandler = (_what: string, problem: unknown): void => {
  sayStartFailed(app.getLocale(), problem);
  app.exit(1);
};
process.on('uncaughtException', (problem) => lastHandler('an exception that nobody caught', problem));
process.on('unhandledRejection', (problem) => lastHandler('a promise that nobody awaited', problem));

const invocation = app.isPackaged ? invocationInstalled() : invocationInCheckout();
const options = parseDesktopArguments(process.argv, app.isPackaged, process.cwd());
/** The file that the system starts: an AppImage's own rather than where it is mounted. */
const program = process.env.APPIMAGE ?? process.execPath;
const engineCommand = (folder: string): readonly string[] =>
  engineCommandOfApp(app.isPackaged ? [program] : [program, app.getAppPath()], folder);
if (options.cli !== null) {
  // Before the single-instance lock: the command line is a client of the instance that runs.
  lastHandler = (_what, problem) => endUnexpectedly(problem);
  const restoreWithoutEngine = async (asked: RestoreWithoutEngine) => {
    await app.whenReady();
    return restoreInProcess(() => forkEngine(join(bundles, 'engine-process.cjs'), () => {}), asked);
  };
  runCli(
    options.cli,
    processIo({ invocation, restoreWithoutEngine, engineCommand, readsDescriptor: platform === 'win32' }),
  )
    .then(async (code) => {
      await whenDrained([process.stdout, process.stderr]);
      app.exit(code);
    })
    .catch(endUnexpectedly);
} else if (options.engineOnly) {
  // A message that nobody can close would hold the task up: it goes where the system keeps what a task says.
  lastHandler = (_what, problem) => endUnexpectedly(problem);
  prepareEngineOnly();
  app
    .whenReady()
    .then(() =>
      startEngineOnly({
        folder: desktopDataFolder(options.data, ownProfile()),
        port: options.port,
        property: options.property,
        stopGraceMs,
        engineBundle: join(bundles, 'engine-process.cjs'),
      }),
    )
    .catch(endUnexpectedly);
} else if (app.requestSingleInstanceLock()) {
  quitWhenTold(process, () => app.quit());
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true } }]);
  app.setAppUserModelId(appId);
  if (platform === 'win32') app.setToastActivatorCLSID(toastActivatorClsid);
  app
    .whenReady()
    .then(() =>
      startDesktop(options, {
        profile: ownProfile(),
        invocation,
        program,
        onMishap(note) {
          // The engine is another process: what fails here leaves it as it is.
          lastHandler = note;
        },
      }),
    )
    .catch((problem: unknown) => {
      // A folder that cannot be written, say: said once, instead of an icon that does nothing.
      sayStartFailed(app.getLocale(), problem);
      app.exit(1);
    });
} else app.quit();

/** The profile that was given for this run; null for the usual one. */
function ownProfile(): string | null {
  return app.commandLine.hasSwitch('user-data-dir') ? app.getPath('userData') : null;
}
