/**
 * Composition root of the engine alone, as a task of the system's starts it before anybody has signed in: no window, no
 * tray, no question. It gives way to the desktop app, whose single-instance lock it therefore never takes.
 */
import { join } from 'node:path';
import { app, net, powerMonitor, safeStorage, session } from 'electron';
import { makeDataFolder } from './data-folder.ts';
import { keyPlaceIn } from './data-key-place.ts';
import { forkEngine } from './engine-link/engine-child.ts';
import { superviseEngine } from './engine-link/engine-supervisor.ts';
import { openDataKey, replaceDataKey } from './shell/data-key.ts';
import { openDesktopLog } from './shell/desktop-log.ts';
import { engineStart } from './shell/engine-start.ts';
import { keepDataKey } from './shell/locked-secrets.ts';
import { watchSleep } from './shell/power.ts';
import { prepareQuit } from './shell/quit.ts';
import { watchSessionEnd } from './shell/session-end.ts';
import { after } from './shell/timers.ts';

export interface EngineOnlyOptions {
  readonly folder: string;
  readonly port: number | null;
  readonly property: string | null;
  /** The built engine-process.ts. */
  readonly engineBundle: string;
  readonly stopGraceMs: number;
}

/** Before the app is ready. Chromium's own files are apart from the desktop's, which may start at any time. */
export function prepareEngineOnly(): void {
  app.setPath('sessionData', join(app.getPath('userData'), 'engine-only'));
  app.disableHardwareAcceleration();
}

/** Runs until the desktop app wants the folder, has it already, or the system ends it. */
export function startEngineOnly({ folder, port, property, engineBundle, stopGraceMs }: EngineOnlyOptions): void {
  const { platform } = process;
  makeDataFolder(folder);
  const log = openDesktopLog(folder);
  const keyPlace = keyPlaceIn(folder);
  const dataKey = keepDataKey({
    open: () => openDataKey(keyPlace, safeStorage, platform),
    replace: () => replaceDataKey(keyPlace, safeStorage, platform),
    // Nobody is there to be asked.
    mayReplace: async () => false,
    unlock: (key) => engine.unlock(key),
    after,
    log,
  });
  const engine = superviseEngine({
    fork: () => forkEngine(engineBundle, log),
    startWith: () =>
      engineStart(dataKey, { dataFolder: folder, port, property, restoreLast: false, isAtStartUp: true }),
    resolveProxy: (origin) => session.defaultSession.resolveProxy(origin),
    after,
    nowMs: () => performance.now(),
    log,
    // A key is made for whoever signs in: what wraps it now may be closed to them.
    nothingSealed: () => {},
    broke: log,
  });
  prepareQuit({
    app,
    confirm: async () => true,
    stop: () => engine.stop(stopGraceMs),
    goOn: engine.restart,
    after,
  });
  engine.onGiveWay(() => {
    log('the engine of the start-up gives way', 'the desktop app takes over');
    app.quit();
  });
  engine.onState(({ problem }) => {
    // The desktop app, or another engine that is to stay: there is nothing to do here.
    if (problem?.key === 'problem.already_running') app.quit();
  });
  watchSleep({
    monitor: powerMonitor,
    isOnline: () => net.isOnline(),
    suspend: engine.suspend,
    resume: engine.resume,
    after,
  });
  if (platform === 'win32') watchSessionEnd(() => app.quit(), log);
  else powerMonitor.on('shutdown', () => app.quit());
  app.on('window-all-closed', () => {});
  engine.start();
}
