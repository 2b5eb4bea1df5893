import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataFolder } from '../../electron/data-folder.ts';

const on = (platform: NodeJS.Platform, home: string, environment: Record<string, string> = {}) => ({
  platform,
  home,
  environment,
});

describe('the data folder', () => {
  test('is the one asked for, before the environment says another', () => {
    const surroundings = on('linux', '/home/ana', { ROOST_RELAY_DATA: '/srv/relay' });
    expect(dataFolder('here', surroundings)).toBe(resolve('here'));
    expect(dataFolder(undefined, surroundings)).toBe('/srv/relay');
  });

  test.each([
    ['Linux', on('linux', '/home/ana'), '/home/ana/.local/share/roost-relay'],
    ['Linux with XDG', on('linux', '/home/ana', { XDG_DATA_HOME: '/data' }), '/data/roost-relay'],
    [
      'Linux with a relative XDG',
      on('linux', '/home/ana', { XDG_DATA_HOME: 'x' }),
      '/home/ana/.local/share/roost-relay',
    ],
    ['macOS', on('darwin', '/Users/ana'), '/Users/ana/Library/Application Support/Roost Relay'],
    ['Windows', on('win32', 'C:\\Users\\ana', { LOCALAPPDATA: 'D:\\Local' }), 'D:\\Local\\Roost Relay'],
    ['Windows without it', on('win32', 'C:\\Users\\ana'), 'C:\\Users\\ana\\AppData\\Local\\Roost Relay'],
  ])('has its usual place on %s', (_platform, surroundings, folder) => {
    expect(dataFolder(undefined, surroundings)).toBe(folder);
  });
});
