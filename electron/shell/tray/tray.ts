/** Draws what tray-state.ts and tray-menu.ts decided. Where the system has no tray, there is none and nothing breaks. */
import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeImage, nativeTheme, Tray } from 'electron';
import type { Sentence } from '../../../shared/domain.ts';
import type { TrayCommand, TrayEntry } from './tray-menu.ts';
import type { TrayFace, TrayState } from './tray-state.ts';

export interface TrayParts {
  /** Folder of the tray's pictures. */
  readonly icons: string;
  readonly platform: NodeJS.Platform;
  readonly render: (sentence: Sentence) => string;
  readonly onCommand: (command: TrayCommand) => void;
  readonly onOpen: (path: string | null) => void;
  readonly log: (message: string, detail: string) => void;
}

export interface TrayIcon {
  show(state: TrayState, menu: readonly TrayEntry[]): void;
  readonly isThere: boolean;
  remove(): void;
}

/**
 * The picture's file: template images on macOS, which the system colours itself; light and dark elsewhere, on Windows
 * as an icon file, out of which the system takes the size that each screen's scale asks for.
 */
export function trayPicture(face: TrayFace, platform: NodeJS.Platform, isDark: boolean): string {
  if (platform === 'darwin') return `${face}Template.png`;
  const name = `${face}-${isDark ? 'dark' : 'light'}`;
  return platform === 'win32' ? `${name}.ico` : `${name}-22.png`;
}

export function createTray(parts: TrayParts): TrayIcon {
  let shown = '';
  let lastFace: TrayFace = 'paused';
  const picture = (face: TrayFace) =>
    nativeImage.createFromPath(join(parts.icons, trayPicture(face, parts.platform, isPanelDark())));
  const tray = makeTray();

  function makeTray(): Tray | null {
    try {
      const made = new Tray(picture(lastFace));
      made.on('click', () => parts.onOpen(null));
      made.on('double-click', () => parts.onOpen(null));
      return made;
    } catch (problem) {
      parts.log('no tray', String(problem));
      return null;
    }
  }

  nativeTheme.on('updated', () => tray?.setImage(picture(lastFace)));

  return {
    show(state, menu) {
      const tooltip = ['Roost Relay', ...state.tooltip.map(parts.render)].join('\n');
      const template = menu.map((entry) => itemOf(entry, parts));
      const looks = JSON.stringify([state.face, state.count, tooltip, template]);
      // Setting a menu closes one that is open, so only what really changed is set.
      if (looks === shown || tray === null) return;
      shown = looks;
      lastFace = state.face;
      tray.setImage(picture(state.face));
      tray.setToolTip(tooltip);
      if (parts.platform === 'darwin') tray.setTitle(state.count > 0 ? String(state.count) : '');
      tray.setContextMenu(Menu.buildFromTemplate(template));
    },
    get isThere() {
      return tray !== null && !tray.isDestroyed();
    },
    remove: () => tray?.destroy(),
  };
}

/** The panel follows the system; the other colours of `nativeTheme` follow the theme chosen for the window. */
const isPanelDark = (): boolean =>
  nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ?? nativeTheme.shouldUseDarkColors;

function itemOf(entry: TrayEntry, { render, onCommand, onOpen }: TrayParts): MenuItemConstructorOptions {
  if (entry.kind === 'separator') return { type: 'separator' };
  if (entry.kind === 'command') {
    return { label: render(entry.text), enabled: entry.enabled, click: () => onCommand(entry.command) };
  }
  return { label: render(entry.text), enabled: entry.path !== null, click: () => onOpen(entry.path) };
}
