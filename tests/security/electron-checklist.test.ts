/**
 * Electron's security tutorial, point by point (https://www.electronjs.org/docs/latest/tutorial/security): what
 * can be attacked is attacked in window-exploits.spec.ts, app-protocol and ipc-sender; what only can be looked
 * at is looked at here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../electron/shell/content-security-policy.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const sourcesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => join(folder, path));
const desktopSources = ['electron/shell', 'electron/ipc', 'electron/settings']
  .flatMap(sourcesBelow)
  .concat('electron/main.ts', 'electron/desktop.ts', 'electron/engine-only.ts', 'electron/preload.ts');
const mentions = (word: RegExp) => desktopSources.filter((path) => word.test(read(path)));

describe('the points that are looked at', () => {
  test('1, 18: the page is loaded from app:// and names no other place', () => {
    const page = read('renderer/index.html');
    expect(page).not.toMatch(/(src|href)="(https?:|file:|\/\/)/);
    // But for the page that is printed: text of the engine's own, in a session of its own, where no script runs.
    const printing = 'electron/shell/print-page.ts';
    expect(mentions(/loadFile\(|loadURL\((?!path === null \? appUrl)/)).toEqual([printing]);
    for (const line of ['loadURL(`data:text/html;', 'javascript: false', 'sandbox: true', 'guardSession(apart)']) {
      expect(read(printing)).toContain(line);
    }
    expect(read(printing).match(/loadURL\(|loadFile\(/g)).toHaveLength(1);
  });

  test('2, 3, 4, 6: isolation, sandbox and web security are on, and switched off nowhere', () => {
    const window = read('electron/shell/window.ts');
    for (const line of ['contextIsolation: true', 'sandbox: true', 'nodeIntegration: false', 'webSecurity: true']) {
      expect(window).toContain(line);
    }
    expect(mentions(/contextIsolation: false|sandbox: false|nodeIntegration\w*: true|webSecurity: false/)).toEqual([]);
  });

  test('7: the policy begins with nothing and allows nothing unsafe, inline or from outside', () => {
    expect(contentSecurityPolicy).toMatch(/^default-src 'none'/);
    expect(contentSecurityPolicy).not.toMatch(/unsafe|https?:|\*|blob:/);
    expect(contentSecurityPolicy).toContain("frame-ancestors 'none'");
    expect(read('renderer/index.html')).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=/);
  });

  test('8, 9, 10, 11: no insecure content, experimental features, Blink features or pop-ups', () => {
    expect(mentions(/allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|allowpopups/)).toEqual([]);
  });

  test('an installed app has no developer tools', () => {
    expect(read('electron/desktop.ts')).toContain('developerTools: !app.isPackaged,');
    expect(read('electron/shell/window.ts')).toContain('devTools: parts.developerTools,');
    expect(mentions(/openDevTools|toggleDevTools|'viewMenu'/)).toEqual([]);
  });

  test('15: the system is asked to open something in one place only', () => {
    expect(mentions(/shell\.openExternal\(|shell\.openPath\(/)).toEqual(['electron/desktop.ts']);
  });

  test('16: Electron is pinned to one version', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
    expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('19: the fuses that the installers are made with', () => {
    const fuses = Object.fromEntries(
      [...read('electron-builder.yml').matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, name, value]) => [name, value]),
    );
    expect(fuses).toMatchObject({
      runAsNode: 'false',
      enableNodeOptionsEnvironmentVariable: 'false',
      enableNodeCliInspectArguments: 'false',
      enableCookieEncryption: 'true',
      enableEmbeddedAsarIntegrityValidation: 'true',
      onlyLoadAppFromAsar: 'true',
      grantFileProtocolExtraPrivileges: 'false',
    });
  });

  test("20: the preload hands over the app's client and nothing of Electron", () => {
    const preload = read('electron/preload.ts');
    expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1);
    expect(preload).toContain("exposeInMainWorld('roostRelay', createPreloadClient(ipcRenderer))");
  });
});

test('Windows shows toasts of the id that its shortcut carries', () => {
  const appId = /^appId: (\S+)/m.exec(read('electron-builder.yml'))?.[1];
  expect(appId).toBeTruthy();
  expect(read('electron/main.ts')).toContain(`const appId = '${appId}'`);
});
