/** The one window: made when it is needed, hidden rather than closed where there is a tray, remade after a crash. */
import { BrowserWindow, screen } from 'electron';
import type { Push } from '../../shared/api.ts';
import { pushChannel } from '../ipc/channels.ts';
import type { WindowState } from '../settings/preferences.ts';
import { appUrl } from './protocol.ts';

export interface WindowParts {
  readonly preload: string;
  readonly icon: string;
  readonly keptState: () => WindowState | null;
  readonly keepState: (state: WindowState) => void;
  /** What closing does: `hide` leaves the app in the tray, `minimise` where there is none, `close` while quitting. */
  readonly onClose: () => 'hide' | 'minimise' | 'close';
  readonly developerTools: boolean;
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly log: (message: string, detail: string) => void;
}

export interface MainWindow {
  /** Shows, restores and focuses; makes it first where there is none. @param path of the window, or null */
  show(path: string | null): void;
  send(push: Push): void;
  /** What it shows as PDF, A4 unless the page says otherwise. Rejects where there is no window. */
  printPdf(): Promise<Uint8Array>;
  /** In front of the person: visible, not minimised, and the one that is used. */
  readonly isInFront: boolean;
  has(webContentsId: number): boolean;
  readonly browserWindow: BrowserWindow | null;
}

const smallest = { width: 800, height: 560 };
const usual = { width: 1280, height: 800 };
/** Waits before a window whose page crashed is loaded again; the last one repeats. */
const reloadDelaysMs = [200, 1000, 5000, 30_000] as const;
/** A page that lived this long starts counting crashes anew. */
const stableAfterMs = 60_000;

export function createMainWindow(parts: WindowParts): MainWindow {
  let window: BrowserWindow | null = null;
  let pagePath: string | null = null;

  function open(path: string | null): BrowserWindow {
    const state = visibleState(parts.keptState());
    const made = new BrowserWindow({
      ...usual,
      ...(state ? { x: state.x, y: state.y, width: state.width, height: state.height } : {}),
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: 'Roost Relay',
      icon: parts.icon,
      webPreferences: {
        preload: parts.preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        devTools: parts.developerTools,
      },
    });
    made.removeMenu();
    if (state?.maximized) made.maximize();
    made.once('ready-to-show', () => {
      made.show();
      made.focus();
    });
    made.on('close', (event) => {
      keep(made);
      const closing = parts.onClose();
      if (closing === 'close') return;
      event.preventDefault();
      if (closing === 'hide') made.hide();
      else made.minimize();
    });
    made.on('closed', () => {
      window = null;
    });
    reloadAfterCrashes(made);
    load(made, path);
    return made;
  }

  function load(into: BrowserWindow, path: string | null) {
    into.loadURL(path === null ? appUrl : `${appUrl}#${path}`).catch((problem: unknown) => {
      parts.log('the window did not load', String(problem));
    });
  }

  function keep(closing: BrowserWindow) {
    if (closing.isMinimized()) return;
    parts.keepState({ ...closing.getNormalBounds(), maximized: closing.isMaximized() });
  }

  function reloadAfterCrashes(watched: BrowserWindow) {
    let crashes = 0;
    let loadedAtMs = 0;
    watched.webContents.on('did-finish-load', () => {
      loadedAtMs = Date.now();
    });
    watched.webContents.on('render-process-gone', (_event, { reason }) => {
      parts.log('the window crashed', reason);
      if (reason === 'clean-exit') return;
      crashes = Date.now() - loadedAtMs > stableAfterMs ? 0 : crashes + 1;
      const delayMs = reloadDelaysMs[Math.min(crashes, reloadDelaysMs.length - 1)] ?? 0;
      parts.after(delayMs, () => {
        if (!watched.isDestroyed()) load(watched, pagePath);
      });
    });
    watched.webContents.on('did-navigate-in-page', (_event, url) => {
      pagePath = new URL(url).hash.slice(1) || null;
    });
  }

  return {
    show(path) {
      if (window === null) {
        window = open(path);
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      if (path !== null) window.webContents.send(pushChannel, { name: 'navigate', payload: { path } } satisfies Push);
    },
    send(push) {
      if (window && !window.webContents.isCrashed()) window.webContents.send(pushChannel, push);
    },
    get isInFront() {
      return window?.isVisible() === true && !window.isMinimized() && window.isFocused();
    },
    async printPdf() {
      if (window === null) throw new Error('there is no window');
      return window.webContents.printToPDF({ pageSize: 'A4', printBackground: false });
    },
    has: (webContentsId) => window?.webContents.id === webContentsId,
    get browserWindow() {
      return window;
    },
  };
}

/** A kept place is of use only while a screen still shows a part of it that can be grabbed. */
function visibleState(state: WindowState | null): WindowState | null {
  if (state === null) return null;
  const isOnAScreen = screen.getAllDisplays().some(({ workArea }) => {
    const overlapX = Math.min(state.x + state.width, workArea.x + workArea.width) - Math.max(state.x, workArea.x);
    const overlapY = Math.min(state.y + state.height, workArea.y + workArea.height) - Math.max(state.y, workArea.y);
    return overlapX >= 100 && overlapY >= 60;
  });
  return isOnAScreen ? state : null;
}
