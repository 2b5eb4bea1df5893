import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultPreferences, openSettings } from '../../../electron/settings/preferences.ts';

type StoreClass = Parameters<typeof openSettings>[0];

/**
 * electron-store is `conf` with Electron's folder for a default; outside of Electron its own `conf` is taken,
 * with the same options.
 */
const confFile = createRequire(import.meta.resolve('electron-store')).resolve('conf');
const { default: Conf } = (await import(pathToFileURL(confFile).href)) as { default: new (options: object) => object };
class StoreOf extends Conf {
  constructor({ name, ...options }: { name?: string }) {
    super({ ...options, ...(name === undefined ? {} : { configName: name }) });
  }
}

describe("the desktop's own settings", () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'settings-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const open = () => openSettings(StoreOf as unknown as StoreClass, folder, '1.0.0', Date.UTC(2026, 10, 23));
  const file = () => join(folder, 'preferences.json');

  test('begin with the defaults and keep what is changed', () => {
    expect(open().get('preferences')).toEqual(defaultPreferences);
    expect(open().changePreferences({ theme: 'dark' })).toEqual({ ...defaultPreferences, theme: 'dark' });
    expect(open().get('preferences').theme).toBe('dark');
    open().set('window', { x: -10, y: 0, width: 1200, height: 700, maximized: true });
    expect(open().get('window')?.maximized).toBe(true);
  });

  test.each([
    ['broken JSON', '{"preferences": {"theme": "da'],
    ['a value that is none', JSON.stringify({ preferences: { ...defaultPreferences, theme: 'pink' } })],
    ['a member of another type', JSON.stringify({ toldOfTray: 'yes' })],
  ])('a file with %s is kept aside, and the app starts with the defaults', (_what, text) => {
    writeFileSync(file(), text);
    const settings = open();
    expect(settings.get('preferences')).toEqual(defaultPreferences);
    expect(settings.keptAside).toMatch(/preferences\.json\.unreadable-2026-11-23T/);
    expect(readFileSync(settings.keptAside ?? '', 'utf8')).toBe(text);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(open().keptAside).toBeNull();
  });

  test('a file of an earlier version gets the members that are new', () => {
    const { dense: _dense, updateFeed: _updateFeed, ...older } = defaultPreferences;
    writeFileSync(file(), JSON.stringify({ preferences: { ...older, language: 'fil' } }));
    expect(open().get('preferences')).toEqual({ ...defaultPreferences, language: 'fil' });
    expect(open().keptAside).toBeNull();
  });

  test('nothing that is not allowed can be written', () => {
    const settings = open();
    expect(() => settings.changePreferences({ theme: 'pink' as 'dark' })).toThrow();
    expect(open().get('preferences').theme).toBe('system');
  });
});
