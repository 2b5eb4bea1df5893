/** Composition root of the desktop app: builds the parts and wires them, nothing else. */
import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import {
  app,
  clipboard,
  ipcMain,
  nativeTheme,
  net,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
  shell,
} from 'electron';
import Store from 'electron-store';
import type { Actor } from '../shared/domain.ts';
import type { Preferences, Situation, SurfaceInfo } from '../shared/schemas.ts';
import { sentence } from '../shared/sentences/sentence.ts';
import { desktopDataFolder, makeDataFolder } from './data-folder.ts';
import { keyPlaceIn } from './data-key-place.ts';
import { claimNamedFile, orDiscard } from './engine/files/named-file.ts';
import { createMishaps, type Mishaps } from './engine/mishaps.ts';
import { areNoticesHeld, decideNotices, noticeMemoryOf } from './engine/notices/decisions.ts';
import { forkEngine } from './engine-link/engine-child.ts';
import { superviseEngine } from './engine-link/engine-supervisor.ts';
import { type Invocation, withDataFolder } from './invocation.ts';
import { callChannel } from './ipc/channels.ts';
import { rememberChosenFiles } from './ipc/chosen-files.ts';
import { createRouter } from './ipc/router.ts';
import { isTrustedCaller } from './ipc/sender.ts';
import { openSettings } from './settings/preferences.ts';
import type { DesktopArguments } from './shell/arguments.ts';
import { watchAttention } from './shell/attention.ts';
import { decideClosing } from './shell/closing.ts';
import { openDataKey, replaceDataKey } from './shell/data-key.ts';
import { openDesktopLog } from './shell/desktop-log.ts';
import { callsToEngine } from './shell/engine-calls.ts';
import { engineStart } from './shell/engine-start.ts';
import { fileDialogs } from './shell/file-dialogs.ts';
import { folderToBeginAt } from './shell/folder-to-begin-at.ts';
import { guardContents, guardSession } from './shell/guards.ts';
import { keepDataKey } from './shell/locked-secrets.ts';
import { loginItemOf } from './shell/login-item.ts';
import { setApplicationMenu } from './shell/menu.ts';
import { openExternalSafely } from './shell/open-external.ts';
import { keepAwakeDuringJobs, keepAwakeWhileWaiting, watchSleep } from './shell/power.ts';
import { printPage } from './shell/print-page.ts';
import { appScheme, appUrl, serveBundle } from './shell/protocol.ts';
import { prepareQuit } from './shell/quit.ts';
import { restoreInProcess } from './shell/restore-in-process.ts';
import { offerRestore } from './shell/restore-offer.ts';
import { watchSessionEnd } from './shell/session-end.ts';
import { surfaceHandlers } from './shell/surface-calls.ts';
import { after, every } from './shell/timers.ts';
import { createToasts } from './shell/toasts.ts';
import { createTray } from './shell/tray/tray.ts';
import { askSessionBus, hasTrayHost } from './shell/tray/tray-host.ts';
import { type TrayCommand, trayMenu } from './shell/tray/tray-menu.ts';
import { trayState } from './shell/tray/tray-state.ts';
import { allowsFeed, readUpdatePolicy } from './shell/updates/update-policy.ts';
import { canCheckSignature, watchForUpdates } from './shell/updates/updates.ts';
import { whenDifferent } from './shell/when-different.ts';
import { createMainWindow } from './shell/window.ts';
import { createWords } from './shell/words.ts';

const stopGraceMs = 5_000;
const hourMs = 3_600_000;

const bundles = import.meta.dirname;
const pictures = join(bundles, '..', 'build', 'icons');
const { platform } = process;

/** What the program knew before it was the desktop app. */
export interface Desktop {
  /** The profile that was given for this run; null for the usual one. */
  readonly profile: string | null;
  /** How the command line is called here. */
  readonly invocation: Invocation;
  /** The file that the system starts. */
  readonly program: string;
  /** From here on what nobody caught is noted, and the app goes on. */
  readonly onMishap: (note: Mishaps['note']) => void;
}

/** Runs until the app is quit. @throws what keeps it from starting: a folder that cannot be written, say */
export async function startDesktop(
  { hidden, data, port, property }: DesktopArguments,
  desktop: Desktop,
): Promise<void> {
  const { profile, invocation, program, onMishap } = desktop;
  const folder = desktopDataFolder(data, profile);
  makeDataFolder(folder);
  const log = openDesktopLog(folder);
  const mishaps = createMishaps(
    { wallMs: Date.now },
    { error: (fields, message) => log(message, JSON.stringify(fields)) },
    (seen) => engine.tellMishaps(seen),
  );
  const { own } = mishaps;
  onMishap(mishaps.note);
  const settings = openSettings(Store, app.getPath('userData'), app.getVersion(), Date.now());
  if (settings.keptAside !== null) log('preferences could not be read and were kept aside', settings.keptAside);
  const preferences = () => settings.get('preferences');
  const actor = (surface: Actor['surface']): Actor => ({ account: userInfo().username, surface });

  let lastSituation: Situation | null = null;
  const { render, confirm } = createWords({
    preferences,
    systemLocale: () => app.getLocale(),
    timeZone: () => lastSituation?.timeZone ?? null,
  });

  const keyPlace = keyPlaceIn(folder);
  const dataKey = keepDataKey({
    open: () => openDataKey(keyPlace, safeStorage, platform),
    replace: () => replaceDataKey(keyPlace, safeStorage, platform),
    mayReplace: () => confirm('desktop.new_key'),
    unlock: (key) => engine.unlock(key),
    after,
    log,
  });
  const engine = superviseEngine({
    fork: () => forkEngine(join(bundles, 'engine-process.cjs'), log),
    startWith: () =>
      engineStart(dataKey, {
        dataFolder: folder,
        port,
        property,
        restoreLast: restoreOffer.take(),
        isAtStartUp: false,
      }),
    // Windows' settings, the desktop's, and a PAC file that either names: Chromium reads them all.
    resolveProxy: (origin) => session.defaultSession.resolveProxy(origin),
    printPage,
    after,
    nowMs: () => performance.now(),
    log,
    nothingSealed: () => own('a new data key', dataKey.nothingSealed()),
    broke: mishaps.note,
  });

  const restoreOffer = offerRestore({
    look: () =>
      restoreInProcess(() => forkEngine(join(bundles, 'engine-process.cjs'), log), {
        ...{ dataFolder: folder, file: null, look: true },
        actor: actor('window'),
      }),
    confirm: (said) => confirm('desktop.restore_last', said),
    restart: () => engine.restart(),
    own,
  });

  const openExternal = (url: string) => {
    const page = lastSituation?.facts.find((fact) => fact.kind === 'sign_in_page')?.address ?? null;
    return openExternalSafely(url, (address) => shell.openExternal(address), page);
  };
  const window = createMainWindow({
    preload: join(bundles, 'preload.cjs'),
    icon: join(pictures, 'app-256.png'),
    keptState: () => settings.get('window'),
    keepState: (state) => settings.set('window', state),
    onClose: () => closing(),
    developerTools: !app.isPackaged,
    after,
    log,
  });
  const quit = prepareQuit({
    app,
    confirm: () => confirm('desktop.quit'),
    stop: () => engine.stop(stopGraceMs),
    goOn: engine.restart,
    after,
  });

  const askToQuit = () => own('the question whether to quit', quit.ask());
  protocol.handle(appScheme, serveBundle(join(bundles, 'window')));
  guardContents(app, openExternal);
  guardSession(session.defaultSession);
  setApplicationMenu(platform, { label: render(sentence('tray.quit')), ask: askToQuit });

  const trayIsSeen = await hasTrayHost({
    platform,
    desktop: process.env.XDG_CURRENT_DESKTOP ?? '',
    sessionType: process.env.XDG_SESSION_TYPE ?? '',
    hasOwner: askSessionBus,
  });
  const trayCommands: Record<TrayCommand, () => void> = {
    open: () => window.show(null),
    pause_for_an_hour: () => own('the pause', engine.call('relay.pause', { forMs: hourMs }, actor('tray'))),
    resume: () => own('the end of the pause', engine.call('relay.resume', {}, actor('tray'))),
    quit: askToQuit,
  };
  const tray = createTray({
    icons: join(pictures, 'tray'),
    platform,
    render,
    onCommand: (command) => trayCommands[command](),
    onOpen: (path) => window.show(path),
    log,
  });

  const loginItem = loginItemOf(app, {
    platform,
    isPackaged: app.isPackaged,
    configFolder: app.getPath('appData'),
    program,
  });
  if (loginItem && !settings.get('loginItemMade')) {
    loginItem.set(preferences().startAtLogin);
    settings.set('loginItemMade', true);
  }
  const loginItemWorks = () => loginItem?.works(preferences().startAtLogin) ?? null;

  const keepAwakeForWaiting = keepAwakeWhileWaiting(powerSaveBlocker);
  let shownConditions: readonly string[] = [];
  const toasts = createToasts({
    icon: join(pictures, 'app-256.png'),
    platform,
    render,
    onClick: (path) => window.show(path),
    log,
  });
  const look = watchAttention({
    async askSituation() {
      if (engine.state.state !== 'running') return null;
      const answer = await engine.call('situation.get', {}, actor('engine'));
      if (answer.ok) lastSituation = answer.value;
      return answer.ok ? answer.value : null;
    },
    facts: () => ({
      engine: engine.state.state,
      engineProblem: engine.state.problem,
      loginItemWorks: loginItemWorks(),
      keepAwake: preferences().keepAwake,
    }),
    lookForNotices(showing) {
      const { toasts, quietHours, keepAwake } = preferences();
      engine.lookForNotices({ toasts, quietHours, keepAwake, showing, loginItemWorks: loginItemWorks() });
    },
    decide: decideNotices,
    isQuiet: () => areNoticesHeld(preferences(), new Date()),
    showing: () => new Set(window.isInFront ? shownConditions : []),
    memory: () => noticeMemoryOf(settings.get('toasts')),
    keepMemory: (memory) => settings.set('toasts', [...memory]),
    toast: toasts.show,
    withdraw: toasts.withdraw,
    isWindowInFront: () => window.isInFront,
    draw(conditions, situation) {
      keepAwakeForWaiting(preferences().keepAwake === 'on' && engine.state.state === 'running' ? situation : null);
      const state = trayState(conditions, situation);
      tray.show(state, trayMenu(conditions, situation));
      app.setBadgeCount(state.count);
      tellSurface();
    },
    nowMs: Date.now,
    after,
    log,
    own,
  });

  const hasTray = () => tray.isThere && trayIsSeen;
  const closing = decideClosing({
    isQuitting: () => quit.isUnderWay,
    hasTray,
    wasTold: () => settings.get('toldOfTray'),
    rememberTold: () => settings.set('toldOfTray', true),
    toast: toasts.show,
  });

  const keepAwake = keepAwakeDuringJobs(powerSaveBlocker);
  engine.onPush((push) => {
    if (push.name === 'notices') {
      for (const id of push.payload.withdrawn) toasts.withdraw(id);
      for (const notice of push.payload.told) toasts.show(notice);
      return;
    }
    window.send(push);
    if (push.name === 'job') keepAwake(push.payload);
    if (push.name === 'changed') look();
  });
  engine.onState((state) => {
    if (!quit.isUnderWay) restoreOffer.look(state);
    window.send({ name: 'engine', payload: state });
    if (!quit.isUnderWay) look();
  });

  const updatePolicy = readUpdatePolicy(join(bundles, '..', 'build', 'updates.json'), log);
  const updates = watchForUpdates({
    isInstalled: app.isPackaged,
    canCheckSignature: () => canCheckSignature(platform, process.resourcesPath, updatePolicy),
    policy: updatePolicy,
    async loadUpdater() {
      const [{ autoUpdater }, { GenericProvider }] = await Promise.all([
        import('electron-updater'),
        import('electron-updater/out/providers/GenericProvider.js'),
      ]);
      return { updater: autoUpdater, Generic: GenericProvider };
    },
    every,
    nowMs: Date.now,
    log,
    own,
    onState: () => tellSurface(),
  });
  const commandLine = withDataFolder(invocation, data === null && profile === null ? null : folder);
  const info = (): SurfaceInfo => ({
    surface: 'desktop',
    platform,
    version: app.getVersion(),
    program: commandLine,
    loginItemWorks: loginItemWorks(),
    tray: hasTray(),
    update: updates.state,
  });
  const tellSurface = whenDifferent(info, (payload) => window.send({ name: 'surface', payload }));
  const files = rememberChosenFiles();
  const follow = ({ theme, updateFeed }: Preferences) => {
    nativeTheme.themeSource = theme;
    updates.follow(updateFeed);
  };
  /** The new version is the first instance by then, or it would only bring this one to the front and end. */
  const putUpdateInPlace = (): boolean => {
    app.releaseSingleInstanceLock();
    const hasBegun = updates.install();
    if (!hasBegun) app.requestSingleInstanceLock();
    return hasBegun;
  };
  const surface = surfaceHandlers({
    info,
    preferences,
    allowsFeed: (feed) => allowsFeed(updatePolicy, feed),
    changePreferences(change) {
      const changed = settings.changePreferences(change);
      if (change.startAtLogin !== undefined) loginItem?.set(change.startAtLogin);
      follow(changed);
      window.send({ name: 'preferences', payload: changed });
      look();
      return changed;
    },
    files,
    render,
    dialogs: fileDialogs(() => window.browserWindow),
    documents: () => app.getPath('documents'),
    folderToBeginAt: (entered) => folderToBeginAt([entered, app.getPath('documents'), app.getPath('home')]),
    backups: join(folder, 'backups'),
    restartEngine: engine.restart,
    installUpdate() {
      if (updates.state.state !== 'ready') return false;
      own('the restart for an update', quit.handOver(putUpdateInPlace));
      return true;
    },
    async savePdf(file) {
      // The dialog has asked whether a file of that name may be replaced.
      const named = await claimNamedFile(file, { dataFolder: folder, replace: true });
      return orDiscard(named, async () => {
        await writeFile(named.aside, await window.printPdf());
        await named.finish();
        return named.path;
      });
    },
    showInFolder: (file) => shell.showItemInFolder(file),
    async isScheduled(file) {
      const schedules = await engine.call('schedules.list', {}, actor('window'));
      return schedules.ok && schedules.value.some(({ last }) => last?.file === file);
    },
    ownFolder: join(folder, 'exports'),
    openExternal,
    copy: (text) => clipboard.writeText(text),
    showing(conditions) {
      shownConditions = conditions;
      look();
    },
  });
  const route = createRouter<Electron.IpcMainInvokeEvent>({
    isTrusted: (event) => isTrustedCaller(event, window.has, appUrl),
    surface,
    engine: callsToEngine(engine, dataKey),
    actor: actor('window'),
    files,
    log,
  });
  ipcMain.handle(callChannel, (event, name: unknown, input: unknown) => route(event, name, input));

  watchSleep({
    monitor: powerMonitor,
    isOnline: () => net.isOnline(),
    suspend: engine.suspend,
    resume: engine.resume,
    after,
  });
  const quitWithSession = () => {
    updates.holdBack();
    app.quit();
  };
  if (platform === 'win32') watchSessionEnd(quitWithSession, log);
  else powerMonitor.on('shutdown', () => app.quit());
  app.on('second-instance', () => window.show(null));
  app.on('activate', () => window.show(null));
  app.on('window-all-closed', () => {});
  tray.show(trayState([], null), trayMenu([], null));
  follow(preferences());
  engine.start();
  // macOS hands no arguments to what it starts at login, but says so.
  const isHidden = hidden || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
  if (!isHidden || !hasTray()) window.show(null);
}
